import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { type CsvColumn, csvDownload } from '../frame/csv.ts'
import { Sources } from '../frame/entry.tsx'
import { openRecord, recordView } from '../frame/frame.tsx'
import { type Group, grouped, said } from '../frame/grouping.ts'
import { type Section, sections } from '../frame/sections.ts'
import type { Shield } from '../frame/shield.ts'
import { askedOf, listInput } from './list.ts'
import { type List, ListBody } from './list-view.tsx'
import { isActive, lasted, stateInWords } from './problem.ts'
import { type ProblemRow, problems } from './problems.queries.ts'

const { problems: section } = sections
const may = reads(section.categories, { purpose: 'direct care' })

export function problemRoutes(place: Place, views: readonly Section[]): Route[] {
  const list = page({
    method: 'GET',
    path: '/people/:person/problems',
    may,
    audit: 'record.problems',
    input: listInput,
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const all = grouped(await problems(frame.asking))
      const path = `/people/${frame.person.ref}/problems`
      return recordView(frame, {
        section,
        body: (
          <ListBody
            frame={frame}
            list={listOf(frame.shield, frame.now)}
            all={all}
            asked={askedOf(context.input)}
            path={path}
          />
        ),
      })
    },
  })

  const sheet = page({
    method: 'GET',
    path: '/people/:person/problems.csv',
    may,
    audit: 'record.problems.export',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const { asking, shield, now } = await openRecord(place, views, context)
      return csvDownload('problems', sheetOf(shield), await problems(asking), now)
    },
  })
  return [list, sheet]
}

const beganAt = (group: Group<ProblemRow>) =>
  Math.min(
    ...group.items.map((row) => (row.onset_at ?? row.recorded_at)?.getTime() ?? Number.POSITIVE_INFINITY),
  )

function listOf(shield: Shield, now: Date): List<Group<ProblemRow>> {
  return {
    subject: 'problems',
    one: 'problem',
    categories: section.categories,
    concerns: (group) => group.items,
    filters: [
      {
        name: 'state',
        label: 'State',
        of: (group) => [group.items.some((row) => isActive(row, now)) ? 'active' : 'past'],
        words: (value) => (value === 'active' ? 'Active' : 'Past'),
      },
      {
        name: 'source',
        label: 'Source',
        of: (group) => group.items.map((row) => row.source),
        words: shield.source,
      },
    ],
    descending: true,
    sortings: [
      {
        key: 'began',
        words: 'When it began',
        by: (group) => (Number.isFinite(beganAt(group)) ? beganAt(group) : undefined),
      },
      { key: 'name', words: 'Name', by: (group) => group.items[0].title ?? undefined },
    ],
    columns: [
      {
        heading: 'Problem',
        sort: 'name',
        cell: ({ items: [first] }) => <strong>{first.title ?? 'Not named'}</strong>,
      },
      { heading: 'When', sort: 'began', cell: (group) => said(group, lasted).join('; ') || 'Not recorded' },
      { heading: 'State', cell: (group) => said(group, stateInWords).join('; ') },
      {
        heading: 'Notes',
        has: (group) => group.items.some((row) => row.severity !== null || row.note !== null),
        cell: (group) =>
          [...said(group, (row) => row.severity), ...said(group, (row) => row.note)].join('. ') || 'None',
      },
      {
        heading: 'Source',
        cell: (group, frame) => (
          <Sources
            frame={frame}
            sources={group.items.map((row) => ({
              source: row.source,
              author: row.recorder_display ?? row.asserter_display,
              receivedAt: row.received_at,
              id: row.resource_id,
            }))}
          />
        ),
      },
    ],
  }
}

const sheetOf = (shield: Shield): CsvColumn<ProblemRow>[] => [
  { heading: 'Problem', of: (row) => row.title },
  { heading: 'Code', of: (row) => row.code },
  { heading: 'Code system', of: (row) => row.code_system },
  { heading: 'State', of: stateInWords },
  { heading: 'Began', of: (row) => row.onset ?? row.onset_text },
  { heading: 'Ended', of: (row) => row.abated ?? row.abated_text },
  { heading: 'Recorded', of: (row) => row.recorded },
  { heading: 'Notes', of: (row) => row.note },
  { heading: 'Source', of: (row) => shield.source(row.source) },
  { heading: 'Author', of: (row) => shield.author(row.recorder_display ?? row.asserter_display) },
  { heading: 'Received', of: (row) => row.received_at },
]
