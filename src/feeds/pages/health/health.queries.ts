import { sql } from 'kysely'
import type { Db } from '../../../platform/index.ts'
import type { Figures } from './health.ts'

/** @param lagSince the lags are of the messages received since */
export async function figuresOf(db: Db, senders: readonly string[], lagSince: Date): Promise<Figures[]> {
  const { rows } = await sql<Figures>`
    select * from feeds.figures(${[...senders]}::text[], ${lagSince})`.execute(db)
  return rows
}

export type ByHour = { sender: string; hours_ago: number; messages: number }

export async function messagesByHour(db: Db, now: Date): Promise<ByHour[]> {
  const { rows } = await sql<ByHour>`
    select sender, floor(extract(epoch from ${now}::timestamptz - received_at) / 3600)::int as hours_ago, count(*) as messages
    from feeds.message_now
    where received_at > ${now}::timestamptz - interval '1 day' and received_at <= ${now}::timestamptz
    group by 1, 2`.execute(db)
  return rows
}

export async function firstHeard(db: Db, senders: readonly string[]): Promise<Map<string, Date | null>> {
  const { rows } = await sql<{ id: string; first: Date | null }>`
    select asked.id, (select min(received_at) from feeds.message_now where sender = asked.id) as first
    from unnest(${[...senders]}::text[]) asked (id)`.execute(db)
  return new Map(rows.map(({ id, first }) => [id, first]))
}

/** When something of each source was last kept in the record. */
export async function lastKept(db: Db): Promise<Map<string, Date>> {
  const rows = await db
    .selectFrom('record.source_heard')
    .select(['source', 'last_received_at as at'])
    .execute()
  return new Map(rows.map(({ source, at }) => [source, at]))
}

export async function cameSince(
  db: Db,
  since: Date,
): Promise<{ sender: string; state: string; messages: number }[]> {
  const { rows } = await sql<{ sender: string; state: string; messages: number }>`
    select * from feeds.came_since(${since})`.execute(db)
  return rows
}
