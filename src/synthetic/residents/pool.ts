import type { Dice } from '../dice.ts'
import { OLDEST, womenAt } from './ages.ts'

export type Sex = 'female' | 'male'

/**
 * The people of a neighbourhood before they are anyone: so many women and men of each age, from whom households are made up. What
 * is left shrinks as households take theirs, so that all of them together have the ages that the neighbourhood has.
 */
export interface Pool {
  left(sex: Sex, age: number): number
  /** Takes one of exactly this age, if there is one. */
  takeOne(sex: Sex, age: number): boolean
  /** Takes one of this age or the nearest to it between two others. */
  take(sex: Sex, ideal: number, from: number, until: number): number | undefined
  /**
   * The same, and where nobody of these ages is left, takes any other adult, as if of the ideal age: in a small place every
   * family needs its parents, and over all neighbourhoods the ages even out.
   */
  takeOrBend(sex: Sex, ideal: number, from: number, until: number): number
}

/** Fills a pool with `people` of these ages; rounding starts at a random place, so many small pools sum to the right ages. */
export function poolOf(people: number, weights: readonly number[], dice: Dice): Pool {
  const counts = { female: new Int32Array(OLDEST + 1), male: new Int32Array(OLDEST + 1) }
  const sum = weights.reduce((a, b) => a + b, 0)
  let running = dice.next()
  let women = dice.next()
  for (let age = 0; age <= OLDEST; age++) {
    const before = Math.floor(running)
    running += ((weights[age] ?? 0) * people) / sum
    for (let nth = before; nth < Math.floor(running); nth++) {
      women += womenAt(age)
      const sex = women >= 1 ? 'female' : 'male'
      if (women >= 1) women -= 1
      counts[sex][age] = (counts[sex][age] ?? 0) + 1
    }
  }
  const left = (sex: Sex, age: number) => counts[sex][age] ?? 0
  const takeOne = (sex: Sex, age: number): boolean => {
    const count = left(sex, age)
    if (count > 0) counts[sex][age] = count - 1
    return count > 0
  }
  const take = (sex: Sex, ideal: number, from: number, until: number): number | undefined => {
    for (let apart = 0; apart <= OLDEST; apart++) {
      if (ideal - apart < from && ideal + apart > until) return undefined
      if (ideal - apart >= from && ideal - apart <= until && takeOne(sex, ideal - apart)) return ideal - apart
      if (ideal + apart <= until && ideal + apart >= from && takeOne(sex, ideal + apart)) return ideal + apart
    }
    return undefined
  }
  return {
    left,
    takeOne,
    take,
    takeOrBend: (sex, ideal, from, until) => {
      const found = take(sex, ideal, from, until)
      if (found !== undefined) return found
      if (take(sex, ideal, 18, OLDEST) === undefined)
        take(sex === 'female' ? 'male' : 'female', ideal, 18, OLDEST)
      return Math.min(until, Math.max(from, ideal))
    },
  }
}
