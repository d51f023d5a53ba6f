import { OCCUPIED } from '../ground/care-homes.ts'
import { type CareHome, frontDoorOf } from '../ground/ground.ts'
import { agesOf } from './ages.ts'
import { bornAt } from './families.ts'
import type { HouseholdSketch, Sketch } from './household-types.ts'
import { realise } from './realise.ts'
import type { Settling } from './settling.ts'

/** Women's share in care homes, before and from 75 (2021 census, England and Wales, about). */
const WOMEN = { before75: 0.46, from75: 0.73 } as const

/** How many of a home's beds are taken on the first day: about the mean, a bed or two more or less. */
const takenBeds = ({ beds }: CareHome, { dice }: Settling) =>
  Math.min(beds, Math.max(1, Math.round(beds * OCCUPIED + dice.near(0, 0.8))))

/** How many of the neighbourhood's homes' beds are taken; those behind front doors are the rest. */
export const residentsPerHome = (settling: Settling): Map<CareHome, number> =>
  new Map(
    settling.world.ground.careHomes
      .filter(({ neighbourhood }) => neighbourhood === settling.index)
      .map((home) => [home, takenBeds(home, settling)]),
  )

export function settleCareHome(settling: Settling, home: CareHome, residents: number): void {
  const { dice, world, neighbourhood } = settling
  const on = world.window.from
  const ages = agesOf(neighbourhood).inCareHomes.map((weight, age) => [age, weight] as const)
  const members = Array.from({ length: residents }, (): Sketch => {
    const age = dice.weighted(ages)
    const sex = dice.chance(age < 75 ? WOMEN.before75 : WOMEN.from75) ? 'female' : 'male'
    return { sex, age, born: bornAt(age, { dice, on }), part: 'resident' }
  })
  const sketch: HouseholdSketch = { kind: 'care home', members }
  realise(
    settling,
    sketch,
    { arrived: 'here at the start', on, scale: 1 },
    {
      serial: frontDoorOf(world.ground.careHomes.indexOf(home)),
      neighbourhood,
      line: home.line,
      postcode: home.postcode,
      tenure: 'care home',
      overcrowded: false,
      careHome: home.id,
      members: [],
    },
  )
}
