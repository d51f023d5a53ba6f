import { describe, expect, it, test } from 'vitest'
import {
  ageAt,
  bannerDate,
  counted,
  dateInWords,
  familyGiven,
  howLongAgo,
  instantInWords,
  londonDate,
  nhsNumber,
  numberWithCommas,
} from './words.ts'

describe('NHS number', () => {
  test.each([
    ['9990001235', '999 000 1235'],
    ['999 000 1235', '999 000 1235'],
    ['999-000-1235', '999 000 1235'],
    ['999000123', '999000123'],
    ['', ''],
  ])('%s is shown as %s', (value, shown) => expect(nhsNumber(value)).toBe(shown))
})

describe('date', () => {
  test.each([
    ['2018-08-06', '6 August 2018', '6 Aug 2018'],
    ['1945-07-14', '14 July 1945', '14 Jul 1945'],
    ['2018-08', 'August 2018', 'Aug 2018'],
    ['2018', '2018', '2018'],
    ['2024-02-29', '29 February 2024', '29 Feb 2024'],
  ])('%s is %s, in the banner %s', (date, words, banner) => {
    expect(dateInWords(date)).toBe(words)
    expect(bannerDate(date)).toBe(banner)
  })

  test.each(['06/08/2018', '2018-8-6', '2018-13', '2023-02-29', '', '2018-08-06T10:00:00Z'])(
    '%s is refused',
    (date) => expect(() => dateInWords(date)).toThrow(),
  )
})

describe('moment, as the clock in England showed it', () => {
  test.each([
    ['2018-08-06T16:30:00Z', '6 August 2018, 5:30pm', 'summer time is an hour ahead'],
    ['2018-12-06T17:30:00Z', '6 December 2018, 5:30pm', 'winter time is not'],
    ['2018-08-06T17:30:00+01:00', '6 August 2018, 5:30pm', 'whatever offset it came with'],
    ['2018-12-06T17:00:00Z', '6 December 2018, 5pm', 'no minutes on the hour'],
    ['2018-12-06T12:00:00Z', '6 December 2018, midday', ''],
    ['2018-12-06T12:05:00Z', '6 December 2018, 12:05pm', ''],
    ['2018-12-06T00:00:00Z', '6 December 2018, midnight', ''],
    ['2018-12-06T00:05:00Z', '6 December 2018, 12:05am', ''],
    ['2018-08-05T23:30:00Z', '6 August 2018, 12:30am', 'already the next day in summer'],
    ['2018-08-06', '6 August 2018', 'a date stays a date'],
    ['2018-08', 'August 2018', ''],
    ['2026-10-25T00:30:00Z', '25 October 2026, 1:30am (first 1:30am, before the clocks went back)', ''],
    ['2026-10-25T01:30:00Z', '25 October 2026, 1:30am (second 1:30am, after the clocks went back)', ''],
    ['2026-10-25T01:00:00Z', '25 October 2026, 1am (second 1am, after the clocks went back)', ''],
    ['2026-10-24T23:59:00Z', '25 October 2026, 12:59am', 'happens once'],
    ['2026-10-25T02:00:00Z', '25 October 2026, 2am', 'happens once'],
    ['2026-03-29T01:00:00Z', '29 March 2026, 2am', 'the hour from 1am does not happen in March'],
  ])('%s is %s %s', (instant, words) => {
    expect(instantInWords(instant)).toBe(words)
    if (instant.includes('T')) expect(instantInWords(new Date(instant))).toBe(words)
  })

  it('is refused without its offset', () =>
    expect(() => instantInWords('2018-08-06T16:30:00')).toThrow('offset'))

  it('has the date of England, not of Greenwich', () =>
    expect(londonDate('2018-08-05T23:30:00Z')).toBe('2018-08-06'))
})

describe('age', () => {
  test.each([
    ['1945-07-14', '2026-11-02', '81 years', ''],
    ['1945-07-14', '2026-07-13', '80 years', 'the day before the birthday'],
    ['1945-07-14', '2026-07-14', '81 years', 'on the birthday'],
    ['2024-11-02', '2026-11-02', '2 years', 'years from the second birthday'],
    ['2024-11-03', '2026-11-02', '23 months', 'months until then'],
    ['2026-10-02', '2026-11-02', '1 month', ''],
    ['2026-10-05', '2026-11-02', '4 weeks', '28 days, not yet a month'],
    ['2026-10-06', '2026-11-02', '27 days', 'days under 4 weeks'],
    ['2026-11-01', '2026-11-02', '1 day', ''],
    ['2026-11-02', '2026-11-02', '0 days', 'born today'],
    ['2026-11-03', '2026-11-02', 'Not known', 'a birth date to come is an error, not an age'],
    ['2004-02-29', '2026-02-28', '21 years', 'the eve of 1 March'],
    ['2004-02-29', '2026-03-01', '22 years', ''],
    ['2024-01-31', '2024-02-29', '4 weeks', ''],
    ['1945', '2026-11-02', 'about 81 years', ''],
    ['1945-07', '2026-11-02', 'about 81 years', ''],
  ])('born %s, on %s: %s %s', (birth, on, age) => expect(ageAt(birth, on)).toBe(age))

  it('takes a moment, by the date in England', () =>
    expect(ageAt('1945-07-14', new Date('2026-07-13T23:30:00Z'))).toBe('81 years'))
})

describe('name', () => {
  test.each([
    [{ family: 'Ashworth', given: 'Margaret', prefix: 'Mrs' }, 'ASHWORTH, Margaret (Mrs)'],
    [{ family: "O'Neill-Škoda", given: 'Anne Marie' }, "O'NEILL-ŠKODA, Anne Marie"],
    [{ given: 'Prince' }, 'Prince'],
    [{ family: 'Ashworth' }, 'ASHWORTH'],
    [{}, 'Not known'],
  ])('%o is %s', (name, words) => expect(familyGiven(name)).toBe(words))
})

describe('how long ago', () => {
  const now = new Date('2026-11-02T12:00:00Z')
  test.each([
    ['2026-11-02T11:59:30Z', 'just now'],
    ['2026-11-02T11:59:00Z', '1 minute ago'],
    ['2026-11-02T09:00:00Z', '3 hours ago'],
    ['2026-11-01T09:00:00Z', 'yesterday'],
    ['2026-10-31T09:00:00Z', '2 days ago'],
    ['2026-09-21T09:00:00Z', '42 days ago'],
    ['2026-07-01T09:00:00Z', '4 months ago'],
    ['2023-11-01T09:00:00Z', '3 years ago'],
    ['2026-11-02T14:00:00Z', 'in 2 hours'],
    ['2026-11-03T14:00:00Z', 'tomorrow'],
  ])('%s is %s', (then, words) => expect(howLongAgo(then, now)).toBe(words))
})

describe('number', () => {
  test.each([
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
    [7.35, '7.35'],
    [0.0625, '0.0625'],
    [-1200, '-1,200'],
  ])('%d is %s', (value, words) => expect(numberWithCommas(value)).toBe(words))

  it('counts things', () => {
    expect(counted(1, 'referral')).toBe('1 referral')
    expect(counted(1204, 'referral')).toBe('1,204 referrals')
    expect(counted(2, 'person', 'people')).toBe('2 people')
  })
})
