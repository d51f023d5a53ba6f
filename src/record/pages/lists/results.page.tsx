import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { Tag } from '../../../platform/ui/index.ts'
import { type CsvColumn, csvDownload } from '../frame/csv.ts'
import { Sources } from '../frame/entry.tsx'
import { openRecord, recordView } from '../frame/frame.tsx'
import { type Group, grouped } from '../frame/grouping.ts'
import { type Section, sections } from '../frame/sections.ts'
import type { Shield } from '../frame/shield.ts'
import { askedOf, listInput } from './list.ts'
import { type List, ListBody } from './list-view.tsx'
import { type Flag, flagOf, isOutOfOrdinary, testKey, usualRange, valueInWords } from './result.ts'
import { categoriesInOrder, categoryInWords } from './result-category.ts'
import { Latest } from './result-latest.tsx'
import { latestResults, type ResultRow } from './results.queries.ts'

const { results: section } = sections
const may = reads(section.categories, { purpose: 'direct care' })

/** How many results of a test its small line shows. */
const inTrend = 12
const inSheet = 10_000

export function resultRoutes(place: Place, views: readonly Section[]): Route[] {
  const list = page({
    method: 'GET',
    path: '/people/:person/results',
    may,
    audit: 'record.results',
    input: listInput,
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const path = `/people/${frame.person.ref}/results`
      const tests = grouped((await latestResults(frame.asking, inTrend)).filter(counts))
      return recordView(frame, {
        section,
        body: (
          <ListBody
            frame={frame}
            list={listOf(frame.shield, path)}
            all={tests}
            asked={askedOf(context.input)}
            path={path}
          />
        ),
      })
    },
  })

  const sheet = page({
    method: 'GET',
    path: '/people/:person/results.csv',
    may,
    audit: 'record.results.export',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const { asking, shield, now } = await openRecord(place, views, context)
      return csvDownload('results', sheetOf(shield), await latestResults(asking, inSheet), now)
    },
  })
  return [list, sheet]
}

/** What was withdrawn stays on the page of its test, struck through, and is no latest value. */
export const counts = ({ status }: ResultRow): boolean =>
  status !== 'entered-in-error' && status !== 'cancelled'

type Test = Group<ResultRow>

/** One row for each test: its latest value, whether that is out of the ordinary, and how it has gone. Rows come newest first. */
function listOf(shield: Shield, path: string): List<Test> {
  const flag = ({ items: [latest] }: Test) => flagOf(latest)
  return {
    subject: 'tests',
    one: 'test',
    categories: section.categories,
    concerns: (test) => test.items,
    filters: [
      {
        name: 'kind',
        label: 'Kind',
        of: ({ items: [latest] }) => [categoryInWords(latest.category_code)],
        words: (value) => value,
      },
      {
        name: 'state',
        label: 'Latest',
        of: (test) => [isOutOfOrdinary(flag(test)) ? 'out' : 'other'],
        words: (value) => (value === 'out' ? 'Out of the usual range' : 'In range or no range given'),
      },
      {
        name: 'source',
        label: 'Source',
        of: (test) => test.items.map((row) => row.source),
        words: shield.source,
      },
    ],
    sortings: [
      {
        key: 'kind',
        words: 'Kind',
        by: ({ items: [latest] }) =>
          `${String(categoriesInOrder.indexOf(categoryInWords(latest.category_code))).padStart(2, '0')} ${latest.title}`,
      },
      { key: 'name', words: 'Name', by: ({ items: [latest] }) => latest.title ?? undefined },
      { key: 'when', words: 'When', by: ({ items: [latest] }) => latest.at.getTime() },
    ],
    columns: [
      {
        heading: 'Test',
        sort: 'name',
        cell: ({ items: [latest] }) => (
          <>
            <a href={`${path}/${encodeURIComponent(testKey(latest))}`}>{latest.title ?? 'Not named'}</a>
            <span class="gt-cell-note">{categoryInWords(latest.category_code)}</span>
          </>
        ),
      },
      { heading: 'Latest', sort: 'when', cell: (test) => <Latest items={test.items} /> },
      { heading: 'Flag', cell: (test) => <FlagWords flag={flag(test)} row={test.items[0]} /> },
      {
        heading: 'Source of the latest',
        cell: ({ items: [latest] }, frame) => (
          <Sources
            frame={frame}
            sources={[
              {
                source: latest.source,
                author: latest.performer_display,
                receivedAt: latest.received_at,
                id: latest.resource_id,
              },
            ]}
          />
        ),
      },
    ],
  }
}

export function FlagWords({ flag, row }: { flag: Flag; row: ResultRow }) {
  const range = usualRange(row)
  return (
    <>
      {flag && isOutOfOrdinary(flag) ? (
        <Tag colour={flag.startsWith('Very') ? 'red' : 'orange'} classes="gt-tag">
          {flag}
        </Tag>
      ) : flag === 'Usual' ? (
        'In the usual range'
      ) : (
        'No range given'
      )}
      {range && <span class="gt-cell-note">Usual range {range}</span>}
    </>
  )
}

export const sheetOf = (shield: Shield): CsvColumn<ResultRow>[] => [
  { heading: 'Test', of: (row) => row.title },
  { heading: 'Code', of: (row) => row.code },
  { heading: 'Code system', of: (row) => row.code_system },
  { heading: 'Kind', of: (row) => categoryInWords(row.category_code) },
  { heading: 'Taken', of: (row) => row.effective },
  { heading: 'Result', of: (row) => valueInWords(row) },
  { heading: 'Number', of: (row) => (row.value_number === null ? undefined : Number(row.value_number)) },
  { heading: 'Unit', of: (row) => row.unit },
  { heading: 'Flag', of: (row) => flagOf(row) },
  { heading: 'Usual range', of: usualRange },
  { heading: 'State', of: (row) => (counts(row) ? row.status : 'withdrawn') },
  { heading: 'Notes', of: (row) => row.note },
  { heading: 'Source', of: (row) => shield.source(row.source) },
  { heading: 'Author', of: (row) => shield.author(row.performer_display) },
  { heading: 'Received', of: (row) => row.received_at },
]
