import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConditionId } from '../../health/conditions.ts'
import type { Health } from '../health.ts'
import { dayFrom } from '../moment.ts'
import type { Body } from './body.ts'
import { diastolicOn, type Readable, readingOf } from './reading.ts'

const START = dayFrom('2023-10-01')

interface Drawn {
  seed: number
  age: number
  female: boolean
  severity: number
  /** Years since a condition was found. */
  known: number
  after: number
}

const anybody = fc.record<Drawn>({
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  age: fc.integer({ min: 18, max: 95 }),
  female: fc.boolean(),
  severity: fc.double({ min: 0, max: 1, noNaN: true }),
  known: fc.integer({ min: 1, max: 20 }),
  after: fc.integer({ min: 0, max: 1095 }),
})

function bodyWith({ seed, age, female, severity, known }: Drawn, ...conditions: ConditionId[]): Body {
  const found = START - known * 365
  const health: Health = {
    illnesses: conditions.map((condition) => ({ condition, since: found - 400, found, severity })),
    propensity: 1,
    smoking: 'never',
    bodyMass: 27,
    height: 1.7,
    alcohol: 5,
    active: true,
    frailty: 0.05,
    frailtyGrowth: 0.01,
  }
  return { health, female, born: START - Math.round(age * 365.25), seed, start: START }
}

const holds = (law: (drawn: Drawn, day: number) => void) =>
  fc.assert(fc.property(anybody, (drawn) => law(drawn, START + drawn.after)))

/** A condition, a test, and what a clinician expects of every reading: from, to. */
const RANGES: readonly (readonly [ConditionId | undefined, Readable, number, number])[] = [
  [undefined, 'hba1c', 26, 41],
  ['preDiabetes', 'hba1c', 42, 47],
  ['type2Diabetes', 'hba1c', 43, 130],
  ['type1Diabetes', 'hba1c', 44, 130],
  [undefined, 'kidney', 60, 120],
  ['chronicKidneyDisease3', 'kidney', 30, 59],
  ['chronicKidneyDisease45', 'kidney', 5, 29],
  [undefined, 'bloodPressure', 80, 160],
  ['hypertension', 'bloodPressure', 100, 200],
  [undefined, 'oxygenSaturation', 93, 100],
  ['copd', 'oxygenSaturation', 85, 99],
  ['dementia', 'memoryScore', 8, 81],
  [undefined, 'memoryScore', 88, 100],
  ['depression', 'moodScore', 1, 27],
  [undefined, 'moodScore', 0, 9],
  [undefined, 'potassium', 3, 5.6],
  [undefined, 'haemoglobin', 95, 178],
]

describe('what a body measures', () => {
  it.each(RANGES)('with %s, %s lies from %d to %d', (condition, test, low, high) => {
    holds((drawn, day) => {
      const value = readingOf(bodyWith(drawn, ...(condition ? [condition] : [])), test, day)
      expect(value).toBeGreaterThanOrEqual(low)
      expect(value).toBeLessThanOrEqual(high)
    })
  })

  it('worsens with severity: more sugar, less filtering, less oxygen', () => {
    holds((drawn, day) => {
      const mild = { ...drawn, severity: 0.1 }
      const severe = { ...drawn, severity: 0.9 }
      const of = (test: Readable, condition: ConditionId, how: Drawn) =>
        readingOf(bodyWith(how, condition), test, day)
      expect(of('hba1c', 'type2Diabetes', severe)).toBeGreaterThan(of('hba1c', 'type2Diabetes', mild))
      expect(of('kidney', 'chronicKidneyDisease3', severe)).toBeLessThan(
        of('kidney', 'chronicKidneyDisease3', mild),
      )
      expect(of('oxygenSaturation', 'copd', severe)).toBeLessThanOrEqual(of('oxygenSaturation', 'copd', mild))
    })
  })

  it('gives a creatinine from which a laboratory reckons the same eGFR (CKD-EPI 2009)', () => {
    holds((drawn, day) => {
      const body = bodyWith(drawn, 'chronicKidneyDisease3')
      const usual = drawn.female ? 0.7 : 0.9
      const ratio = readingOf(body, 'creatinine', day) / 88.4 / usual
      const age = (day - body.born) / 365.25
      const egfr =
        141 *
        Math.min(ratio, 1) ** (drawn.female ? -0.329 : -0.411) *
        Math.max(ratio, 1) ** -1.209 *
        0.993 ** age *
        (drawn.female ? 1.018 : 1)
      // Both are rounded to whole numbers; where young people's creatinine is near the usual, one unit is much.
      expect(Math.abs(egfr - readingOf(body, 'kidney', day))).toBeLessThan(2.5)
    })
  })

  it('stays itself: two readings of one body, a year apart, are nearer than those of most other bodies', () => {
    let nearer = 0
    let all = 0
    holds((drawn, day) => {
      const mine = bodyWith(drawn)
      const other = bodyWith({ ...drawn, seed: drawn.seed ^ 0x5bd1e995 })
      const now = readingOf(mine, 'cholesterol', day)
      all++
      if (
        Math.abs(readingOf(mine, 'cholesterol', day + 365) - now) <=
        Math.abs(readingOf(other, 'cholesterol', day) - now)
      )
        nearer++
    })
    expect(nearer / all).toBeGreaterThan(0.65)
  })

  it('falls under treatment for blood pressure, and diastolic stays below systolic', () => {
    holds((drawn, day) => {
      const treated = bodyWith(drawn, 'hypertension')
      const unnoticed = {
        ...treated,
        health: { ...treated.health, illnesses: [{ ...treated.health.illnesses[0]!, found: day + 1 }] },
      }
      expect(readingOf(treated, 'bloodPressure', day)).toBeLessThan(
        readingOf(unnoticed, 'bloodPressure', day),
      )
      expect(diastolicOn(treated, day)).toBeLessThan(readingOf(treated, 'bloodPressure', day) - 10)
    })
  })
})
