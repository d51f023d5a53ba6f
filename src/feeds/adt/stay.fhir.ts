import type { Hl7Message } from '@medplum/core'
import { repetitionsOf } from '../hl7/hl7.ts'
import type { Reader } from '../reading/reading.ts'
import type { Stay } from './visit.ts'

export const locationSystem = 'https://golden-thread.example/Id/location'

/** PV1-3: point of care ^ room ^ bed ^ facility. The ward goes by its own name where the place knows it. */
export function stayIn(message: Hl7Message, { place, organisation: sender }: Reader): Stay | undefined {
  const [at] = repetitionsOf(message, 'PV1', 3)
  const ward = at?.(1)
  if (!at || !ward) return undefined
  // A facility that is no organisation of the place is a site of the sender's.
  const organisation = place.organisations.some((each) => each.code === at(4)) ? at(4) : sender
  const team = place.teams.find((each) => each.organisation === organisation && each.locations.includes(ward))
  const display = [team?.name ?? (at(9) || ward), at(2) && `room ${at(2)}`, at(3) && `bed ${at(3)}`]
    .filter((part) => part)
    .join(', ')
  return { code: `${organisation}/${ward}`, display }
}
