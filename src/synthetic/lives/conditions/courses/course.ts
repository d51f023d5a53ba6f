import type { ConditionId } from '../../../health/conditions.ts'

/** Ages at which a course's `shares` are given; between them the chance rises or falls in a straight line. */
export const AT_AGES = [0, 5, 15, 25, 35, 45, 55, 65, 75, 85, 95] as const

/** What runs in a person beside age and circumstance, so that illnesses of one kind come together. */
export type Liability = 'body' | 'mind'

/**
 * How one condition comes and goes among people. A row is what an epidemiologist would print: how many have it at each age, and
 * whose chance is higher by how much. Multipliers are of the yearly chance of getting it.
 */
export interface Course {
  condition: ConditionId
  /** Per cent who have it at AT_AGES, known to a practice or not, before anything in `raisedBy`. */
  shares?: readonly number[]
  /** Comes only to those who have another: how many in 100 of them a year. */
  after?: readonly [ConditionId, number]
  /** Women's chance beside men's. */
  women?: number
  only?: 'female' | 'male'
  /** The most deprived neighbourhood in England beside the least. */
  deprived?: number
  /** Those who smoke beside those who never did; those who stopped lie between. */
  smoker?: number
  /** For every 5 kg/m² of body mass. */
  heavier?: number
  southAsian?: number
  /** How far chance differs between people alike in everything else (standard deviation of its logarithm). */
  runsIn?: readonly [Liability, number]
  raisedBy?: readonly (readonly [ConditionId, number])[]
  /** Share of those living in a care home who have it, where that is more than their age explains. */
  inCareHome?: number
  /** Share whom a practice ever finds, and the mean years until it does. */
  found: number
  delay: number
  /** What it adds to its own bearer's yearly chance of dying: those who die are replaced by more who fall ill. */
  kills?: number
  /** Mean years until it is over, where it ends. */
  ends?: number
  /** Over by this birthday. */
  overBy?: number
}
