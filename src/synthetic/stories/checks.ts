import type { Dice } from '../dice.ts'
import { type ConditionId, conditionFacts } from '../health/conditions.ts'
import type { Health } from '../health/health.ts'
import { type TestId, testFacts } from '../health/tests.ts'
import type { Life, PersonFile } from '../record/file.ts'
import { measure, measureBloodPressure } from '../record/observations.ts'
import { HOSPITAL, practiceNurse } from '../record/staff.ts'
import { ageAt, daysBetween, workingDaysAgo } from '../when.ts'

const YEARS_KEPT = 5

/** A value that starts somewhere and drifts a little every year, so that a chart of it shows a trend. */
interface Course {
  start: number
  yearly: number
  noise: number
}

/** A course that suits the person: their age, sex and illnesses decide where they start and where they go. */
function courseOf(
  test: TestId,
  dice: Dice,
  has: (id: ConditionId) => boolean,
  age: number,
  tall: number,
): Course {
  const stocky = has('obesity') ? 34 : has('type2Diabetes') ? 30 : has('severeFrailty') ? 21 : 26
  const around = (middle: number, spread: number, yearly: number, noise: number): Course => ({
    start: dice.near(middle, spread),
    yearly,
    noise,
  })
  switch (test) {
    case 'hba1c':
      return has('type2Diabetes') || has('type1Diabetes')
        ? around(58, 12, dice.near(1.2, 2.5), 2)
        : around(38, 3, 0.4, 1)
    case 'kidney':
      return has('chronicKidneyDisease3')
        ? around(54, 5, -2, 1.5)
        : around(Math.max(108 - age * 0.5, 64), 6, -0.8, 3)
    case 'creatinine':
      return has('chronicKidneyDisease3') ? around(112, 10, 3, 4) : around(76, 10, 0.5, 4)
    case 'potassium':
      return around(4.4, 0.2, 0.02, 0.2)
    case 'haemoglobin':
      return has('chronicKidneyDisease3') ? around(118, 7, -1.5, 3) : around(136, 8, -0.3, 3)
    case 'cholesterol':
      return around(5.4, 0.7, -0.25, 0.2)
    case 'albuminCreatinine':
      return has('chronicKidneyDisease3') ? around(6, 3, 0.9, 0.8) : around(1.4, 0.6, 0.1, 0.2)
    case 'weight':
      return around(
        (stocky * tall * tall) / 10_000,
        6,
        has('dementia') || has('severeFrailty') ? -1.4 : 0.4,
        0.8,
      )
    case 'pulse':
      return has('atrialFibrillation') ? around(80, 8, 0, 5) : around(72, 6, 0, 4)
    case 'oxygenSaturation':
      return has('copd') ? around(93, 1, -0.3, 0.6) : around(97, 0.6, 0, 0.5)
    case 'peakFlow':
      return around(age < 16 ? 250 : 410, 50, age < 16 ? 20 : -4, 15)
    case 'breathlessness':
      return around(2.5, 0.6, 0.15, 0.2)
    case 'thyroid':
      return around(2.8, 1, 0, 0.8)
    case 'crp':
      return around(7, 3, 0, 4)
    case 'psa':
      return around(5, 2, 0.6, 0.4)
    case 'frailtyScale':
      return has('severeFrailty') ? around(6.4, 0.3, 0.2, 0) : around(5.4, 0.3, 0.2, 0)
    default:
      throw new Error(`No usual course for ${test}`)
  }
}

/** A weight slowly lost over the years, to reach what it is today. */
const towards = (weight: number): Course => ({
  start: weight + 0.9 * (YEARS_KEPT - 1),
  yearly: -0.9,
  noise: 0.4,
})

/** Lower limits that a drift may not cross: a scale starts at 1, a chemical cannot be negative. */
const FLOOR: Partial<Record<TestId, number>> = {
  breathlessness: 1,
  albuminCreatinine: 0.3,
  thyroid: 0.2,
  crp: 1,
}
const CEILING: Partial<Record<TestId, number>> = {
  oxygenSaturation: 99,
  breathlessness: 5,
  frailtyScale: 8,
  kidney: 105,
}

function pressureOf(dice: Dice, hypertensive: boolean, age: number) {
  const start = hypertensive ? dice.near(148, 10) : dice.near(112 + age * 0.25, 7)
  const yearly = hypertensive ? -2.5 : 0.4
  return (year: number) => {
    const systolic = Math.round(start + yearly * year + dice.near(0, 4))
    return [systolic, Math.round(systolic * 0.57 + dice.near(0, 4))] as const
  }
}

/** Which tests are due, and for how many years back each has been taken. */
function duties(health: Health, age: number): Partial<Record<TestId, number>> {
  const due: Partial<Record<TestId, number>> = {}
  const want = (test: TestId, years: number) => {
    due[test] = Math.max(due[test] ?? 0, Math.min(Math.ceil(years), YEARS_KEPT))
  }
  for (const { condition, since, until } of health.problems) {
    if (until !== undefined) continue
    for (const test of conditionFacts(condition).checks ?? []) want(test, since)
  }
  if (age >= 40) {
    want('bloodPressure', 3)
    want('weight', 2)
    want('hba1c', 1)
    want('cholesterol', 2)
  } else if (age >= 18) want('bloodPressure', 1)
  return due
}

interface Review {
  on: string
  /** Years before the latest review, and years after the first. */
  back: number
  year: number
}

/** Yearly, in about the same month each year, from the oldest to the newest; none before birth. */
function reviews({ dice, now, person }: Life): Review[] {
  const latest = dice.whole(15, 320)
  return Array.from({ length: YEARS_KEPT }, (_, year) => {
    const back = YEARS_KEPT - 1 - year
    return { year, back, days: latest + back * 365 + dice.whole(-7, 7) }
  })
    .filter(({ days }) => days < daysBetween(person.born, now))
    .map(({ days, ...when }) => ({ ...when, on: workingDaysAgo(now, days, 9, dice.pick([10, 25, 40, 55])) }))
}

export function annualChecks(life: Life, file: PersonFile, health: Health): void {
  const { dice, now, person } = life
  const age = ageAt(person.born, now)
  const has = (id: ConditionId) => health.problems.some((p) => p.condition === id && p.until === undefined)
  const tall = health.body?.height ?? Math.round(dice.near(person.sex === 'female' ? 162 : 175, 5))
  const nurse = practiceNurse(file.organisation.code)
  const pressure = pressureOf(dice, has('hypertension'), age)
  const { bloodPressure, ...tests } = duties(health, age)
  const due = Object.entries(tests).map(([id, years]) => {
    const test = id as TestId
    const usual = courseOf(test, dice, has, age, tall)
    return { test, years, course: test === 'weight' && health.body ? towards(health.body.weight) : usual }
  })
  for (const { on, back, year } of reviews(life)) {
    if (back < (bloodPressure ?? 0)) measureBloodPressure(file, ...pressure(year), { on, author: nurse })
    for (const { test, years, course } of due) {
      if (back >= years) continue
      const author = testFacts(test).category === 'laboratory' ? HOSPITAL.laboratory : nurse
      const value = course.start + course.yearly * year + dice.near(0, course.noise)
      const kept = Math.min(Math.max(value, FLOOR[test] ?? 0), CEILING[test] ?? Number.POSITIVE_INFINITY)
      measure(file, test, kept, { on, author })
      if (test !== 'weight' || back > 0) continue
      measure(file, 'height', tall, { on, author })
      measure(file, 'bodyMass', kept / (tall / 100) ** 2, { on, author })
    }
  }
}
