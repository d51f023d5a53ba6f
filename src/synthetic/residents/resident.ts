import type { Neighbourhood } from '../ground/ground.ts'
import type { Day, Span } from '../lives/moment.ts'
import type { Heritage } from '../people/names.ts'

export type Tenure = 'owned' | 'social rent' | 'private rent' | 'care home'

/** A front door. Its members change: they are born, come, go and die. */
export interface Household {
  /** Unique in the place; households that share an address share it. */
  serial: number
  neighbourhood: Neighbourhood
  line: string
  postcode: string
  tenure: Tenure
  /** Fewer rooms than its people need. */
  overcrowded: boolean
  /** The care home whose address this is. */
  careHome?: string
  members: Resident[]
}

/** Where somebody lives from a day on, until the next. */
export interface Residence {
  from: Day
  household: Household
}

export type Arrival = 'here at the start' | 'born' | 'moved in'
export type Departure = 'died' | 'moved away'

/** What somebody may do for a child or an adult who cannot decide alone. */
export interface Proxy {
  for: number
  kind: 'parent' | 'lasting power of attorney' | 'court deputy'
}

/** Who somebody is, whatever befalls them. Their health and what they use is a LifeStory. */
export interface Resident {
  /** Unique in the place. Local numbers of every service grow from it. */
  serial: number
  /** From the 999 range; a few people have none: a visitor, a newborn in the first hours. */
  nhsNumber: string | null
  sex: 'female' | 'male'
  born: Day
  given: readonly string[]
  family: string
  title?: string
  heritage: Heritage
  /** NHS data dictionary letter, A to Z. */
  ethnicity: string
  language?: { code: string; text: string }
  /** In order; the last holds until the person leaves. Never empty. */
  homes: Residence[]
  practice: string | null
  arrived: Arrival
  /** The days of the window on which the person lives here. */
  present: Span
  /** Left undefined for whoever is still here on the last day. */
  leaves?: Departure
  mother?: Resident
  /** First or second of twins. */
  birthOrder?: number
  /** The days on which this woman gives birth, within the window or in the nine months after it. */
  givesBirth: readonly Day[]
  /** Hours of unpaid care given each week, and to whom. */
  cares?: { hours: 'under 20' | '20 to 49' | '50 or more'; for: Resident }
  proxies: readonly Proxy[]
  protectedAddress: boolean
  /** Objects to sharing for direct care; and, another thing, has opted out of uses beyond care. */
  objects: boolean
  optedOut: boolean
}

/** Those whose story begins behind this door. Whoever moves within the place is a member of several households, and told of once. */
export const firstLivedIn = (household: Household): Resident[] =>
  household.members.filter((member) => member.homes[0]?.household === household)

export function householdOn(resident: Resident, day: Day): Household {
  let found = resident.homes[0]
  for (const home of resident.homes) if (home.from <= day) found = home
  if (!found) throw new Error(`Resident ${resident.serial} never lived anywhere`)
  return found.household
}

const isThere = (member: Resident, household: Household, day: Day): boolean =>
  member.present.from <= day && day < member.present.until && householdOn(member, day) === household

export const livesAloneOn = (resident: Resident, day: Day): boolean => {
  const household = householdOn(resident, day)
  if (household.careHome !== undefined) return false
  return household.members.every((member) => member === resident || !isThere(member, household, day))
}

const GROWN_UP = 16

const isGrownUp = (member: Resident, day: Day): boolean => day >= member.born + GROWN_UP * 365.25

const hasGrownUp = (child: Resident, day: Day): boolean => {
  const household = householdOn(child, day)
  return household.members.some((member) => isGrownUp(member, day) && isThere(member, household, day))
}

/** The first day on which a child under 16 would be left with nobody grown up; undefined where there is always somebody. */
export function leftAloneOn(child: Resident): Day | undefined {
  const { from, until } = child.present
  const grown = Math.ceil(child.born + GROWN_UP * 365.25)
  // Most people have grown up before the first day: this is asked of everybody.
  if (grown <= from) return undefined
  const partings = child.homes.flatMap(({ household }) =>
    household.members.flatMap(({ present, homes }) => [present.until, ...homes.map((home) => home.from)]),
  )
  return [...new Set(partings)]
    .filter((day) => day > from && day < Math.min(until, grown))
    .sort((a, b) => a - b)
    .find((day) => !hasGrownUp(child, day))
}
