import { sql } from 'kysely'
import { type Columns, type Db, rowsAs, settled } from '../../platform/index.ts'
import { filledColumns } from '../views/index.ts'
import type { Row, Sending } from './row.ts'
import { rowsOfView } from './rows-of-views.ts'
import { told } from './timeline-event.ts'

const kept: Columns = {
  person_key: 'uuid',
  type: 'text',
  id: 'text',
  version: 'integer',
  category: 'text',
  sensitivity: 'text',
  received_at: 'timestamptz',
  body: 'text',
  search: "string_to_array($, E'\\n')",
}

const version = sql.raw(
  'person_key, type, id, version, category, sensitivity, source, organisation, received_at, body',
)
const current = sql`${version}, search`

/** History, current version, homes, and who else is concerned. */
export async function insertRows(db: Db, { source, organisation }: Sending, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  const sent = rows.map((row) => ({
    ...row,
    received_at: row.now,
    search: row.says.search,
  }))
  const arrived = (those: typeof sent) => sql`
    sent as materialized (select sent.*, ${source}::text as source, ${organisation}::text as organisation from ${rowsAs(kept, those)} as sent),
    history as (insert into record.resource_history (${version}) select ${version} from sent)`
  const shared = rows.flatMap((row) =>
    row.others.map((other) => ({ person_key: other, type: row.type, id: row.id })),
  )
  const [fresh, renewed] = [sent.filter((row) => row.version === 1), sent.filter((row) => row.version > 1)]
  await settled([
    fresh.length > 0 &&
      sql`
        with ${arrived(fresh)},
        home as (insert into record.resource_home select type, id, person_key from sent)
        insert into record.resource (${current}) select ${current} from sent`.execute(db),
    renewed.length > 0 &&
      sql`
        with ${arrived(renewed)}
        insert into record.resource (${current}) select ${current} from sent
        on conflict (person_key, type, id) do update set version = excluded.version, category = excluded.category, sensitivity = excluded.sensitivity,
          source = excluded.source, organisation = excluded.organisation, received_at = excluded.received_at, body = excluded.body, search = excluded.search`.execute(
        db,
      ),
    shared.length > 0 &&
      sql`
        insert into record.resource_person (person_key, type, id)
        select * from ${rowsAs({ person_key: 'uuid', type: 'text', id: 'text' }, shared)} as shared on conflict do nothing`.execute(
        db,
      ),
  ])
}

/** What each view makes of the rows, in place of what it made of the versions before. */
export async function fillViews(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  const filled = new Map<string, Filling>()
  const timeline: Filling = { columns: timelineColumns, stale: [], fresh: [] }
  const { source, organisation } = sending
  for (const row of rows) {
    const { person_key, id, category, resource } = row
    const item = {
      ...{ person_key, id, category, source, organisation, received_at: row.now.toISOString(), resource },
      shared: row.others.length > 0,
    }
    if (row.before && told.has(row.type)) timeline.stale.push(row)
    for (const { kept, lines } of row.says.views) {
      const into = filled.get(kept.table) ?? { columns: filledColumns(kept.view), stale: [], fresh: [] }
      filled.set(kept.table, into)
      if (row.before) into.stale.push(row)
      const made = rowsOfView(kept, item, lines)
      into.fresh.push(...made.rows)
      timeline.fresh.push(...made.events)
    }
  }
  await settled([
    ...[...filled].map(([table, filling]) => refill(db, `record.${table}`, filling)),
    refillTimeline(db, timeline),
  ])
}

type Filling = { columns: Columns; stale: Row[]; fresh: Record<string, unknown>[] }

const timelineColumns: Columns = {
  person_key: 'uuid',
  type: 'text',
  resource_id: 'text',
  row_no: 'smallint',
  category: 'text',
  sensitivity: 'text',
  source: 'text',
  organisation: 'text',
  received_at: 'timestamptz',
  kind: 'text',
  happening: 'text',
  at: 'timestamptz',
  at_text: 'text',
  title: 'text',
  detail: 'text',
  code: 'text',
  status: 'text',
  author: 'text',
  together: 'text',
}

async function refillTimeline(db: Db, { columns, stale, fresh }: Filling): Promise<void> {
  if (stale.length > 0) {
    await sql`delete from record.timeline_event t
        using unnest(${stale.map((row) => row.person_key)}::uuid[], ${stale.map((row) => row.type)}::text[], ${stale.map((row) => row.id)}::text[]) as s (person_key, type, id)
        where t.person_key = s.person_key and t.type = s.type and t.resource_id = s.id`.execute(db)
  }
  await refill(db, 'record.timeline_event', { columns, stale: [], fresh })
}

async function refill(db: Db, table: string, { columns, stale, fresh }: Filling): Promise<void> {
  const name = sql.table(table)
  if (stale.length > 0) {
    await sql`delete from ${name} t using unnest(${stale.map((row) => row.person_key)}::uuid[], ${stale.map((row) => row.id)}::text[]) as s (person_key, id)
        where t.person_key = s.person_key and t.resource_id = s.id`.execute(db)
  }
  if (fresh.length > 0)
    await sql`
      insert into ${name} (${sql.join(Object.keys(columns).map((column) => sql.ref(column)))})
      select * from ${rowsAs(columns, fresh)} as fresh`.execute(db)
}
