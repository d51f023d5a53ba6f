import type { ConditionId } from '../../health/conditions.ts'
import type { Smoking } from '../health.ts'
import { AT_AGES, type Course, type Liability } from './courses/course.ts'

const OLDEST = 110

/** A course's row made ready for arithmetic: everything that multiplies a chance is a logarithm that adds to it. */
export interface Hazard {
  condition: ConditionId
  course: Course
  /** Chance gathered by each whole age (minus the logarithm of the share without it), for an average person; never falling. */
  gathered: Float64Array
  /** The same, but as many as have it now: falls where the old have it less than the young. */
  now: Float64Array
  /** What it comes after, as its place among all courses, and how much of it a year. */
  after: number
  yearly: number
  bySex: { female: number; male: number }
  byDeprivation: number
  bySmoking: Record<Smoking, number>
  byBodyMass: number
  southAsian: number
  runsIn: Liability | undefined
  spread: number
  /** Brings the average person back to 1. */
  level: number
  causes: readonly { nth: number; by: number }[]
}

function shareAt(shares: readonly number[], age: number): number {
  for (let i = 1; i < AT_AGES.length; i++) {
    const [from, to] = [AT_AGES[i - 1] ?? 0, AT_AGES[i] ?? 0]
    const [low, high] = [shares[i - 1] ?? 0, shares[i] ?? 0]
    if (age <= to) return low + ((high - low) * (age - from)) / (to - from)
  }
  return shares.at(-1) ?? 0
}

/** Seventeen in a hundred smoke and twenty-eight did once (Rotherham 2021); those who stopped keep half of the extra risk. */
function bySmoking(current: number): Record<Smoking, number> {
  const former = 1 + (current - 1) / 2
  const mean = 0.55 + 0.28 * former + 0.17 * current
  return { never: Math.log(1 / mean), former: Math.log(former / mean), current: Math.log(current / mean) }
}

function bySex({ only, women = 1 }: Course): Hazard['bySex'] {
  if (only) return { female: only === 'female' ? 0 : -Infinity, male: only === 'male' ? 0 : -Infinity }
  return { female: Math.log((2 * women) / (1 + women)), male: Math.log(2 / (1 + women)) }
}

export function hazardOf(course: Course, all: readonly Course[]): Hazard {
  const place = (condition: ConditionId) => all.findIndex((each) => each.condition === condition)
  const now = new Float64Array(OLDEST + 2)
  const gathered = new Float64Array(OLDEST + 2)
  if (course.shares)
    for (let age = 0; age < now.length; age++) {
      now[age] = -Math.log(1 - shareAt(course.shares, age) / 100)
      gathered[age] = Math.max(now[age] ?? 0, gathered[age - 1] ?? 0)
    }
  const byBodyMass = Math.log(course.heavier ?? 1)
  const spread = course.runsIn?.[1] ?? 0
  return {
    condition: course.condition,
    course,
    gathered,
    now,
    after: course.after ? place(course.after[0]) : -1,
    yearly: (course.after?.[1] ?? 0) / 100,
    bySex: bySex(course),
    byDeprivation: Math.log(course.deprived ?? 1),
    bySmoking: bySmoking(course.smoker ?? 1),
    byBodyMass,
    southAsian: Math.log(course.southAsian ?? 1),
    runsIn: course.runsIn?.[0],
    spread,
    // The mean of a log-normal multiplier is above its median.
    level: -(byBodyMass ** 2) / 2 - spread ** 2 / 2,
    causes: (course.raisedBy ?? []).map(([condition, by]) => ({ nth: place(condition), by: Math.log(by) })),
  }
}

/** What an array of yearly values says at an age between two birthdays. */
export function at(values: Float64Array, age: number): number {
  const whole = Math.min(Math.floor(age), OLDEST)
  const low = values[whole] ?? 0
  return low + ((values[whole + 1] ?? low) - low) * (Math.min(age, OLDEST) - whole)
}

/** The age by which so much had been gathered: the other way round. */
export function ageAt(values: Float64Array, amount: number): number {
  let [low, high] = [0, OLDEST]
  if ((values[0] ?? 0) >= amount) return 0
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) >= amount) high = middle
    else low = middle
  }
  const [before, after] = [values[low] ?? 0, values[high] ?? 0]
  return after > before ? low + (amount - before) / (after - before) : high
}
