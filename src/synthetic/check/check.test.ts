import { describe, expect, test } from 'vitest'
import { type Check, type Finding, judge, type Measured, PUBLISHED_PEOPLE } from './check.ts'

const asked = (more: Partial<Check>): Check => ({
  id: 'any',
  group: 'Any',
  words: 'Any',
  kind: 'share',
  unit: '%',
  target: 10,
  year: '2023',
  source: 'A publication',
  tolerance: 1,
  because: 'a reason',
  measure: '',
  ...more,
})

const whole = { people: PUBLISHED_PEOPLE, years: 3 }
const small = { people: 2670, years: 3 }

describe('a figure is judged', () => {
  test.each<
    [words: string, check: Partial<Check>, measured: Measured, place: typeof whole, Finding['verdict']]
  >([
    ['within its tolerance', {}, { value: 10.9 }, whole, 'passed'],
    ['beyond it', {}, { value: 11.1 }, whole, 'failed'],
    ['below it', {}, { value: 8.9 }, whole, 'failed'],
    // p = 0.1 of 400: the standard error is 1.5 points, three of them 4.5.
    ['a share of few people, within chance', {}, { value: 14.4, cases: 400 }, whole, 'passed'],
    ['a share of few people, beyond chance', {}, { value: 14.6, cases: 400 }, whole, 'failed'],
    [
      'of people who come again, within wider chance',
      { cluster: 4 },
      { value: 18.9, cases: 400 },
      whole,
      'passed',
    ],
    ['a mean with its error', { unit: 'days' }, { value: 12.9, error: 1 }, whole, 'passed'],
    ['a mean beyond three errors', { unit: 'days' }, { value: 13.1, error: 1 }, whole, 'failed'],
    // A tenth of 1,000 a year may differ by 100; of the small place’s 10 a year, by 3 · √(10 / 3).
    [
      'a count of the whole borough',
      { kind: 'count', unit: 'a year', target: 1000, tolerance: 0.1 },
      { value: 1099 },
      whole,
      'passed',
    ],
    [
      'a count beyond its share',
      { kind: 'count', unit: 'a year', target: 1000, tolerance: 0.1 },
      { value: 1101 },
      whole,
      'failed',
    ],
    [
      'a small place’s count, by its people',
      { kind: 'count', unit: 'a year', target: 1000, tolerance: 0.1 },
      { value: 15.4 },
      small,
      'passed',
    ],
    [
      'a small place’s count beyond chance',
      { kind: 'count', unit: 'a year', target: 1000, tolerance: 0.1 },
      { value: 15.6 },
      small,
      'failed',
    ],
    // Months even chance out twelve times as often: 3 · √(10 / 36).
    [
      'a count by month, beyond chance',
      { kind: 'count', unit: 'a month', target: 1000, tolerance: 0.1 },
      { value: 11.6 },
      small,
      'failed',
    ],
    ['at least, with more', { kind: 'least' }, { value: 40 }, whole, 'passed'],
    ['at least, with less', { kind: 'least' }, { value: 8.9 }, whole, 'failed'],
    [
      'not one fault',
      { kind: 'fault', unit: 'faults', target: 0, tolerance: 0 },
      { value: 0 },
      whole,
      'passed',
    ],
    ['one fault', { kind: 'fault', unit: 'faults', target: 0, tolerance: 0 }, { value: 1 }, whole, 'failed'],
    ['nobody to measure', {}, { value: null }, whole, 'failed'],
    ['a place too small to say', { from: 5000 }, { value: 90 }, small, 'too small a place'],
  ])('%s', (_, check, measured, place, verdict) => {
    expect(judge(asked(check), measured, place).verdict).toBe(verdict)
  })
})
