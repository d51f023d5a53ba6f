import type { Moment } from '../lives/moment.ts'
import type { Telling } from './telling.ts'

/** The hospital's number for a visit: the person and the minute, so that every message about it says the same. */
export const visitNumberOf = ({ story }: Telling, at: Moment): string =>
  `V${story.resident.serial}${String(at % 10_000_000).padStart(7, '0')}`

/** A ward by its full name; one that the place has not declared is told as the acute medical unit. */
export function wardOf({ life }: Telling, ward: string): string {
  const known = life.place.teams.some((team) => team.organisation === 'RFR' && team.locations.includes(ward))
  return `RFR/${known ? ward : 'AMU'}`
}
