import type { Encounter, Patient } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import { parseLossless } from '../record/index.ts'
import type { Quarantine } from './acknowledgement.ts'
import type { Applied } from './visit.ts'

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

/** Set once it is applied: whom it is about, and which event of which visit its sender recorded when. */
export type AppliedTo = { file: string; visit: string | undefined; event: string; eventAt: Date }

export type State = 'applied' | 'quarantined' | 'repeat' | 'replayed'

/** What became of it. `why` a message is in quarantine, or what was noted although it was applied. */
export type Became = { state: State; why?: Quarantine | undefined; to?: AppliedTo }

export async function keepMessage(db: Db, kept: Kept, became: Became): Promise<void> {
  const names = [kept.sendingApplication, kept.sendingFacility, kept.controlId, kept.messageType, kept.event]
  const message = sql`
    insert into feeds.message (id, sender, source, charset, body, digest, content_digest,
      sending_application, sending_facility, control_id, message_type, event)
    values (${kept.id}, ${kept.sender}, ${kept.source}, ${kept.charset}, ${kept.body}, ${kept.digest}, ${kept.contentDigest},
      ${sql.join(names)})`
  // Both are on their way before the first has answered.
  await Promise.all([message.execute(db), keepState(db, kept, became)])
}

export async function keepState(
  db: Db,
  kept: Pick<Kept, 'id' | 'source'>,
  { state, why, to }: Became,
): Promise<void> {
  await sql`
    insert into feeds.message_state (message_id, source, state, reason, place, words, person_key, visit, event, event_at)
    values (${kept.id}, ${kept.source}, ${state}, ${why?.reason ?? null}, ${why?.place ?? null}, ${why?.words ?? null},
      ${to?.file ?? null}, ${to?.visit ?? null}, ${to?.event ?? null}, ${to?.eventAt ?? null})`.execute(db)
}

/**
 * Messages that must take turns wait here until the other has committed: those under one control id, and those about one person. First the
 * one lock and then the other, so that two cannot wait for one another.
 */
export async function takeTurns(db: Db, kept: Kept, personKey?: string): Promise<void> {
  const control = `${kept.source}|${kept.sendingFacility}|${kept.controlId}`
  const person = `${kept.source}|${personKey}`
  const locks = [sql`select pg_advisory_xact_lock(hashtextextended(${control}, 3))`]
  if (personKey !== undefined) locks.push(sql`select pg_advisory_xact_lock(hashtextextended(${person}, 4))`)
  await Promise.all(locks.map((lock) => lock.execute(db)))
}

export type Earlier = { id: string; same: boolean; state: State; file: string | null }

/** What came before under the same sender, facility and control id, and what became of it. */
export async function earlierThan(db: Db, kept: Kept): Promise<Earlier[]> {
  const { source, sendingFacility, controlId, contentDigest } = kept
  const { rows } = await sql<Earlier>`
    select m.id, m.content_digest = ${contentDigest} as same, s.state, s.person_key as file
    from feeds.message m
    join lateral (select state, person_key from feeds.message_state where message_id = m.id order by id desc limit 1) s on true
    where m.source = ${source} and m.sending_facility = ${sendingFacility} and m.control_id = ${controlId}`.execute(
    db,
  )
  return rows
}

type Current<Type> = { resource: Type; id: string; version: number; file: string }

/** What the source's own files say of this person, and of this visit. */
export type Known = {
  patient: Current<Patient> | undefined
  encounter: Current<Encounter> | undefined
  /** What was applied to this visit before: the newest of each event. */
  history: Applied[]
  /** When the newest message about this person was recorded. */
  newest: Date | undefined
}

export type Sought = {
  source: string
  localSystem: string
  localNumber: string | undefined
  patientId: string
  visit: string | undefined
  visitSystem: string
  encounterId: string
}

/**
 * The Patient that this source already keeps under its own number, whatever its id; else the one that an earlier message made. An Encounter
 * likewise, by the id that messages give it or by its visit number.
 */
export async function knownOf(db: Db, sought: Sought): Promise<Known> {
  const { rows: patients } = await sql<Row>`
    select r.id, r.version, r.body, r.person_key as file
    from (select person_key, 1 as rank from people.file
          where source = ${sought.source} and local_system = ${sought.localSystem} and local_value = ${sought.localNumber ?? null}
          union all select record.home('Patient', ${sought.patientId}), 2) f
    join record.resource r on r.person_key = f.person_key and r.type = 'Patient' and r.source = ${sought.source}
    order by f.rank, r.received_at desc, r.id limit 1`.execute(db)
  const patient = patients[0] && read<Patient>(patients[0])
  if (!patient) return { patient: undefined, encounter: undefined, history: [], newest: undefined }
  const [newest, history] = await Promise.all([newestAbout(db, patient.file), historyOf(db, sought)])
  const encounter = sought.visit === undefined ? undefined : await visitOf(db, patient.file, sought)
  return { patient, encounter, history, newest }
}

async function newestAbout(db: Db, file: string): Promise<Date | undefined> {
  const { rows } = await sql<{ newest: Date | null }>`
    select max(event_at) as newest from feeds.message_state where person_key = ${file}`.execute(db)
  return rows[0]?.newest ?? undefined
}

/** The newest of each event is enough to tell what is late. */
async function historyOf(db: Db, { source, visit }: Sought): Promise<Applied[]> {
  if (visit === undefined) return []
  const { rows } = await sql<Applied>`
    select event, max(event_at) as recorded from feeds.message_state
    where source = ${source} and visit = ${visit} group by event`.execute(db)
  return rows
}

async function visitOf(db: Db, file: string, sought: Sought): Promise<Current<Encounter> | undefined> {
  const { rows } = await sql<Row>`
    select id, version, body, person_key as file from record.resource
    where person_key = ${file} and type = 'Encounter' and id = ${sought.encounterId}`.execute(db)
  if (rows[0]) return read<Encounter>(rows[0])
  // The visit may have come by another way, under an id of its own.
  const { rows: others } = await sql<Row>`
    select id, version, body, person_key as file from record.resource
    where person_key = ${file} and type = 'Encounter' and source = ${sought.source} order by id`.execute(db)
  const isThis = (encounter: Encounter) =>
    encounter.identifier?.some((each) => each.system === sought.visitSystem && each.value === sought.visit)
  return others.map((row) => read<Encounter>(row)).find(({ resource }) => isThis(resource))
}

type Row = { id: string; version: number; body: string; file: string }

const read = <Type>(row: Row): Current<Type> => ({
  resource: parseLossless(row.body) as Type,
  id: row.id,
  version: row.version,
  file: row.file,
})

/** The file in which a Patient stands. */
export async function fileOf(db: Db, patientId: string): Promise<string> {
  const { rows } = await sql<{ file: string }>`select record.home('Patient', ${patientId}) as file`.execute(
    db,
  )
  return rows[0]?.file ?? ''
}
