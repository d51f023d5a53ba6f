import { describe, expect, it } from 'vitest'
import type { ConditionId } from '../../../health/conditions.ts'
import { medicineFacts } from '../../../health/medicines.ts'
import { isBankHoliday } from '../../bank-holidays.ts'
import type { GpContact, Prescription, Test } from '../../happening.ts'
import type { Illness } from '../../health.ts'
import { dayFrom, dayOf, isoDay, weekday } from '../../moment.ts'
import { alike, FROM, illness, livingAs, OLD_AND_ILL, of, type Someone } from './someone.ts'

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
describe('what a practice does', () => {
  it('is the same for the same person', () => {
    expect(livingAs(OLD_AND_ILL, 3).happenings).toEqual(livingAs(OLD_AND_ILL, 3).happenings)
    expect(livingAs(OLD_AND_ILL, 3).happenings).not.toEqual(livingAs(OLD_AND_ILL, 4).happenings)
  })

  it('happens on no Sunday or bank holiday, and repeats are issued on weekdays', () => {
    const lives = [...alike(60, OLD_AND_ILL), ...alike(60, { age: 1 }), ...alike(60, { age: 30 })]
    const contacts: GpContact[] = of(lives, 'gp contact')
    expect(contacts.length).toBeGreaterThan(1000)
    for (const { at } of contacts) {
      expect(weekday(dayOf(at))).not.toBe(6)
      expect(isBankHoliday(dayOf(at)), isoDay(dayOf(at))).toBe(false)
    }
    const repeats = of(lives, 'prescription').filter(({ repeat }) => repeat)
    expect(repeats.length).toBeGreaterThan(1000)
    for (const { at } of repeats) expect(weekday(dayOf(at))).toBeLessThan(5)
  })

  it('leaves whoever is in hospital to the hospital', () => {
    const lives = alike(40, {
      ...OLD_AND_ILL,
      stays: [
        ['2024-01-10', '2024-07-20'],
        ['2025-05-01', '2025-06-30'],
      ],
    })
    for (const { happenings, away } of lives)
      for (const happening of happenings.filter(({ kind }) => kind !== 'admission'))
        for (const span of away) {
          const day = dayOf(happening.at)
          expect(day < span.from || day > span.until, `${happening.kind} on ${isoDay(day)}`).toBe(true)
        }
  })

  it('comes after its cause, within the days on which somebody is there and alive', () => {
    const fate = { end: { day: dayFrom('2025-02-03'), cause: { text: 'Cancer' }, expected: true } }
    const present = { from: dayFrom('2024-01-01'), until: fate.end.day + 1 }
    const lives = alike(60, {
      ...OLD_AND_ILL,
      fate,
      resident: { present },
      stays: [['2024-08-01', '2024-08-09']],
    })
    for (const { at, because } of lives.flatMap((living) => living.happenings)) {
      expect(dayOf(at)).toBeGreaterThanOrEqual(present.from)
      expect(dayOf(at)).toBeLessThan(fate.end.day)
      if (because) expect(because.at).toBeLessThanOrEqual(at)
    }
    for (const { booked, at } of of(lives, 'gp contact')) expect(booked).toBeLessThanOrEqual(at)
  })

  it('without a practice is nothing at all', () => {
    expect(livingAs({ ...OLD_AND_ILL, resident: { practice: null } }, 1).happenings).toEqual([])
  })
})

