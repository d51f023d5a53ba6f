import type { Neighbourhood } from '../ground/ground.ts'
import { kilometres } from '../ground/plane.ts'
import { DAYS_A_YEAR, type Day } from '../lives/moment.ts'
import { emptyHousehold } from './realise.ts'
import type { Household, Resident, Tenure } from './resident.ts'
import type { Settled, Settling } from './settling.ts'

/**
 * Chance in a year that a household leaves the place, and that it moves within it, by the age of its first member. In all about 2.9
 * and 3.8 people in 100 a year (2021 census: 7.3 in 100 lived elsewhere in the country a year before, about half of them outside).
 */
const HOUSEHOLDS: readonly (readonly [upTo: number, away: number, within: number])[] = [
  [25, 0.09, 0.16],
  [35, 0.058, 0.085],
  [50, 0.028, 0.036],
  [65, 0.016, 0.018],
  [80, 0.009, 0.011],
  [200, 0.007, 0.012],
]

/** The same for one grown child or sharer, on their own. */
const ALONE: readonly (readonly [upTo: number, away: number, within: number])[] = [
  [18, 0, 0],
  [20, 0.14, 0.04],
  [30, 0.055, 0.09],
  [45, 0.03, 0.06],
  [200, 0.01, 0.02],
]

const BY_TENURE: Record<Tenure, number> = {
  owned: 0.7,
  'social rent': 0.95,
  'private rent': 2.1,
  'care home': 0,
}

/** How far most move within the place: e-folding, in kilometres; one in five stays in the neighbourhood. */
const NEAR_KM = 2.2
const SAME_NEIGHBOURHOOD = 0.2

type Plan = { kind: 'away' | 'within'; day: Day } | undefined

/** When, if ever in the window, somebody with these yearly chances goes, counted from a day. */
function planned(settling: Settling, from: Day, away: number, within: number): Plan {
  const { dice, world } = settling
  const together = away + within
  if (together <= 0) return undefined
  const day = from + 1 + Math.floor((-Math.log(1 - dice.next()) / together) * DAYS_A_YEAR)
  if (day >= world.window.until) return undefined
  return { kind: dice.chance(away / together) ? 'away' : 'within', day }
}

function leave(person: Resident, day: Day): void {
  person.present.until = day
  person.leaves = 'moved away'
}

/** Running totals of how likely each neighbourhood is for someone who moves from here. */
function nearness({ world, neighbourhood }: Settling): number[] {
  let running = 0
  return world.ground.neighbourhoods.map((other) => {
    if (other !== neighbourhood)
      running += other.people * Math.exp(-kilometres(neighbourhood.centre, other.centre) / NEAR_KM)
    return running
  })
}

function destination(settling: Settling, near: readonly number[]): Neighbourhood {
  const { dice, world, neighbourhood } = settling
  if (dice.chance(SAME_NEIGHBOURHOOD)) return neighbourhood
  const drawn = dice.next() * (near.at(-1) ?? 0)
  return world.ground.neighbourhoods[near.findIndex((total) => drawn < total)] ?? neighbourhood
}

function together(
  settling: Settling,
  near: readonly number[],
  people: readonly Resident[],
  kind: Settled['kind'],
  day: Day,
): Household {
  const household = emptyHousehold(settling, kind, people.length, destination(settling, near))
  for (const person of people) {
    person.homes.push({ from: day, household })
    household.members.push(person)
  }
  return household
}

/**
 * Moves people away and within the place, each at most once in the window: grown children and sharers on their own, the others with
 * their household.
 * @returns the households to which people moved within the place
 */
export function moves(settling: Settling): Household[] {
  const near = nearness(settling)
  const movedTo: Household[] = []
  for (const { household, kind, people, sketches } of settling.settled) {
    if (household.careHome !== undefined) continue
    const staying: Resident[] = []
    const yearly = (of: typeof HOUSEHOLDS, age: number) => of.find(([upTo]) => age < upTo)
    people.forEach((person, nth) => {
      const { part, age } = sketches[nth] ?? {}
      const [, away, within] = (age !== undefined && yearly(ALONE, age)) || [0, 0, 0]
      const isOnTheirOwn = part === 'grown child' || part === 'sharer'
      const plan = isOnTheirOwn ? planned(settling, person.present.from + 60, away, within) : undefined
      if (!plan) staying.push(person)
      else if (plan.kind === 'away') leave(person, plan.day)
      else movedTo.push(together(settling, near, [person], 'one younger', plan.day))
    })
    const [first] = people
    const [, away, within] = yearly(HOUSEHOLDS, sketches[0]?.age ?? 0) ?? [0, 0, 0]
    const often = BY_TENURE[household.tenure]
    if (!first || staying.length === 0) continue
    const plan = planned(settling, first.present.from + 60, away * often, within * often)
    if (plan?.kind === 'away') for (const person of staying) leave(person, plan.day)
    if (plan?.kind === 'within') movedTo.push(together(settling, near, staying, kind, plan.day))
  }
  return movedTo
}
