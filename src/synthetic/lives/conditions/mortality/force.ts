import type { Health, Illness } from '../../health.ts'
import { DAYS_A_YEAR, type Day } from '../../moment.ts'
import { FATAL, type Fatal } from './fatal.ts'
import { deathsAt, povertyAt, unexplainedAt } from './life-table.ts'

/** Beside the average of all, what smoking does beyond the illnesses that it brings (Doll 2004, less lung cancer and COPD). */
const SMOKING = { never: 0.88, former: 1.05, current: 1.5 } as const

/** Frailty at which the very frail die some four times as readily as the fit of the same age (Clegg 2016: severe 4.5 times). */
const FRAILTY = 3.2
const ordinaryFrailty = (age: number): number => (age < 60 ? 0.03 : 0.05 + (age - 60) * 0.0065)

/** Moving in is a sign of being near the end: half have died within fifteen months (Forder and Fernandez 2011). */
const IN_CARE_HOME = 0.2

/** The illnesses that could end somebody's life in the window. */
export interface Mortal {
  illness: Illness
  fatal: Fatal
}

export const mortalOf = (health: Health): Mortal[] =>
  health.illnesses.flatMap((illness) => {
    const fatal = FATAL[illness.condition]
    return fatal ? [{ illness, fatal }] : []
  })

/** What one illness adds to the chance of dying in a year, on a day; `ageing` is what age alone does, beside 75. */
export function partOn({ illness, fatal }: Mortal, day: Day, ageing: number): number {
  if (illness.since > day || (illness.until !== undefined && illness.until <= day)) return 0
  const year = Math.floor((day - illness.since) / DAYS_A_YEAR)
  const adds = (fatal.adds[Math.min(year, fatal.adds.length - 1)] ?? 0) / 100
  const grown = fatal.withAge === 0.5 ? Math.sqrt(ageing) : fatal.withAge === 0.25 ? ageing ** 0.25 : 1
  return adds * (0.55 + 1.5 * illness.severity) * grown
}

/** The table's chance at 75, men and women together. */
const AT_75 = 0.034

export const ageingAt = (sex: 'female' | 'male', age: number): number => deathsAt[sex](age) / AT_75

export interface Circumstance {
  sex: 'female' | 'male'
  born: Day
  deprivation: number
  inCareHome: boolean
  smoking: Health['smoking']
  /** On the day asked for. */
  frailty: number
}

/** The chance of dying in a year, as it stands on a day: of no known illness, and of each. */
export interface Force {
  unexplained: number
  parts: number
}

export function forceOn(
  day: Day,
  { sex, born, deprivation, inCareHome, smoking, frailty }: Circumstance,
  mortals: readonly Mortal[],
): Force {
  const age = Math.max(0, (day - born) / DAYS_A_YEAR)
  const poverty = povertyAt(sex, age, deprivation)
  let unexplained = poverty * unexplainedAt(sex, age)
  if (age >= 35) unexplained *= SMOKING[smoking]
  if (age >= 50) unexplained *= Math.exp(FRAILTY * (frailty - ordinaryFrailty(age)))
  if (inCareHome) unexplained += IN_CARE_HOME
  let parts = 0
  if (mortals.length > 0) {
    const ageing = ageingAt(sex, age)
    for (const mortal of mortals) parts += partOn(mortal, day, ageing)
  }
  return { unexplained, parts: parts * poverty }
}
