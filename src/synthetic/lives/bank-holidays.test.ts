import { expect, test } from 'vitest'
import { isBankHoliday } from './bank-holidays.ts'
import { dayFrom, isoDay } from './moment.ts'

// As gov.uk/bank-holidays lists them.
test.each([
  [2023, '01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26'],
  // The Jubilee's moved holiday of June was made by proclamation and is no rule: late May stands in for it.
  [2022, '01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27'],
  [2024, '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26'],
  [2025, '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26'],
  [2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28'],
  [2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28'],
])('the bank holidays of %i are as they are published', (year, listed) => {
  const found: string[] = []
  for (let day = dayFrom(`${year}-01-01`); day < dayFrom(`${year + 1}-01-01`); day++)
    if (isBankHoliday(day)) found.push(isoDay(day).slice(5))
  // The Coronation was a day for once only and follows from no rule.
  expect(found.join(' ')).toBe(listed)
})
