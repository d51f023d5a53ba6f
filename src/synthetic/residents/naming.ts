import type { Dice } from '../dice.ts'
import { DAYS_A_YEAR, type Day } from '../lives/moment.ts'
import { familyNameFor, firstNames, HERITAGES, type Heritage } from '../people/names.ts'
import type { Sex } from './pool.ts'

const yearOf = (day: Day): number => 1970 + Math.floor(day / DAYS_A_YEAR)

/** Lists run from the commonest name down; the first are given a few times as often as the last. */
const common = (from: readonly string[], dice: Dice): string =>
  from[Math.floor(from.length * dice.next() ** 1.5)] ?? ''

/** One or two first names; nobody behind the same door has the first of them already. */
export function givenNames(
  heritage: Heritage,
  sex: Sex,
  born: Day,
  taken: Set<string>,
  dice: Dice,
): readonly string[] {
  const names = firstNames(heritage, sex, yearOf(born))
  let first = common(names, dice)
  for (let tries = 0; taken.has(first) && tries < 8; tries++) first = common(names, dice)
  taken.add(first)
  const hasSecond = heritage === 'british' && dice.chance(0.75)
  const second = hasSecond ? common(names, dice) : first
  return second === first ? [first] : [first, second]
}

export const familyBase = (heritage: Heritage, dice: Dice): string =>
  common(HERITAGES[heritage].families, dice)

export const familyFor = familyNameFor

export function titleFor(sex: Sex, age: number, isMarried: boolean, dice: Dice): string | undefined {
  if (age < 16) return undefined
  if (dice.chance(0.008) && age > 25) return 'Dr'
  if (sex === 'male') return 'Mr'
  if (isMarried || age > 65) return 'Mrs'
  return dice.chance(0.6) ? 'Miss' : 'Ms'
}
