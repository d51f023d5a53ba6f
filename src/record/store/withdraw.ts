import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import type { Db } from '../../platform/index.ts'
import { keptViews } from '../views/index.ts'
import { bondChanges, bondsOf } from './bonds.ts'
import type { Sending } from './row.ts'

/** A resource as it stands in a file that it must leave. */
export type Leaving = { resource: Resource & { id: string }; file: string }

/**
 * Takes resources out of the files they stand in, such as a visit that was another person’s: nothing of them is read any more, and no team
 * may read because of them. The history keeps every version, and a last one without a body.
 */
export async function withdraw(db: Db, sending: Sending, leaving: readonly Leaving[]): Promise<void> {
  if (leaving.length === 0) return
  const files = leaving.map(({ file }) => file)
  const types = leaving.map(({ resource }) => resource.resourceType)
  const ids = leaving.map(({ resource }) => resource.id)
  const these = sql`unnest(${files}::uuid[], ${types}::text[], ${ids}::text[]) as leaving (person_key, type, id)`
  await sql`
    insert into record.resource_history (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body)
    select person_key, type, id, r.version + 1, r.category, r.sensitivity, r.source, r.organisation, ${sending.now.toISOString()}, null
    from ${these} join record.resource r using (person_key, type, id)`.execute(db)
  await sql`delete from record.resource r using ${these}
    where r.person_key = leaving.person_key and r.type = leaving.type and r.id = leaving.id`.execute(db)
  const views = await keptViews(db)
  for (const table of new Set(types.flatMap((type) => views.of(type).map((kept) => kept.table))))
    await sql`delete from ${sql.table(`record.${table}`)} v using ${these}
      where v.person_key = leaving.person_key and v.resource_id = leaving.id`.execute(db)
  await sql`delete from record.timeline_event t using ${these}
    where t.person_key = leaving.person_key and t.type = leaving.type and t.resource_id = leaving.id`.execute(
    db,
  )
  const bonds = leaving.flatMap(({ resource, file }) =>
    bondChanges(bondsOf(resource, sending.place, sending.now), []).map((bond) => ({
      ...bond,
      person_key: file,
    })),
  )
  if (bonds.length > 0) await db.insertInto('access.relationship').values(bonds).execute()
  const byFile = Map.groupBy(leaving, ({ file }) => file)
  const told = [...byFile].map(([file, those]) => ({
    file,
    types: [...new Set(those.map(({ resource }) => resource.resourceType))],
  }))
  await sql`
    select platform.emit('record changed', jsonb_build_object('person', people.ref_of(file), 'source', ${sending.source}::text, 'types', types))
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as told (file uuid, types jsonb)`.execute(db)
}
