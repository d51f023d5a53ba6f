import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { type CsvColumn, csvDownload } from '../frame/csv.ts'
import { Sources } from '../frame/entry.tsx'
import { openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import type { Shield } from '../frame/shield.ts'
import { dayInWords, momentInWords } from '../frame/when.ts'
import { classInWords, encounterStatus, encounterTitle, goesOn, whereWasIt } from './encounter.ts'
import { type EncounterRow, encounters, ever } from './encounters.queries.ts'
import { askedOf, listInput } from './list.ts'
import { type List, ListBody } from './list-view.tsx'

const { encounters: section } = sections
const may = reads(section.categories, { purpose: 'direct care' })

/** More contacts than anyone reads; where a person has more, the page says that there are. */
const most = 2000

export function encounterRoutes(place: Place, views: readonly Section[]): Route[] {
  const list = page({
    method: 'GET',
    path: '/people/:person/encounters',
    may,
    audit: 'record.encounters',
    input: listInput,
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const all = await encounters(frame.asking, ever, most)
      const path = `/people/${frame.person.ref}/encounters`
      const shown = (
        <ListBody
          frame={frame}
          list={listOf(frame.shield, frame.now)}
          all={all}
          asked={askedOf(context.input)}
          path={path}
        >
          {all.length === most && <p>Only the latest {most} are shown. There are older ones.</p>}
        </ListBody>
      )
      return recordView(frame, { section, body: shown })
    },
  })

  const sheet = page({
    method: 'GET',
    path: '/people/:person/encounters.csv',
    may,
    audit: 'record.encounters.export',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const { asking, shield, now } = await openRecord(place, views, context)
      return csvDownload('contacts-and-stays', sheetOf(shield), await encounters(asking, ever, most), now)
    },
  })
  return [list, sheet]
}

const began = (row: EncounterRow) =>
  momentInWords({ text: row.started, at: row.started_at }) ?? 'Not recorded'
const finished = (row: EncounterRow) => dayInWords({ text: row.ended, at: row.ended_at })

function listOf(shield: Shield, now: Date): List<EncounterRow> {
  return {
    subject: 'contacts or stays',
    one: 'contact or stay',
    categories: section.categories,
    concerns: (row) => [row],
    filters: [
      { name: 'kind', label: 'Kind', of: (row) => [classInWords(row.class_code)], words: (value) => value },
      { name: 'source', label: 'Source', of: (row) => [row.source], words: shield.source },
    ],
    descending: true,
    sortings: [
      { key: 'when', words: 'When', by: (row) => row.started_at?.getTime() },
      { key: 'what', words: 'What', by: (row) => encounterTitle(row, shield.hides) },
    ],
    columns: [
      {
        heading: 'When',
        sort: 'when',
        cell: (row) => (
          <>
            {began(row)}
            {finished(row) &&
              finished(row) !== dayInWords({ text: row.started, at: row.started_at }) &&
              ` to ${finished(row)}`}
          </>
        ),
      },
      { heading: 'What', sort: 'what', cell: (row) => <strong>{encounterTitle(row, shield.hides)}</strong> },
      {
        heading: 'Where',
        cell: (row) =>
          shield.hides ? 'Not shown' : (row.location_display ?? row.provider_display ?? 'Not recorded'),
      },
      { heading: 'Why', cell: (row) => row.reason_text ?? 'Not recorded' },
      {
        heading: 'State',
        cell: (row) => (goesOn(row, now) ? <strong>Now</strong> : encounterStatus(row.status)),
      },
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

const sheetOf = (shield: Shield): CsvColumn<EncounterRow>[] => [
  { heading: 'Began', of: (row) => row.started },
  { heading: 'Ended', of: (row) => row.ended },
  { heading: 'Kind', of: (row) => classInWords(row.class_code) },
  { heading: 'What', of: (row) => encounterTitle(row, shield.hides) },
  { heading: 'Where', of: (row) => shield.location(whereWasIt(row)) },
  { heading: 'Why', of: (row) => row.reason_text },
  { heading: 'State', of: (row) => encounterStatus(row.status) },
  { heading: 'Left for', of: (row) => shield.location(row.discharge_disposition) },
  { heading: 'Source', of: (row) => shield.source(row.source) },
  { heading: 'Author', of: (row) => shield.author(row.author_display) },
  { heading: 'Received', of: (row) => row.received_at },
]
