/** The made-up place: people, and what each source would send about them. For demonstrations and tests only. */
export { aPerson, type PersonBuilder } from './builders.ts'
export { inventCareHomeList } from './care-home-list.ts'
export type { ConditionId } from './health/conditions.ts'
export { inventFaultyMessages } from './hospital-messages.ts'
export {
  LOCATION,
  localNumber,
  NHS_NUMBER,
  ODS_CODE,
  TEAM,
} from './identifiers.ts'
export { type Invention, inventPlace, storiesOfPlace } from './invent-place.ts'
export { livingPlace, type Stage } from './live/play.ts'
export { type Character, characters } from './people/characters.ts'
export type { Place } from './place.ts'
export type { Sent } from './record/file.ts'
export { momentOf } from './retold/instant.ts'
