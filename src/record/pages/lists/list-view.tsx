import type { ComponentChildren } from 'preact'
import { counted, Pagination, Table } from '../../../platform/ui/index.ts'
import { NoneShown } from '../frame/entry.tsx'
import { isConcern } from '../frame/flag.ts'
import type { Frame } from '../frame/frame.tsx'
import { type Asked, address, type Chosen, choose, type Filter, type ListRules, optionsOf } from './list.ts'

type Column<Row> = {
  heading: string /** The sorting that its heading offers. */
  sort?: string
  cell(row: Row, frame: Frame): ComponentChildren
  /** Whether a row has anything to say here; a column in which none has is left out. */
  has?(row: Row): boolean
}

/** How a list is shown; its rules say how it is narrowed and sorted. */
export type List<Row> = ListRules<Row> & {
  /** "problems": what there may be none of. */
  subject: string
  one: string
  categories: readonly string[]
  /** The items of a row, of which one may be a safeguarding concern: that row stays off paper. */
  concerns(row: Row): readonly { category: string }[]
  columns: readonly Column<Row>[]
}

/** A list of things about one person: narrowed and sorted by links, so it works without scripts and can be linked to. */
export function ListBody<Row>({
  frame,
  list,
  all,
  shown = all,
  asked,
  path,
  children,
}: {
  frame: Frame
  list: List<Row>
  all: readonly Row[]
  /** Where the page narrows the list in a way of its own besides: what is left of all. */
  shown?: readonly Row[]
  asked: Asked
  path: string
  children?: ComponentChildren
}) {
  const chosen = choose(shown, list, asked)
  const filtered = Object.values(asked.filters).some(Boolean)
  return (
    <>
      {list.filters.map((filter) => (
        <FilterLinks filter={filter} all={all} asked={asked} path={path} />
      ))}
      {children}
      {all.length === 0 && <NoneShown frame={frame} subject={list.subject} categories={list.categories} />}
      {all.length > 0 && (
        <p class="gt-list__count">
          {filtered
            ? `${counted(chosen.total, list.one, list.subject)} of ${all.length} shown.`
            : `${counted(all.length, list.one, list.subject)}.`}{' '}
          {filtered && <a href={path}>Show all</a>}{' '}
          <a href={`${path}.csv`}>Export all as a spreadsheet (CSV)</a>
        </p>
      )}
      {chosen.total > 1 && <SortLinks rules={list} chosen={chosen} asked={asked} path={path} />}
      {chosen.total > 0 && <ListTable frame={frame} list={list} chosen={chosen} asked={asked} path={path} />}
      <Pages chosen={chosen} asked={asked} path={path} />
    </>
  )
}

function FilterLinks<Row>({
  filter,
  all,
  asked,
  path,
}: {
  filter: Filter<Row>
  all: readonly Row[]
  asked: Asked
  path: string
}) {
  const options = optionsOf(all, filter)
  const now = asked.filters[filter.name] ?? ''
  if (options.length === 0) return null
  const everything = { value: '', words: 'All', count: all.length }
  return (
    <nav class="gt-filter" aria-label={filter.label}>
      <span class="gt-filter__label">{filter.label}</span>
      <ul class="gt-filter__list">
        {[everything, ...options].map(({ value, words, count }) => (
          <li>
            <a
              href={address(path, asked, { filters: { [filter.name]: value } })}
              aria-current={value === now ? 'true' : undefined}
            >
              {words} <span class="gt-filter__count">({count})</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What the heads of the table offer, for screens on which it has none. */
export function SortLinks<Row>({
  rules,
  chosen,
  asked,
  path,
}: {
  rules: ListRules<Row>
  chosen: Chosen<Row>
  asked: Asked
  path: string
}) {
  return (
    <nav class="gt-filter gt-filter--sort" aria-label="Order">
      <span class="gt-filter__label">Order</span>
      <ul class="gt-filter__list">
        {rules.sortings.map(({ key, words }) => (
          <li>
            <a
              href={address(path, asked, { sort: key, dir: '' })}
              aria-current={key === chosen.sort ? 'true' : undefined}
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function ListTable<Row>({
  frame,
  list,
  chosen,
  asked,
  path,
}: {
  frame: Frame
  list: List<Row>
  chosen: Chosen<Row>
  asked: Asked
  path: string
}) {
  const columns = list.columns.filter((column) => !column.has || chosen.rows.some(column.has))
  const head = columns.map(({ heading, sort }) => {
    if (!sort) return { text: heading }
    const current = sort === chosen.sort
    const next = current && !chosen.descending ? 'down' : 'up'
    const direction = chosen.descending ? ('descending' as const) : ('ascending' as const)
    return {
      text: heading,
      sort: current ? direction : ('none' as const),
      href: address(path, asked, { sort, dir: next }),
    }
  })
  return (
    <Table
      responsive
      compact
      caption={{
        text: list.subject.charAt(0).toUpperCase() + list.subject.slice(1),
        classes: 'nhsuk-u-visually-hidden',
      }}
      head={head}
      rows={chosen.rows.map((row) => {
        const concern = list.concerns(row).some(isConcern)
        return columns.map((column) => {
          const words = column.cell(row, frame)
          return { text: concern ? <span class="gt-screen-only">{words}</span> : words }
        })
      })}
    />
  )
}

function Pages<Row>({
  chosen: { page, pages },
  asked,
  path,
}: {
  chosen: Chosen<Row>
  asked: Asked
  path: string
}) {
  if (pages < 2) return null
  const to = (number: number) => address(path, asked, { page: number })
  return (
    <Pagination
      previous={page > 1 ? { href: to(page - 1) } : undefined}
      next={page < pages ? { href: to(page + 1) } : undefined}
      items={Array.from({ length: pages }, (_, index) => ({
        number: index + 1,
        href: to(index + 1),
        current: index + 1 === page,
      }))}
    />
  )
}
