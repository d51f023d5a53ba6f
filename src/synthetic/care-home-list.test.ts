import { expect, test } from 'vitest'
import { isNhsNumber } from '../people/index.ts'
import { inventCareHomeList } from './index.ts'

const now = new Date('2026-11-20T09:30:00Z')

test('the council’s list is the same each time, of the day before, and has one number that is wrong', () => {
  const { name, sender, text } = inventCareHomeList({ people: 2000, seed: 'rotherham', now })
  expect(inventCareHomeList({ people: 2000, seed: 'rotherham', now }).text).toBe(text)
  expect([sender, name]).toEqual(['demo-council', 'care-home-residents-2026-11-19.csv'])
  const lines = text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','))
  expect(lines).toHaveLength(8)
  expect(lines.map((cells) => isNhsNumber(cells[4] ?? '')).filter((valid) => !valid)).toHaveLength(1)
  // A stay of the future, which the rules of the set refuse.
  expect(lines.filter((cells) => (cells[11] ?? '') > '2026-11-19')).toHaveLength(1)
})
