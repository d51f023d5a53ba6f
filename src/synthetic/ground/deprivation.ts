import type { Dice } from '../dice.ts'
import type { NeighbourhoodMix } from './ground.ts'
import { kilometres, type Point, sharedOut } from './plane.ts'

/**
 * Of every 170 neighbourhoods, how many fall in each national tenth, most deprived first: 22 per cent in the first tenth and 35 in
 * the first two, none in the last (place plan 2023-25, 3.1; the rest as in the Indices of Deprivation 2019 for Rotherham).
 */
const IN_DECILE = [37, 23, 22, 16, 11, 17, 23, 11, 10, 0] as const

/** Rotherham's neighbourhoods by decile of the Indices of Deprivation 2025: ages from mid-2020 estimates, the rest from the 2021 census. */
const MIX_BY_DECILE: readonly NeighbourhoodMix[] = [
  mix([0.254, 0.157, 0.084, 0.02, 0.019, 0.023, 0.428, 0.189]),
  mix([0.227, 0.171, 0.059, 0.014, 0.016, 0.011, 0.287, 0.187]),
  mix([0.217, 0.195, 0.056, 0.01, 0.015, 0.009, 0.235, 0.152]),
  mix([0.209, 0.214, 0.02, 0.006, 0.012, 0.003, 0.174, 0.111]),
  mix([0.199, 0.207, 0.017, 0.008, 0.014, 0.003, 0.139, 0.141]),
  mix([0.188, 0.239, 0.017, 0.005, 0.011, 0.004, 0.094, 0.111]),
  mix([0.188, 0.243, 0.031, 0.004, 0.009, 0.005, 0.061, 0.13]),
  mix([0.175, 0.253, 0.024, 0.004, 0.009, 0.003, 0.041, 0.113]),
  mix([0.203, 0.215, 0.075, 0.014, 0.017, 0.008, 0.024, 0.098]),
  mix([0.178, 0.289, 0.042, 0.003, 0.01, 0.005, 0.018, 0.076]),
]

type Shares = readonly [number, number, number, number, number, number, number, number]

function mix([under18, over65, asian, black, mixed, otherEthnic, socialRent, privateRent]: Shares) {
  return { under18, over65, asian, black, mixed, otherEthnic, socialRent, privateRent }
}

/** How unlike neighbourhoods of one decile are: the spread of each share's logarithm in the same files. */
const SPREAD: NeighbourhoodMix = mix([0.15, 0.22, 0.95, 0.6, 0.4, 0.8, 0.25, 0.4])

/** The 2021 census for the whole of Rotherham; ages from mid-2020 estimates. What is drawn is scaled to it. */
const BOROUGH: NeighbourhoodMix = mix([0.217, 0.198, 0.0534, 0.0113, 0.0145, 0.0105, 0.207, 0.153])

/** A smooth field over the map: hills and hollows a few kilometres wide, so that like adjoins like. */
function field(dice: Dice, centres: readonly Point[]): number[] {
  const hills = Array.from({ length: 9 }, () => ({
    at: dice.pick(centres),
    height: dice.next() * 2 - 0.8,
    wide: 1.5 + dice.next() * 2.5,
  }))
  return centres.map((centre) =>
    hills.reduce(
      (sum, { at, height, wide }) => sum + height * Math.exp(-((kilometres(at, centre) / wide) ** 2)),
      dice.near(0, 0.14),
    ),
  )
}

/** How deprived each neighbourhood is, 0 to 1, with its decile: Rotherham's spread, clustered on the map. */
export function deprivationOver(
  centres: readonly Point[],
  dice: Dice,
): { deprivation: number; decile: number }[] {
  const heights = field(dice, centres)
  const order = heights
    .map((_, index) => index)
    .sort((a, b) => (heights[b] ?? 0) - (heights[a] ?? 0) || a - b)
  const counts = sharedOut(centres.length, IN_DECILE)
  const found = centres.map(() => ({ deprivation: 0, decile: 10 }))
  let at = 0
  counts.forEach((count, index) => {
    for (let nth = 0; nth < count; nth++, at++)
      found[order[at] ?? 0] = {
        deprivation: 1 - (index + (nth + 0.5) / count) / 10,
        decile: index + 1,
      }
  })
  return found
}

const KEYS = Object.keys(BOROUGH) as (keyof NeighbourhoodMix)[]

/** Who lives in each neighbourhood: what its decile has, with the differences that neighbours of one decile show. */
export function mixesOver(
  centres: readonly Point[],
  deciles: readonly number[],
  weights: readonly number[],
  dice: Dice,
): NeighbourhoodMix[] {
  const settled = field(dice, centres)
  const mixes = deciles.map((decile, index) => {
    const typical = MIX_BY_DECILE[decile - 1] ?? BOROUGH
    const drawn = { ...typical }
    for (const key of KEYS) {
      // Communities settle near each other: half of what sets a neighbourhood apart, its surroundings share.
      const near = key === 'asian' || key === 'black' || key === 'otherEthnic' ? (settled[index] ?? 0) : 0
      drawn[key] = typical[key] * Math.exp(SPREAD[key] * (near + dice.near(0, 0.9)))
    }
    return drawn
  })
  for (const key of KEYS) scaled(mixes, key, weights)
  return mixes
}

/** Scales one share so that all neighbourhoods together have the borough's; within what any neighbourhood there shows. */
function scaled(mixes: NeighbourhoodMix[], key: keyof NeighbourhoodMix, weights: readonly number[]): void {
  const most = key === 'socialRent' || key === 'privateRent' ? 0.6 : 0.42
  for (let again = 0; again < 6; again++) {
    const mean = mixes.reduce((sum, each, index) => sum + each[key] * (weights[index] ?? 0), 0)
    for (const each of mixes) each[key] = Math.min(most, (each[key] * BOROUGH[key]) / mean)
  }
}
