import type { Health, Illness } from '../../health.ts'
import { DAYS_A_YEAR, type Day } from '../../moment.ts'
import { FATAL, type Fatal } from './fatal.ts'
import { deathsAt, unexplainedAt } from './life-table.ts'

/** Beside the average of all, what smoking does beyond the illnesses that it brings (Doll 2004, less lung cancer and COPD). */
const SMOKING = { never: 0.88, former: 1.05, current: 1.5 } as const

/** Frailty at which the very frail die some four times as readily as the fit of the same age (Clegg 2016: severe 4.5 times). */
const FRAILTY = 3.2
const ordinaryFrailty = (age: number): number => (age < 60 ? 0.03 : 0.05 + (age - 60) * 0.0065)

/** Moving in is a sign of being near the end: a quarter die in the first half year, half within two (Forder 2011). */
const IN_CARE_HOME = 0.17

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

/** The chance of dying in a year of no known illness, as it stands on a day. */
export function unexplainedOn(
  day: Day,
  { sex, born, deprivation, inCareHome, smoking, frailty }: Circumstance,
): number {
  const age = Math.max(0, (day - born) / DAYS_A_YEAR)
  let chance = unexplainedAt(sex, age, deprivation)
  if (age >= 35) chance *= SMOKING[smoking]
  if (age >= 50) chance *= Math.exp(FRAILTY * (frailty - ordinaryFrailty(age)))
  return inCareHome ? chance + IN_CARE_HOME : chance
}

/** The chance of dying in a year, of anything. */
export function forceOn(day: Day, circumstance: Circumstance, mortals: readonly Mortal[]): number {
  let force = unexplainedOn(day, circumstance)
  if (mortals.length === 0) return force
  const ageing = ageingAt(circumstance.sex, Math.max(0, (day - circumstance.born) / DAYS_A_YEAR))
  for (const mortal of mortals) force += partOn(mortal, day, ageing)
  return force
}
