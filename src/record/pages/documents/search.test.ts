import { expect, test } from 'vitest'
import { found } from './search.ts'

const now = new Date('2026-11-20T09:00:00Z')
const row = (title: string, created: string | null, type_title = 'Clinic letter') => ({
  title,
  description: null,
  type_title,
  created_at: created === null ? null : new Date(created),
  received_at: new Date('2026-11-19'),
})
const rows = [
  row('Heart failure clinic, Wath', '2026-11-01'),
  row('Café visit', '2026-02-01'),
  row('Old letter', '2020-01-01'),
  row('Undated', null, 'Report'),
]
const titles = (words: string, period = '', hides = false) =>
  found(rows, { words, period }, hides, now).map(({ title }) => title)

test.each([
  ['', '', ['Heart failure clinic, Wath', 'Café visit', 'Old letter', 'Undated']],
  ['CLINIC heart', '', ['Heart failure clinic, Wath']],
  ['cafe', '', ['Café visit']],
  ['report', '', ['Undated']],
  ['heart report', '', []],
  ['', 'month', ['Heart failure clinic, Wath', 'Undated']],
  ['', 'year', ['Heart failure clinic, Wath', 'Café visit', 'Undated']],
  ['letter', 'older', ['Old letter']],
])('“%s” in the period “%s” finds %j', (words, period, expected) =>
  expect(titles(words, period)).toEqual(expected),
)

test('words of a title that is not shown find nothing', () => expect(titles('wath', '', true)).toEqual([]))
