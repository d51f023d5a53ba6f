import type { Resource } from '@medplum/fhirtypes'
import { type KeptView, tableName, viewRecord } from '../views/index.ts'
import { isRestricted, sensitivityOf } from './classify.ts'
import { timelineEvents } from './timeline-event.ts'

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

/** The rows that one view makes of a resource for its table, and what they tell the timeline. */
export function rowsOfView({ view, newest }: KeptView, item: KeptItem): { rows: Row[]; events: Row[] } {
  const { person_key, id, category, source, organisation, received_at, shared, resource } = item
  const open = sensitivityOf({ restricted: isRestricted(resource), location: view.location, shared })
  const sensitivity = item.hidden ? `reported ${open}` : open
  const common = { person_key, resource_id: id, category, sensitivity, source, organisation, received_at }
  const rows: Row[] = []
  const events: Row[] = []
  for (const [row_no, columns] of viewRecord(view, resource).entries()) {
    rows.push({ ...columns, ...common, row_no })
    if (!newest) continue
    for (const event of timelineEvents(tableName(view), columns)) {
      const of = row_no * 2 + Number(event.happening === 'closed')
      events.push({ ...event, at: event.at ?? received_at, ...common, row_no: of })
    }
  }
  return { rows, events }
}
