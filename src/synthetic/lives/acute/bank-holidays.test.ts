import { expect, it } from 'vitest'
import { dayFrom, isoDay } from '../moment.ts'
import { isBankHoliday } from './bank-holidays.ts'

/** As gov.uk/bank-holidays lists them for England and Wales. */
const LISTED = {
  2022: '01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
} as const

// The Jubilee's moved holiday of June 2022 was made by proclamation and is not a rule: in that year late May stands in for it.
it.each(Object.entries(LISTED))('finds the bank holidays of %s', (year, listed) => {
  const found: string[] = []
  for (let day = dayFrom(`${year}-01-01`); isoDay(day).startsWith(year); day++)
    if (isBankHoliday(day)) found.push(isoDay(day).slice(5))
  expect(found.join(' ')).toBe(listed)
})
