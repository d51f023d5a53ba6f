import { describe, expect, it } from 'vitest'
import { isBankHoliday } from '../../bank-holidays.ts'
import { dayFrom, isoDay, weekday } from '../../moment.ts'
import { dayOfDemand, demandAt, openFrom, openingIn } from './opening.ts'

const WINDOW = { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') }

describe('when surgeries are open', () => {
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
    for (let day = WINDOW.from; day < WINDOW.until; day++) {
      const asked = demandAt(opening, day + 1) - demandAt(opening, day)
      byWeekday[weekday(day)]! += asked
      if (isBankHoliday(day)) expect(asked).toBe(0)
      if (asked > 0) expect(dayOfDemand(opening, demandAt(opening, day) + asked / 2)).toBe(day)
    }
    expect(byWeekday[6]).toBe(0)
    expect(byWeekday[0]!).toBeGreaterThan(byWeekday[4]! * 1.2)
  })
})
