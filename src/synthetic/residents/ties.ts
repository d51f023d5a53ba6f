import { ageOn, DAYS_A_YEAR, type Day } from '../lives/moment.ts'
import type { Resident } from './resident.ts'
import type { Settled, Settling } from './settling.ts'

/** Share of people who give unpaid care, by age, women and men; 11 in 100 in all, between Rotherham's 12 in the census of 2011 and 10 in that of 2021. */
const CARERS: readonly (readonly [upTo: number, women: number, men: number])[] = [
  [10, 0, 0],
  [16, 0.011, 0.011],
  [25, 0.051, 0.041],
  [35, 0.087, 0.055],
  [50, 0.147, 0.097],
  [65, 0.248, 0.175],
  [75, 0.175, 0.147],
  [85, 0.12, 0.147],
  [200, 0.046, 0.092],
]

/** Hours a week for somebody at home, and elsewhere; in all 47, 20 and 33 carers in 100 (2021 census, about). */
const AT_HOME = [
  ['under 20', 18],
  ['20 to 49', 20],
  ['50 or more', 62],
] as const
const ELSEWHERE = [
  ['under 20', 62],
  ['20 to 49', 20],
  ['50 or more', 18],
] as const

/** How likely somebody of this age needs care from those they live with, in proportion. */
const needsCare = (age: number) =>
  age < 18 ? 1 : age < 50 ? 0.7 : age < 65 ? 2 : age < 75 ? 4 : age < 85 ? 10 : 18

/** Lasting powers of attorney for those over 75 with someone near, and deputies for grown children who cannot decide. */
const POWER_OF_ATTORNEY = 0.14
const DEPUTY = 0.006

const hold = (holder: Resident, proxy: Resident['proxies'][number]): void => {
  holder.proxies = [...holder.proxies, proxy]
}

const isAdultOn = (person: Resident, day: Day) => ageOn(person.born, day) >= 18

/** Whether two members of a household are ever in the place at the same time. */
const thereTogether = (a: Resident, b: Resident): boolean =>
  a !== b && a.present.from < b.present.until && b.present.from < a.present.until

/** Parents act for their children under 16; of those born in the window their birth has told already. */
function parentsAct({ people, sketches }: Settled): void {
  const parents = people.filter((_, nth) => sketches[nth]?.part === 'adult')
  people.forEach((child, nth) => {
    if (sketches[nth]?.part !== 'child' || child.present.from - child.born >= 16 * DAYS_A_YEAR) return
    for (const parent of parents) hold(parent, { for: child.serial, kind: 'parent' })
  })
}

function cares(settling: Settling, { household }: Settled, elders: readonly Resident[]): void {
  const { dice, world } = settling
  const day = world.window.from
  for (const carer of household.members) {
    const age = ageOn(carer.born, Math.max(day, carer.present.from))
    const [, women, men] = CARERS.find(([upTo]) => age < upTo) ?? [0, 0, 0]
    if (
      !dice.chance((carer.sex === 'female' ? women : men) * (0.85 + 0.3 * settling.neighbourhood.deprivation))
    )
      continue
    const atHome = household.members.filter(
      (other) => thereTogether(carer, other) && other.arrived !== 'born',
    )
    const weights = atHome.map((other) => [other, needsCare(ageOn(other.born, day))] as const)
    const need = weights.reduce((sum, [, weight]) => sum + weight, 0)
    // Children and the well need little: most of their carers look after a parent or a neighbour elsewhere.
    const staysHome = weights.length > 0 && (elders.length === 0 || dice.chance(need / (need + 4)))
    const chosen = staysHome ? dice.weighted(weights) : elders.length > 0 ? dice.pick(elders) : undefined
    if (!chosen || chosen === carer) continue
    carer.cares = { hours: dice.weighted(staysHome ? AT_HOME : ELSEWHERE), for: chosen }
    if (ageOn(chosen.born, day) >= 75 && isAdultOn(carer, day) && dice.chance(POWER_OF_ATTORNEY * 2))
      hold(carer, { for: chosen.serial, kind: 'lasting power of attorney' })
  }
}

function attorneys({ dice, world }: Settling, { people, sketches }: Settled): void {
  const [first, second] = people
  const day = world.window.from
  people.forEach((person, nth) => {
    const holder = person === first ? second : first
    if (!holder || !isAdultOn(holder, day) || !isAdultOn(person, day)) return
    const has = holder.proxies.some((proxy) => proxy.for === person.serial)
    if (ageOn(person.born, day) >= 75 && !has && dice.chance(POWER_OF_ATTORNEY))
      hold(holder, { for: person.serial, kind: 'lasting power of attorney' })
    if (sketches[nth]?.part === 'grown child' && dice.chance(DEPUTY))
      hold(holder, { for: person.serial, kind: 'court deputy' })
  })
}

/** Of those in care homes about as many as cannot decide have somebody who may: a grown child or a niece who lives nearby. */
const ATTORNEY_IN_CARE_HOME = 0.45

function attorneysFor(
  { dice, world }: Settling,
  residents: readonly Resident[],
  nearby: readonly Resident[],
): void {
  for (const resident of residents) {
    if (nearby.length === 0 || !dice.chance(ATTORNEY_IN_CARE_HOME)) continue
    const isOlder = ageOn(resident.born, world.window.from) >= 65
    const kind = isOlder ? 'lasting power of attorney' : 'court deputy'
    hold(dice.pick(nearby), { for: resident.serial, kind })
  }
}

/** Who cares for whom, and who may act for whom. Unpaid care crosses front doors, but not neighbourhoods. */
export function ties(settling: Settling): void {
  const { settled, world } = settling
  const homes = settled.filter(({ household }) => household.careHome === undefined)
  const aged = (from: number, until: number) =>
    homes.flatMap(({ people }) =>
      people.filter(({ arrived, born }) => {
        const age = ageOn(born, world.window.from)
        return arrived === 'here at the start' && age >= from && age < until
      }),
    )
  const elders = aged(75, 200)
  for (const each of homes) {
    parentsAct(each)
    cares(settling, each, elders)
    attorneys(settling, each)
  }
  const nearby = aged(45, 70)
  for (const { household } of settled)
    if (household.careHome !== undefined) attorneysFor(settling, household.members, nearby)
}
