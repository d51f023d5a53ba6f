import { diceFor } from '../dice.ts'
import { nhsNumbersFrom } from '../identifiers.ts'
import { DAYS_A_YEAR } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'
import { firstNames, HERITAGES } from '../people/names.ts'
import type { Household, Resident } from './resident.ts'

/**
 * The households of one neighbourhood: everyone who lives in it on the window's first day, who is born into it and who moves in.
 * Nobody has died yet; that follows from health.
 */
export function* householdsOf(world: World, index: number): Generator<Household> {
  const { ground, window, seed } = world
  const neighbourhood = ground.neighbourhoods[index]
  if (!neighbourhood) throw new Error(`There is no neighbourhood ${index}`)
  const first = index * 2000
  const numbers = nhsNumbersFrom(first)
  for (let nth = 0; nth < neighbourhood.people; nth++) {
    const serial = first + nth
    const dice = diceFor(`${seed}/household/${serial}`)
    const household: Household = {
      serial,
      neighbourhood,
      line: `${dice.whole(1, 99)} Reservoir Rise`,
      postcode: dice.pick(neighbourhood.postcodes),
      tenure: 'owned',
      overcrowded: false,
      members: [],
    }
    const born = window.from - Math.round(dice.next() * 90 * DAYS_A_YEAR)
    const sex = dice.chance(0.5) ? 'female' : 'male'
    const member: Resident = {
      serial,
      nhsNumber: numbers.next().value ?? null,
      sex,
      born,
      given: [dice.pick(firstNames('british', sex, 1970 + Math.round(born / DAYS_A_YEAR)))],
      family: dice.pick(HERITAGES.british.families),
      heritage: 'british',
      ethnicity: 'A',
      homes: [{ from: born, household }],
      practice: dice.pick(ground.practices).code,
      arrived: 'here at the start',
      present: { ...window },
      givesBirth: [],
      proxies: [],
      protectedAddress: false,
      objects: false,
      optedOut: false,
    }
    household.members.push(member)
    yield household
  }
}
