import type { Dice } from '../dice.ts'
import { familiesOf, type Making } from './families.ts'
import { settleGrandparents, settleGrownChildren, settleOthers } from './grown-ups.ts'
import type { HouseholdSketch } from './household-types.ts'

/** In the same order for the same dice, and in no order that tells of ages: neighbours are of all kinds. */
function shuffled<T>(things: T[], dice: Dice): T[] {
  for (let at = things.length - 1; at > 0; at--) {
    const other = dice.whole(0, at)
    const [a, b] = [things[at], things[other]]
    if (a !== undefined && b !== undefined) [things[at], things[other]] = [b, a]
  }
  return things
}

/** Makes up households from everyone in a pool. */
export function madeUp(making: Making): HouseholdSketch[] {
  const families = familiesOf(making)
  const withGrown = settleGrownChildren(making, families)
  settleGrandparents(making, families)
  const others = settleOthers(making)
  return shuffled([...families, ...withGrown, ...others], making.dice)
}
