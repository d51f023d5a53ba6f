import { checkDigit } from '../../people/index.ts'
import type { Ground } from '../ground/ground.ts'
import { DAYS_A_YEAR } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'

/**
 * Serials are the six digits after 999 in an NHS number. The characters of the demonstration have the lowest, people whom tests
 * build for themselves those from 800,000; between lies what a place may use, a block for each neighbourhood.
 */
const FIRST = 2000
const LAST = 799_999

/** Births and newcomers of a year, for every person there at the start, with room to spare. */
const NEW_A_YEAR = 0.08
/** However small a neighbourhood, chance may bring it more. */
const ROOM = 40
/** One number in eleven has no check digit. */
const WITHOUT_DIGIT = 1.12

const blockFor = (people: number, years: number) =>
  Math.ceil((ROOM + people * (1 + NEW_A_YEAR * (years + 1))) * WITHOUT_DIGIT)

interface Blocks {
  starts: number[]
  end: number
}

function blocksOf(ground: Ground, years: number): Blocks {
  let end = FIRST
  const starts = ground.neighbourhoods.map(({ people }) => {
    const start = end
    end += blockFor(people, years)
    return start
  })
  if (end > LAST + 1) {
    const people = ground.neighbourhoods.reduce((sum, each) => sum + each.people, 0)
    const most = Math.floor((people * (LAST + 1 - FIRST)) / (end - FIRST) / 1000) * 1000
    throw new Error(
      `${people} people and ${Math.round(years * 10) / 10} years need more invented NHS numbers than there are: about ${most} people fit`,
    )
  }
  return { starts, end }
}

const known = new WeakMap<Ground, Map<number, Blocks>>()

/** The serials of one neighbourhood: first, and the first that is no longer its own. Refuses a place too large for the 999 range. */
export function blockOf(
  { ground, window }: Pick<World, 'ground' | 'window'>,
  index: number,
): [number, number] {
  const years = (window.until - window.from) / DAYS_A_YEAR
  const byYears = known.get(ground) ?? new Map<number, Blocks>()
  known.set(ground, byYears)
  const blocks = byYears.get(years) ?? blocksOf(ground, years)
  byYears.set(years, blocks)
  return [blocks.starts[index] ?? blocks.end, blocks.starts[index + 1] ?? blocks.end]
}

export interface Numbers {
  /** The next serial, whose NHS number is valid. */
  next(): { serial: number; nhsNumber: string }
}

export function numbersOf(world: Pick<World, 'ground' | 'window'>, index: number): Numbers {
  let [serial, end] = blockOf(world, index)
  return {
    next: () => {
      for (; serial < end; serial++) {
        const nine = `999${String(serial).padStart(6, '0')}`
        const digit = checkDigit(nine)
        if (digit !== undefined) return { serial: serial++, nhsNumber: nine + String(digit) }
      }
      throw new Error(`Neighbourhood ${index} has used up its serials`)
    },
  }
}
