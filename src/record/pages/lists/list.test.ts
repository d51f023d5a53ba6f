import { describe, expect, it } from 'vitest'
import { type Asked, address, choose, type ListRules, optionsOf, perPage } from './list.ts'

type Row = { name: string; when?: number; sources: string[] }
const rules: ListRules<Row> = {
  descending: true,
  filters: [
    { name: 'source', label: 'Source', of: (row) => row.sources, words: (value) => value.toUpperCase() },
  ],
  sortings: [
    { key: 'when', words: 'When', by: (row) => row.when },
    { key: 'name', words: 'Name', by: (row) => row.name },
  ],
}
const rows: Row[] = [
  { name: 'beta', when: 2, sources: ['gp'] },
  { name: 'Alpha', when: 3, sources: ['gp', 'hospital'] },
  { name: 'gamma', sources: ['hospital'] },
]
const asked = (changes: Partial<Asked> = {}): Asked => ({
  sort: '',
  dir: '',
  page: 1,
  filters: { source: '' },
  ...changes,
})
const names = (changes?: Partial<Asked>) => choose(rows, rules, asked(changes)).rows.map((row) => row.name)

describe('a list', () => {
  it('is sorted as its rules say, with what has no value last', () =>
    expect(names()).toEqual(['Alpha', 'beta', 'gamma']))
  it('is sorted the other way, and that is still last', () =>
    expect(names({ sort: 'when', dir: 'up' })).toEqual(['beta', 'Alpha', 'gamma']))
  it('is sorted by words without regard to case', () =>
    expect(names({ sort: 'name' })).toEqual(['Alpha', 'beta', 'gamma']))
  it('takes an order that it does not know for its own', () =>
    expect(names({ sort: 'nothing' })).toEqual(names()))
  it('is narrowed to rows that have the value among theirs', () =>
    expect(names({ filters: { source: 'hospital' } })).toEqual(['Alpha', 'gamma']))
  it('shows its last page to whoever asks beyond it', () => {
    const many = Array.from({ length: perPage + 1 }, (_, index) => ({
      name: `n${index}`,
      when: index,
      sources: ['gp'],
    }))
    expect(choose(many, rules, asked({ page: 99 }))).toMatchObject({ page: 2, pages: 2, total: perPage + 1 })
    expect(choose(many, rules, asked({ page: 99 })).rows).toHaveLength(1)
  })
})

describe('its filters and addresses', () => {
  it('offer what there is, with how many', () =>
    expect(optionsOf(rows, rules.filters[0]!)).toEqual([
      { value: 'gp', words: 'GP', count: 2 },
      { value: 'hospital', words: 'HOSPITAL', count: 2 },
    ]))
  it('offer nothing where there is nothing to choose', () =>
    expect(optionsOf(rows.slice(0, 1), rules.filters[0]!)).toEqual([]))
  it('keep what was asked, and go back to the first page when what is shown changes', () => {
    const now = asked({ sort: 'name', dir: 'down', page: 3, filters: { source: 'gp' } })
    expect(address('/x', now, { filters: { source: '' } })).toBe('/x?sort=name&dir=down')
    expect(address('/x', now, { page: 4 })).toBe('/x?sort=name&dir=down&source=gp&page=4')
    expect(address('/x', asked(), {})).toBe('/x')
  })
})
