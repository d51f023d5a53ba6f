import { expect, test } from 'vitest'
import { allExtracts } from './all.ts'
import { faultsIn } from './faults.ts'
import {
  always,
  boolean,
  date,
  decimal,
  type FlatExtract,
  maybe,
  moment,
  oneOf,
  pence,
  text,
  whole,
} from './schema.ts'

test('names are given once, and each key is of columns that are there', () => {
  expect(new Set(allExtracts.map(({ id }) => id)).size).toBe(allExtracts.length)
  for (const { columns, key } of allExtracts) {
    const names = columns.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(key.filter((name) => !names.includes(name))).toEqual([])
  }
})

test('whatever has an event has the person, and the cost last', () => {
  for (const { columns } of allExtracts.filter(({ key }) => key.includes('event_id'))) {
    const names = columns.map(({ name }) => name)
    expect(names.slice(0, 3)).toEqual(['event_id', 'nhs_number', 'person_id'])
    expect(names.slice(-2)).toEqual(['because_id', 'cost_pence'])
  }
})

const every: FlatExtract = {
  id: 'every',
  name: 'Every type',
  line: 'A row.',
  modelledOn: 'Nothing.',
  key: ['n'],
  columns: [
    always('n', whole(1, 9), ''),
    always('d', date, ''),
    always('m', moment, ''),
    always('x', decimal(2), ''),
    always('p', pence, ''),
    always('b', boolean, ''),
    always('w', oneOf('one', 'two'), ''),
    maybe('t', text, ''),
  ],
}
const right = ['3', '2026-09-30', '2026-09-30T14:05', '-0.50', '120', 'true', 'two', '']

test('a row that is as declared has no fault', () => {
  expect(faultsIn(every, right)).toEqual([])
})

test.each([
  [0, '03'],
  [0, '10'],
  [0, ''],
  [1, '30/09/2026'],
  [1, '2026-13-01'],
  [2, '2026-09-30 14:05'],
  [2, '2026-09-30T24:00'],
  [3, '1.5'],
  [4, '1.20'],
  [4, '-1'],
  [5, 'yes'],
  [6, 'Two'],
  [7, ' padded'],
])('column %i as “%s” is a fault', (nth, value) => {
  expect(faultsIn(every, right.with(nth, value))).toHaveLength(1)
})

test('a row of another length is a fault', () => {
  expect(faultsIn(every, right.slice(1))).toEqual(['every has 7 columns, not 8'])
})
