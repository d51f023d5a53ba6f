import type { Living } from '../living.ts'
import { ageOn, DAYS_A_YEAR, type Day } from '../moment.ts'

/** What a referrer can tell at a glance. */

export const ageAt = ({ resident }: Living, day: Day): number => ageOn(resident.born, day)

/**
 * Days on which something that comes `perYear` times a year comes, by chance, from one day up to another. A rate of nothing costs
 * one comparison: most people have nothing.
 */
export function* comings(
  dice: { next(): number },
  perYear: number,
  from: Day,
  until: Day,
): Generator<Day, void, undefined> {
  if (perYear <= 0) return
  const gap = DAYS_A_YEAR / perYear
  let day = from - 1
  for (;;) {
    day += 1 + Math.floor(-Math.log(1 - dice.next()) * gap)
    if (day >= until) return
    yield day
  }
}
