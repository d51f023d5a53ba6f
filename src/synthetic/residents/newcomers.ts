import { DAYS_A_YEAR } from '../lives/moment.ts'
import { OLDEST } from './ages.ts'
import { likelihoodOf } from './heritage.ts'
import { madeUp } from './make-up.ts'
import { poolOf } from './pool.ts'
import { realise } from './realise.ts'
import type { Settling } from './settling.ts'

/**
 * People who move into the place in a year, for each who lives there: with births they make up for those who die and leave, and a
 * growth of 4 in 1,000 a year (ONS 2022-based projection, Rotherham). Of the 2021 census's 73 in 1,000 who had lived elsewhere the
 * year before, somewhat under half had come from outside.
 */
const A_YEAR = 0.0335

/** How much likelier each age is to have just moved in: students and young families first. */
const AGES: readonly (readonly [upTo: number, weight: number])[] = [
  [5, 1.3],
  [17, 0.75],
  [19, 0.8],
  [24, 2.2],
  [30, 2.7],
  [36, 2.1],
  [45, 1.1],
  [60, 0.55],
  [75, 0.35],
  [90, 0.2],
]

const WEIGHTS = Array.from({ length: OLDEST + 1 }, (_, age) => AGES.find(([upTo]) => age < upTo)?.[1] ?? 0)

/** Newcomers are of other communities about twice as often as those already here. */
const MORE_DIVERSE = 2

/** Households that move in during the window, more of them where homes are rented privately. */
export function settleNewcomers(settling: Settling): void {
  const { world, neighbourhood, dice } = settling
  const { from, until } = world.window
  const years = (until - from) / DAYS_A_YEAR
  const rented = 0.55 + neighbourhood.mix.privateRent * 2.9
  const people = Math.floor(neighbourhood.people * A_YEAR * years * rented + dice.next())
  const pool = poolOf(people, WEIGHTS, dice)
  const sketches = madeUp({ pool, dice, on: from, deprivation: neighbourhood.deprivation })
  const scale = likelihoodOf(sketches) * MORE_DIVERSE
  for (const sketch of sketches) {
    const on = from + 1 + Math.floor(dice.next() * (until - from - 1))
    realise(settling, sketch, { arrived: 'moved in', on, scale })
  }
}
