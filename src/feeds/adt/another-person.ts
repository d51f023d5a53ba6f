import type { HumanName, Patient } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '../../people/index.ts'

/** As much of a Patient as tells people apart. */
export type Identified = { identifier?: Patient['identifier']; birthDate?: string; name?: HumanName[] }

/**
 * Whether a message under a person's hospital number seems to be about somebody else: numbers are typed, and one wrong digit would write
 * into another's record.
 *
 * | NHS number | birth date | name | answer |
 * |---|---|---|---|
 * | differs | differs | any | another person |
 * | differs | same or not said | differs | another person |
 * | same or not said | differs | differs | another person |
 * | otherwise | | | the same, corrected |
 */
export function isAnotherPerson(before: Identified, said: Identified): boolean {
  const differs = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== other
  const number = differs(nhsNumberOf(before), nhsNumberOf(said))
  const birth = differs(before.birthDate, said.birthDate)
  const [nameBefore, nameNow] = [before, said].map(
    (patient) => patient.name?.find((each) => each.use === 'official') ?? patient.name?.[0],
  )
  const name =
    differs(folded(nameBefore?.family), folded(nameNow?.family)) &&
    differs(folded(nameBefore?.given?.[0]), folded(nameNow?.given?.[0]))
  return [number, birth, name].filter((different) => different).length >= 2
}

export const nhsNumberOf = (patient: Identified | undefined): string | undefined =>
  patient?.identifier?.find((each) => each.system === nhsNumberSystem)?.value
const folded = (text: string | undefined) => text?.toLowerCase()