describe('medicines on repeat', () => {
  it('begin when a condition is found, because of the contact at which it was', () => {
    const lives = alike(80, { age: 55, illnesses: [illness('hypertension', '2025-01-15')] })
    const items = of(lives, 'prescription').filter((item) => item.for === 'hypertension')
    expect(items.length).toBeGreaterThan(300)
    for (const item of items) {
      expect(dayOf(item.at)).toBeGreaterThanOrEqual(dayFrom('2025-01-15'))
      expect((item.because as GpContact).reason.text).toBe('Hypertension: new diagnosis')
    }
  })

  it('treat nothing that nobody has noticed', () => {
    const unnoticed: Illness = { condition: 'hypertension', since: FROM - 900, severity: 0.9 }
    expect(
      of(alike(60, { age: 35, sex: 'male', illnesses: [unnoticed] }), 'prescription').filter((i) => i.for),
    ).toEqual([])
  })

  it('come every 28 or 56 days, the same ones each time', () => {
    for (const living of alike(30, { age: 60, sex: 'male', illnesses: [illness('hypothyroidism')] })) {
      const items: Prescription[] = of([living], 'prescription').filter((i) => i.for === 'hypothyroidism')
      expect(new Set(items.map(({ medicine }) => medicine)).size).toBeLessThanOrEqual(1)
      const packs = new Set(items.map(({ quantity }) => quantity / 28))
      if (items.length > 0) expect([[1], [2]]).toContainEqual([...packs])
      if (items.length > 0) expect(items.length * [...packs][0]! * 28).toBeGreaterThan(0.75 * 1095)
    }
  })

  it.each([
    ['ramipril', 'losartan', ['hypertension', 'heartFailure', 'type2Diabetes']],
    ['atorvastatin', 'atorvastatin80', ['hypertension', 'stroke', 'type2Diabetes']],
    ['apixaban', 'clopidogrel', ['atrialFibrillation', 'stroke']],
  ] as const)('never hold %s and %s together', (one, other, conditions) => {
    let either = 0
    for (const living of alike(80, {
      age: 74,
      illnesses: conditions.map((each) => illness(each, '2012-05-01', 0.8)),
    })) {
      const taken = new Set(
        of([living], 'prescription')
          .filter((i) => i.repeat)
          .map((i) => i.medicine),
      )
      expect(taken.has(one) && taken.has(other)).toBe(false)
      if (taken.has(one) || taken.has(other)) either++
    }
    expect(either).toBeGreaterThan(30)
  })

  it.each([
    ['naproxen', 'osteoarthritis', 'chronicKidneyDisease3'],
    ['propranolol', 'anxiety', 'asthma'],
  ] as const)('leave out %s for %s in who has %s', (medicine, against, forbids) => {
    const given = (...conditions: ConditionId[]) =>
      of(alike(80, { age: 62, illnesses: conditions.map((each) => illness(each)) }), 'prescription').filter(
        (i) => i.medicine === medicine,
      ).length
    expect(given(against)).toBeGreaterThan(30)
    expect(given(against, forbids)).toBe(0)
  })

  it('for months last months', () => {
    for (const living of alike(150, { age: 30 })) {
      const pills = of([living], 'prescription').filter((i) => i.repeat && i.medicine === 'pillProgestogen')
      pills.slice(1).forEach((pill, nth) => {
        expect(dayOf(pill.at) - dayOf(pills[nth]?.at ?? 0)).toBeGreaterThan(65)
      })
    }
  })

  it('are changed by what happened in hospital', () => {
    const broken = alike(100, { age: 80, stays: [['2024-03-01', '2024-03-15']], diagnoses: ['S720'] })
    const bones = of(broken, 'prescription').filter((i) => i.because?.kind === 'admission')
    expect(bones.length).toBeGreaterThan(300)
    expect(new Set(bones.map((i) => i.medicine))).toEqual(
      new Set(['colecalciferol', 'alendronicAcid', 'paracetamol']),
    )
  })

  it('grow in number with illnesses', () => {
    const items = (someone: Someone) => of(alike(50, someone), 'prescription').length / 50 / 3
    expect(items(OLD_AND_ILL)).toBeGreaterThan(45)
    expect(items({ age: 78 })).toBeLessThan(30)
    expect(items({ age: 8 })).toBeLessThan(3)
  })
})

describe('tests and contacts', () => {
  it('of people with diabetes are more, and their HbA1c higher, than of those without', () => {
    const diabetic: Test[] = of(alike(60, { age: 60, illnesses: [illness('type2Diabetes')] }), 'test')
    const others: Test[] = of(alike(60, { age: 60, illnesses: [illness('asthma')] }), 'test')
    const sugars = (tests: Test[]) => tests.filter((t) => t.test === 'hba1c').map((t) => t.value)
    expect(meanOf(sugars(diabetic))).toBeGreaterThan(meanOf(sugars(others)) + 10)
    expect(sugars(diabetic).length).toBeGreaterThan(3 * sugars(others).length)
  })

  it('suit age and sex', () => {
    const men = of(alike(80, { age: 66, sex: 'male' }), 'gp contact').map((c) => c.reason.text)
    const women = of(alike(80, { age: 30 }), 'gp contact').map((c) => c.reason.text)
    for (const text of ['Contraception', 'Cervical screening', 'Menopausal symptoms', 'Pregnancy'])
      expect(men).not.toContain(text)
    expect(women).toContain('Cervical screening')
    expect(of(alike(80, { age: 66 }), 'test').map((t) => t.test)).not.toContain('psa')
    const children = of(alike(80, { age: 6 }), 'test').map((t) => t.test)
    for (const test of ['bloodPressure', 'bowelScreen', 'moodScore'] as const)
      expect(children).not.toContain(test)
  })

  it('visit people in care homes, and the dying at home with medicines for the last days', () => {
    const inHome = alike(40, { age: 86, fate: { careHome: { from: FROM + 400, home: 0 } } })
    const rounds = of(inHome, 'gp contact').filter((c) => c.reason.text === 'Care home round')
    expect(Math.min(...rounds.map((c) => dayOf(c.at)))).toBeGreaterThanOrEqual(FROM + 400)
    expect(rounds.length / 40).toBeGreaterThan(15)
    const dying = alike(40, {
      age: 80,
      resident: { present: { from: FROM, until: FROM + 301 } },
      fate: { end: { day: FROM + 300, cause: { text: 'Cancer' }, expected: true } },
    })
    const ready = of(dying, 'prescription').filter((i) => i.medicine === 'midazolam')
    expect(ready.length).toBeGreaterThan(30)
    for (const item of ready) expect(FROM + 300 - dayOf(item.at)).toBeLessThan(40)
  })

  it('follow somebody home from hospital', () => {
    const contacts = of(alike(100, { age: 70, stays: [['2024-03-01', '2024-03-08']] }), 'gp contact')
    const after = contacts.filter((c) => c.because?.kind === 'admission')
    expect(after.length).toBeGreaterThan(60)
    for (const contact of after) {
      expect(dayOf(contact.at)).toBeGreaterThan(dayFrom('2024-03-08'))
      expect(dayOf(contact.at)).toBeLessThan(dayFrom('2024-04-02'))
    }
  })
})

it('every medicine has a section and a price', () => {
  for (const living of alike(50, OLD_AND_ILL))
    for (const { medicine, quantity } of of([living], 'prescription')) {
      const { section, pence, supply } = medicineFacts(medicine)
      expect(section).toMatch(/^\d+(\.\d+)?$/)
      expect((pence * quantity) / supply).toBeGreaterThan(30)
    }
})
