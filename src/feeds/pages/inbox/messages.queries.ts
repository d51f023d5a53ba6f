import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/index.ts'
import type { State } from '../../inbox/inbox.queries.ts'
import type { Asked } from './messages.ts'

/** A message as it stands now; nothing of what it says. `state_id` names the row by which it stands so. */
export type MessageRow = {
  message_id: string
  sender: string
  source: string
  application: string
  facility: string
  control_id: string
  message_type: string
  event: string
  thing: string | null
  event_at: Date | null
  received_at: Date
  state: State
  state_id: number
  state_at: Date
  reason: string | null
  place: string | null
}

export const waitingStates = sql`('quarantined', 'mended')`

/** What a number may be the number of. */
const things = ['visit', 'report', 'document', 'appointment']

/** A number that was asked for is looked up first: it has few messages, and the order must not lead the search. */
const from = ({ find }: Asked): RawBuilder<unknown> =>
  find === ''
    ? sql`feeds.message_now n`
    : sql`(select * from feeds.message_now where control_id = ${find}
           union select * from feeds.message_now where thing = any (${things.map((thing) => `${thing}/${find}`)}::text[])) n`

function conditions({ sender, state, type, reason, day }: Asked): RawBuilder<unknown> {
  const [messageType = '', event = ''] = type.split(' ')
  const all = [
    ...(sender ? [sql`n.sender = ${sender}`] : []),
    ...(state === 'waiting' ? [sql`n.state in ${waitingStates}`] : []),
    // Written out, not handed over: nearly all are applied and few are not, and the plan must know which is asked for.
    ...(state && state !== 'waiting' ? [sql`n.state = ${sql.lit(state)}`] : []),
    ...(type ? [sql`n.message_type = ${messageType} and n.event = ${event}`] : []),
    // Only of what waits is the reason a reason; of the others it would be of a note.
    ...(reason ? [sql`n.state in ${waitingStates} and n.reason = ${reason}`] : []),
    ...(day
      ? [
          sql`n.received_at >= (${day}::date::timestamp at time zone 'Europe/London')
            and n.received_at < ((${day}::date + 1)::timestamp at time zone 'Europe/London')`,
        ]
      : []),
  ]
  return all.length > 0 ? sql.join(all, sql` and `) : sql`true`
}

/** A page of messages, from the one after `after` on: by key, so that the hundredth page is found as fast as the first. */
export async function messagesPage(db: Db, asked: Asked, most: number): Promise<MessageRow[]> {
  const way = asked.sort === 'newest' ? sql`desc` : sql`asc`
  const beyond = asked.sort === 'newest' ? sql`<` : sql`>`
  const rest = asked.after
    ? sql`(n.received_at, n.message_id) ${beyond}
        ((select received_at from feeds.message_now where message_id = ${asked.after}::uuid), ${asked.after}::uuid)`
    : sql`true`
  const { rows } = await sql<MessageRow>`
    select n.* from ${from(asked)} where ${conditions(asked)} and ${rest}
    order by n.received_at ${way}, n.message_id ${way} limit ${most}`.execute(db)
  return rows
}

/** How many there are, counted no further than `most`: nobody reads beyond, and counting a million takes a while. */
export async function countMessages(db: Db, asked: Asked, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select 1 from ${from(asked)} where ${conditions(asked)} limit ${most}) found`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** The kinds of message that have come, by leaps through the index. */
export async function messageKinds(db: Db): Promise<{ message_type: string; event: string }[]> {
  const { rows } = await sql<{ message_type: string; event: string }>`
    with recursive kind as (
      (select message_type, event from feeds.message_now order by message_type, event limit 1)
      union all
      select next.* from kind cross join lateral (
        select n.message_type, n.event from feeds.message_now n
        where (n.message_type, n.event) > (kind.message_type, kind.event) order by n.message_type, n.event limit 1) next
    ) select message_type, event from kind limit 200`.execute(db)
  return rows
}

/** Whose messages these are, for the audit of a look-up by number. */
export async function filesOfMessages(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ file: string }>`
    select distinct person_key as file from feeds.message_state where message_id = any (${[...ids]}::uuid[]) and person_key is not null`.execute(
    db,
  )
  return rows.map(({ file }) => file)
}
