import { expect, test } from 'vitest'
import { isoDay } from '../lives/moment.ts'
import { asked, Misasked } from './order.ts'

const enough = ['--people', '2000', '--years', '3', '--seed', '1', '--out', 'place']

test('three years end on the last of September unless said otherwise', () => {
  const { window, ...rest } = asked(enough)
  expect([isoDay(window.from), isoDay(window.until)]).toEqual(['2023-10-01', '2026-10-01'])
  expect(rest).toEqual({ people: 2000, seed: '1', out: 'place', format: 'both', workers: 2, records: 'none' })
  const until = asked([...enough, '--until', '2024-02-28', '--years', '1']).window
  expect([isoDay(until.from), isoDay(until.until)]).toEqual(['2023-03-01', '2024-02-29'])
})

test.each([
  ['--people', '12'],
  ['--people', 'many'],
  ['--years', '0'],
  ['--years', '2.5'],
  ['--seed', 'a seed'],
  ['--until', '2026-02-30'],
  ['--until', 'today'],
  ['--format', 'xlsx'],
  ['--workers', '0'],
  ['--colour', 'red'],
])('%s %s is refused by its name', (name, value) => {
  expect(() => asked([...enough, name, value])).toThrow(Misasked)
  expect(() => asked([...enough, name, value])).toThrow(name)
})

test('the record is written where it is asked for, and soiled only then', () => {
  expect(asked([...enough, '--record']).records).toBe('clean')
  expect(asked([...enough, '--record', '--dirt']).records).toBe('dirty')
  expect(() => asked([...enough, '--dirt'])).toThrow('--record')
})

test.each(['--people', '--years', '--seed', '--out'])('%s may not be left out', (name) => {
  const at = enough.indexOf(name)
  expect(() => asked(enough.toSpliced(at, 2))).toThrow(name)
})
