import { expect, test } from 'vitest'
import { runCase } from './cases.ts'

/** What the published cases that are at hand leave open about types, constants, filters and boundaries. Each: what is shown, the view without its resource type, and the rows. */

type Shown = [what: string, parts: object, rows: object[]]

const cell = (name: string, path: string, more: object = {}) => ({ name, path, ...more })
const columns = (...paths: string[]) => ({
  select: [{ column: paths.map((path, at) => cell('abcdefgh'[at] as string, path)) }],
})

const observations = [
  {
    resourceType: 'Observation',
    id: 'one',
    valueQuantity: { value: 1.5, unit: 'mg', code: 'mg' },
    effectiveInstant: '2020-01-02T03:04:05.678Z',
  },
  { resourceType: 'Observation', id: 'two', valueInteger: 7, valueTime: undefined },
  { resourceType: 'Observation', id: 'three', valueTime: '07:05' },
  {
    resourceType: 'Observation',
    id: 'four',
    effectivePeriod: { start: '2020-02', end: '2020-02-03T04:05Z' },
  },
]

test.each<Shown>([
  [
    'a decimal constant',
    { constant: [{ name: 'c', valueDecimal: 2.5 }], ...columns('value.ofType(Quantity).value < %c') },
    [{ a: true }, { a: null }, { a: null }, { a: null }],
  ],
  [
    'an instant constant, the same moment elsewhere',
    {
      constant: [{ name: 'c', valueInstant: '2020-01-02T04:04:05.678+01:00' }],
      ...columns('effective.ofType(instant) = %c'),
    },
    [{ a: true }, { a: null }, { a: null }, { a: null }],
  ],
  [
    'an integer constant as an operand',
    { constant: [{ name: 'c', valueInteger: 7 }], ...columns('value.ofType(integer) + %c') },
    [{ a: null }, { a: 14 }, { a: null }, { a: null }],
  ],
  [
    'filters that order',
    { ...columns('id'), where: [{ path: 'value.ofType(integer) >= 7' }] },
    [{ a: 'two' }],
  ],
  [
    'a filter over the resource itself',
    { ...columns('id'), where: [{ path: 'where(value.ofType(integer) < 8).exists()' }] },
    [{ a: 'two' }],
  ],
  [
    'a filter that is true of nothing',
    { ...columns('id'), where: [{ path: 'value.ofType(integer).empty()' }, { path: "id != 'four'" }] },
    [{ a: 'one' }, { a: 'three' }],
  ],
  [
    'a filter without an answer keeps nothing',
    { ...columns('id'), where: [{ path: 'value.ofType(boolean)' }] },
    [],
  ],
  [
    'quantities of one unit',
    columns("value.ofType(Quantity) > 1 'mg'"),
    [{ a: true }, { a: null }, { a: null }, { a: null }],
  ],
  [
    'quantities of two units',
    columns("value.ofType(Quantity) > 1 'kg'"),
    [{ a: null }, { a: null }, { a: null }, { a: null }],
  ],
  [
    'the edges of a time',
    columns('value.ofType(time).lowBoundary()', 'value.ofType(time).highBoundary()'),
    [
      { a: null, b: null },
      { a: null, b: null },
      { a: '07:05:00.000', b: '07:05:59.999' },
      { a: null, b: null },
    ],
  ],
  [
    'the edges of a period',
    columns('effective.ofType(Period).lowBoundary()', 'effective.ofType(Period).highBoundary()'),
    [
      { a: null, b: null },
      { a: null, b: null },
      { a: null, b: null },
      { a: '2020-02-01T00:00:00.000+14:00', b: '2020-02-03T04:05:59.999Z' },
    ],
  ],
  [
    'the edges of a decimal that was kept as digits',
    columns('1.50.lowBoundary()', '1.50.highBoundary(2)'),
    Array(4).fill({ a: 1.495, b: 1.51 }),
  ],
])('of observations: %s', (title, view, rows) => {
  expect(
    runCase({ title, view: { resource: 'Observation', ...view }, expect: rows as never }, observations),
  ).toBeUndefined()
})
