import { DAYS_A_YEAR, type Day } from '../lives/moment.ts'
import { TWINS } from './families.ts'
import { childOf } from './heritage.ts'
import { familyFor, givenNames } from './naming.ts'
import { householdOn, type Resident } from './resident.ts'
import type { Settled, Settling } from './settling.ts'

/**
 * Births in a year to 1,000 women of each age, and by how much more in the most deprived than in the least (ONS births 2022, England
 * and Wales, scaled to Rotherham's 2,650 to 2,750 children under one).
 */
const FERTILITY: readonly (readonly [upTo: number, births: number, deprivedTimes: number])[] = [
  [16, 0.5, 4],
  [18, 5.5, 4],
  [20, 22, 3],
  [25, 64, 2.2],
  [30, 101, 1.3],
  [35, 97, 0.85],
  [40, 47, 0.75],
  [45, 9.4, 0.8],
  [49, 0.8, 0.9],
]

/** Nine months: pregnancies that end after the window show within it. */
const PREGNANCY = 280
/** The shortest time from one birth to the next. */
const BETWEEN = 400

/** Women who live with a partner bear more than others of their age, those in their parents' home fewer. */
const IN_HOUSEHOLD: Partial<Record<Settled['kind'], number>> = {
  family: 1.25,
  couple: 1.5,
  'lone parent': 0.75,
  'one younger': 0.5,
  sharers: 0.3,
  'grown children': 0.6,
  'more generations': 1.2,
}

/** Births in a day, for a woman of this age in this household. */
function rateOn(age: number, deprivation: number, inHousehold: number): number {
  const [, births, times] = FERTILITY.find(([upTo]) => age < upTo) ?? [0, 0, 1]
  // The mean over neighbourhoods stays what the table says.
  const poorer = (2 * times ** deprivation) / (1 + times)
  return age < 15 ? 0 : (births / 1000 / DAYS_A_YEAR) * poorer * inHousehold
}

/** The days on which a woman gives birth from one day up to another. */
function birthsOf(
  { dice, neighbourhood }: Settling,
  woman: Resident,
  inHousehold: number,
  from: Day,
  until: Day,
): Day[] {
  const days: Day[] = []
  let day = from
  while (day < until) {
    const age = Math.floor((day - woman.born) / DAYS_A_YEAR)
    const rate = rateOn(age, neighbourhood.deprivation, inHousehold)
    const wait = rate > 0 ? -Math.log(1 - dice.next()) / rate : Number.POSITIVE_INFINITY
    // Past a year she is a year older: the wait begins again, as waits without memory may.
    if (wait > DAYS_A_YEAR) day += Math.ceil(DAYS_A_YEAR)
    else if (day + Math.floor(wait) >= until) break
    else {
      day += Math.floor(wait)
      days.push(day)
      day += BETWEEN
    }
  }
  return days
}

interface Bearing {
  mother: Resident
  /** Whom she lived with when their household was made up. */
  partner: Resident | undefined
  day: Day
  /** First names behind the door. */
  taken: Set<string>
  birthOrder?: number
}

/** A child comes into the household in which its mother lives then, and goes where she goes. */
function bear(settling: Settling, { mother, partner, day, taken, birthOrder }: Bearing): void {
  const { dice, numbers } = settling
  const sex = dice.chance(0.488) ? 'female' : 'male'
  const namedAfter = partner && dice.chance(0.7) ? partner : mother
  const descent = childOf(mother, partner)
  const child: Resident = {
    ...numbers.next(),
    sex,
    born: day,
    given: givenNames(descent.heritage, sex, day, taken, dice),
    family: familyFor(baseOf(namedAfter), namedAfter.heritage, sex),
    ...descent,
    homes: [
      { from: day, household: householdOn(mother, day) },
      ...mother.homes.filter(({ from }) => from > day),
    ],
    practice: mother.practice,
    arrived: 'born',
    present: { from: day, until: mother.present.until },
    ...(mother.leaves && { leaves: mother.leaves }),
    mother,
    ...(birthOrder && { birthOrder }),
    givesBirth: [],
    proxies: [],
    protectedAddress: mother.protectedAddress,
    objects: false,
    optedOut: false,
  }
  for (const { household } of child.homes) household.members.push(child)
  for (const parent of [mother, partner])
    if (parent) parent.proxies = [...parent.proxies, { for: child.serial, kind: 'parent' }]
}

/** The family name before its ending told women from men. */
const baseOf = ({ family, heritage, sex }: Resident): string => {
  if (sex === 'male') return family
  if (heritage === 'polish') return family.replace(/ska$/, 'ski')
  return heritage === 'roma' ? family.replace(/ova$/, '') : family
}

/** All births of one woman. */
function birthsTo(
  settling: Settling,
  { people, sketches, kind }: Settled,
  woman: Resident,
  taken: Set<string>,
) {
  const { window } = settling.world
  const youngest = people.reduce(
    (latest, { mother, born }) => (mother === woman ? Math.max(latest, born) : latest),
    Number.NEGATIVE_INFINITY,
  )
  const from = Math.max(woman.present.from, youngest + BETWEEN)
  const until = woman.leaves ? woman.present.until : window.until + PREGNANCY
  const days = birthsOf(settling, woman, IN_HOUSEHOLD[kind] ?? 0, from, until)
  woman.givesBirth = days
  const isCouple = sketches[1]?.part === 'adult' && people.indexOf(woman) < 2
  const partner = isCouple ? people.find((other, nth) => nth < 2 && other !== woman) : undefined
  for (const day of days) {
    if (day >= window.until) return
    const bearing: Bearing = { mother: woman, partner, day, taken }
    if (settling.dice.chance(TWINS)) {
      bear(settling, { ...bearing, birthOrder: 1 })
      bear(settling, { ...bearing, birthOrder: 2 })
    } else bear(settling, bearing)
  }
}

/** Who is born in the window, and on which days women give birth in it or in the nine months after. */
export function births(settling: Settling): void {
  for (const settled of settling.settled) {
    const { household, kind, people } = settled
    if (IN_HOUSEHOLD[kind] === undefined) continue
    const taken = new Set(household.members.map(({ given }) => given[0] ?? ''))
    for (const woman of people) if (woman.sex === 'female') birthsTo(settling, settled, woman, taken)
  }
}
