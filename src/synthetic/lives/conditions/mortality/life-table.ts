import { byAge } from '../by-age.ts'

/**
 * Deaths in 1,000 a year at each age: men, women. ONS life tables for England 2020-22, raised by a sixth so that life
 * expectancy at birth is about 1.7 (men) and 1.6 years (women) below England's, as it is in Rotherham (facts).
 */
const DEATHS = [
  [0, 4.6, 3.9],
  [1, 0.26, 0.22],
  [3, 0.14, 0.12],
  [10, 0.09, 0.08],
  [15, 0.2, 0.13],
  [20, 0.5, 0.22],
  [30, 0.85, 0.4],
  [40, 1.8, 1.05],
  [50, 3.9, 2.5],
  [57.5, 7.0, 4.6],
  [62.5, 11.2, 7.2],
  [67.5, 17.6, 11.4],
  [72.5, 27.8, 18.5],
  [77.5, 47, 33],
  [82.5, 82, 61],
  [87.5, 143, 114],
  [92.5, 225, 194],
  [100, 400, 370],
  [110, 700, 700],
] as const
const men = byAge(DEATHS, 1)
const women = byAge(DEATHS, 2)

/** A person's chance of dying in a year, knowing only sex and age in years. */
export const deathsAt = {
  male: (age: number) => men(age) / 1000,
  female: (age: number) => women(age) / 1000,
}

/**
 * Of those deaths, the share, of men and women, that no known illness explains: what is left when each illness has taken its
 * own (fatal.ts). Chosen so that the whole meets the table above at every age; it must be chosen again when the illnesses
 * change, and a test says so.
 */
const UNEXPLAINED = [
  [0, 1, 1],
  [5, 0.7, 0.7],
  [20, 0.6, 0.5],
  [30, 0.55, 0.4],
  [40, 0.4, 0.32],
  [50, 0.3, 0.2],
  [60, 0.22, 0.15],
  [70, 0.15, 0.12],
  [80, 0.2, 0.22],
  [90, 0.3, 0.28],
  [100, 0.5, 0.5],
] as const

/**
 * How much sooner people die where they are poorer, of the same illness or of none: the logarithm of the most deprived in
 * England beside the least, men and women. Middle-aged people most, the very old hardly (ONS, mortality by deprivation 2020).
 * Level: chosen so that between the most and the least deprived tenth of Rotherham, men's lives differ by 10.9 years and
 * women's by 7.1, which the 2018 plan prints for each sex; the same table also says 7 years for both, and that was not taken.
 * More illness and smoking make up the other half.
 */
const SLOPE = [
  [0, 0.6, 0.5],
  [20, 0.65, 0.5],
  [35, 1.15, 0.85],
  [55, 1.04, 0.8],
  [70, 0.71, 0.55],
  [80, 0.45, 0.35],
  [95, 0.1, 0.05],
] as const

/** The mean deprivation of a Rotherham resident, on the scale from England's least (0) to its most deprived (1). */
const MEAN_DEPRIVATION = 0.62

const slopeAt = {
  male: byAge(SLOPE, 1),
  female: byAge(SLOPE, 2),
}
const unexplainedShare = {
  male: byAge(UNEXPLAINED, 1),
  female: byAge(UNEXPLAINED, 2),
}

/** What multiplies every chance of dying where people are poorer, or better off. */
export const povertyAt = (sex: 'female' | 'male', age: number, deprivation: number): number =>
  Math.exp(slopeAt[sex](age) * (deprivation - MEAN_DEPRIVATION))

/** Deaths a year that no known illness explains, of people whose frailty, smoking and neighbourhood are ordinary. */
export const unexplainedAt = (sex: 'female' | 'male', age: number): number =>
  deathsAt[sex](age) * unexplainedShare[sex](age)

/**
 * Deaths in each month beside the year's mean. ONS, deaths registered in England and Wales 2015-2019 by day of death: about 15
 * per cent more in winter.
 */
export const BY_MONTH = [1.16, 1.1, 1.05, 1, 0.96, 0.94, 0.93, 0.92, 0.93, 0.97, 1, 1.07] as const
