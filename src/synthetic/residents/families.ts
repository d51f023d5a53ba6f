import type { Dice } from '../dice.ts'
import { DAYS_A_YEAR, type Day } from '../lives/moment.ts'
import type { HouseholdSketch, Sketch } from './household-types.ts'
import type { Pool, Sex } from './pool.ts'

/** What households are made up from, in one neighbourhood or by newcomers. */
export interface Making {
  pool: Pool
  dice: Dice
  /** The day on which ages are counted. */
  on: Day
  /** 0 to 1: 1 is the most deprived. */
  deprivation: number
}

/** Dependent children in families that have any: 45, 38, 13 and 4 per cent have one to four (2021 census, England and Wales, about). */
const CHILDREN: readonly (readonly [number, number])[] = [
  [1, 38],
  [2, 41],
  [3, 15],
  [4, 5],
  [5, 1],
]

/** Maternities that bring twins: 15 in 1,000 (ONS birth characteristics). */
export const TWINS = 0.015

/** Years between a child and the next. */
const GAPS: readonly (readonly [number, number])[] = [
  [1, 14],
  [2, 34],
  [3, 26],
  [4, 13],
  [5, 7],
  [6, 6],
]

const otherSex = (sex: Sex): Sex => (sex === 'female' ? 'male' : 'female')

/** Some day in the year of life that makes somebody this age, and not after `before`. */
export function bornAt(age: number, { dice, on }: Pick<Making, 'dice' | 'on'>, before = on): Day {
  const latest = Math.min(before, on - Math.ceil(age * DAYS_A_YEAR))
  const earliest = on - Math.floor((age + 1) * DAYS_A_YEAR) + 1
  return Math.min(latest, earliest + Math.floor(dice.next() * (latest - earliest + 1)))
}

export function sketch(making: Making, sex: Sex, age: number, part: Sketch['part']): Sketch {
  return { sex, age, born: bornAt(age, making), part }
}

/** A child of this age, girl or boy as the pool has them. */
function childAged({ pool, dice }: Making, age: number): Sex | undefined {
  const sex: Sex = dice.chance(0.488) ? 'female' : 'male'
  if (pool.takeOne(sex, age)) return sex
  return pool.takeOne(otherSex(sex), age) ? otherSex(sex) : undefined
}

/** One more of this age; in a small place, where there may be no other, a child of about that age counts as one. */
function twinAged(making: Making, age: number): Sex | undefined {
  const { pool } = making
  const found = childAged(making, age)
  if (found) return found
  if (pool.take('female', age, 0, 17) !== undefined) return 'female'
  return pool.take('male', age, 0, 17) === undefined ? undefined : 'male'
}

/** Brothers and sisters from the eldest down, born at least ten months apart, or together. */
function siblings(making: Making, eldest: number): Sketch[] {
  const { dice } = making
  const wanted = dice.weighted(CHILDREN)
  const ages: { age: number; twin: boolean; sex: Sex }[] = []
  for (let age = eldest; ages.length < wanted && age >= 0; ) {
    const sex = childAged(making, age)
    if (sex) {
      ages.push({ age, twin: false, sex })
      const twin = dice.chance(TWINS) ? twinAged(making, age) : undefined
      if (twin) ages.push({ age, twin: true, sex: twin })
      age -= dice.weighted(GAPS)
    } else if (ages.length === 0) return []
    else age -= 1
  }
  const children: Sketch[] = []
  let before = making.on
  for (let at = ages.length - 1; at >= 0; at--) {
    const found = ages[at]
    if (!found) continue
    const younger = children.at(-1)
    const { age, twin, sex } = found
    if (younger && younger.age === age && younger.birthOrder === 2) {
      children.push({ sex, age, part: 'child', born: younger.born, birthOrder: 1 })
      continue
    }
    const born = bornAt(age, making, before)
    before = born - 300
    children.push({ sex, age, part: 'child', born, ...(twin && { birthOrder: 2 }) })
  }
  return children.reverse()
}

/** A mother of these children's age: younger in poorer neighbourhoods, at least 16 years over the eldest and at most 48 over the youngest. */
function motherFor(making: Making, eldest: number, youngest: number): Sketch {
  const { dice, deprivation, pool } = making
  const least = eldest + 16
  const most = Math.max(least, youngest + 48)
  const ideal = Math.round(eldest + dice.near(29.5 - 4.5 * deprivation, 4.6))
  const age = pool.takeOrBend('female', Math.min(most, Math.max(least, ideal)), least, most)
  return sketch(making, 'female', age, 'adult')
}

/** Somebody to live with: a man is about two years older than a woman; one couple in sixty is of one sex. */
export function partnerFor(making: Making, of: Sketch): Sketch | undefined {
  const { dice, pool } = making
  const sex = dice.chance(1 / 60) ? of.sex : otherSex(of.sex)
  const ideal = Math.round(dice.near(of.age + (sex === 'male' ? 2 : -2), 3.2))
  const age = pool.take(sex, Math.max(18, ideal), Math.max(18, of.age - 12), of.age + 12)
  return age === undefined ? undefined : sketch(making, sex, age, 'adult')
}

/** Lone parents: a fifth to a third of families with children, most in poorer neighbourhoods; one in ten is a father. */
const loneParents = (deprivation: number) => 0.15 + 0.22 * deprivation

function familyOf(making: Making, eldest: number): HouseholdSketch | undefined {
  const { dice, deprivation, pool } = making
  const children = siblings(making, eldest)
  const youngest = children.at(-1)
  if (!youngest) return undefined
  const isLone = dice.chance(loneParents(deprivation))
  if (isLone && dice.chance(0.1)) {
    const age = pool.take('male', eldest + 31, eldest + 18, eldest + 50)
    if (age !== undefined)
      return { kind: 'lone parent', members: [sketch(making, 'male', age, 'adult'), ...children] }
  }
  const mother = motherFor(making, eldest, youngest.age)
  for (const child of children) child.mother = mother
  const partner = isLone ? undefined : partnerFor(making, mother)
  return partner
    ? { kind: 'family', members: [mother, partner, ...children] }
    : { kind: 'lone parent', members: [mother, ...children] }
}

/** Every child of the pool gets a family, the eldest first. */
export function familiesOf(making: Making): HouseholdSketch[] {
  const { pool, dice } = making
  const families: HouseholdSketch[] = []
  // Households are begun by an eldest child. Were it always the oldest left, small children would have no families of their own.
  const begins = (age: number) => pool.left('female', age) + pool.left('male', age)
  for (;;) {
    const left: (readonly [number, number])[] = []
    for (let age = 0; age < 18; age++) {
      const count = begins(age)
      if (count > 0) left.push([age, count * (age >= 10 ? 1.6 : 1)])
    }
    if (left.length === 0) return families
    const family = familyOf(making, dice.weighted(left))
    if (family) families.push(family)
  }
}
