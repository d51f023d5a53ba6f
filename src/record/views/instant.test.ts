import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from './instant.ts'

describe('the instant of a FHIR date or time', () => {
  it.each([
    ['2021', '2021-01-01T00:00:00.000Z'],
    ['2021-02', '2021-02-01T00:00:00.000Z'],
    ['2021-07', '2021-06-30T23:00:00.000Z'],
    ['2021-07-20', '2021-07-19T23:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2021-07-20T10:00:00', '2021-07-20T09:00:00.000Z'],
    ['2021-07-20T10:00', '2021-07-20T09:00:00.000Z'],
    ['2021-07-20T10:00:00Z', '2021-07-20T10:00:00.000Z'],
    ['2021-07-20T10:00:00.1239+05:30', '2021-07-20T04:30:00.123Z'],
    ['2021-01-01T00:00:00-14:00', '2021-01-01T14:00:00.000Z'],
    // 31 March 2024: at 01:00 UTC the clock goes from 01:00 to 02:00; 01:30 does not exist.
    ['2024-03-31T00:59:59', '2024-03-31T00:59:59.000Z'],
    ['2024-03-31T01:30:00', '2024-03-31T01:30:00.000Z'],
    ['2024-03-31T02:00:00', '2024-03-31T01:00:00.000Z'],
    // 27 October 2024: 01:30 comes twice; the first, still in summer time, is meant.
    ['2024-10-27T00:30:00', '2024-10-26T23:30:00.000Z'],
    ['2024-10-27T01:30:00', '2024-10-27T00:30:00.000Z'],
    ['2024-10-27T02:00:00', '2024-10-27T02:00:00.000Z'],
    ['2024-10-27', '2024-10-26T23:00:00.000Z'],
    // Between 1968 and 1971 the clocks stayed an hour ahead all winter; in 1947 they went two hours ahead.
    ['1970-01-15', '1970-01-14T23:00:00.000Z'],
    ['1947-06-01T12:00:00', '1947-06-01T10:00:00.000Z'],
    ['1990-06-01T12:00:00', '1990-06-01T11:00:00.000Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(instantOf(text)?.toISOString()).toBe(expected)
  })

  it.each([
    '',
    '2021-02-31',
    '2021-02-29',
    '1900-02-29',
    '2021-13',
    '2021-00-01',
    '2021-04-31',
    '0000',
    '21-01-01',
  ])('%s is none', (text) => expect(instantOf(text)).toBeNull())

  it.each([
    '2021-01-01T24:00:00Z',
    '2021-01-01T10:60:00Z',
    '2021-01-01T10:00:61Z',
    '2021-01-01T10',
    ' 2021',
    '2021-1-1',
  ])('%s is none', (text) => expect(instantOf(text)).toBeNull())

  it.each(['2021-01-01T10:00:00+15:00', '2021-01-01T10:00:00+14:30', '2021-01-01 10:00:00Z', 'tomorrow'])(
    '%s is none',
    (text) => expect(instantOf(text)).toBeNull(),
  )

  it('agrees with the time-zone data in every hour since 1996 that is not skipped', () => {
    const london = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    const hours = fc.integer({ min: Date.UTC(1996, 0) / 3_600_000, max: Date.UTC(2037, 0) / 3_600_000 })
    fc.assert(
      fc.property(hours, (at) => {
        const local = london.format(at * 3_600_000).replace(' ', 'T')
        const found = instantOf(local)?.getTime() ?? 0
        // In the repeated hour the first instant answers for both.
        return london.format(found).replace(' ', 'T') === local && found <= at * 3_600_000
      }),
    )
  })
})
