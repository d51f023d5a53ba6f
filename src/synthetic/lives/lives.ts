import { diceFor } from '../dice.ts'
import {
  firstLivedIn,
  type Household,
  leftAloneOn,
  type Residence,
  type Resident,
} from '../residents/resident.ts'
import { householdsOf } from '../residents/settle.ts'
import { acuteCare } from './acute/acute.ts'
import { placeIn } from './conditions/care-home-entry.ts'
import { type Fate, fateOf } from './conditions/fate.ts'
import { healthOf } from './conditions/health-of.ts'
import { everydayCare } from './everyday/everyday.ts'
import type { Health } from './health.ts'
import type { Living } from './living.ts'
import type { LifeStory } from './story.ts'
import type { World } from './world.ts'

/** The parts of the telling, in order: each sees what those before it told. */
const PARTS: readonly (readonly [string, (living: Living) => void])[] = [
  ['acute', acuteCare],
  ['everyday', everydayCare],
]

interface Destined {
  resident: Resident
  health: Health
  fate: Fate
}

const chance = (world: World, resident: Resident, of: string) =>
  diceFor(`${world.seed}/${of}/${resident.serial}`)

/** A move into a care home is the last: whoever would have moved elsewhere after it does not. */
function moveIn(resident: Resident, last: Residence): void {
  resident.homes = [...resident.homes.filter((home) => home.from < last.from), last]
}

/** Who dies is settled for the whole household first: a widow lives alone from that day. */
function destined(world: World, resident: Resident): Destined {
  const health = healthOf(world, resident, chance(world, resident, 'health'))
  const fate = fateOf(world, resident, health, chance(world, resident, 'fate'))
  if (fate.careHome) moveIn(resident, placeIn(world, resident, fate.careHome))
  if (fate.end) {
    resident.leaves = 'died'
    resident.present.until = fate.end.day + 1
  }
  return { resident, health, fate }
}

function told(world: World, { resident, health, fate }: Destined): LifeStory {
  const living: Living = {
    world,
    resident,
    health,
    fate,
    dice: chance(world, resident, 'life'),
    happenings: [],
    away: [],
  }
  for (const [name, part] of PARTS) part({ ...living, dice: chance(world, resident, name) })
  // Array sort is stable: what happens in the same minute stays in the order told, causes first.
  living.happenings.sort((a, b) => a.at - b.at)
  return { resident, health, happenings: living.happenings }
}

/** Children whom death or a care home leaves with nobody grown up go to relatives elsewhere on that day. */
function takenIn({ resident, health, fate }: Destined): Destined {
  const day = leftAloneOn(resident)
  if (day === undefined) return { resident, health, fate }
  resident.present.until = day
  resident.leaves = 'moved away'
  return { resident, health, fate: {} }
}

function storiesOf(world: World, household: Household): LifeStory[] {
  return firstLivedIn(household)
    .map((resident) => destined(world, resident))
    .map(takenIn)
    .map((each) => told(world, each))
}

/** Every life of one neighbourhood. Neighbourhoods know nothing of each other, so they may be told in any order, side by side. */
export function* livesOf(world: World, index: number): Generator<LifeStory> {
  for (const household of householdsOf(world, index)) yield* storiesOf(world, household)
}
