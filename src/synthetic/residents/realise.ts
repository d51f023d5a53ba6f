import { ageOn, type Day } from '../lives/moment.ts'
import { HERITAGES } from '../people/names.ts'
import { type Descent, descentOf, type HouseholdDescent } from './heritage.ts'
import type { HouseholdKind, HouseholdSketch, Sketch } from './household-types.ts'
import { isOvercrowded, tenureOf } from './housing.ts'
import { familyBase, familyFor, givenNames, titleFor } from './naming.ts'
import type { Arrival, Household, Resident } from './resident.ts'
import { doorIn, practiceFor, type Settling } from './settling.ts'

/** People without an NHS number: visitors and the newly arrived. */
const NO_NUMBER: Record<Arrival, number> = { 'here at the start': 0.0008, 'moved in': 0.015, born: 0 }
/** Whole households whose address is kept from others. */
const PROTECTED = 0.003
const OBJECTS = 0.005
/** National data opt-out: around one person in twenty. */
const OPTED_OUT = 0.045
/** Adults on another list than the rest of their household. */
const OTHER_PRACTICE = 0.04

/** How often somebody does not share the household's family name; partners are another matter. */
const OTHER_NAME: Record<Sketch['part'], number> = {
  adult: 0,
  child: 0.04,
  'grown child': 0.08,
  grandparent: 0.6,
  sharer: 1,
  resident: 1,
}

export interface Coming {
  arrived: Arrival
  /** The first day of the window, or that of moving in. */
  on: Day
  /** See likelihoodOf. */
  scale: number
}

/** What those behind one door have in common. */
interface Family {
  descent: HouseholdDescent
  /** The name before it is put in its women's or men's form. */
  base: string
  practice: string | null
  protectedAddress: boolean
  /** First names taken. */
  taken: Set<string>
  hasCouple: boolean
  /** Whether the couple has one name: most have, the younger they are, the fewer. */
  sharesName: boolean
}

/** In a family of two communities the second parent is of the other, and the children of both; a lone adult is such a child, grown. */
function descentWithin(
  { descent: { descent, mixed }, hasCouple }: Family,
  { part }: Sketch,
  at: number,
): Descent {
  if (!mixed || part === 'grandparent') return descent
  const isOfBoth = part === 'child' || part === 'grown child' || !hasCouple
  if (isOfBoth) return { heritage: 'british', ethnicity: mixed.children }
  return at === 1 ? mixed.partner : descent
}

function languageOf({ heritage }: Descent, age: number, { dice }: Settling): Resident['language'] {
  const { language } = HERITAGES[heritage]
  if (!language || age < 4) return undefined
  const generation = age > 55 ? 1.5 : age < 25 ? 0.35 : 0.9
  return dice.chance(language.chance * generation) ? { code: language.code, text: language.text } : undefined
}

function personFrom(
  settling: Settling,
  family: Family,
  sketch: Sketch,
  at: number,
  coming: Coming,
): Resident {
  const { dice, numbers, world } = settling
  const { sex, born, part, birthOrder } = sketch
  const descent = descentWithin(family, sketch, at)
  const { heritage } = descent
  const age = Math.max(0, ageOn(born, coming.on))
  const { serial, nhsNumber } = numbers.next()
  const isPartner = at === 1 && part === 'adult'
  const hasOwnName = isPartner ? !family.sharesName : dice.chance(OTHER_NAME[part])
  const base = hasOwnName ? familyBase(heritage, dice) : family.base
  const isMarried = family.hasCouple && part === 'adult' && (family.sharesName || dice.chance(0.15))
  const title = titleFor(sex, age, isMarried, dice)
  const language = languageOf(descent, age, settling)
  const hasNumber = !dice.chance(NO_NUMBER[coming.arrived])
  const practice = age >= 18 && dice.chance(OTHER_PRACTICE) ? practiceFor(settling) : family.practice
  return {
    serial,
    nhsNumber: hasNumber ? nhsNumber : null,
    sex,
    born,
    given: givenNames(heritage, sex, born, family.taken, dice),
    family: familyFor(base, heritage, sex),
    ...(title && { title }),
    heritage,
    ethnicity: descent.ethnicity,
    ...(language && { language }),
    homes: [],
    practice: hasNumber ? practice : null,
    arrived: coming.arrived,
    present: { from: coming.on, until: world.window.until },
    ...(birthOrder && { birthOrder }),
    givesBirth: [],
    proxies: [],
    protectedAddress: family.protectedAddress,
    objects: dice.chance(OBJECTS),
    optedOut: dice.chance(OPTED_OUT),
  }
}

/** A door without people behind it yet, in this neighbourhood or another. */
export function emptyHousehold(
  settling: Settling,
  kind: HouseholdKind,
  people: number,
  neighbourhood = settling.neighbourhood,
): Household {
  const { dice } = settling
  const tenure = tenureOf(neighbourhood, kind, dice)
  return {
    serial: settling.serials++,
    neighbourhood,
    ...doorIn(settling, neighbourhood),
    tenure,
    overcrowded: isOvercrowded(people, tenure, neighbourhood, dice),
    members: [],
  }
}

/** How long people have been where they live on the first day: ten years in the mean. */
const sinceBefore = (day: Day, { dice }: Settling): Day =>
  day - 30 - Math.floor(-Math.log(1 - dice.next()) * 3650)

/** Turns a sketch into people with names behind a front door. Their homes begin when they came, or were born. */
export function realise(
  settling: Settling,
  { kind, members }: HouseholdSketch,
  coming: Coming,
  at = emptyHousehold(settling, kind, members.length),
): void {
  const { dice } = settling
  const descent = descentOf(at.neighbourhood, kind, coming.scale, dice)
  const family: Family = {
    descent,
    base: familyBase(descent.descent.heritage, dice),
    practice: practiceFor(settling),
    protectedAddress: dice.chance(PROTECTED),
    taken: new Set(),
    hasCouple: members[1]?.part === 'adult',
    sharesName: dice.chance(descent.mixed ? 0.1 : (members[0]?.age ?? 0) > 55 ? 0.92 : 0.6),
  }
  const from = coming.arrived === 'moved in' ? coming.on : sinceBefore(coming.on, settling)
  const people = members.map((sketch, nth) => personFrom(settling, family, sketch, nth, coming))
  people.forEach((person, nth) => {
    const mother = members[nth]?.mother
    const found = mother && people[members.indexOf(mother)]
    if (found) person.mother = found
    person.homes.push({ from: Math.max(from, person.born), household: at })
    at.members.push(person)
  })
  settling.settled.push({ household: at, kind, people, sketches: members })
}
