import { sql } from 'kysely'
import type { Db } from '../../platform/index.ts'
import type { Quarantine } from '../hl7/acknowledgement.ts'
import type { Waiting } from './work.ts'

/** A message as it is kept, whatever becomes of it. */
export type Kept = {
  id: string
  sender: string | null
  source: string
  sendingApplication: string
  sendingFacility: string
  controlId: string
  messageType: string
  event: string
  charset: string
  body: string
  digest: Buffer
  contentDigest: Buffer
}

export type State = 'applied' | 'quarantined' | 'repeat' | 'replayed' | 'mended' | 'resolved' | 'set aside'

/** Whom a message is about and which thing of theirs, as far as it could be read, and when its sender recorded it. */
export type About = {
  file?: string | undefined
  number?: string | undefined
  thing?: string | undefined
  event?: string | undefined
  at?: Date | undefined
}

/** What became of it. `why` a message is in quarantine, or what was noted although it was applied. */
export type Became = About & {
  message: string
  source: string
  state: State
  why?: Quarantine | undefined
  by?: string | undefined
}

export async function keepMessages(db: Db, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return
  const rows = kept.map((each) => ({
    id: each.id,
    sender: each.sender,
    source: each.source,
    sending_application: each.sendingApplication,
    sending_facility: each.sendingFacility,
    control_id: each.controlId,
    message_type: each.messageType,
    event: each.event,
    charset: each.charset,
    body: each.body,
    digest: each.digest,
    content_digest: each.contentDigest,
  }))
  await db.insertInto('feeds.message').values(rows).execute()
}

export async function keepStates(db: Db, states: readonly Became[]): Promise<void> {
  if (states.length === 0) return
  const rows = states.map(({ message, source, state, why, by, ...about }) => ({
    message_id: message,
    source,
    state,
    reason: why?.reason ?? null,
    place: why?.place ?? null,
    words: why?.words ?? null,
    person_key: about.file ?? null,
    about: about.number ?? null,
    thing: about.thing ?? null,
    event: about.event ?? null,
    event_at: about.at ?? null,
    ...(by !== undefined && { recorded_by: by }),
  }))
  const named = rows.filter((row) => 'recorded_by' in row)
  const usual = rows.filter((row) => !('recorded_by' in row))
  for (const each of [named, usual])
    if (each.length > 0) await db.insertInto('feeds.message_state').values(each).execute()
}

/** One batch of a source at a time, in however many processes: what it reads must not change under it. */
export async function takeTurn(db: Db, source: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${source}, 3))`.execute(db)
}

export type Earlier = {
  id: string
  facility: string
  control: string
  digest: string
  state: State
  file: string | null
}

/**
 * What came before under the same sender, facility and control ids, and what became of it. `offset 0` here and below: each is found by its
 * index, where a plan made before there are statistics would read the whole table.
 */
export async function earlierThan(db: Db, source: string, kept: readonly Kept[]): Promise<Earlier[]> {
  const facilities = kept.map((each) => each.sendingFacility)
  const controls = kept.map((each) => each.controlId)
  const { rows } = await sql<Earlier>`
    select m.id, m.sending_facility as facility, m.control_id as control, encode(m.content_digest, 'hex') as digest, s.state, s.person_key as file
    from (select distinct * from unnest(${facilities}::text[], ${controls}::text[]) as u (facility, control)) asked
    cross join lateral (select * from feeds.message m
      where m.source = ${source} and m.sending_facility = asked.facility and m.control_id = asked.control offset 0) m
    join lateral (select state, person_key from feeds.message_state where message_id = m.id order by id desc limit 1) s on true`.execute(
    db,
  )
  return rows
}

/** What waits in quarantine about any of these people. */
export async function waitingAbout(db: Db, source: string, numbers: string[]): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select distinct s.message_id as id, now.about, now.thing, now.event, now.reason, now.event_at as at
    from unnest(${numbers}::text[]) as asked (number)
    cross join lateral (select message_id from feeds.message_state s
      where s.source = ${source} and s.about = asked.number and s.state = 'quarantined' offset 0) s
    join lateral (select about, thing, event, reason, event_at, state from feeds.message_state l where l.message_id = s.message_id order by id desc limit 1) now on true
    where now.state = 'quarantined'`.execute(db)
  return rows
}

/** A message that is here already, as it is to be read now: as mended, else as received. */
export type Original = { kept: Kept; state: State; reason: string | null }

type OriginalRow = {
  id: string
  sender: string | null
  source: string
  sending_application: string
  sending_facility: string
  control_id: string
  message_type: string
  event: string
  charset: string
  body: string
  digest: Buffer
  content_digest: Buffer
  state: State
  reason: string | null
}

/** Messages of this source; and of nobody known, where their sender has become known since. */
export async function originalsOf(db: Db, ids: string[]): Promise<Original[]> {
  const { rows } = await sql<OriginalRow>`
    select m.id, m.sender, m.source, m.sending_application, m.sending_facility, m.control_id, m.message_type, m.event, m.charset,
      coalesce(t.body, m.body) as body, m.digest, m.content_digest, coalesce(s.state, 'quarantined') as state, s.reason
    from (select * from feeds.message where id = any (${ids}::uuid[])
          union all select u.* from unnest(${ids}::uuid[]) as i (id), feeds.from_unknown(i.id) u) m
    left join lateral (select state, reason from feeds.message_state where message_id = m.id order by id desc limit 1) s on true
    left join lateral (select body from feeds.mended_text where message_id = m.id order by id desc limit 1) t on true
    order by m.received_at, m.id`.execute(db)
  return rows.map((row) => ({
    kept: {
      id: row.id,
      sender: row.sender,
      source: row.source,
      sendingApplication: row.sending_application,
      sendingFacility: row.sending_facility,
      controlId: row.control_id,
      messageType: row.message_type,
      event: row.event,
      charset: row.charset,
      body: row.body,
      digest: row.digest,
      contentDigest: row.content_digest,
    },
    state: row.state,
    reason: row.reason,
  }))
}

/** Who sent a message, by the names that it came under. */
export async function cameFrom(
  db: Db,
  id: string,
): Promise<{ sender: string | null; application: string; facility: string } | undefined> {
  type Row = { sender: string | null; application: string; facility: string }
  const { rows } =
    await sql<Row>`select sender, application, facility from feeds.came_from(${id}::uuid)`.execute(db)
  return rows[0]
}

export async function keepMended(
  db: Db,
  mended: { message: string; source: string; body: string; why: string; by: string },
): Promise<void> {
  const { message, source, body, why, by } = mended
  await db
    .insertInto('feeds.mended_text')
    .values({ message_id: message, source, body, why, recorded_by: by })
    .execute()
}
