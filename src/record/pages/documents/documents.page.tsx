import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { Tag } from '../../../platform/ui/index.ts'
import { type CsvColumn, csvDownload } from '../frame/csv.ts'
import { Sources } from '../frame/entry.tsx'
import { openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import type { Shield } from '../frame/shield.ts'
import { dayInWords } from '../frame/when.ts'
import { askedOf, listInput } from '../lists/list.ts'
import { type List, ListBody } from '../lists/list-view.tsx'
import { documentState, documentTitle } from './document.ts'
import { type DocumentRow, documents } from './documents.queries.ts'

const { documents: section } = sections
const may = reads(section.categories, { purpose: 'direct care' })

export function documentListRoutes(place: Place, views: readonly Section[]): Route[] {
  const list = page({
    method: 'GET',
    path: '/people/:person/documents',
    may,
    audit: 'record.documents',
    input: listInput,
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const path = `/people/${frame.person.ref}/documents`
      const shown = (
        <ListBody
          frame={frame}
          list={listOf(frame.shield, path)}
          all={await documents(frame.asking)}
          asked={askedOf(context.input)}
          path={path}
        />
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
      return csvDownload('documents', sheetOf(shield), await documents(asking), now)
    },
  })
  return [list, sheet]
}

const day = (row: DocumentRow) => dayInWords({ text: row.created, at: row.created_at })

function listOf(shield: Shield, path: string): List<DocumentRow> {
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
            {documentState(row) && (
              <Tag colour="orange" classes="gt-tag">
                {documentState(row)}
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

const sheetOf = (shield: Shield): CsvColumn<DocumentRow>[] => [
  { heading: 'Document', of: (row) => documentTitle(row, shield.hides) },
  { heading: 'Kind', of: (row) => row.type_title },
  { heading: 'Date', of: (row) => row.created },
  { heading: 'State', of: (row) => documentState(row) ?? 'Current' },
  { heading: 'Source', of: (row) => shield.source(row.source) },
  { heading: 'Author', of: (row) => shield.author(row.author_display) },
  { heading: 'Received', of: (row) => row.received_at },
]
