import type { Neighbourhood } from '../ground/ground.ts'

/** People of Rotherham by single year of age, 0 to 89 and then 90 and over: mid-2020 estimates, Office for National Statistics. */
const BOROUGH = [
  2744, 2901, 3075, 3158, 3317, 3148, 3326, 3360, 3408, 3399, 3320, 3426, 3415, 3220, 3218, 2999, 2997, 3022,
  2833, 2387, 2477, 2613, 2735, 3048, 3059, 3158, 3311, 3176, 3357, 3608, 3443, 3419, 3549, 3349, 3296, 3485,
  3250, 3338, 3302, 3321, 3190, 2984, 2761, 2657, 2994, 2928, 3147, 3491, 3672, 3782, 3844, 3779, 3875, 3813,
  3798, 3830, 3802, 3735, 3590, 3585, 3487, 3291, 3396, 3129, 3069, 2875, 2884, 2832, 2647, 2796, 2830, 2730,
  2965, 3152, 2444, 2661, 2354, 2064, 1883, 1673, 1710, 1614, 1534, 1298, 1219, 1042, 928, 776, 666, 633,
  2178,
] as const

export const OLDEST = 104

/** Of those who have turned 90, about 72 in 100 live through each further year. */
const EACH_YEAR_PAST_90 = 0.72

/** Share of each age who live in a care home: 1 in 7 of those over 85 (place plan 2018, 5.3.7), few before. */
function inCareHome(age: number): number {
  if (age < 18) return 0
  if (age < 65) return 0.0006
  if (age < 75) return 0.0055
  if (age < 85) return 0.022
  return age < 90 ? 0.1 : 0.19
}

/** Women's share of people by age: boys outnumber girls at birth, men die younger (2021 census, England and Wales, rounded). */
const WOMEN: readonly (readonly [upTo: number, share: number])[] = [
  [20, 0.488],
  [30, 0.495],
  [65, 0.508],
  [75, 0.517],
  [80, 0.532],
  [85, 0.553],
  [90, 0.6],
  [200, 0.68],
]

export const womenAt = (age: number): number => WOMEN.find(([upTo]) => age < upTo)?.[1] ?? 0.5

/** Spreads the last, open group over the ages from 90 up. */
function spread(ages: readonly number[]): number[] {
  const whole = ages.slice(0, 90)
  let left = ages[90] ?? 0
  for (let age = 90; age < OLDEST; age++) {
    whole.push(left * (1 - EACH_YEAR_PAST_90))
    left *= EACH_YEAR_PAST_90
  }
  whole.push(left)
  return whole
}

/** The borough's ages bent so that the young and the old have the share that the neighbourhood's mix says. */
function bent({ mix }: Neighbourhood): number[] {
  const sum = (from: number, until: number) => BOROUGH.slice(from, until).reduce<number>((a, b) => a + b, 0)
  const all = sum(0, 91)
  const young = (mix.under18 * all) / sum(0, 18)
  const old = (mix.over65 * all) / sum(65, 91)
  const between = ((1 - mix.under18 - mix.over65) * all) / sum(18, 65)
  return BOROUGH.map((count, age) => count * (age < 18 ? young : age >= 65 ? old : between))
}

export interface AgeWeights {
  /** People behind front doors of their own, by single year of age. */
  atHome: readonly number[]
  inCareHomes: readonly number[]
}

export function agesOf(neighbourhood: Neighbourhood): AgeWeights {
  const ages = spread(neighbourhood.ages ?? bent(neighbourhood))
  return {
    atHome: ages.map((count, age) => count * (1 - inCareHome(age))),
    inCareHomes: spread(BOROUGH).map((count, age) => count * inCareHome(age)),
  }
}
