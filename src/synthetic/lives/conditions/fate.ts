import type { Dice } from '../../dice.ts'
import { householdOn, type Resident } from '../../residents/resident.ts'
import type { Reason } from '../happening.ts'
import { frailtyAfter, type Health } from '../health.ts'
import { calendar, DAYS_A_YEAR, type Day } from '../moment.ts'
import type { World } from '../world.ts'
import { type CareHomeEntry, careHomeEntryOf } from './care-home-entry.ts'
import { causeWithoutIllness, isSudden } from './mortality/causes.ts'
import { ageingAt, type Circumstance, forceOn, type Mortal, mortalOf, partOn } from './mortality/force.ts'
import { BY_MONTH } from './mortality/life-table.ts'

/** How a life ends, where it ends within the window. */
export interface End {
  day: Day
  cause: Reason
  /** Died of what had been seen coming for weeks: palliative care has time to help. */
  expected: boolean
}

export interface Fate {
  end?: End
  /** The day somebody moves into a care home, and which (an index into the ground's). */
  careHome?: CareHomeEntry
}

const MONTH = 30
/** How long before the end it has to be known what is coming, for anyone to have expected it. */
const WEEKS_AHEAD = 21
/** Clegg 2016. */
const SEVERELY_FRAIL = 0.36

/** Seven in ten of those who die before their first birthday die in the first four weeks (ONS, child mortality 2021). */
const inFirstMonth = (age: Day): number => (age < MONTH ? 8.5 : age < DAYS_A_YEAR ? 0.33 : 1)

/** A woman who gives birth in the window lives to do so: deaths of mothers, one in ten thousand births, are not told. */
const lastBirth = ({ givesBirth, present }: Resident): Day =>
  givesBirth.reduce((last, day) => (day < present.until ? Math.max(last, day) : last), present.from)

/** Somebody on the way through the window. */
interface Mortality {
  resident: Resident
  deprivation: number
  health: Health
  mortals: readonly Mortal[]
  /** The first day in a care home; never, for most. */
  inCareHomeFrom: Day
  /** The day on which the health was told. */
  start: Day
}

const circumstanceOn = (
  { resident: { sex, born }, deprivation, health, inCareHomeFrom, start }: Mortality,
  day: Day,
): Circumstance => ({
  sex,
  born,
  deprivation,
  smoking: health.smoking,
  inCareHome: inCareHomeFrom <= day,
  frailty: frailtyAfter(health, start, day),
})

function forceFor(mortality: Mortality, day: Day): number {
  const { unexplained, parts } = forceOn(day, circumstanceOn(mortality, day), mortality.mortals)
  return unexplained + parts
}

/** No month of theirs could be worse than this: most people are done here. */
function isSafe(mortality: Mortality, from: Day, until: Day, left: number): boolean {
  const { mortals, resident, inCareHomeFrom } = mortality
  if (mortals.length > 0 || from - resident.born < DAYS_A_YEAR || inCareHomeFrom < until) return false
  const worst = Math.max(forceFor(mortality, from), forceFor(mortality, until))
  return left > (worst * 1.2 * (until - from + MONTH)) / DAYS_A_YEAR
}

function dayOfDeath(mortality: Mortality, dice: Dice): Day | undefined {
  const { resident } = mortality
  const from = lastBirth(resident)
  const { until } = resident.present
  let left = -Math.log(1 - dice.next())
  if (isSafe(mortality, from, until, left)) return undefined
  let force = 0
  for (let [day, nth] = [from, 0]; day < until; day += MONTH, nth++) {
    // Illness and frailty change slowly: looked at every third month.
    if (nth % 3 === 0) force = forceFor(mortality, day)
    const month = BY_MONTH[calendar(day).month - 1] ?? 1
    const chance = (force * month * inFirstMonth(day - resident.born) * MONTH) / DAYS_A_YEAR
    if (left < chance) {
      const died = day + Math.floor((left / chance) * MONTH)
      return died < until ? died : undefined
    }
    left -= chance
  }
  return undefined
}

/** Each illness in proportion to what it adds; `share` is how far along all that they add chance fell, 0 to 1. */
function killerOf(
  { mortals, resident: { sex, born } }: Mortality,
  day: Day,
  share: number,
): Mortal | undefined {
  const ageing = ageingAt(sex, Math.max(0, (day - born) / DAYS_A_YEAR))
  let left = share * mortals.reduce((sum, mortal) => sum + partOn(mortal, day, ageing), 0)
  for (const mortal of mortals) {
    left -= partOn(mortal, day, ageing)
    if (left < 0) return mortal
  }
  return undefined
}

/** What somebody died of: one of their illnesses, or none of them. */
function endOn(mortality: Mortality, day: Day, dice: Dice): End {
  const { sex, born } = mortality.resident
  const circumstance = circumstanceOn(mortality, day)
  const age = Math.max(0, (day - born) / DAYS_A_YEAR)
  const { unexplained, parts } = forceOn(day, circumstance, mortality.mortals)
  const drawn = dice.next() * (unexplained + parts) - unexplained
  const of = drawn < 0 ? undefined : killerOf(mortality, day, drawn / parts)
  if (of) {
    const [text, icd10] = dice.weighted(of.fatal.causes.map((cause) => [cause, cause[2]] as const))
    const { condition, found } = of.illness
    const seen = found !== undefined && found + WEEKS_AHEAD <= day
    return { day, cause: { text, icd10, condition }, expected: dice.chance(of.fatal.expected) && seen }
  }
  const cause = causeWithoutIllness(dice, sex, age)
  const fading = circumstance.inCareHome || circumstance.frailty > SEVERELY_FRAIL
  return { day, cause, expected: dice.chance(fading ? 0.6 : 0.05) && age >= 1 && !isSudden(cause) }
}

/** Whether and when somebody dies or moves into a care home within the window, given their health. */
export function fateOf(world: World, resident: Resident, health: Health, dice: Dice): Fate {
  const careHome = careHomeEntryOf(world, resident, health, dice)
  const { neighbourhood, careHome: home } = householdOn(resident, resident.present.from)
  const mortality: Mortality = {
    resident,
    deprivation: neighbourhood.deprivation,
    health,
    mortals: mortalOf(health),
    inCareHomeFrom: home === undefined ? (careHome?.from ?? Number.POSITIVE_INFINITY) : resident.present.from,
    start: world.window.from,
  }
  const day = dayOfDeath(mortality, dice)
  const moves = careHome && (day === undefined || careHome.from < day) ? careHome : undefined
  const fate: Fate = moves ? { careHome: moves } : {}
  if (day === undefined) return fate
  fate.end = endOn(mortality, day, dice)
  return fate
}
