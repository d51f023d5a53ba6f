import type { Place } from './place.ts'

/** What was found in a place. */
export interface Measured {
  /** In the check's unit; nothing, where there was nobody to measure. */
  value: number | null
  /** How many people or events a share rests on. */
  cases?: number
  /** The standard error of a mean, where it was measured with it. */
  error?: number
}

/**
 * - share: of 100, or a ratio; does not grow with the place
 * - count: published for the whole borough; scaled by the people of the place
 * - mean: a mean, an age, an index
 * - least: as `share`, and more is fine
 * - fault: how many there are of what must not be
 */
export type Kind = 'share' | 'count' | 'mean' | 'least' | 'fault'

export interface Check {
  id: string
  group: string
  /** What is measured, in words. */
  words: string
  kind: Kind
  unit: string
  target: number
  /** Of the target. */
  year: string
  /** Where the target is published. */
  source: string
  /** The words and the section of the figure in the place's list of facts, where it is one of them. */
  fact?: { words: string; section: string }
  /** The file among a place's reference data that it was counted from. */
  file?: string
  /** In the unit; of a count, a share of the target. */
  tolerance: number
  /** Why it is that wide. */
  because: string
  /** How much wider chance is than if everyone stood alone: people of one household are alike, and who comes once comes again. */
  cluster?: number
  /** Only asked of places of at least so many people. */
  from?: number
  /** One row of `value`, and `cases` or `error` where they matter. */
  measure: string | ((place: Place) => Promise<Measured>)
}

/** The borough whose figures were published: Rotherham Place Plan 2023-25, section 1.1. */
export const PUBLISHED_PEOPLE = 267_000

export interface Finding {
  check: Check
  /** Scaled to the place. */
  target: number
  measured: number | null
  /** How far from the target it may lie, here. */
  allowed: number
  verdict: 'passed' | 'failed' | 'too small a place'
}

/** Over how many of its own periods a count was made: chance evens out over them. */
const periods = (unit: string, years: number): number => {
  if (unit.endsWith('a year')) return years
  return unit.endsWith('a month') ? 12 * years : 1
}

/** How far chance alone may carry a place of this size: three standard errors of the target, were it true. */
function chance(check: Check, target: number, { cases, error }: Measured, years: number): number {
  const cluster = check.cluster ?? 1
  if (error !== undefined) return 3 * error
  if (check.kind === 'count') return 3 * Math.sqrt((cluster * target) / periods(check.unit, years))
  if (check.unit !== '%' || cases === undefined || cases === 0) return 0
  const p = Math.min(0.999, Math.max(0.001, target / 100))
  return 300 * Math.sqrt((cluster * p * (1 - p)) / cases)
}

/** The wider of the stated tolerance and three standard errors is allowed, so that a small place is not failed by chance. */
export function judge(check: Check, measured: Measured, place: { people: number; years: number }): Finding {
  const scale = check.kind === 'count' ? place.people / PUBLISHED_PEOPLE : 1
  const target = check.target * scale
  const stated = check.kind === 'count' ? check.tolerance * target : check.tolerance
  const allowed = Math.max(stated, chance(check, target, measured, place.years))
  const base = { check, target, measured: measured.value, allowed }
  if (place.people < (check.from ?? 0)) return { ...base, verdict: 'too small a place' }
  if (measured.value === null || Number.isNaN(measured.value)) return { ...base, verdict: 'failed' }
  const difference = measured.value - target
  const fine = check.kind === 'least' ? difference >= -allowed : Math.abs(difference) <= allowed
  return { ...base, verdict: fine ? 'passed' : 'failed' }
}
