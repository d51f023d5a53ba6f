import type { Identifier, Patient } from '@medplum/fhirtypes'
import type { Dice } from '../dice.ts'
import { NHS_NUMBER, withWrongDigit } from '../identifiers.ts'
import type { Sent } from '../record/file.ts'
import { DIRT } from '../retold/hl7/dirt.ts'

function withIdentifiers(sent: Sent, change: (identifier: Identifier) => Identifier[]): Sent {
  const entry = (sent.bundle.entry ?? []).map((each) => {
    if (each.resource?.resourceType !== 'Patient') return each
    const patient: Patient = {
      ...each.resource,
      identifier: (each.resource.identifier ?? []).flatMap(change),
    }
    return { ...each, resource: patient }
  })
  return { ...sent, bundle: { ...sent.bundle, entry } }
}

const isNumber = ({ system }: Identifier) => system === NHS_NUMBER

/** A source's bundle as a real one would come: without the NHS number or with a wrong one, late, or twice. */
export function soiledBundle(sent: Sent, dice: Dice): Sent[] {
  let told = sent
  if (dice.chance(DIRT.withoutNhsNumber))
    told = withIdentifiers(told, (each) => (isNumber(each) ? [] : [each]))
  else if (dice.chance(DIRT.wrongNhsNumber))
    told = withIdentifiers(told, (each) => [
      isNumber(each) ? { ...each, value: withWrongDigit(each.value ?? '0') } : each,
    ])
  if (dice.chance(DIRT.late)) {
    const late = new Date(Date.parse(told.receivedAt) + dice.whole(3_600_000, 2 * 86_400_000))
    return [{ ...told, receivedAt: `${late.toISOString().slice(0, 19)}Z` }]
  }
  return dice.chance(DIRT.repeated) ? [told, told] : [told]
}
