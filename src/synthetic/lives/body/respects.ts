import { DAYS_A_YEAR, type Day } from '../moment.ts'
import { type Body, own, passing } from './body.ts'

/** Respects in which bodies differ; what is measured of one respect hangs together. */
export const OWN = {
  sugar: 1,
  kidney: 2,
  pressure: 3,
  pulsePressure: 4,
  fat: 5,
  weight: 6,
  blood: 7,
  pulse: 8,
  oxygen: 9,
  airways: 10,
  thyroid: 11,
  inflammation: 12,
  mood: 13,
  memory: 14,
  salts: 15,
  iron: 16,
  liver: 17,
  urine: 18,
  bowel: 19,
  prostate: 20,
  frailty: 21,
  urate: 22,
  clotting: 23,
} as const

export const between = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
export const ageOf = (body: Body, day: Day) => (day - body.born) / DAYS_A_YEAR
export const yearsSince = (day: Day, since: Day | undefined) =>
  since === undefined ? 0 : (day - since) / DAYS_A_YEAR

export const plain = (
  body: Body,
  respect: number,
  day: Day,
  middle: number,
  spread: number,
  passes: number,
): number => middle + spread * own(body, respect) + passes * passing(body, respect, day)

/** A quantity that is skewed: most people have little, a few much. */
export const skewed = (
  body: Body,
  respect: number,
  day: Day,
  middle: number,
  spread: number,
  passes: number,
): number => middle * Math.exp(spread * own(body, respect) + passes * passing(body, respect, day))
