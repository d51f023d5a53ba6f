import type { Dice } from '../dice.ts'
import type { Neighbourhood } from '../ground/ground.ts'
import type { World } from '../lives/world.ts'
import { addressAcross, addressIn } from './addresses.ts'
import type { HouseholdKind, Sketch } from './household-types.ts'
import type { Numbers } from './numbers.ts'
import type { Household, Resident } from './resident.ts'

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
  settled: Settled[]
}

/** A household with what it was made up from. */
export interface Settled {
  household: Household
  kind: HouseholdKind
  /** Those it was made up of, beside how each was sketched; who is born or moves in later is only in the household. */
  people: readonly Resident[]
  sketches: readonly Sketch[]
}

/** The next front door here, or in another neighbourhood, to which somebody moves. */
export const doorIn = (settling: Settling, neighbourhood: Neighbourhood) =>
  neighbourhood === settling.neighbourhood
    ? addressIn(neighbourhood, settling.doors++)
    : addressAcross(neighbourhood, settling.index, settling.doorsAcross++)

/** The practice on whose list somebody from here is, or none: one in two hundred is not registered. */
export function practiceFor({ world, catchment, dice }: Settling): string | null {
  if (dice.chance(0.005)) return null
  const drawn = dice.next()
  const at = catchment.findIndex((total) => drawn < total)
  return world.ground.practices[Math.max(at, 0)]?.code ?? null
}
