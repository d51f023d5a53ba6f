import { sql } from 'kysely'
import type { Db } from '../../../platform/index.ts'
import type { State } from '../../inbox/inbox.queries.ts'
import type { MessageRow } from '../inbox/messages.queries.ts'

/** A message with all that is kept of it. `mended`: its text as it was put right last. */
export type Opened = MessageRow & { body: string; charset: string; mended: string | null }

export async function openMessage(db: Db, id: string): Promise<Opened | undefined> {
  const { rows } = await sql<Opened>`
    select n.*, m.body, m.charset,
      (select body from feeds.mended_text t where t.message_id = n.message_id order by t.id desc limit 1) as mended
    from feeds.message_now n join feeds.message m on m.id = n.message_id
    where n.message_id = ${id}::uuid`.execute(db)
  return rows[0]
}

export type Happened = {
  state: State
  reason: string | null
  place: string | null
  words: string | null
  recorded_at: Date
  recorded_by: string
}

/** What became of it, the first first. */
export async function historyOf(db: Db, id: string): Promise<Happened[]> {
  const { rows } = await sql<Happened>`
    select state, reason, place, words, recorded_at, recorded_by from feeds.message_state where message_id = ${id}::uuid order by id`.execute(
    db,
  )
  return rows
}

/** The messages of one visit, or of one report, document or appointment, in the order of its events. */
export async function othersOf(db: Db, source: string, thing: string): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from feeds.message_now where thing = ${thing} and source = ${source}
    order by event_at nulls last, received_at, message_id limit 200`.execute(db)
  return rows
}

/** Whom it names, and whether where any of them is must stay hidden. */
export async function whomNamed(
  db: Db,
  id: string,
  numbers: string[],
): Promise<{ files: string[]; hides: boolean }> {
  const { rows } = await sql<{ person_key: string; hidden: boolean }>`
    select * from feeds.whom_named(${id}::uuid, ${numbers}::text[])`.execute(db)
  return { files: rows.map((row) => row.person_key), hides: rows.some((row) => row.hidden) }
}
