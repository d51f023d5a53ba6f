import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { type CsvColumn, csvDownload } from '../frame/csv.ts'
import { Sources } from '../frame/entry.tsx'
import { openRecord, recordView } from '../frame/frame.tsx'
import { type Group, said } from '../frame/grouping.ts'
import { type Section, sections } from '../frame/sections.ts'
import type { Shield } from '../frame/shield.ts'
import { dayInWords } from '../frame/when.ts'
import { askedOf, listInput } from './list.ts'
import { type List, ListBody } from './list-view.tsx'
import { course, dosage, isCurrent, medicineStatus, sortOutMedicines } from './medicine.ts'
import { type MedicineRow, medicines } from './medicines.queries.ts'

const { medicines: section } = sections
const may = reads(section.categories, { purpose: 'direct care' })

export function medicineRoutes(place: Place, views: readonly Section[]): Route[] {
  const list = page({
    method: 'GET',
    path: '/people/:person/medicines',
    may,
    audit: 'record.medicines',
    input: listInput,
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const { current, past } = sortOutMedicines(await medicines(frame.asking), frame.now)
      const path = `/people/${frame.person.ref}/medicines`
      const shown = (
        <ListBody
          frame={frame}
          list={listOf(frame.shield, frame.now)}
          all={[...current, ...past]}
          asked={askedOf(context.input)}
          path={path}
        />
      )
      return recordView(frame, { section, body: shown })
    },
  })

  const sheet = page({
    method: 'GET',
    path: '/people/:person/medicines.csv',
    may,
    audit: 'record.medicines.export',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const { asking, shield, now } = await openRecord(place, views, context)
      return csvDownload('medicines', sheetOf(shield, now), await medicines(asking), now)
    },
  })
  return [list, sheet]
}

const lastAt = (group: Group<MedicineRow>) =>
  Math.max(...group.items.map((row) => (row.authored_at ?? row.started_at)?.getTime() ?? 0))
const lastWritten = ({ items }: Group<MedicineRow>) => {
  const last = [...items].sort(
    (one, other) => (other.authored_at?.getTime() ?? 0) - (one.authored_at?.getTime() ?? 0),
  )[0]
  return last && dayInWords({ text: last.authored ?? last.started, at: last.authored_at ?? last.started_at })
}

/** Current medicines by name; then the past ones, last first, which a reader seeks by when they were taken. */
function listOf(shield: Shield, now: Date): List<Group<MedicineRow>> {
  const isNow = (group: Group<MedicineRow>) => group.items.some((row) => isCurrent(row, now))
  return {
    subject: 'medicines',
    one: 'medicine',
    categories: section.categories,
    concerns: (group) => group.items,
    filters: [
      {
        name: 'state',
        label: 'State',
        of: (group) => [isNow(group) ? 'current' : 'past'],
        words: (value) => (value === 'current' ? 'Current' : 'Past'),
      },
      { name: 'kind', label: 'Kind', of: (group) => group.items.map(course), words: (value) => value },
      {
        name: 'source',
        label: 'Source',
        of: (group) => group.items.map((row) => row.source),
        words: shield.source,
      },
    ],
    sortings: [
      {
        key: 'current',
        words: 'Current first',
        by: (group) =>
          isNow(group) ? `0 ${group.items[0].title}` : `1 ${String(9e15 - lastAt(group)).padStart(16, '0')}`,
      },
      { key: 'name', words: 'Name', by: (group) => group.items[0].title ?? undefined },
      { key: 'when', words: 'Last prescribed', by: (group) => lastAt(group) || undefined },
    ],
    columns: [
      {
        heading: 'Medicine',
        sort: 'name',
        cell: ({ items: [first] }) => <strong>{first.title ?? 'Not named'}</strong>,
      },
      { heading: 'How it is taken', cell: (group) => said(group, dosage).join('; or ') || 'Not recorded' },
      {
        heading: 'State',
        sort: 'current',
        cell: (group) => said(group, (row) => medicineStatus(row, now)).join('; '),
      },
      { heading: 'Kind', cell: (group) => said(group, course).join('; ') },
      { heading: 'Last prescribed', sort: 'when', cell: (group) => lastWritten(group) ?? 'Not recorded' },
      {
        heading: 'Notes',
        has: (group) => group.items.some((row) => row.reason_text !== null || row.note !== null),
        cell: (group) =>
          [...said(group, (row) => row.reason_text), ...said(group, (row) => row.note)].join('. ') || 'None',
      },
      {
        heading: 'Source',
        cell: (group, frame) => (
          <Sources
            frame={frame}
            sources={group.items.map((row) => ({
              source: row.source,
              author: row.author_display,
              receivedAt: row.received_at,
              id: row.resource_id,
            }))}
          />
        ),
      },
    ],
  }
}

const sheetOf = (shield: Shield, now: Date): CsvColumn<MedicineRow>[] => [
  { heading: 'Medicine', of: (row) => row.title },
  { heading: 'Code', of: (row) => row.code },
  { heading: 'Code system', of: (row) => row.code_system },
  { heading: 'How it is taken', of: dosage },
  { heading: 'State', of: (row) => medicineStatus(row, now) },
  { heading: 'Kind', of: course },
  { heading: 'Started', of: (row) => row.started },
  { heading: 'Prescribed', of: (row) => row.authored },
  { heading: 'Ended', of: (row) => row.ended },
  { heading: 'Reason', of: (row) => row.reason_text },
  { heading: 'Notes', of: (row) => row.note },
  { heading: 'Source', of: (row) => shield.source(row.source) },
  { heading: 'Author', of: (row) => shield.author(row.author_display) },
  { heading: 'Received', of: (row) => row.received_at },
]
