import { expect, test } from 'vitest'
import { dayInWords, momentInWords, stretchInWords } from './when.ts'

const at = (moment: string | null) => (moment === null ? null : new Date(moment))

test.each([
  ['2005-02-11', '2005-02-11T00:00:00Z', '11 February 2005', '11 February 2005'],
  ['2005-02', '2005-02-01T00:00:00Z', 'February 2005', 'February 2005'],
  ['2026-07-21T03:35:00Z', '2026-07-21T03:35:00Z', '21 July 2026', '21 July 2026, 4:35am'],
  ['2026-07-21T23:35:00Z', '2026-07-21T23:35:00Z', '22 July 2026', '22 July 2026, 12:35am'],
  [null, '2026-07-21T03:35:00Z', '21 July 2026', '21 July 2026, 4:35am'],
  ['2005-13-45', null, undefined, undefined],
  [null, null, undefined, undefined],
])('%s is on %s', (text, moment, day, exact) => {
  expect(dayInWords({ text, at: at(moment) })).toBe(day)
  expect(momentInWords({ text, at: at(moment) })).toBe(exact)
})

test.each([
  ['2019-05', '2020-06', 'May 2019 to June 2020'],
  ['2019-05-01', '2019-05-01', '1 May 2019'],
  ['2019', null, 'since 2019'],
  [null, '2020', 'until 2020'],
  [null, null, undefined],
])('from %s to %s', (from, to, expected) => {
  const written = (text: string | null) => ({
    text,
    at: text === null ? null : new Date(`${text.padEnd(10, '-01')}T00:00:00Z`),
  })
  expect(stretchInWords(written(from), written(to))).toBe(expected)
})
