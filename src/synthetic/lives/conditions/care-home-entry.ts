import type { Dice } from '../../dice.ts'
import { type CareHome, frontDoorOf } from '../../ground/ground.ts'
import { householdOn, livesAloneOn, type Residence, type Resident } from '../../residents/resident.ts'
import { frailtyAfter, type Health, hasOn } from '../health.ts'
import { DAYS_A_YEAR, type Day } from '../moment.ts'
import type { World } from '../world.ts'
import { byAge } from './by-age.ts'

/**
 * Moves into a care home for good, in 1,000 a year, of people whose frailty is ordinary, who are without dementia and live with
 * somebody. Shape: Adult Social Care Outcomes Framework 2B by age. Level: chosen so that as many come as die in homes, about
 * 650 a year in Rotherham, and some 1,500 live in them (facts).
 */
const ENTRIES = [
  [60, 0],
  [65, 0.35],
  [75, 1.5],
  [85, 8.4],
  [95, 18.5],
] as const
const entries = byAge(ENTRIES, 1)

/** Dementia and living alone: Luppa 2010 (predictors of nursing home admission). */
const WITH_DEMENTIA = 7
const ALONE = 1.8
/** For each tenth of all deficits beyond 0.15. */
const FRAILER = 0.45

const QUARTER = 91

export interface CareHomeEntry {
  from: Day
  /** An index into the ground's care homes. */
  home: number
}

function yearlyChance(resident: Resident, health: Health, day: Day, start: Day, alone: boolean): number {
  const age = (day - resident.born) / DAYS_A_YEAR
  const frailty = frailtyAfter(health, start, day)
  return (
    (entries(age) / 1000) *
    Math.exp(FRAILER * ((frailty - 0.15) / 0.1)) *
    (hasOn(health, 'dementia', day) ? WITH_DEMENTIA : 1) *
    (alone ? ALONE : 1)
  )
}

/** Larger homes take more; most people stay in the part of the borough they know; nurses are where the frail are. */
function chosen({ ground }: World, resident: Resident, health: Health, day: Day, dice: Dice): number {
  const { locality } = householdOn(resident, day).neighbourhood
  const weight = (home: CareHome) =>
    home.beds *
    (ground.neighbourhoods[home.neighbourhood]?.locality === locality ? 4 : 1) *
    (home.nursing === health.frailty > 0.36 ? 2 : 1)
  return dice.weighted(ground.careHomes.map((home, index): [number, number] => [index, weight(home)]))
}

/** Whether, when and into which home somebody moves for good. */
export function careHomeEntryOf(
  world: World,
  resident: Resident,
  health: Health,
  dice: Dice,
): CareHomeEntry | undefined {
  const { from, until } = resident.present
  let left = -Math.log(1 - dice.next())
  if (world.ground.careHomes.length === 0 || until - resident.born < 60 * DAYS_A_YEAR) return undefined
  if (householdOn(resident, from).careHome !== undefined) return undefined
  const alone = livesAloneOn(resident, from)
  for (let day = from; day < until; day += QUARTER) {
    const chance = (yearlyChance(resident, health, day, world.window.from, alone) * QUARTER) / DAYS_A_YEAR
    if (left < chance) {
      const entry = day + Math.floor((left / chance) * QUARTER)
      return entry < until && entry > from
        ? { from: entry, home: chosen(world, resident, health, entry, dice) }
        : undefined
    }
    left -= chance
  }
  return undefined
}

/** The home as this person's address from that day; who else lives there is known to the neighbourhood it stands in. */
export function placeIn({ ground }: World, resident: Resident, { from, home }: CareHomeEntry): Residence {
  const careHome = ground.careHomes[home]
  const neighbourhood = careHome && ground.neighbourhoods[careHome.neighbourhood]
  if (!neighbourhood) throw new Error(`There is no care home ${home}`)
  const { line, postcode, id } = careHome
  return {
    from,
    household: {
      serial: frontDoorOf(home),
      neighbourhood,
      line,
      postcode,
      tenure: 'care home',
      overcrowded: false,
      careHome: id,
      members: [resident],
    },
  }
}
