import type { ConditionId } from '../../health/conditions.ts'
import type { Smoking } from '../health.ts'
import { atBirthdays, byAge, type Row } from './by-age.ts'
import { AT_AGES, type Course, type Liability } from './courses/course.ts'

/** A course's row made ready for arithmetic: everything that multiplies a chance is a logarithm that adds to it. */
export interface Hazard {
  condition: ConditionId
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
  /** As in the course; years without end where nothing ends it, no share where there is none. */
  only: Course['only']
  found: number
  delay: number
  kills: number
  ends: number
  overBy: number
  inCareHome: number
  causes: readonly { nth: number; by: number }[]
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
  const rows = AT_AGES.map((age, nth): Row => [age, course.shares?.[nth] ?? 0])
  const share = byAge(rows, 1)
  const now = atBirthdays((age) => -Math.log(1 - share(age) / 100))
  const gathered = now.map((_, age) =>
    now.subarray(0, age + 1).reduce((most, each) => Math.max(most, each), 0),
  )
  const byBodyMass = Math.log(course.heavier ?? 1)
  const spread = course.runsIn?.[1] ?? 0
  return {
    condition: course.condition,
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
    only: course.only,
    found: course.found,
    delay: course.delay,
    kills: course.kills ?? 0,
    ends: course.ends ?? Number.POSITIVE_INFINITY,
    overBy: course.overBy ?? Number.POSITIVE_INFINITY,
    inCareHome: course.inCareHome ?? 0,
    causes: (course.raisedBy ?? []).map(([condition, by]) => ({ nth: place(condition), by: Math.log(by) })),
  }
}
