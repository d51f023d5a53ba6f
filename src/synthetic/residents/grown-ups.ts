import { OLDEST } from './ages.ts'
import { type Making, partnerFor, sketch } from './families.ts'
import type { HouseholdKind, HouseholdSketch, Sketch } from './household-types.ts'
import type { Sex } from './pool.ts'

/** Adults who live with their parents, by age (2021 census, England and Wales: half of 20 to 24, a quarter of 25 to 29; more where no university is). */
const WITH_PARENTS: readonly (readonly [upTo: number, share: number])[] = [
  [20, 0.85],
  [25, 0.64],
  [30, 0.46],
  [35, 0.3],
  [45, 0.13],
  [60, 0.05],
]

/**
 * Adults neither with children nor with parents who live alone, by age: chosen so that 17 households in 100 are of one person under
 * 66 and 13 of one older (2021 census), and half of those over 75 live alone (place plan 2018, 3.2).
 */
const ALONE: readonly (readonly [upTo: number, women: number, men: number])[] = [
  [25, 0.34, 0.4],
  [35, 0.38, 0.52],
  [45, 0.52, 0.7],
  [55, 0.46, 0.55],
  [66, 0.35, 0.4],
  [75, 0.33, 0.28],
  [80, 0.66, 0.46],
  [85, 0.88, 0.64],
  [200, 0.97, 0.8],
]

const chanceAlone = (sex: Sex, age: number): number => {
  const band = ALONE.find(([upTo]) => age < upTo)
  return (sex === 'female' ? band?.[1] : band?.[2]) ?? 0
}

/** Whether this mother could have had a child of that age. */
const couldBear = (mother: Sketch, age: number) => mother.age - age >= 16 && mother.age - age <= 42

/** Grown children join younger brothers and sisters where a mother's age allows, or parents of their own are found. */
export function settleGrownChildren(making: Making, families: readonly HouseholdSketch[]): HouseholdSketch[] {
  const { pool, dice } = making
  const found: HouseholdSketch[] = []
  for (let age = 18; age < 60; age++) {
    const share = WITH_PARENTS.find(([upTo]) => age < upTo)?.[1] ?? 0
    for (const sex of ['female', 'male'] as const) {
      const all = pool.left(sex, age)
      for (let nth = 0; nth < all; nth++) {
        // Sons stay longer than daughters: three for every two.
        if (!dice.chance(Math.min(0.95, share * (sex === 'male' ? 1.16 : 0.84)))) continue
        if (!pool.takeOne(sex, age)) break
        const grown = sketch(making, sex, age, 'grown child')
        const home = homeFor(making, grown, age < 26 ? families : found) ?? parentsFor(making, grown, found)
        home.members.push(grown)
      }
    }
  }
  return found
}

function homeFor(
  { dice }: Making,
  grown: Sketch,
  families: readonly HouseholdSketch[],
): HouseholdSketch | undefined {
  if (families.length === 0 || !dice.chance(0.5)) return undefined
  for (let tries = 0; tries < 4; tries++) {
    const family = dice.pick(families)
    const mother = family.members[0]
    if (mother?.sex !== 'female' || family.members.length > 5 || !couldBear(mother, grown.age)) continue
    const isApart = family.members.every(
      ({ part, born }) => part === 'adult' || Math.abs(born - grown.born) >= 300,
    )
    if (!isApart) continue
    grown.mother = mother
    return family
  }
  return undefined
}

function parentsFor(making: Making, grown: Sketch, found: HouseholdSketch[]): HouseholdSketch {
  const { pool, dice } = making
  const least = grown.age + 16
  const most = Math.min(OLDEST, grown.age + 42)
  const ideal = Math.round(grown.age + dice.near(28, 4.5))
  const mother = sketch(making, 'female', pool.takeOrBend('female', ideal, least, most), 'adult')
  grown.mother = mother
  const partner = dice.chance(0.72) ? partnerFor(making, mother) : undefined
  const home: HouseholdSketch = { kind: 'grown children', members: partner ? [mother, partner] : [mother] }
  found.push(home)
  return home
}

/** A few families have a grandparent with them. */
const GRANDPARENT = 0.045

export function settleGrandparents(making: Making, families: readonly HouseholdSketch[]): void {
  const { pool, dice } = making
  for (const family of families) {
    if (!dice.chance(GRANDPARENT)) continue
    const parent = family.members[0]
    if (!parent) continue
    const sex: Sex = dice.chance(0.7) ? 'female' : 'male'
    const age = pool.take(sex, parent.age + Math.round(dice.near(28, 5)), parent.age + 18, parent.age + 40)
    if (age === undefined) continue
    family.members.push(sketch(making, sex, age, 'grandparent'))
    family.kind = 'more generations'
  }
}

const kindOf = (members: readonly Sketch[]): HouseholdKind => {
  const isOlder = members.every(({ age }) => age >= 66)
  if (members.length === 1) return isOlder ? 'one older' : 'one younger'
  return isOlder ? 'older couple' : 'couple'
}

/** Young adults who share, students among them: few, where no university is. */
const SHARES = 0.08

/** Everyone left lives alone, with a partner, or shares; the oldest choose first. */
export function settleOthers(making: Making): HouseholdSketch[] {
  const { pool, dice } = making
  const found: HouseholdSketch[] = []
  for (let age = OLDEST; age >= 18; age--) {
    for (const sex of ['female', 'male'] as const) {
      while (pool.takeOne(sex, age)) {
        const first = sketch(making, sex, age, 'adult')
        if (age < 36 && dice.chance(SHARES)) {
          found.push({
            kind: 'sharers',
            members: [{ ...first, part: 'sharer' }, ...sharersWith(making, age)],
          })
          continue
        }
        const partner = dice.chance(chanceAlone(sex, age)) ? undefined : partnerFor(making, first)
        const members = partner ? [first, partner] : [first]
        found.push({ kind: kindOf(members), members })
      }
    }
  }
  return found
}

function sharersWith(making: Making, age: number): Sketch[] {
  const { pool, dice } = making
  const sharers: Sketch[] = []
  for (let left = dice.whole(1, 3); left > 0; left--) {
    const sex: Sex = dice.chance(0.5) ? 'female' : 'male'
    const other = pool.take(sex, age, 18, 38)
    if (other !== undefined) sharers.push(sketch(making, sex, other, 'sharer'))
  }
  return sharers
}
