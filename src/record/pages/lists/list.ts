import { z } from 'zod'
import { personRef } from '../../../platform/index.ts'

/** A way of narrowing a list, by links. */
export type Filter<Row> = {
  name: string
  label: string
  /** What a row counts as; several where it comes from several sources. */
  of(row: Row): readonly string[]
  words(value: string): string
}

type Sorting<Row> = { key: string; words: string; by(row: Row): string | number | undefined }

/** What a list can be asked: everything is in the address, so that what one sees can be linked to. */
export type ListRules<Row> = {
  filters: readonly Filter<Row>[]
  sortings: readonly [Sorting<Row>, ...Sorting<Row>[]]
  descending?: boolean
}

export type Asked = { sort: string; dir: 'up' | 'down' | ''; page: number; filters: Record<string, string> }

const word = z.string().max(200).default('')

/** The address of a list: the person, and what is asked of it. Whatever else stands there is left alone. */
export const listInput = z.object({
  person: personRef,
  sort: word,
  dir: z.enum(['up', 'down', '']).catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
  state: word,
  source: word,
  kind: word,
})

export function askedOf({
  sort,
  dir,
  page,
  state,
  source,
  kind,
}: z.output<typeof listInput> | Omit<z.output<typeof listInput>, 'person'>): Asked {
  return { sort, dir, page, filters: { state, source, kind } }
}

export const perPage = 50

export type Chosen<Row> = {
  rows: Row[]
  total: number
  pages: number
  page: number
  sort: string
  descending: boolean
}

/** The rows to show: narrowed, sorted and cut to a page. What has no value to sort by comes last, either way. */
export function choose<Row>(all: readonly Row[], rules: ListRules<Row>, asked: Asked): Chosen<Row> {
  const narrowed = all.filter((row) =>
    rules.filters.every((filter) => passes(filter, row, asked.filters[filter.name] ?? '')),
  )
  const sorting = rules.sortings.find((each) => each.key === asked.sort) ?? rules.sortings[0]
  const isDefault = sorting === rules.sortings[0]
  const descending = asked.dir === '' ? isDefault && rules.descending === true : asked.dir === 'down'
  const sorted = [...narrowed].sort((one, other) => compare(sorting.by(one), sorting.by(other), descending))
  const pages = Math.max(1, Math.ceil(sorted.length / perPage))
  const page = Math.min(asked.page, pages)
  return {
    rows: sorted.slice((page - 1) * perPage, page * perPage),
    total: sorted.length,
    pages,
    page,
    sort: sorting.key,
    descending,
  }
}

const passes = <Row>(filter: Filter<Row>, row: Row, value: string): boolean =>
  value === '' || filter.of(row).includes(value)

function compare(
  one: string | number | undefined,
  other: string | number | undefined,
  descending: boolean,
): number {
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? 1 : -1
  const order = typeof one === 'string' ? one.localeCompare(String(other), 'en-GB') : one - Number(other)
  return descending ? -order : order
}

export type Option = { value: string; words: string; count: number }

/** The values of a filter that some row has, with how many; nothing to choose where there are fewer than two. */
export function optionsOf<Row>(all: readonly Row[], filter: Filter<Row>): Option[] {
  const counts = new Map<string, number>()
  for (const row of all)
    for (const value of new Set(filter.of(row))) counts.set(value, (counts.get(value) ?? 0) + 1)
  const options = [...counts].map(([value, count]) => ({ value, count, words: filter.words(value) }))
  return options.length < 2 ? [] : options
}

/** The address of the same list asked otherwise. Changing what is shown goes back to the first page. */
export function address(
  path: string,
  asked: Asked,
  change: { sort?: string; dir?: string; page?: number; filters?: Record<string, string> },
): string {
  const next = {
    sort: change.sort ?? asked.sort,
    dir: change.dir ?? asked.dir,
    ...asked.filters,
    ...change.filters,
    page: change.page && change.page > 1 ? String(change.page) : '',
  }
  const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ''))
  return query.size > 0 ? `${path}?${query}` : path
}
