import type { Happening } from '../lives/happening.ts'
import type { LifeStory } from '../lives/story.ts'
import type { Place } from '../place.ts'
import { minuteOf } from './telling.ts'

/** The hospital's number for a visit: the person and the minute, so that every message about it says the same. */
export const visitNumberOf = ({ resident }: LifeStory, visit: Happening): string =>
  `V${resident.serial}${String(minuteOf(visit) % 10_000_000).padStart(7, '0')}`

/** A ward by its full name; one that the place has not declared is told as the acute medical unit. */
export function wardOf(place: Place, ward: string): string {
  const known = place.teams.some((team) => team.organisation === 'RFR' && team.locations.includes(ward))
  return `RFR/${known ? ward : 'AMU'}`
}
