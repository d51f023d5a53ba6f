import type { Day } from '../lives/moment.ts'
import type { Sex } from './pool.ts'

/** Kinds of household, as a census tells them apart. */
export type HouseholdKind =
  | 'one older'
  | 'one younger'
  | 'older couple'
  | 'couple'
  | 'family'
  | 'lone parent'
  | 'grown children'
  | 'more generations'
  | 'sharers'
  | 'care home'

/** Somebody as their household needs them, before they have a name. */
export interface Sketch {
  sex: Sex
  /** Whole years on the day the household is made up. */
  age: number
  born: Day
  part: 'adult' | 'child' | 'grown child' | 'grandparent' | 'sharer' | 'resident'
  mother?: Sketch
  birthOrder?: number
}

export interface HouseholdSketch {
  kind: HouseholdKind
  members: Sketch[]
}
