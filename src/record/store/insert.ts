import { sql } from 'kysely'
import { type Db, settled } from '../../platform/index.ts'
import { asText, searchEntries } from '../search/index.ts'
import type { KeptViews } from '../views/index.ts'
import type { Row, Sending } from './row.ts'
import { rowsOfView } from './rows-of-views.ts'
import { told } from './timeline-event.ts'

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
export async function fillViews(db: Db, sending: Sending, rows: Row[], views: KeptViews): Promise<void> {
  const filled = new Map<string, Filling>()
  const timeline: Filling = { stale: [], fresh: [] }
  const { source, organisation } = sending
  const received_at = sending.now.toISOString()
  for (const row of rows) {
    const { person_key, id, category, resource } = row
    const item = {
      ...{ person_key, id, category, source, organisation, received_at, resource },
      shared: row.others.length > 0,
    }
    if (row.before && told.has(row.type)) timeline.stale.push(row)
    for (const kept of views.of(row.type)) {
      const into = filled.get(kept.table) ?? { stale: [], fresh: [] }
      filled.set(kept.table, into)
      if (row.before) into.stale.push(row)
      const made = rowsOfView(kept, item)
      into.fresh.push(...made.rows)
      timeline.fresh.push(...made.events)
    }
  }
  await settled([
    ...[...filled].map(([table, filling]) => refill(db, `record.${table}`, filling)),
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
