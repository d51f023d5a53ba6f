import type { Resource } from '@medplum/fhirtypes'
import { type KeptView, tableName, viewRecord } from '../views/index.ts'
import { isRestricted, sensitivityOf } from './classify.ts'
import { type TimelineEvent, timelineEvents } from './timeline-event.ts'

/** A resource as it is kept about one person. `hidden`: it is reported as somebody else's. */
export type KeptItem = {
  person_key: string
  id: string
  category: string
  source: string
  organisation: string
  received_at: string
  shared: boolean
  hidden?: boolean
  resource: Resource
}

type Row = Record<string, unknown>

/** What one view makes of a resource, whoever it is about: the view's own columns of each row, and what that tells the timeline. */
export type Line = { columns: Row; events: TimelineEvent[] }

export function linesOf({ view, newest }: KeptView, resource: Resource): Line[] {
  const table = tableName(view)
  return viewRecord(view, resource).map((columns) => ({
    columns,
    events: newest ? timelineEvents(table, columns) : [],
  }))
}

/** The rows that one view makes of a resource for its table, and what they tell the timeline. */
export function rowsOfView(
  kept: KeptView,
  item: KeptItem,
  lines: readonly Line[] = linesOf(kept, item.resource),
): { rows: Row[]; events: Row[] } {
  const { person_key, id, category, source, organisation, received_at, shared, resource } = item
  const { location } = kept.view
  const open = sensitivityOf({ restricted: isRestricted(resource), location, shared })
  const sensitivity = item.hidden ? `reported ${open}` : open
  const common = { person_key, resource_id: id, category, sensitivity, source, organisation, received_at }
  const rows: Row[] = []
  const events: Row[] = []
  for (const [row_no, line] of lines.entries()) {
    rows.push({ ...line.columns, ...common, row_no })
    for (const event of line.events) {
      const of = row_no * 2 + Number(event.happening === 'closed')
      events.push({ ...event, at: event.at ?? received_at, ...common, row_no: of })
    }
  }
  return { rows, events }
}
