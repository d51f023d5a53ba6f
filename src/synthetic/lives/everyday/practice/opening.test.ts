import { describe, expect, it } from 'vitest'
import { dayFrom, isoDay, weekday } from '../../moment.ts'
import { bankHolidays, dayOfDemand, demandAt, openFrom, openingIn } from './opening.ts'

const WINDOW = { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') }

describe('when surgeries are open', () => {
  it.each([
    [2022, '01-03 04-15 04-18 05-02 05-30 08-29 12-27 12-26'],
    [2024, '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26'],
    [2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
    [2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
    [2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
  ])('knows the usual bank holidays of %i as gov.uk lists them', (year, days) => {
    expect(
      bankHolidays(year)
        .map((day) => isoDay(day).slice(5))
        .join(' '),
    ).toBe(days)
  })

  it.each([
    ['2024-03-28', '2024-03-28'],
    ['2024-03-29', '2024-04-02'],
    ['2024-12-25', '2024-12-27'],
    ['2026-05-23', '2026-05-26'],
  ])('a thing due on %s happens on %s', (due, held) => {
    expect(isoDay(openFrom(openingIn(WINDOW), dayFrom(due)))).toBe(held)
  })

  it('demand falls on no Sunday or bank holiday, and more on Mondays than on Fridays', () => {
    const opening = openingIn(WINDOW)
    const byWeekday = [0, 0, 0, 0, 0, 0, 0]
    const holidays = new Set([2023, 2024, 2025, 2026].flatMap(bankHolidays))
    for (let day = WINDOW.from; day < WINDOW.until; day++) {
      const asked = demandAt(opening, day + 1) - demandAt(opening, day)
      byWeekday[weekday(day)]! += asked
      if (holidays.has(day)) expect(asked).toBe(0)
      if (asked > 0) expect(dayOfDemand(opening, demandAt(opening, day) + asked / 2)).toBe(day)
    }
    expect(byWeekday[6]).toBe(0)
    expect(byWeekday[0]!).toBeGreaterThan(byWeekday[4]! * 1.2)
  })
})
