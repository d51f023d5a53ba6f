import { Conflict, type Db } from '../../platform/index.ts'
import type { Sending, Write, Written } from './row.ts'

/** Keeps what concerns nobody: organisations, practitioners, places. */
export async function keepReference(db: Db, sending: Sending, writes: Write[]): Promise<Written[]> {
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
    kept.push({ type, id, version, created: version === 1, body: row.body, file: null })
  }
  return kept
}
