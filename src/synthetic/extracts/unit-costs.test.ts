import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { Admission } from '../lives/happening.ts'
import { dayFrom, momentOn } from '../lives/moment.ts'
import { costOfStay } from './costs/stays.ts'
import { unitCosts } from './unit-costs.ts'

const file = join(
  import.meta.dirname,
  '../../../../shared/data/rotherham/costs/national-cost-collection-2024-25.csv',
)

describe.skipIf(!existsSync(file))('against the National Cost Collection', () => {
  const lines: Record<string, string>[] = existsSync(file) ? parse(readFileSync(file), { columns: true }) : []
  const national = Object.entries(unitCosts).filter(([, { mean }]) => mean)

  test.each(national)('%s is the mean that it says', (_, { pounds, mean }) => {
    let activity = 0
    let cost = 0
    for (const line of lines) {
      const isOfIt =
        line['department_code'] === mean?.department &&
        (mean?.codes.length === 0 || mean?.codes.some((code) => line['currency_code']?.startsWith(code)))
      if (!isOfIt || !(Number(line['activity']) > 0)) continue
      activity += Number(line['activity'])
      cost += Number(line['cost'])
    }
    // Whole pounds are enough for a stay; the rest are to the penny.
    expect(Math.abs(cost / activity - pounds)).toBeLessThan(
      pounds > 1000 || Number.isInteger(pounds) ? 1 : 0.006,
    )
  })
})

test('each unit cost is positive and names its source and year', () => {
  for (const [id, { pounds, source, year, unit }] of Object.entries(unitCosts)) {
    expect(pounds, id).toBeGreaterThan(0)
    expect(source.length, id).toBeGreaterThan(10)
    expect(year, id).toMatch(/^20\d\d(-\d\d)?$/)
    expect(unit, id).not.toBe('')
  }
})

const at = (iso: string) => momentOn(dayFrom(iso), 10)
const stay = (more: Partial<Admission>): Admission => ({
  kind: 'admission',
  at: at('2025-01-01'),
  method: 'emergency',
  specialty: 'General medicine',
  diagnoses: ['J440'],
  procedures: [],
  reason: { text: 'Breathless' },
  wards: [],
  critical: false,
  ...more,
})

test.each<[string, Partial<Admission>, string, number]>([
  ['home the same day', {}, '2025-01-01', 686],
  ['a night', {}, '2025-01-02', 686],
  ['nine nights, the mean', {}, '2025-01-10', 686 + 3481],
  ['three weeks', {}, '2025-01-22', 686 + (3481 * 21) / 9],
  ['a day case', { method: 'day case', diagnoses: ['H259'] }, '2025-01-01', 1440],
  ['a hip replacement', { method: 'waiting list', diagnoses: ['M169'] }, '2025-01-03', 8830],
  ['critical care in it', { critical: true }, '2025-01-02', 686 + 4 * 2027],
  ['dialysis', { method: 'regular', diagnoses: ['N185'] }, '2025-01-01', 197],
  ['chemotherapy', { method: 'regular', diagnoses: ['C509'] }, '2025-01-01', 446],
])('a stay of %s', (_, more, until, pounds) => {
  expect(costOfStay(stay(more), at(until))).toBe(Math.round(pounds * 100))
})
