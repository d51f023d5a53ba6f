import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { mustMaySend } from '../../access/index.ts'
import { Conflict, type Db, NotFound, Stale } from '../../platform/index.ts'
import { binariesOf } from './binaries.ts'
import { parseLossless } from './lossless-json.ts'
import { removeReference } from './reference-resources.ts'
import { unprotect } from './relate.ts'
import type { Current, Sending } from './row.ts'
import { keeping, type Place, placeOf, standingAt } from './standing.ts'
import { withdraw } from './withdraw.ts'

/** One resource that its source takes away. `ifMatch`: the version that it takes away. */
export type Removal = Place & { ifMatch?: number }
/** The version that says so; `file` is the person's, or null for what concerned nobody. */
export type Removed = Place & { version: number; file: string | null }

/**
 * Takes away what this source sent. Nothing of it is read, found or counted any more, and no team may read because of it; the history keeps
 * every version and a last one without a body. What was taken away before stays so. The content of a document goes with it. References to it
 * stay as they were sent.
 * @throws NotFound where this source never sent it, Stale where it is at another version, Conflict for a Patient about whom more stands
 */
export const remove = (db: Db, sending: Sending, removals: readonly Removal[]): Promise<Removed[]> =>
  removals.length === 0 ? Promise.resolve([]) : keeping(db, () => removeAll(db, sending, removals))

async function removeAll(db: Db, sending: Sending, removals: readonly Removal[]): Promise<Removed[]> {
  for (const { type } of removals) mustMaySend(sending.app, 'd', type)
  const { own, others } = await standingAt(db, sending, removals)
  const removed: Removed[] = []
  const leaving: Current[] = []
  for (const removal of removals) {
    const found = own.get(placeOf(removal))
    const { type, id, ifMatch } = removal
    if (found) {
      if (ifMatch !== undefined && found.version !== ifMatch)
        throw new Stale(`${type}/${id} is not at version ${ifMatch}`)
      if (found.body !== '') leaving.push(found)
      removed.push({ type, id, version: found.version + Number(found.body !== ''), file: found.person_key })
      continue
    }
    const other = others.get(placeOf(removal))
    const version = other === undefined ? await removeReference(db, sending, removal) : undefined
    if (version === undefined) throw new NotFound(other === undefined ? [] : [other])
    removed.push({ type, id, version, file: null })
  }
  const contents = await contentsOf(db, sending, leaving)
  await leave(db, sending, [...leaving, ...contents])
  return removed
}

/** The Binaries of documents that leave, where they do not leave by themselves. */
async function contentsOf(db: Db, sending: Sending, leaving: readonly Current[]): Promise<Current[]> {
  const named = new Set(leaving.map(placeOf))
  const places = leaving
    .filter(({ type }) => type === 'DocumentReference')
    .flatMap(({ body }) => binariesOf(parseLossless(body) as Resource))
    .map((id) => ({ type: 'Binary', id }))
    .filter((place) => !named.has(placeOf(place)))
  const { own } = await standingAt(db, sending, places)
  return [...own.values()].filter(({ body }) => body !== '')
}

async function leave(db: Db, sending: Sending, leaving: readonly Current[]): Promise<void> {
  if (leaving.length === 0) return
  const standing = leaving.map(({ body, person_key: file }) => ({
    resource: parseLossless(body) as Resource & { id: string },
    file,
  }))
  await withdraw(db, sending, standing)
  await unprotect(db, standing)
  const patients = leaving.filter(({ type }) => type === 'Patient')
  if (patients.length > 0) await forgetWho(db, sending, patients)
}

/**
 * A file whose last Patient leaves is nobody's that could be found. It must be empty: what stands in it would be about nobody.
 * @throws Conflict
 */
async function forgetWho(db: Db, sending: Sending, patients: readonly Current[]): Promise<void> {
  const files = patients.map(({ person_key }) => person_key)
  const { rows } = await sql<{ file: string; patients: number; type: string | null }>`
    select asked.file, count(*) filter (where r.type = 'Patient') as patients, min(r.type) filter (where r.type <> 'Patient') as type
    from unnest(${files}::uuid[]) as asked (file)
    left join record.resource r on r.person_key = asked.file and r.source = ${sending.source}
    group by asked.file`.execute(db)
  const left = rows.filter((row) => row.patients === 0)
  for (const { type, file } of left) {
    const patient = patients.find((each) => each.person_key === file)
    if (type !== null)
      throw new Conflict(
        `Patient/${patient?.id} is named by what you sent about them, such as a resource of type ${type}. Delete that first, or in the same transaction.`,
      )
  }
  await sql`delete from people.demographic d where d.person_key = any (${left.map(({ file }) => file)}::uuid[])`.execute(
    db,
  )
}
