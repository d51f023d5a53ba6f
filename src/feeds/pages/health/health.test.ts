import { describe, expect, test } from 'vitest'
import { metricsText } from '../../../platform/index.ts'
import { hoursOf, lagInWords, statusOf, usualOf } from './health.ts'

const limits = { quietBelowPercent: 30, refusingAbovePercent: 20 }

describe('one word for a sender', () => {
  test.each([
    ['late', 50, 0, 8, 50, 'late'],
    ['never heard', 50, 0, 8, 50, 'late'],
    ['late', 50, 50, 8, 50, 'late'],
    ['up to date', 20, 4, 8, 20, 'refusing'],
    ['up to date', 20, 3, 8, 20, 'normal'],
    ['up to date', 4, 4, 8, 4, 'normal'],
    ['up to date', 5, 1, 0, null, 'refusing'],
    ['up to date', 5, 0, 8, 20, 'quiet'],
    ['up to date', 6, 0, 8, 20, 'normal'],
    ['up to date', 0, 0, 8, 3, 'normal'],
    ['up to date', 0, 0, 8, 4, 'quiet'],
    ['up to date', 0, 0, 2, 40, 'too early to say'],
    ['up to date', 90, 0, 0, null, 'too early to say'],
  ] as const)(
    'source %s, %i came, %i refused, %i weeks, usual %s: %s',
    (freshness, last_hour, refused_last_hour, weeks, usual, status) => {
      expect(statusOf({ last_hour, refused_last_hour, weeks, usual }, limits, freshness)).toBe(status)
    },
  )

  test('fewer than three weeks have no usual, which is not a usual of nothing', () => {
    expect(usualOf({ weeks: 2, usual: 0 })).toBeUndefined()
    expect(usualOf({ weeks: 0, usual: null })).toBeUndefined()
    expect(usualOf({ weeks: 3, usual: 0 })).toBe(0)
  })
})

test.each([
  [null, 'not known'],
  [0, 'less than a second'],
  [1, '1 second'],
  [89, '89 seconds'],
  [90, '2 minutes'],
  [5400, '2 hours'],
  [200_000, '2 days'],
  [-0.2, 'less than a second'],
  [-180, '3 minutes ahead of our clock'],
])('a lag of %s is %s', (seconds, words) => expect(lagInWords(seconds)).toBe(words))

test('the last 24 hours: nothing in an hour is none, but before the first message nothing is known', () => {
  const now = new Date('2026-06-16T12:30:00Z')
  const hours = hoursOf([{ hours_ago: 0, messages: 7 }], new Date('2026-06-16T10:00:00Z'), now)
  expect(hours).toHaveLength(24)
  expect(hours.slice(-4).map((hour) => hour.messages)).toEqual([null, 0, 0, 7])
  expect(hours.at(-1)?.ends).toEqual(now)
  expect(hoursOf([], null, now).every((hour) => hour.messages === null)).toBe(true)
})

test('Prometheus text: labels escaped, and what is not known has no line', () => {
  const text = metricsText([
    {
      name: 'lag',
      help: 'How late',
      values: [
        { labels: { sender: 'a "b" \\ c\nd' }, value: 1.5 },
        { labels: { sender: 'x' }, value: null },
        { labels: {}, value: 0 },
      ],
    },
  ])
  expect(text).toBe('# HELP lag How late\n# TYPE lag gauge\nlag{sender="a \\"b\\" \\\\ c\\nd"} 1.5\nlag 0\n')
})
