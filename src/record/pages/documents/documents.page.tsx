import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { Button, Input, Select, Tag } from '../../../platform/ui/index.ts'
import { type CsvColumn, csvDownload } from '../frame/csv.ts'
import { Sources } from '../frame/entry.tsx'
import { type Frame, openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import type { Shield } from '../frame/shield.ts'
import { dayInWords } from '../frame/when.ts'
import { askedOf, listInput } from '../lists/list.ts'
import { type List, ListBody } from '../lists/list-view.tsx'
import { documentState, documentTitle } from './document.ts'
import { type DocumentRow, documents } from './documents.queries.ts'
import { replacements } from './kinds.ts'
import { found, periods } from './search.ts'
import { StandingDocuments } from './standing.tsx'

const { documents: section } = sections
const may = reads(section.categories, { purpose: 'direct care' })

export function documentListRoutes(place: Place, views: readonly Section[]): Route[] {
  const list = page({
    method: 'GET',
    path: '/people/:person/documents',
    may,
    audit: 'record.documents',
    input: listInput.extend({
      words: z.string().trim().max(200).default(''),
      period: z.string().max(20).default(''),
    }),
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const path = `/people/${frame.person.ref}/documents`
      const all = await documents(frame.asking)
      const { words, period } = context.input
      const asked = askedOf(context.input)
      const shown = (
        <>
          <p>
            <a href={`${path}/new`}>Add a document</a>
          </p>
          <StandingDocuments frame={frame} rows={all} />
          <SearchForm frame={frame} words={words} period={period} />
          <ListBody
            frame={frame}
            list={listOf(frame.shield, path, all)}
            all={all}
            shown={found(all, { words, period }, frame.shield.hides, frame.now)}
            asked={{ ...asked, filters: { ...asked.filters, words, period } }}
            path={path}
          />
        </>
      )
      return recordView(frame, { section, body: shown })
    },
  })

  const sheet = page({
    method: 'GET',
    path: '/people/:person/documents.csv',
    may,
    audit: 'record.documents.export',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const { asking, shield, now } = await openRecord(place, views, context)
      const all = await documents(asking)
      return csvDownload('documents', sheetOf(shield, all), all, now)
    },
  })
  return [list, sheet]
}

const day = (row: DocumentRow) => dayInWords({ text: row.created, at: row.created_at })

/** By words in the title and by date, in the address like the rest. */
function SearchForm({ frame, words, period }: { frame: Frame; words: string; period: string }) {
  return (
    <form class="gt-filter-form" method="get" action={`/people/${frame.person.ref}/documents`}>
      <Input id="words" name="words" label="Words in the title or kind" value={words} width={20} />
      <Select
        id="period"
        name="period"
        label="Written"
        value={period}
        items={periods.map(({ value, words: text }) => ({ value, text }))}
      />
      <Button small variant="secondary">
        Show
      </Button>
    </form>
  )
}

function listOf(shield: Shield, path: string, all: readonly DocumentRow[]): List<DocumentRow> {
  const replaced = replacements(all)
  const state = (row: DocumentRow) => documentState(row, replaced.has(row.resource_id))
  return {
    subject: 'documents',
    one: 'document',
    categories: section.categories,
    concerns: (row) => [row],
    filters: [
      { name: 'kind', label: 'Kind', of: (row) => [row.type_title ?? 'Not stated'], words: (value) => value },
      { name: 'source', label: 'Source', of: (row) => [row.source], words: shield.source },
    ],
    descending: true,
    sortings: [
      { key: 'when', words: 'Date', by: (row) => row.created_at?.getTime() },
      { key: 'name', words: 'Name', by: (row) => documentTitle(row, shield.hides) },
      { key: 'kind', words: 'Kind', by: (row) => row.type_title ?? undefined },
    ],
    columns: [
      {
        heading: 'Document',
        sort: 'name',
        cell: (row) => (
          <>
            <a href={`${path}/${row.resource_id}`}>{documentTitle(row, shield.hides)}</a>{' '}
            {state(row) && (
              <Tag colour="orange" classes="gt-tag">
                {state(row)}
              </Tag>
            )}
          </>
        ),
      },
      { heading: 'Kind', sort: 'kind', cell: (row) => row.type_title ?? 'Not stated' },
      { heading: 'Date', sort: 'when', cell: (row) => day(row) ?? 'Not recorded' },
      {
        heading: 'Source',
        cell: (row, frame) => (
          <Sources
            frame={frame}
            sources={[
              {
                source: row.source,
                author: row.author_display,
                receivedAt: row.received_at,
                id: row.resource_id,
              },
            ]}
          />
        ),
      },
    ],
  }
}

const sheetOf = (shield: Shield, all: readonly DocumentRow[]): CsvColumn<DocumentRow>[] => [
  { heading: 'Document', of: (row) => documentTitle(row, shield.hides) },
  { heading: 'Kind', of: (row) => row.type_title },
  { heading: 'Date', of: (row) => row.created },
  { heading: 'State', of: (row) => documentState(row, replacements(all).has(row.resource_id)) ?? 'Current' },
  { heading: 'Source', of: (row) => shield.source(row.source) },
  { heading: 'Author', of: (row) => shield.author(row.author_display) },
  { heading: 'Received', of: (row) => row.received_at },
]
