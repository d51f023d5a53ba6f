import { randomUUID } from 'node:crypto'
import type { Patient, Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { mustMayWrite } from '../../access/index.ts'
import { filesFor, saidBy } from '../../people/index.ts'
import { Conflict, type Db, type Fault, Invalid, NotAllowed, settled } from '../../platform/index.ts'
import { documentOfEach, mustFitStored } from './binaries.ts'
import { categoryOf, isRestricted, sensitivityOf } from './classify.ts'
import { keepIdentifiers } from './identifiers.ts'
import { fillViews, insertRows } from './insert.ts'
import { keepReference } from './reference-resources.ts'
import { aboutNobody } from './references.ts'
import { relate } from './relate.ts'
import type { Current, Row, Sending, Write, Written } from './row.ts'
import { type Homes, type Subject, whoFor } from './subjects.ts'

/**
 * Keeps resources in one transaction: current version, history, homes, view tables, relationships, protections, and the event.
 * Patients come first, since what is about them needs their file. All are kept or, with an error that names each place, none.
 */
export async function keep(db: Db, sending: Sending, writes: Write[]): Promise<Written[]> {
  const twice = repeated(writes)
  if (twice.length > 0) throw new Invalid(twice)
  const patients = writes.filter((write) => write.resource.resourceType === 'Patient')
  const nobody = writes.filter(
    (write) => aboutNobody.has(write.resource.resourceType) && !namesSubject(write.resource),
  )
  const contents = documentOfEach(writes)
  const others = writes.filter(
    (write) => !patients.includes(write) && !nobody.includes(write) && !contents.has(write),
  )
  const homes: Homes = new Map()
  for (const { resource, fresh } of writes)
    mustMayWrite(sending.app, fresh ? 'c' : 'u', resource.resourceType)
  const existing = await currentVersions(db, sending, writes)
  const hidden = await stillReported(db, writes, existing)
  const files = await filesFor(
    db,
    sending.source,
    sending.organisation,
    // An id has one home for ever: a Patient sent again under its id stays in its file even if its identifiers change.
    patients.map(({ resource }) => ({
      said: saidBy(resource as Patient),
      home: existing.get(`Patient/${resource.id}`)?.person_key,
    })),
  )
  for (const [index, { resource }] of patients.entries()) homes.set(resource.id, files[index] ?? '')
  const subjects = await whoFor(db, sending, others, homes, existing)
  const rows = [
    ...patients.map((write) =>
      rowOf(sending, write, { file: homes.get(write.resource.id) ?? '', others: [] }, existing),
    ),
    ...others.map((write, index) => rowOf(sending, write, subjects[index], existing)),
    // A Binary is kept as its document is.
    ...[...contents].map(([write, document]) =>
      rowOf(sending, write, subjects[others.indexOf(document)], existing, document.resource),
    ),
  ]
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
  const byPlace = new Map(
    [...rows.map(writtenOf), ...kept].map((written) => [`${written.type}/${written.id}`, written]),
  )
  return writes
    .map(({ resource }) => byPlace.get(`${resource.resourceType}/${resource.id}`))
    .filter((written) => written !== undefined)
}

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

async function currentVersions(db: Db, sending: Sending, all: Write[]): Promise<Map<string, Current>> {
  const writes = all.filter((write) => !write.fresh)
  if (writes.length === 0) return new Map()
  const types = writes.map((write) => write.resource.resourceType)
  const ids = writes.map((write) => write.resource.id)
  const { rows: homed } = await sql<{ type: string; id: string; person_key: string }>`
    select asked.type, asked.id, home.person_key, set_config('gt.keeping', 'yes', true)
    from unnest(${types}::text[], ${ids}::text[]) as asked (type, id), record.home(asked.type, asked.id) as home (person_key)
    where home.person_key is not null`.execute(db)
  if (homed.length === 0) return new Map()
  const keys = homed.map((row) => row.person_key)
  // Locked before it is read: whoever waits here for another writer reads what that one wrote. In one order, so that none waits in a circle.
  await sql`select 1 from record.resource where person_key = any (${keys}::uuid[]) and (type, id) in (select * from unnest(${types}::text[], ${ids}::text[]))
    order by person_key, type, id for update`.execute(db)
  // The newest version of each. History has it even where the resource was deleted; another source's is not visible.
  const { rows } = await sql<Current & { source: string }>`
    select distinct on (h.type, h.id) h.type, h.id, h.version, coalesce(h.body, '') as body, h.person_key, h.sensitivity, h.source
    from unnest(${keys}::uuid[], ${homed.map((row) => row.type)}::text[], ${homed.map((row) => row.id)}::text[]) as home (person_key, type, id)
    join record.resource_history h using (person_key, type, id)
    order by h.type, h.id, h.version desc`.execute(db)
  const found = new Map(rows.map((row) => [`${row.type}/${row.id}`, row]))
  for (const { type, id } of homed) {
    if (found.get(`${type}/${id}`)?.source !== sending.source)
      throw new NotAllowed(`${type}/${id} belongs to another source`)
  }
  return found
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

function rowOf(
  sending: Sending,
  write: Write,
  { file, others }: Subject = { file: '', others: [] },
  existing: Map<string, Current>,
  classedAs: Resource = write.resource,
): Row {
  const { resource, path, ifMatch } = write
  const before = existing.get(`${resource.resourceType}/${resource.id}`)
  if (before && before.person_key !== file)
    throw new Invalid([
      { path, words: 'This id already belongs to a resource about another person', code: 'conflict' },
    ])
  if (ifMatch !== undefined && before?.version !== ifMatch)
    throw new Conflict(`${resource.resourceType}/${resource.id} has changed since version ${ifMatch}`)
  const version = (before?.version ?? 0) + 1
  resource.meta = { ...resource.meta, versionId: String(version), lastUpdated: sending.now.toISOString() }
  return {
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
