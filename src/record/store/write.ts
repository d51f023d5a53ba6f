import { randomUUID } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import type { Patient, Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { mustMaySend } from '../../access/index.ts'
import { filesFor, saidBy } from '../../people/index.ts'
import { type Db, type Fault, Invalid, NotAllowed, Stale, settled } from '../../platform/index.ts'
import { keptViews } from '../views/index.ts'
import { type Contents, documentOfEach, mustFitStored } from './binaries.ts'
import { categoryOf, isRestricted, sensitivityOf } from './classify.ts'
import { keepIdentifiers } from './identifiers.ts'
import { fillViews, insertRows } from './insert.ts'
import { judged } from './judged.ts'
import { keepReference } from './reference-resources.ts'
import { aboutNobody } from './references.ts'
import { relate } from './relate.ts'
import type { Current, Row, Sending, Write, Written } from './row.ts'
import { type Says, saysOf } from './says.ts'
import { byPlace, keeping, standingAt } from './standing.ts'
import { type Homes, type Subject, whoFor } from './subjects.ts'

/**
 * Keeps resources in one transaction: current version, history, homes, view tables, relationships, protections, and the event.
 * Patients come first, since what is about them needs their file. All are kept or, with an error that names each place, none.
 * @param turn what must have come to its end before anything that is kept already is read
 */
export const keep = (
  db: Db,
  sending: Sending,
  writes: Write[],
  turn?: Promise<unknown>,
): Promise<Written[]> =>
  writes.every((write) => write.fresh)
    ? keepAll(db, sending, writes, turn)
    : keeping(db, () => keepAll(db, sending, writes, turn))

async function keepAll(
  db: Db,
  sending: Sending,
  writes: Write[],
  turn?: Promise<unknown>,
): Promise<Written[]> {
  const twice = repeated(writes)
  if (twice.length > 0) throw new Invalid(twice)
  const notes = judged(sending, writes)
  const patients = writes.filter(isPatient)
  const nobody = writes.filter(
    (write) => aboutNobody.has(write.resource.resourceType) && !namesSubject(write.resource),
  )
  const contents = documentOfEach(writes)
  const apart = new Set([...patients, ...nobody, ...contents.keys()])
  const others = writes.filter((write) => !apart.has(write))
  const homes: Homes = new Map()
  for (const { resource, fresh } of writes) mustMaySend(sending.app, fresh ? 'c' : 'u', resource.resourceType)
  const listen = listener(db, writes, turn !== undefined)
  if (turn) {
    await listen()
    await turn
  }
  const existing = await currentVersions(db, sending, writes)
  const hidden = await stillReported(db, writes, existing)
  const files = await filesFor(
    db,
    sending.source,
    sending.organisation,
    // An id has one home for ever: a Patient sent again under its id stays in its file even if its identifiers change.
    patients.map(({ resource, now }) => ({
      now: now ?? sending.now,
      said: saidBy(resource as Patient),
      home: existing.get(`Patient/${resource.id}`)?.person_key,
    })),
  )
  for (const [index, { resource }] of patients.entries()) homes.set(resource.id, files[index] ?? '')
  const subjects = await whoFor(db, sending, others, homes, existing)
  const subjectOf = new Map(others.map((write, index) => [write, subjects[index]]))
  const says = await listen()
  const rowFor = (write: Write, subject: Subject | undefined, classedAs?: Resource) =>
    rowOf(sending, write, { subject, says: says.get(write), classedAs }, existing)
  const rows = [
    ...patients.map((write) => rowFor(write, { file: homes.get(write.resource.id) ?? '', others: [] })),
    ...others.map((write) => rowFor(write, subjectOf.get(write))),
    // A Binary is kept as its document is.
    ...[...contents].map(([write, document]) => rowFor(write, subjectOf.get(document), document.resource)),
  ].sort(byPlace)
  await mustFitStored(db, sending, writes, rows)
  // None of these waits for another, so they travel together.
  const [kept] = await settled([
    keepReference(db, sending, nobody),
    insertRows(db, sending, rows),
    keepIdentifiers(db, sending, rows),
    fillViews(db, sending, rows),
    relate(db, sending, rows),
    heard(db, sending),
    told(db, sending, rows),
  ])
  for (const { person_key, type, id } of hidden)
    await sql`select record.hide_again(${person_key}::uuid, ${type}, ${id})`.execute(db)
  await hideContents(db, contents, hidden)
  return inTheirOrder(writes, [...rows.map(writtenOf), ...kept], notes)
}

function inTheirOrder(
  writes: readonly Write[],
  kept: readonly Written[],
  notes: ReadonlyMap<Write, Fault[]>,
): Written[] {
  const at = new Map(kept.map((written) => [`${written.type}/${written.id}`, written]))
  return writes.flatMap((write) => {
    const written = at.get(`${write.resource.resourceType}/${write.resource.id}`)
    const noted = notes.get(write)
    return written ? [noted ? { ...written, notes: noted } : written] : []
  })
}

/**
 * What each says by itself, worked out when it is first asked for. Which views there are is asked at once: that travels with whatever else is asked.
 * @param aside whether other transactions are at work meanwhile, which go first
 */
function listener(db: Db, writes: readonly Write[], aside: boolean): () => Promise<Map<Write, Says>> {
  const asked = keptViews(db)
  asked.catch(() => undefined)
  const says = new Map<Write, Says>()
  return async () => {
    const views = await asked
    for (const [index, write] of writes.entries()) {
      if (says.has(write)) continue
      says.set(write, saysOf(write.resource, views))
      if (aside && index % 50 === 49) await breath()
    }
    return says
  }
}

const isPatient = ({ resource }: Write): boolean => resource.resourceType === 'Patient'

const namesSubject = (resource: Resource): boolean => 'subject' in resource || 'patient' in resource

function repeated(writes: Write[]): Fault[] {
  const seen = new Set<string>()
  return writes.flatMap(({ resource, path }) => {
    const key = `${resource.resourceType}/${resource.id}`
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [{ path, words: 'The same resource is sent twice in one transaction', code: 'duplicate' }]
  })
}

/** The newest version of each that was sent before. @throws NotAllowed for one that another source sent */
async function currentVersions(db: Db, sending: Sending, all: Write[]): Promise<Map<string, Current>> {
  const writes = all.filter((write) => !write.fresh)
  const places = writes.map(({ resource: { resourceType: type, id } }) => ({ type, id }))
  const { own, others } = await standingAt(db, sending, places)
  const [taken] = others.keys()
  if (taken !== undefined) throw new NotAllowed(`${taken} belongs to another source`)
  return own
}

/**
 * Items that were sent before and are reported as somebody else's: whatever their source says of them next stays hidden as well.
 * @throws Invalid for one that was disposed of, which must not come back by being sent again
 */
async function stillReported(db: Db, writes: Write[], existing: Map<string, Current>): Promise<Current[]> {
  const known = [...existing.values()]
  if (known.length === 0) return []
  const { rows } = await sql<{ type: string; id: string; disposed: boolean }>`
    select type, id, disposed from record.reported_among(${known.map((each) => each.person_key)}::uuid[],
      ${known.map((each) => each.type)}::text[], ${known.map((each) => each.id)}::text[])`.execute(db)
  const faults = rows
    .filter((row) => row.disposed)
    .map(({ type, id }) => ({
      path: writes.find(({ resource }) => resource.resourceType === type && resource.id === id)?.path ?? type,
      words:
        'This was disposed of here as somebody else’s. If it is theirs after all, send it under another id',
      code: 'conflict',
    }))
  if (faults.length > 0) throw new Invalid(faults)
  return rows.flatMap(({ type, id }) => existing.get(`${type}/${id}`) ?? [])
}

/** What comes new with a document that is reported is hidden as the document is. */
async function hideContents(db: Db, contents: Contents, hidden: readonly Current[]): Promise<void> {
  const isHidden = (type: string, { resource }: Write) =>
    hidden.find((each) => each.type === type && each.id === resource.id)
  for (const [content, document] of contents) {
    const reported = isHidden('DocumentReference', document)
    if (reported && !isHidden('Binary', content))
      await sql`select record.hide_content(${reported.person_key}::uuid, ${reported.id}, ${content.resource.id})`.execute(
        db,
      )
  }
}

type About = { subject: Subject | undefined; says: Says | undefined; classedAs?: Resource | undefined }

function rowOf(
  sending: Sending,
  write: Write,
  { subject, says, classedAs = write.resource }: About,
  existing: Map<string, Current>,
): Row {
  const { resource, path, ifMatch } = write
  const { file, others } = subject ?? { file: '', others: [] }
  const before = existing.get(`${resource.resourceType}/${resource.id}`)
  if (before && before.person_key !== file)
    throw new Invalid([
      { path, words: 'This id already belongs to a resource about another person', code: 'conflict' },
    ])
  if (ifMatch !== undefined && before?.version !== ifMatch)
    throw new Stale(`${resource.resourceType}/${resource.id} is not at version ${ifMatch}`)
  const version = (before?.version ?? 0) + 1
  const now = write.now ?? sending.now
  resource.meta = { ...resource.meta, versionId: String(version), lastUpdated: now.toISOString() }
  return {
    now,
    person_key: file,
    type: resource.resourceType,
    id: resource.id,
    version,
    category: categoryOf(classedAs, sending.sourceKind),
    sensitivity: sensitivityOf({
      restricted: isRestricted(classedAs),
      location: false,
      shared: others.length > 0,
    }),
    body: JSON.stringify(resource),
    resource,
    says: says ?? { search: '', views: [] },
    others,
    before: before?.body ? before : undefined,
  }
}

const writtenOf = (row: Row): Written => ({
  type: row.type,
  id: row.id,
  version: row.version,
  created: row.version === 1,
  body: row.body,
  file: row.person_key,
})

/** When the source was last heard, to the nearest ten seconds so that its messages do not queue for one row. */
async function heard(db: Db, sending: Sending): Promise<void> {
  const known = await db
    .selectFrom('record.source_heard')
    .select('last_received_at')
    .where('source', '=', sending.source)
    .executeTakeFirst()
  if (!known) {
    await db
      .insertInto('record.source_heard')
      .values({ source: sending.source, last_received_at: sending.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else if (known.last_received_at.getTime() < sending.now.getTime() - 10_000) {
    await db
      .updateTable('record.source_heard')
      .set({ last_received_at: sending.now })
      .where('source', '=', sending.source)
      .execute()
  }
}

/** The event, one for each person. */
async function told(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  const byFile = Map.groupBy(rows, (row) => row.person_key)
  const changed = [...byFile].map(([file, those]) => ({
    file,
    types: [...new Set(those.map((row) => row.type))],
  }))
  if (changed.length === 0) return
  await sql`
    select platform.emit('record changed', jsonb_build_object('person', people.ref_of(file), 'source', ${sending.source}::text, 'types', types))
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as changed (file uuid, types jsonb)`.execute(
    db,
  )
}

export const newId = (): string => randomUUID()
