import { sql } from 'kysely'
import { type Db, settled } from '../../platform/index.ts'
import { asText, searchEntries } from '../search/index.ts'
import { tableName, viewRecord, viewsFor } from '../views/index.ts'
import { isRestricted, sensitivityOf } from './classify.ts'
import type { Row, Sending } from './row.ts'
import { timelineEvents, told } from './timeline-event.ts'

/** History, current version, homes, and who else is concerned. */
export async function insertRows(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  const common = {
    source: sending.source,
    organisation: sending.organisation,
    received_at: sending.now.toISOString(),
  }
  const json = JSON.stringify(
    rows.map(({ person_key, type, id, version, category, sensitivity, body, resource }) => ({
      person_key,
      type,
      id,
      version,
      category,
      sensitivity,
      body,
      ...common,
      search: asText(searchEntries(resource)),
    })),
  )
  const shared = rows.flatMap((row) => row.others.map((other) => ({ other, type: row.type, id: row.id })))
  await settled([
    sql`
      with sent as materialized (select * from jsonb_to_recordset(${json}::jsonb) as sent (person_key uuid, type text, id text, version integer,
        category text, sensitivity text, source text, organisation text, received_at timestamptz, body text, search text)),
      history as (insert into record.resource_history (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body)
        select person_key, type, id, version, category, sensitivity, source, organisation, received_at, body from sent),
      home as (insert into record.resource_home select type, id, person_key from sent where version = 1)
      insert into record.resource (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body, search)
        select person_key, type, id, version, category, sensitivity, source, organisation, received_at, body, string_to_array(search, chr(10)) from sent
      on conflict (person_key, type, id) do update set version = excluded.version, category = excluded.category, sensitivity = excluded.sensitivity,
        source = excluded.source, organisation = excluded.organisation, received_at = excluded.received_at, body = excluded.body, search = excluded.search`.execute(
      db,
    ),
    shared.length > 0 &&
      sql`
        insert into record.resource_person (person_key, type, id)
        select * from unnest(${shared.map((each) => each.other)}::uuid[], ${shared.map((each) => each.type)}::text[], ${shared.map((each) => each.id)}::text[])
        on conflict do nothing`.execute(db),
  ])
}

/** What each view makes of the rows, in place of what it made of the versions before. */
export async function fillViews(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  const filled = new Map<string, Filling>()
  const timeline: Filling = { stale: [], fresh: [] }
  for (const row of rows) {
    if (row.before && told.has(row.type)) timeline.stale.push(row)
    for (const view of viewsFor(row.type)) {
      const into = filled.get(`record.${tableName(view)}`) ?? { stale: [], fresh: [] }
      filled.set(`record.${tableName(view)}`, into)
      if (row.before) into.stale.push(row)
      const { person_key, category } = row
      const sensitivity = sensitivityOf({
        restricted: isRestricted(row.resource),
        location: view.location,
        shared: row.others.length > 0,
      })
      const common = {
        person_key,
        resource_id: row.id,
        category,
        sensitivity,
        source: sending.source,
        organisation: sending.organisation,
        received_at: sending.now.toISOString(),
      }
      for (const [row_no, columns] of viewRecord(view, row.resource).entries()) {
        into.fresh.push({ ...columns, ...common, row_no })
        for (const event of timelineEvents(tableName(view), columns)) {
          const of = row_no * 2 + Number(event.happening === 'closed')
          timeline.fresh.push({ ...event, at: event.at ?? sending.now, ...common, row_no: of })
        }
      }
    }
  }
  await settled([
    ...[...filled].map(([table, filling]) => refill(db, table, filling)),
    refillTimeline(db, timeline),
  ])
}

type Filling = { stale: Row[]; fresh: Record<string, unknown>[] }

async function refillTimeline(db: Db, { stale, fresh }: Filling): Promise<void> {
  if (stale.length > 0) {
    await sql`delete from record.timeline_event t
        using unnest(${stale.map((row) => row.person_key)}::uuid[], ${stale.map((row) => row.type)}::text[], ${stale.map((row) => row.id)}::text[]) as s (person_key, type, id)
        where t.person_key = s.person_key and t.type = s.type and t.resource_id = s.id`.execute(db)
  }
  await refill(db, 'record.timeline_event', { stale: [], fresh })
}

async function refill(db: Db, table: string, { stale, fresh }: Filling): Promise<void> {
  const name = sql.table(table)
  if (stale.length > 0) {
    await sql`delete from ${name} t using unnest(${stale.map((row) => row.person_key)}::uuid[], ${stale.map((row) => row.id)}::text[]) as s (person_key, id)
        where t.person_key = s.person_key and t.resource_id = s.id`.execute(db)
  }
  if (fresh.length > 0)
    await sql`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${JSON.stringify(fresh)}::jsonb)`.execute(
      db,
    )
}
