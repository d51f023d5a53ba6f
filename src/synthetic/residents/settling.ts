import type { Dice } from '../dice.ts'
import type { Neighbourhood } from '../ground/ground.ts'
import type { World } from '../lives/world.ts'
import { addressIn } from './addresses.ts'
import type { Numbers } from './numbers.ts'
import type { Household } from './resident.ts'

/** A neighbourhood while its people are being settled in it. */
export interface Settling {
  world: World
  index: number
  neighbourhood: Neighbourhood
  dice: Dice
  /** Of people. */
  numbers: Numbers
  /** The next household's; counted apart from people's. */
  serials: number
  /** Front doors given out so far in the neighbourhood, and beyond it. */
  doors: number
  doorsAcross: number
  /** Running totals up to 1 over the ground's practices. */
  catchment: readonly number[]
  /** In the order settled. */
  households: Household[]
}

export const doorIn = (settling: Settling) => addressIn(settling.neighbourhood, settling.doors++)

/** The practice on whose list somebody from here is, or none: one in two hundred is not registered. */
export function practiceFor({ world, catchment, dice }: Settling): string | null {
  if (dice.chance(0.005)) return null
  const drawn = dice.next()
  const at = catchment.findIndex((total) => drawn < total)
  return world.ground.practices[Math.max(at, 0)]?.code ?? null
}
