import type { Schedule, Slot } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { Conflict, type Db, Stale } from '../../platform/index.ts'
import { searchEntries } from '../search/index.ts'
import { keepReferenceIdentifiers } from './identifiers.ts'
import type { Sending, Write, Written } from './row.ts'
import { byPlace, type Place } from './standing.ts'

/** Keeps what concerns nobody: organisations, practitioners, places, slots; in one order, so that two transactions do not wait in a circle. */
export async function keepReference(db: Db, sending: Sending, writes: Write[]): Promise<Written[]> {
  const kept: Written[] = []
  for (const write of writes.toSorted(byPlace)) {
    const { resource } = write
    const { resourceType: type, id } = resource
    const before = await newestOf(db, { type, id })
    if (before && before.source !== sending.source)
      throw new Conflict(`${type}/${id} belongs to another source`)
    if (write.ifMatch !== undefined && before?.version !== write.ifMatch)
      throw new Stale(`${type}/${id} is not at version ${write.ifMatch}`)
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
    const current = { ...row, search: searchEntries(resource) }
    await db
      .insertInto('record.reference_resource')
      .values(current)
      .onConflict((conflict) => conflict.columns(['type', 'id']).doUpdateSet(current))
      .execute()
    await keepReferenceIdentifiers(db, write, before === undefined || before.deleted)
    if (type === 'Slot') await keepSlot(db, resource as Slot & { id: string })
    if (type === 'Schedule') await keepSchedule(db, resource as Schedule & { id: string })
    kept.push({ type, id, version, created: version === 1, body: row.body, file: null })
  }
  return kept
}

type Newest = { version: number; source: string; deleted: boolean }

/** The newest version, locked where it stands; history has it where it was deleted. */
async function newestOf(db: Db, { type, id }: Place): Promise<Newest | undefined> {
  await sql`select 1 from record.reference_resource where type = ${type} and id = ${id} for update`.execute(
    db,
  )
  const { rows } = await sql<Newest>`
    select h.version, h.source, h.body is null as deleted from record.reference_resource_history h
    where h.type = ${type} and h.id = ${id} order by h.version desc limit 1`.execute(db)
  return rows[0]
}

/**
 * Takes away what concerns nobody; its history stays, with a last version that has no body. What was taken away before stays so.
 * @returns undefined where this source has no such resource
 * @throws Stale where it is not at the version that is to be taken away
 */
export async function removeReference(
  db: Db,
  sending: Sending,
  { type, id, ifMatch }: Place & { ifMatch?: number },
): Promise<number | undefined> {
  const before = await newestOf(db, { type, id })
  if (!before || before.source !== sending.source) return undefined
  if (ifMatch !== undefined && before.version !== ifMatch)
    throw new Stale(`${type}/${id} is not at version ${ifMatch}`)
  if (before.deleted) return before.version
  const version = before.version + 1
  const gone = { type, id, version, source: sending.source, received_at: sending.now, body: null }
  await db.insertInto('record.reference_resource_history').values(gone).execute()
  await db.deleteFrom('record.reference_resource').where('type', '=', type).where('id', '=', id).execute()
  await db.deleteFrom('record.reference_identifier').where('type', '=', type).where('id', '=', id).execute()
  if (type === 'Slot') await db.deleteFrom('record.slot').where('id', '=', id).execute()
  if (type === 'Schedule') await db.deleteFrom('record.schedule_actor').where('schedule', '=', id).execute()
  return version
}

const idIn = (reference: string | undefined, type: string): string | null =>
  reference?.startsWith(`${type}/`) ? reference.slice(type.length + 1) : null

async function keepSlot(db: Db, slot: Slot & { id: string }): Promise<void> {
  const row = {
    id: slot.id,
    schedule: idIn(slot.schedule?.reference, 'Schedule'),
    status: slot.status ?? '',
    starts_at: slot.start ?? '',
    ends_at: slot.end ?? '',
  }
  await db
    .insertInto('record.slot')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

async function keepSchedule(db: Db, schedule: Schedule & { id: string }): Promise<void> {
  const actors = new Set(schedule.actor?.flatMap((each) => (each.reference ? [each.reference] : [])))
  await db.deleteFrom('record.schedule_actor').where('schedule', '=', schedule.id).execute()
  if (actors.size > 0)
    await db
      .insertInto('record.schedule_actor')
      .values([...actors].map((actor) => ({ schedule: schedule.id, actor })))
      .execute()
}

/** Bodies of what concerns nobody, by `Type/id`. */
export async function referenceBodies(db: Db, places: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(places)].map((place) => place.split('/'))
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ place: string; body: string }>`
    select type || '/' || id as place, r.body
    from unnest(${wanted.map(([type]) => type ?? '')}::text[], ${wanted.map(([, id]) => id ?? '')}::text[]) as asked (type, id)
    join record.reference_resource r using (type, id)`.execute(db)
  return new Map(rows.map(({ place, body }) => [place, body]))
}
