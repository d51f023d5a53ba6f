import { randomUUID } from 'node:crypto'
import type { Patient, Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import type { Place } from '../../access/index.ts'
import { fileFor, refOf, saidBy } from '../../people/index.ts'
import { Conflict, type Db, emit, type Fault, Invalid, NotAllowed } from '../../platform/index.ts'
import { tableName, viewRecord, viewsFor } from '../views/index.ts'
import { bondChanges, bondsOf } from './bonds.ts'
import { categoryOf, hasProtectedAddress, isRestricted, sensitivityOf } from './classify.ts'
import { parseLossless } from './lossless-json.ts'
import { aboutNobody } from './references.ts'
import { type Homes, whoFor } from './subjects.ts'

/** Who sends, and what the store needs to know of the place. */
export type Sending = { source: string; sourceKind: string; organisation: string; place: Place; now: Date }

/** One resource to keep. `path` names its place in what was sent, for errors. `ifMatch`: the version it replaces. */
export type Write = { resource: Resource & { id: string }; path: string; ifMatch?: number }

export type Written = { type: string; id: string; version: number; created: boolean; body: string }

type Current = { type: string; id: string; version: number; body: string; person_key: string }
type Row = Current & {
  category: string
  sensitivity: string
  resource: Resource & { id: string }
  others: string[]
  before: Current | undefined
}

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
  const others = writes.filter((write) => !patients.includes(write) && !nobody.includes(write))
  const homes: Homes = new Map()
  const existing = await currentVersions(db, sending, writes)
  for (const { resource } of patients)
    homes.set(resource.id, await fileOfPatient(db, sending, resource as Patient, existing))
  const subjects = await whoFor(db, sending, others, homes)
  const rows = [
    ...patients.map((write) => rowOf(sending, write, homes.get(write.resource.id) ?? '', [], existing)),
    ...others.map((write, index) =>
      rowOf(sending, write, subjects[index]?.file ?? '', subjects[index]?.others ?? [], existing),
    ),
  ]
  await insertRows(db, sending, rows)
  await fillViews(db, sending, rows)
  await relate(db, sending, rows)
  const kept = await keepReference(db, sending, nobody)
  await heard(db, sending, rows)
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

async function currentVersions(db: Db, sending: Sending, writes: Write[]): Promise<Map<string, Current>> {
  const types = writes.map((write) => write.resource.resourceType)
  const ids = writes.map((write) => write.resource.id)
  const { rows: homed } = await sql<{ type: string; id: string; person_key: string }>`
    select asked.type, asked.id, home.person_key
    from unnest(${types}::text[], ${ids}::text[]) as asked (type, id), record.home(asked.type, asked.id) as home (person_key)
    where home.person_key is not null`.execute(db)
  if (homed.length === 0) return new Map()
  // The newest version of each, locked. History has it even where the resource was deleted; another source's is not visible.
  const keys = homed.map((row) => row.person_key)
  const { rows } = await sql<Current & { source: string }>`
    select distinct on (h.type, h.id) h.type, h.id, h.version, coalesce(h.body, '') as body, h.person_key, h.source
    from unnest(${keys}::uuid[], ${homed.map((row) => row.type)}::text[], ${homed.map((row) => row.id)}::text[]) as home (person_key, type, id)
    join record.resource_history h using (person_key, type, id)
    order by h.type, h.id, h.version desc`.execute(db)
  const found = new Map(rows.map((row) => [`${row.type}/${row.id}`, row]))
  for (const { type, id } of homed) {
    if (found.get(`${type}/${id}`)?.source !== sending.source)
      throw new NotAllowed(`${type}/${id} belongs to another source`)
  }
  await sql`select 1 from record.resource where person_key = any (${keys}::uuid[]) and (type, id) in (select * from unnest(${types}::text[], ${ids}::text[])) for update`.execute(
    db,
  )
  return found
}

/** An id has one home for ever: a Patient sent again under its id stays in its file even if its identifiers change. */
async function fileOfPatient(
  db: Db,
  sending: Sending,
  patient: Patient,
  existing: Map<string, Current>,
): Promise<string> {
  const home = existing.get(`Patient/${patient.id}`)?.person_key
  return fileFor(db, sending.source, sending.organisation, saidBy(patient), home)
}

function rowOf(
  sending: Sending,
  write: Write,
  file: string,
  others: string[],
  existing: Map<string, Current>,
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
    category: categoryOf(resource, sending.sourceKind),
    sensitivity: sensitivityOf({
      restricted: isRestricted(resource),
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
})

async function insertRows(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  if (rows.length === 0) return
  const common = {
    source: sending.source,
    organisation: sending.organisation,
    received_at: sending.now.toISOString(),
  }
  const json = JSON.stringify(
    rows.map(({ person_key, type, id, version, category, sensitivity, body }) => ({
      person_key,
      type,
      id,
      version,
      category,
      sensitivity,
      body,
      ...common,
    })),
  )
  await sql`insert into record.resource_history select * from jsonb_populate_recordset(null::record.resource_history, ${json}::jsonb)`.execute(
    db,
  )
  await sql`
    insert into record.resource select * from jsonb_populate_recordset(null::record.resource, ${json}::jsonb)
    on conflict (person_key, type, id) do update set version = excluded.version, category = excluded.category, sensitivity = excluded.sensitivity,
      source = excluded.source, organisation = excluded.organisation, received_at = excluded.received_at, body = excluded.body`.execute(
    db,
  )
  const fresh = rows.filter((row) => row.version === 1)
  if (fresh.length > 0) {
    await db
      .insertInto('record.resource_home')
      .values(fresh.map(({ type, id, person_key }) => ({ type, id, person_key })))
      .execute()
  }
  const shared = rows.flatMap((row) =>
    row.others.map((person_key) => ({ person_key, type: row.type, id: row.id })),
  )
  if (shared.length > 0)
    await db
      .insertInto('record.resource_person')
      .values(shared)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

async function fillViews(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  const filled = new Map<string, { stale: Row[]; fresh: Record<string, unknown>[] }>()
  for (const row of rows) {
    for (const view of viewsFor(row.type)) {
      const into = filled.get(`record.${tableName(view)}`) ?? { stale: [], fresh: [] }
      filled.set(`record.${tableName(view)}`, into)
      if (row.before) into.stale.push(row)
      const { person_key, category } = row
      const sensitivity = sensitivityOf({
        restricted: isRestricted(row.resource),
        location: view.location,
        shared: row.others.length > 0,
      })
      const common = {
        person_key,
        resource_id: row.id,
        category,
        sensitivity,
        source: sending.source,
        organisation: sending.organisation,
        received_at: sending.now.toISOString(),
      }
      for (const [row_no, columns] of viewRecord(view, row.resource).entries())
        into.fresh.push({ ...columns, ...common, row_no })
    }
  }
  for (const [table, { stale, fresh }] of filled) {
    const name = sql.table(table)
    if (stale.length > 0) {
      await sql`delete from ${name} t using unnest(${stale.map((row) => row.person_key)}::uuid[], ${stale.map((row) => row.id)}::text[]) as s (person_key, id)
        where t.person_key = s.person_key and t.resource_id = s.id`.execute(db)
    }
    if (fresh.length > 0)
      await sql`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${JSON.stringify(fresh)}::jsonb)`.execute(
        db,
      )
  }
}

async function relate(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  const bonds = rows.flatMap((row) => {
    const before = row.before
      ? bondsOf(parseLossless(row.before.body) as Resource, sending.place, sending.now)
      : []
    return bondChanges(before, bondsOf(row.resource, sending.place, sending.now)).map((bond) => ({
      ...bond,
      person_key: row.person_key,
    }))
  })
  const shields = rows.flatMap((row) => protectionOf(row))
  if (shields.length > 0) await db.insertInto('access.protection').values(shields).execute()
  if (bonds.length > 0) await db.insertInto('access.relationship').values(bonds).execute()
}

/** A protection is written when it begins and when it ends, not on every version between. */
function protectionOf(
  row: Row,
): { person_key: string; kind: 'objection' | 'protected address'; basis: string; in_force: boolean }[] {
  const before = row.before ? (parseLossless(row.before.body) as Resource) : undefined
  const kind = row.type === 'Patient' ? 'protected address' : row.type === 'Consent' ? 'objection' : undefined
  if (!kind) return []
  const stands = (resource: Resource) => hasProtectedAddress(resource) || isObjection(resource)
  const now = stands(row.resource)
  const then = before !== undefined && stands(before)
  return now === then
    ? []
    : [{ person_key: row.person_key, kind, basis: `${row.type}/${row.id}`, in_force: now }]
}

const isObjection = (resource: Resource): boolean =>
  resource.resourceType === 'Consent' && resource.status === 'active' && resource.provision?.type === 'deny'

async function keepReference(db: Db, sending: Sending, writes: Write[]): Promise<Written[]> {
  const kept: Written[] = []
  for (const { resource } of writes) {
    const { resourceType: type, id } = resource
    const before = await db
      .selectFrom('record.reference_resource')
      .select(['version', 'source'])
      .where('type', '=', type)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (before && before.source !== sending.source)
      throw new Conflict(`${type}/${id} belongs to another source`)
    const version = (before?.version ?? 0) + 1
    resource.meta = { ...resource.meta, versionId: String(version), lastUpdated: sending.now.toISOString() }
    const row = {
      type,
      id,
      version,
      source: sending.source,
      received_at: sending.now,
      body: JSON.stringify(resource),
    }
    await db.insertInto('record.reference_resource_history').values(row).execute()
    await db
      .insertInto('record.reference_resource')
      .values(row)
      .onConflict((conflict) => conflict.columns(['type', 'id']).doUpdateSet(row))
      .execute()
    kept.push({ type, id, version, created: version === 1, body: row.body })
  }
  return kept
}

/** When the source was last heard, to the nearest ten seconds so that its messages do not queue for one row; and the event. */
async function heard(db: Db, sending: Sending, rows: Row[]): Promise<void> {
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
  const byFile = Map.groupBy(rows, (row) => row.person_key)
  for (const [file, changed] of byFile) {
    await emit(db, 'record changed', {
      person: await refOf(db, file),
      source: sending.source,
      types: [...new Set(changed.map((row) => row.type))],
    })
  }
}

export const newId = (): string => randomUUID()
