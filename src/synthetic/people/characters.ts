import { dateDaysAgo } from '../when.ts'
import { CAST_IN_CARE } from './cast-in-care.ts'
import { CAST_WITH_CARE_NEEDED } from './cast-with-care-needed.ts'
import type { Person } from './person.ts'
import type { Sketch } from './sketch.ts'

/**
 * The people whom the README, the tests and the journeys call by name. Their numbers, names and addresses never
 * change; only what is "recent" about them is counted back from now (the twins' birthday, today's ward).
 */
export interface Character {
  id: string
  /** What this person is there to show. */
  purpose: string
  nhsNumber: string | null
  name: string
  born: string
  postcode: string
  person: Person
}

/** Serials follow the order and local numbers follow the serials, so only ever add at the end. */
const CAST: readonly Sketch[] = [...CAST_IN_CARE, ...CAST_WITH_CARE_NEEDED]

function characterFrom(sketch: Sketch, serial: number, now: Date): Character {
  const { id, purpose, home, bornDaysAgo, diedDaysAgo, ...facts } = sketch
  const [line, town, postcode] = home
  const born = bornDaysAgo === undefined ? sketch.born : dateDaysAgo(now, bornDaysAgo)
  if (born === undefined) throw new Error(`${id} was never born`)
  const person: Person = {
    ethnicity: 'A',
    livesAlone: false,
    protectedAddress: false,
    objects: false,
    ...facts,
    born,
    ...(diedDaysAgo !== undefined && { died: `${dateDaysAgo(now, diedDaysAgo)}T05:40:00Z` }),
    key: `character/${id}`,
    serial,
    address: { line, town, postcode },
  }
  const name = `${facts.given.join(' ')} ${facts.family}`
  return { id, purpose, nhsNumber: facts.nhsNumber, name, born, postcode, person }
}

export const characters = (now: Date): Character[] =>
  CAST.map((sketch, at) => characterFrom(sketch, at + 1, now))
