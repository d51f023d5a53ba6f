import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ageOn, calendar, dayFrom, isoDay, isoMoment, momentOn, weekday } from './moment.ts'

it('agrees with the calendar of Date on every day from 1900 to 2100', () => {
  for (let day = dayFrom('1900-01-01'); day < dayFrom('2100-01-01'); day++) {
    const iso = new Date(day * 86_400_000).toISOString().slice(0, 10)
    if (isoDay(day) !== iso || dayFrom(iso) !== day) expect(isoDay(day)).toBe(iso)
  }
  expect(calendar(dayFrom('2024-02-29'))).toEqual({ year: 2024, month: 2, date: 29 })
})

it.each([
  ['2026-11-23', 0],
  ['2026-11-25', 2],
  ['2026-11-29', 6],
])('%s is day %i of the week', (iso, nth) => {
  expect(weekday(dayFrom(iso))).toBe(nth)
})

it('writes a moment as the wall clock shows it', () => {
  expect(isoMoment(momentOn(dayFrom('2026-09-30'), 9, 5))).toBe('2026-09-30T09:05')
})

it('counts a birthday on the day itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 110 }), (years) => {
      const born = dayFrom('1901-06-15')
      const birthday = dayFrom(`${1901 + years}-06-15`)
      expect([ageOn(born, birthday - 1), ageOn(born, birthday)]).toEqual([years - 1, years])
    }),
  )
})
