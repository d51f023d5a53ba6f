import { describe, expect, it } from 'vitest'
import { PERTUSSIS, PNEUMOCOCCAL, RSV, SHINGLES } from '../../../health/vaccines.ts'
import type { Vaccination } from '../../happening.ts'
import { ageOn, dayFrom, dayOf, isoDay } from '../../moment.ts'
import { alike, FROM, illness, of, type Someone } from './someone.ts'

describe('vaccines', () => {
  const ages = (someone: Someone, vaccine: string) =>
    alike(150, someone).flatMap((living) =>
      of([living], 'vaccination')
        .filter((v: Vaccination) => v.vaccine === vaccine)
        .map((v) => ageOn(living.resident.born, dayOf(v.at))),
    )

  it.each([
    [PNEUMOCOCCAL, 64.5, 65, 66],
    [SHINGLES, 64.5, 65, 66],
    [SHINGLES, 69.5, 70, 71],
    [RSV, 74.5, 75, 76],
    ['Measles, mumps and rubella first dose', 0.5, 1, 1],
    ['4-in-1 pre-school booster (DTaP/IPV)', 2.5, 3, 4],
    ['Human papillomavirus', 11.9, 12, 13],
  ])('%s is given at its age', (vaccine, age, from, to) => {
    const given = ages({ age }, vaccine)
    expect(given.length).toBeGreaterThan(60)
    expect(Math.min(...given)).toBeGreaterThanOrEqual(from)
    expect(Math.max(...given)).toBeLessThanOrEqual(to)
  })

  it('RSV is given to no old person before September 2024, and pertussis only in pregnancy', () => {
    const days = of(alike(150, { age: 76 }), 'vaccination').filter((v) => v.vaccine === RSV)
    expect(days.length).toBeGreaterThan(60)
    for (const { at } of days) expect(dayOf(at)).toBeGreaterThanOrEqual(dayFrom('2024-09-01'))
    const birth = FROM + 500
    const mothers = of(alike(100, { age: 28, resident: { givesBirth: [birth] } }), 'vaccination').filter(
      (v) => v.vaccine === PERTUSSIS,
    )
    expect(mothers.length).toBeGreaterThan(40)
    for (const { at } of mothers) expect(birth - dayOf(at)).toBeLessThan(170)
    expect(ages({ age: 28 }, PERTUSSIS)).toEqual([])
  })

  it('influenza comes in autumn, more to the old and the ill', () => {
    const share = (someone: Someone) => {
      const given = of(alike(150, someone), 'vaccination').filter((v) => v.vaccine === 'Influenza vaccine')
      for (const { at } of given) expect(isoDay(dayOf(at)).slice(5) >= '09-01').toBe(true)
      return given.length / 150 / 3
    }
    expect(share({ age: 75 })).toBeGreaterThan(0.6)
    expect(share({ age: 40, illnesses: [illness('asthma')] })).toBeGreaterThan(0.25)
    expect(share({ age: 40 })).toBe(0)
  })
})
