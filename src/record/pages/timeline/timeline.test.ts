import { expect, test } from 'vitest'
import { cursorOf, cursorWords, kindsWanted, sinceOf } from './timeline.ts'

const now = new Date('2026-11-22T09:00:00Z')

test.each([
  ['30d', '2026-10-23T09:00:00.000Z'],
  ['1y', '2025-11-22T09:00:00.000Z'],
  ['', undefined],
  ['forever', undefined],
])('the period %s begins %s', (period, expected) =>
  expect(sinceOf(period, now)?.toISOString()).toBe(expected),
)

test('a place in the timeline can be written and read', () => {
  const cursor = { at: new Date('2026-11-02T01:15:00.000Z'), kind: 'care plan', id: 'a~b' }
  expect(cursorOf(cursorWords(cursor))).toEqual(cursor)
})

test.each([
  '',
  'x',
  '2026-11-02~encounter~id',
  '2026-99-02T01:15:00.000Z~encounter~id',
  '2026-11-02T01:15:00.000Z~encounter',
])('%j is no place', (words) => expect(cursorOf(words)).toBeUndefined())

test('kinds that do not exist are left out', () =>
  expect(kindsWanted(['results', 'nonsense'])).toEqual(['results']))
