import fc from 'fast-check'
import { expect, test } from 'vitest'
import { londonOffsetAt } from './london.ts'

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const utc = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' })

test('the clock in England is the one of the time-zone data, of any year and around every change', () => {
  const anywhere = fc.date({ min: new Date('1850-01-01'), max: new Date('2037-12-31'), noInvalidDate: true })
  const nearChange = fc
    .record({
      year: fc.integer({ min: 1996, max: 2037 }),
      month: fc.constantFrom(2, 9),
      day: fc.integer({ min: 24, max: 31 }),
      minute: fc.nat(300),
    })
    .map(({ year, month, day, minute }) => new Date(Date.UTC(year, month, day, 0, minute)))
  fc.assert(
    fc.property(fc.oneof(anywhere, nearChange), (moment) => {
      expect(utc.format(moment.getTime() + londonOffsetAt(moment.getTime()))).toBe(clock.format(moment))
    }),
    { numRuns: 3000 },
  )
})
