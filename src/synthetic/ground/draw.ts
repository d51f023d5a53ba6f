import { diceFor } from '../dice.ts'
import { postcodesFor, TOWNS } from '../people/towns.ts'
import { drawCareHomes } from './care-homes.ts'
import { cells } from './cells.ts'
import { deprivationOver, mixesOver } from './deprivation.ts'
import type { Ground, Neighbourhood } from './ground.ts'
import { grouped, nearest, sharedOut } from './plane.ts'
import { drawPractices } from './practices.ts'

/** As many as Rotherham has, whatever the number of people, so that the spread of deprivation stays. */
const NEIGHBOURHOODS = 170
const AREAS = 33

const WARDS = [
  'Abbey Mill',
  'Barnacre',
  'Brickpond',
  'Canal Reach',
  'Crown Spinney',
  'Deerpark',
  'Foljambe',
  'Furnace Bank',
  'Glasshouse',
  'Hartshead',
  'Haugh Top',
  'Kestrel Bank',
  'Larkspur',
  'Lime Kiln',
  'Limestone Hill',
  'Lockkeeper',
  'Meadowcroft',
  'Monkwood',
  'Pithead',
  'Pottery',
  'Reservoir',
  'Rolling Mill',
  'Silverbirch',
  'Skylark',
  'Winding House',
] as const

/** Poorer neighbourhoods are a little fuller: 35 per cent of neighbourhoods hold 36 of the people (place plan 2023-25, 5.1). */
const FULLER = 1.03

/** Ground drawn by chance, in a borough's proportions: the same seed is the same ground. */
export function drawGround({ people, seed }: { people: number; seed: string }): Ground {
  const dice = diceFor(`${seed}/ground`)
  const map = cells(NEIGHBOURHOODS, dice)
  const centres = map.map(({ centre }) => centre)
  const deprived = deprivationOver(centres, dice)
  const weights = deprived.map(({ decile }) => (decile <= 2 ? FULLER : 1) * dice.near(1, 0.09))
  const sum = weights.reduce((a, b) => a + b, 0)
  const counts = sharedOut(people, weights)
  const mixes = mixesOver(
    centres,
    deprived.map(({ decile }) => decile),
    weights.map((weight) => weight / sum),
    dice,
  )
  const areas = grouped(centres, AREAS)
  const wards = grouped(centres, WARDS.length)
  const inTown = new Map<string, number>()
  const neighbourhoods = map.map(({ centre }, index): Neighbourhood => {
    const { town, locality } = nearest(centre, TOWNS)
    const nth = inTown.get(town) ?? 0
    inTown.set(town, nth + 1)
    const mix = mixes[index]
    const { decile, deprivation } = deprived[index] ?? {}
    if (!mix || decile === undefined || deprivation === undefined) throw new Error('A cell without people')
    return {
      code: `E01${String(990_000 + index)}`,
      name: `${town} ${nth + 1}`,
      area: `E02${String(990_000 + (areas[index] ?? 0))}`,
      ward: WARDS[wards[index] ?? 0] ?? '',
      locality,
      decile,
      deprivation,
      people: counts[index] ?? 0,
      centre,
      town,
      postcodes: postcodesFor(town, nth),
      mix,
    }
  })
  return {
    neighbourhoods,
    practices: drawPractices(people, centres, dice),
    careHomes: drawCareHomes(neighbourhoods, dice),
    origin: 'drawn',
    outlines: new Map(map.map(({ outline }, index) => [neighbourhoods[index]?.code ?? '', outline])),
  }
}
