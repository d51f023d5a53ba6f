import { diceFor } from '../dice.ts'
import type { Ground } from '../ground/ground.ts'
import { catchments } from '../ground/practices.ts'
import type { World } from '../lives/world.ts'
import { agesOf } from './ages.ts'
import { births } from './births.ts'
import { residentsPerHome, settleCareHome } from './care-homes.ts'
import { likelihoodOf } from './heritage.ts'
import { madeUp } from './make-up.ts'
import { moves } from './moves.ts'
import { settleNewcomers } from './newcomers.ts'
import { blockOf, numbersOf } from './numbers.ts'
import { poolOf } from './pool.ts'
import { realise } from './realise.ts'
import type { Household } from './resident.ts'
import type { Settling } from './settling.ts'
import { ties } from './ties.ts'

const known = new WeakMap<Ground, number[][]>()

function catchmentOf(ground: Ground, index: number): readonly number[] {
  const found = known.get(ground) ?? catchments(ground.neighbourhoods, ground.practices)
  known.set(ground, found)
  return found[index] ?? []
}

function settlingOf(world: World, index: number): Settling {
  const neighbourhood = world.ground.neighbourhoods[index]
  if (!neighbourhood) throw new Error(`There is no neighbourhood ${index}`)
  return {
    world,
    index,
    neighbourhood,
    dice: diceFor(`${world.seed}/people/${index}`),
    numbers: numbersOf(world, index),
    serials: blockOf(world, index)[0],
    doors: 0,
    doorsAcross: 0,
    catchment: catchmentOf(world.ground, index),
    settled: [],
  }
}

/** Who lives here on the first day. */
function settleFirstPeople(settling: Settling): void {
  const { neighbourhood, dice, world } = settling
  const homes = residentsPerHome(settling)
  const inHomes = [...homes.values()].reduce((a, b) => a + b, 0)
  const pool = poolOf(Math.max(0, neighbourhood.people - inHomes), agesOf(neighbourhood).atHome, dice)
  const on = world.window.from
  const sketches = madeUp({ pool, dice, on, deprivation: neighbourhood.deprivation })
  const scale = likelihoodOf(sketches)
  for (const sketch of sketches) realise(settling, sketch, { arrived: 'here at the start', on, scale })
  for (const [home, residents] of homes) settleCareHome(settling, home, residents)
}

/**
 * The households of one neighbourhood, which are invented people: everyone who lives in it on the window's first day, who is born
 * into it and who moves in. Nobody has died yet; that follows from health. Who moves within the place is a member of each household
 * in turn, and is told of where they lived first (see firstLivedIn).
 */
export function* householdsOf(world: World, index: number): Generator<Household> {
  const settling = settlingOf(world, index)
  settleFirstPeople(settling)
  settleNewcomers(settling)
  const movedTo = moves(settling)
  births(settling)
  ties(settling)
  for (const { household } of settling.settled) yield household
  yield* movedTo
}
