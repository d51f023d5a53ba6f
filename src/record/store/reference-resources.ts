import type { Schedule, Slot } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { Conflict, type Db } from '../../platform/index.ts'
import { searchEntries } from '../search/index.ts'
import { keepReferenceIdentifiers } from './identifiers.ts'
import type { Sending, Write, Written } from './row.ts'

/** Keeps what concerns nobody: organisations, practitioners, places, slots. */
export async function keepReference(db: Db, sending: Sending, writes: Write[]): Promise<Written[]> {
  const kept: Written[] = []
  for (const write of writes) {
    const { resource } = write
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
    if (write.ifMatch !== undefined && before?.version !== write.ifMatch)
      throw new Conflict(`${type}/${id} has changed since version ${write.ifMatch}`)
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
    await keepReferenceIdentifiers(db, write, before === undefined)
    if (type === 'Slot') await keepSlot(db, resource as Slot & { id: string })
    if (type === 'Schedule') await keepSchedule(db, resource as Schedule & { id: string })
    kept.push({ type, id, version, created: version === 1, body: row.body, file: null })
  }
  return kept
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
