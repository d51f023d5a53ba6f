import { householdOn } from '../../residents/resident.ts'
import type { Living } from '../living.ts'
import { ageOn, DAYS_A_YEAR, type Day } from '../moment.ts'

/** What a referrer can tell at a glance. */

export const ageAt = ({ resident }: Living, day: Day): number => ageOn(resident.born, day)

/** As a share of deficits: mild above 0.12, moderate above 0.24, severe above 0.36 (the electronic frailty index, Clegg 2016). */
export const frailtyOn = ({ health, world }: Living, day: Day): number =>
  health.frailty + (health.frailtyGrowth * (day - world.window.from)) / DAYS_A_YEAR

export const livesInCareHomeOn = ({ resident, fate }: Living, day: Day): boolean =>
  (fate.careHome !== undefined && day >= fate.careHome.from) ||
  householdOn(resident, day).careHome !== undefined

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
