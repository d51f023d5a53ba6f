import type { BundleEntry, Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { fileOf as fileUnder, linkFiles } from '../../people/index.ts'
import { Conflict, type Db } from '../../platform/index.ts'
import { isRawJson, keepTransaction, type Sending, withdraw } from '../../record/index.ts'
import { localNumberSystem } from '../adt/patient.fhir.ts'
import { type Current, placeOf, type Thing, type Work } from './work.ts'

/** Writes what a batch has changed: resources in one call, what is remembered of each thing, and which files are one person’s. */
export async function flush(db: Db, sending: Sending, work: Work): Promise<void> {
  const entry = [...work.writes.values()].flatMap((resource) => entryFor(work, resource))
  await withdraw(db, sending, [...work.gone.values()])
  const outcomes =
    entry.length === 0
      ? []
      : await keepTransaction(db, sending, { resourceType: 'Bundle', type: 'transaction', entry })
  const files = new Map(
    outcomes.flatMap(({ written }) =>
      written.type === 'Patient' ? [[written.id, written.file] as const] : [],
    ),
  )
  for (const person of work.people.values()) person.file ??= files.get(person.id) ?? undefined
  await Promise.all([keepThings(db, work), joinFiles(db, work)])
}

/** A write under the version that was read, or nothing when nothing has changed. */
function entryFor(work: Work, resource: Resource & { id: string }): BundleEntry[] {
  const url = `${resource.resourceType}/${resource.id}`
  const before: Current | undefined = work.current.get(url)
  if (before && canonical(unversioned(resource)) === canonical(unversioned(before.resource))) return []
  return [{ resource, request: { method: 'PUT', url, ...(before && { ifMatch: `W/"${before.version}"` }) } }]
}

/** Without what the store itself writes at every version. */
function unversioned({ meta, ...resource }: Resource): Omit<Resource, 'meta'> & { meta?: Resource['meta'] } {
  const { versionId: _, lastUpdated: __, ...said } = meta ?? {}
  return Object.keys(said).length > 0 ? { ...resource, meta: said } : resource
}

/** The same however its properties are ordered. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) && !isRawJson(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )

async function keepThings(db: Db, work: Work): Promise<void> {
  const rows = [...work.things.values()].flatMap((thing) => {
    const file = work.people.get(thing.owner)?.file
    if (!thing.changed) return []
    const state = JSON.stringify({ owner: thing.owner, memory: thing.memory })
    return [{ person_key: file ?? null, kind: thing.kind, key: thing.key, source: work.reader.source, state }]
  })
  if (rows.length === 0) return
  // Whose it is may not be among the people of this batch: then it stays where it is.
  await sql`
    insert into feeds.thing (person_key, kind, key, source, state)
    select coalesce(fresh.person_key, t.person_key), fresh.kind, fresh.key, fresh.source, fresh.state
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as fresh (person_key uuid, kind text, key text, source text, state text)
    left join feeds.thing t on t.source = fresh.source and t.kind = fresh.kind and t.key = fresh.key
    on conflict (source, kind, key) do update set person_key = excluded.person_key, state = excluded.state`.execute(
    db,
  )
}

/**
 * Numbers that were merged are one person’s. Each time one of their Patients changes the files are looked at again, since the one that the
 * others follow may have found its own person meanwhile.
 */
async function joinFiles(db: Db, work: Work): Promise<void> {
  const pairs = new Map<string, { from: string; to: string }>()
  for (const number of work.stirred) {
    const person = work.things.get(placeOf('person', number)) as Thing<'person'> | undefined
    for (const other of person?.memory.same ?? [])
      pairs.set(`${other} ${number}`, { from: other, to: number })
  }
  for (const merge of work.merges) pairs.set(`${merge.from} ${merge.to}`, merge)
  for (const { from, to } of pairs.values()) await joinFile(db, work, from, to)
}

async function joinFile(db: Db, work: Work, from: string, to: string): Promise<void> {
  const [one, other] = await Promise.all([from, to].map((number) => fileOf(db, work, number)))
  if (!one || !other) return
  try {
    await linkFiles(db, { one, other, why: 'the source says that both of its numbers are one person’s' })
  } catch (problem) {
    // Somebody has said otherwise, or a number was superseded: what a person decided stands against what a source reports.
    if (!(problem instanceof Conflict)) throw problem
  }
}

async function fileOf(db: Db, work: Work, number: string): Promise<string | undefined> {
  const { source } = work.reader
  return (
    work.people.get(number)?.file ??
    fileUnder(db, source, { system: localNumberSystem(source), value: number })
  )
}
