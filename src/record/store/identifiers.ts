import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { type Db, rowsAs } from '../../platform/index.ts'
import type { Row, Sending, Write } from './row.ts'

/** An identifier as it is looked for; a system that was left out is empty. */
export type Sought = { type: string; system: string; value: string }

/** The identifiers of a resource, each once. */
export function identifiersOf(resource: Resource): { system: string; value: string }[] {
  const { identifier } = resource as { identifier?: unknown }
  const all = [identifier].flat() as ({ system?: string; value?: string } | undefined)[]
  const named = all.flatMap((each) =>
    typeof each?.value === 'string' ? [{ system: each.system ?? '', value: each.value }] : [],
  )
  return [...new Map(named.map((each) => [`${each.system}|${each.value}`, each])).values()]
}

const columns = {
  person_key: 'uuid',
  type: 'text',
  id: 'text',
  system: 'text',
  value: 'text',
  source: 'text',
}

/** What resources about people are found by, in place of what the versions before were. */
export async function keepIdentifiers(db: Db, sending: Sending, rows: Row[]): Promise<void> {
  const stale = rows.filter((row) => row.before)
  const fresh = rows.flatMap(({ person_key, type, id, resource }) =>
    identifiersOf(resource).map((each) => ({ person_key, type, id, ...each, source: sending.source })),
  )
  if (stale.length > 0)
    await sql`delete from record.resource_identifier i
      using unnest(${stale.map((row) => row.person_key)}::uuid[], ${stale.map((row) => row.type)}::text[], ${stale.map((row) => row.id)}::text[]) as s (person_key, type, id)
      where i.person_key = s.person_key and i.type = s.type and i.id = s.id`.execute(db)
  if (fresh.length > 0)
    await sql`insert into record.resource_identifier (person_key, type, id, system, value, source)
      select * from ${rowsAs(columns, fresh)} as fresh`.execute(db)
}

export async function keepReferenceIdentifiers(db: Db, { resource }: Write, isNew: boolean): Promise<void> {
  const { resourceType: type, id } = resource
  const fresh = identifiersOf(resource).map((each) => ({ type, id, ...each }))
  if (!isNew)
    await db.deleteFrom('record.reference_identifier').where('type', '=', type).where('id', '=', id).execute()
  if (fresh.length > 0) await db.insertInto('record.reference_identifier').values(fresh).execute()
}

export const soughtKey = ({ type, system, value }: Sought): string => `${type}?identifier=${system}|${value}`

/**
 * Which resources carry each identifier: of what concerns nobody anybody's, of what is about people this source's own, those reported as
 * somebody else's among them: what is not found would be made anew. Each by its `soughtKey`; those that are not there are left out.
 */
export async function idsByIdentifier(
  db: Db,
  sending: Sending,
  sought: readonly Sought[],
): Promise<Map<string, string[]>> {
  if (sought.length === 0) return new Map()
  const asked = sql`unnest(${sought.map((each) => each.type)}::text[], ${sought.map((each) => each.system)}::text[], ${sought.map((each) => each.value)}::text[]) as asked (type, system, value)`
  const { rows } = await sql<Sought & { id: string }>`
    select asked.*, i.id from ${asked} join record.reference_identifier i using (type, system, value)
    union
    select asked.*, i.id from ${asked} join record.resource_identifier i using (type, system, value) where i.source = ${sending.source}
    order by id`.execute(db)
  const found = new Map<string, string[]>()
  for (const row of rows) found.set(soughtKey(row), [...(found.get(soughtKey(row)) ?? []), row.id])
  return found
}
