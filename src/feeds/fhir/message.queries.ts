import { sql } from 'kysely'
import type { Db } from '../../platform/index.ts'

/** A message as it is kept, whatever becomes of it. */
export type Kept = {
  id: string
  sender: string
  source: string
  application: string
  facility: string
  controlId: string
  event: string
  body: string
  digest: Buffer
  contentDigest: Buffer
}

type Became = {
  state: 'applied' | 'quarantined' | 'repeat' | 'replayed'
  why?: { reason: string; place: string; words: string } | undefined
  file?: string | undefined
}

export async function keepMessage(db: Db, kept: Kept, became: Became): Promise<void> {
  await db
    .insertInto('feeds.message')
    .values({
      id: kept.id,
      sender: kept.sender,
      source: kept.source,
      sending_application: kept.application,
      sending_facility: kept.facility,
      control_id: kept.controlId,
      message_type: 'FHIR',
      event: kept.event,
      charset: 'UTF-8',
      body: kept.body,
      digest: kept.digest,
      content_digest: kept.contentDigest,
    })
    .execute()
  await keepState(db, kept, became)
}

export async function keepState(
  db: Db,
  { id, source, event }: Pick<Kept, 'id' | 'source' | 'event'>,
  { state, why, file }: Became,
): Promise<void> {
  await db
    .insertInto('feeds.message_state')
    .values({
      message_id: id,
      source,
      state,
      reason: why?.reason ?? null,
      place: why?.place ?? null,
      words: why?.words ?? null,
      person_key: file ?? null,
      event,
    })
    .execute()
}

export async function keepAnswer(
  db: Db,
  { id, source }: Kept,
  answer: { status: number; body: string },
): Promise<void> {
  await db
    .insertInto('feeds.answer')
    .values({ message_id: id, source, ...answer })
    .execute()
}

export type Earlier = {
  id: string
  same: boolean
  state: string
  file: string | null
  status: number | null
  answer: string | null
}

/**
 * What this source sent before under the same id, or with the same header id and content in another envelope; what became of it, and what it
 * was answered. Two messages under one id take turns.
 */
export async function earlierThan(db: Db, kept: Kept, hasHeaderId: boolean): Promise<Earlier[]> {
  const { source, controlId, contentDigest } = kept
  const key = `${source}|FHIR|${controlId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 3))`.execute(db)
  const { rows } = await sql<Earlier>`
    select m.id, m.content_digest = ${contentDigest} as same, s.state, s.person_key as file, a.status, a.body as answer
    from feeds.message m
    join lateral (select state, person_key from feeds.message_state where message_id = m.id order by id desc limit 1) s on true
    left join feeds.answer a on a.message_id = m.id
    where m.source = ${source} and m.message_type = 'FHIR'
      and (m.control_id = ${controlId} or (${hasHeaderId} and m.content_digest = ${contentDigest}))`.execute(
    db,
  )
  return rows
}

/** Which of these this source keeps already under exactly these ids. */
export async function standing(
  db: Db,
  source: string,
  places: readonly { type: string; id: string }[],
): Promise<Set<string>> {
  const types = places.map((each) => each.type)
  const ids = places.map((each) => each.id)
  const { rows } = await sql<{ place: string }>`
    select asked.type || '/' || asked.id as place
    from unnest(${types}::text[], ${ids}::text[]) as asked (type, id)
    where exists (select from record.reference_resource r where r.type = asked.type and r.id = asked.id and r.source = ${source})
      or exists (select from record.resource r where r.person_key = record.home(asked.type, asked.id) and r.type = asked.type and r.id = asked.id and r.source = ${source})`.execute(
    db,
  )
  return new Set(rows.map(({ place }) => place))
}

export type KnownPatient = { id: string; nhs_number: string; birth_date: string | null; family_key: string }

/** The Patients that this source keeps under this NHS number. */
export async function patientsWith(db: Db, source: string, nhsNumber: string): Promise<KnownPatient[]> {
  const { rows } = await sql<KnownPatient>`
    select r.id, d.nhs_number, d.birth_date, d.family_key
    from people.demographic d join record.resource r on r.person_key = d.person_key and r.type = 'Patient' and r.source = d.source
    where d.source = ${source} and d.nhs_number = ${nhsNumber} order by r.received_at desc, r.id`.execute(db)
  return rows
}
