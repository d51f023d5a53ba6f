import { describe, expect, it } from 'vitest'
import type { Happening } from '../../happening.ts'
import { ageOn, DAYS_A_YEAR, dayOf } from '../../moment.ts'
import { alike, FROM, illness, of, type Someone } from './someone.ts'

const lives = (someone: Someone) => alike(120, someone)
const contactsFor = (someone: Someone, text: string) =>
  of(lives(someone), 'gp contact').filter((contact) => contact.reason.text === text)

/** Who is called, to what, and how many of them a year are seen at least once, from and to. */
const CALLS: readonly (readonly [who: string, someone: Someone, to: string, from: number, to: number])[] = [
  // NHS England, Physical Health Checks: 75% is the aim, the borough’s plan says up to 72%.
  [
    'adults with a learning disability',
    { age: 40, illnesses: [illness('learningDisability')] },
    'Learning disability yearly health check',
    0.6,
    0.85,
  ],
  [
    'people with schizophrenia',
    { age: 45, illnesses: [illness('schizophrenia')] },
    'Severe mental illness yearly physical health check',
    0.5,
    0.75,
  ],
  [
    'people with COPD',
    { age: 70, illnesses: [illness('copd')] },
    'Chronic obstructive pulmonary disease: yearly review',
    0.6,
    0.95,
  ],
  // Once in five years, of whom not half come.
  ['healthy people of 52', { age: 52.5, sex: 'male' }, 'NHS Health Check', 0.05, 0.2],
  ['healthy people of 30', { age: 30, sex: 'male' }, 'NHS Health Check', 0, 0],
  ['women of 30', { age: 30 }, 'Cervical screening', 0.15, 0.3],
  ['women of 70', { age: 70 }, 'Cervical screening', 0, 0],
]

describe('what practices call people in for', () => {
  it.each(CALLS)('%s, $2', (_, someone, to, low, high) => {
    const seen = contactsFor(someone, to).filter((c) => c.status === 'attended' && c.because === undefined)
    expect(seen.length / 120 / 3).toBeGreaterThanOrEqual(low)
    expect(seen.length / 120 / 3).toBeLessThanOrEqual(high)
  })

  it('bowel screening kits go to people of 50 to 74, every two years', () => {
    const kits = (age: number) =>
      lives({ age }).map((living) => of([living], 'test').filter((test) => test.test === 'bowelScreen'))
    for (const each of kits(60)) {
      expect(each.length).toBeLessThanOrEqual(2)
      const [first, second] = each.map(({ at }) => dayOf(at))
      if (first && second) expect(second - first).toBeGreaterThan(1.7 * DAYS_A_YEAR)
      for (const { where } of each) expect(where).toBe('home')
    }
    expect(kits(60).flat().length).toBeGreaterThan(80)
    expect([...kits(45), ...kits(77)].flat()).toEqual([])
    for (const { at } of kits(49).flat())
      expect(ageOn(FROM - Math.round(49 * DAYS_A_YEAR), dayOf(at))).toBeGreaterThanOrEqual(49)
  })

  it('the review follows the measuring, and home readings follow high blood pressure', () => {
    const living = lives({ age: 60, illnesses: [illness('hypertension')] })
    const reviews = of(living, 'gp contact').filter(
      (c) => c.reason.text === 'Hypertension: yearly review' && c.because,
    )
    expect(reviews.length).toBeGreaterThan(150)
    for (const { at, because } of reviews)
      expect(dayOf(at) - dayOf(because?.at ?? 0)).toBeGreaterThanOrEqual(7)
    const home = of(living, 'test').filter(({ where }) => where === 'home')
    expect(home.filter(({ test }) => test === 'bloodPressure').length).toBeGreaterThan(150)
    const surgery = (because: Happening | undefined) =>
      of(living, 'test').find((test) => test.because === because && test.test === 'bloodPressure')
    for (const { because } of home.filter(({ test }) => test === 'bloodPressure'))
      expect(surgery(because)?.value).toBeGreaterThanOrEqual(140)
    const healthy = of(lives({ age: 60 }), 'test').filter(
      (t) => t.where === 'home' && t.test === 'bloodPressure',
    )
    expect(healthy).toEqual([])
  })
})
