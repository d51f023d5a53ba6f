import { hash } from '../../dice.ts'
import type { ConditionId } from '../../health/conditions.ts'
import type { Resident } from '../../residents/resident.ts'
import { type Health, illnessOn } from '../health.ts'
import { DAYS_A_YEAR, type Day } from '../moment.ts'
import type { World } from '../world.ts'

/**
 * A body that can be measured: the same on the same day whoever measures, so that the practice's, the hospital's and the
 * kitchen table's readings of one person agree. It holds no chance of its own: every reading follows from a seed, a day and what
 * is true of the person's health.
 */
export interface Body {
  health: Health
  female: boolean
  born: Day
  seed: number
  /** The window's first day, on which health's body mass is true. */
  start: Day
}

export const bodyOf = (world: World, resident: Resident, health: Health): Body => ({
  health,
  female: resident.sex === 'female',
  born: resident.born,
  seed: hash(`${world.seed}/body/${resident.serial}`),
  start: world.window.from,
})

const stirred = (seed: number): number => {
  let h = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Around 0 with a standard deviation of 1, never beyond 2.45: the sum of both halves, shaped like a tent. */
const tent = (h: number): number => (((h & 0xffff) + (h >>> 16)) / 0xffff - 1) * 2.45

/** What is this body's own and stays: how far from the usual it lies in one respect. */
export const own = ({ seed }: Body, respect: number): number =>
  tent(stirred(seed + Math.imul(respect, 0x9e3779b1)))

/** What passes: the same for everything that is measured of one respect on one day. */
export const passing = ({ seed }: Body, respect: number, day: Day): number =>
  tent(stirred(stirred(seed + Math.imul(respect, 0x9e3779b1)) + Math.imul(day, 0x85ebca77)))

/** What a year adds to the severity of a condition that gets worse; the rest stay as they were found. */
const WORSENS: Partial<Record<ConditionId, number>> = {
  type2Diabetes: 0.03,
  hypertension: 0.02,
  copd: 0.04,
  heartFailure: 0.06,
  chronicKidneyDisease3: 0.03,
  chronicKidneyDisease45: 0.05,
  dementia: 0.12,
  parkinsons: 0.08,
  osteoarthritis: 0.03,
  multipleSclerosis: 0.04,
  chronicPain: 0.02,
}

export const worsens = (condition: ConditionId): number => WORSENS[condition] ?? 0

/** 0 mild to 1 severe on a day; undefined for whoever does not have it then. */
export function severityOn(health: Health, condition: ConditionId, day: Day): number | undefined {
  const illness = illnessOn(health, condition, day)
  if (!illness) return undefined
  const years = (day - (illness.found ?? illness.since)) / DAYS_A_YEAR
  return Math.min(Math.max(illness.severity + worsens(condition) * years, 0), 1)
}
