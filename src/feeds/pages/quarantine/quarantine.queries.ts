import { sql } from 'kysely'
import type { Db } from '../../../platform/index.ts'
import { waitingStates } from '../inbox/messages.queries.ts'

/** What waits of one sender for one reason. */
export type Waiting = { sender: string; reason: string; waiting: number; oldest_at: Date }

export async function waitingByReason(db: Db): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select * from feeds.waiting_by_reason() order by oldest_at, sender, reason`.execute(db)
  return rows
}

/** Messages that left the quarantine since a moment, and how. `by_itself`: nobody of the place did it. */
export type Left = { state: 'replayed' | 'resolved' | 'set aside'; by_itself: boolean; count: number }

export async function leftSince(db: Db, since: Date, senders: readonly string[]): Promise<Left[]> {
  const { rows } = await sql<Left>`
    select n.state, s.recorded_by = any (${['nobody', ...senders]}::text[]) as by_itself, count(*) as count
    from feeds.message_now n join feeds.message_state s on s.message_id = n.message_id and s.id = n.state_id
    where n.state in ('replayed', 'resolved', 'set aside') and n.state_at > ${since}
    group by 1, 2`.execute(db)
  return rows
}

/** The next messages to try, oldest first, after one that was tried already. */
export async function nextToTry(
  db: Db,
  { sender, reason, after }: { sender: string; reason: string; after: string },
  most: number,
): Promise<string[]> {
  const rest = after
    ? sql`(n.received_at, n.message_id) > ((select received_at from feeds.message_now where message_id = ${after}::uuid), ${after}::uuid)`
    : sql`true`
  const { rows } = await sql<{ message_id: string }>`
    select n.message_id from feeds.message_now n
    where n.sender = ${sender} and n.reason = ${reason} and n.state in ${waitingStates} and ${rest}
    order by n.received_at, n.message_id limit ${most}`.execute(db)
  return rows.map((row) => row.message_id)
}
