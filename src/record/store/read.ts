import { sql } from 'kysely'
import { type Db, Gone, NotFound } from '../../platform/index.ts'

export type Stored = {
  type: string
  id: string
  version: number
  body: string
  received_at: Date
  person_key: string | null
}

/** The current version, if the reader's scope has it. @throws NotFound, alike for what is refused and what is not there; Gone for what this reader could read until its source took it away */
export async function readResource(db: Db, type: string, id: string): Promise<Stored> {
  const { rows } = await sql<Stored>`
    select r.type, r.id, r.version, r.body, r.received_at, r.person_key from record.resource r
    where r.person_key = record.home(${type}, ${id}) and r.type = ${type} and r.id = ${id}`.execute(db)
  const found = rows[0] ?? (await readReference(db, type, id))
  if (!found) throw await absent(db, type, id)
  return found
}

/** Which version of an item of this source's own stands, where it is hidden as reported; nothing of what it says. @throws NotFound */
export async function hiddenOne(
  db: Db,
  type: string,
  id: string,
): Promise<{ version: number; file: string }> {
  const keeping = (yes: boolean) =>
    sql`select set_config('gt.keeping', ${yes ? 'yes' : ''}, true)`.execute(db)
  await keeping(true)
  const { rows } = await sql<{ version: number; file: string }>`
    select r.version, r.person_key as file from record.resource r
    where r.person_key = record.home(${type}, ${id}) and r.type = ${type} and r.id = ${id}`.execute(db)
  await keeping(false)
  if (!rows[0]) throw await hidden(db, type, id)
  return rows[0]
}

/** Taken away, where this reader may see that it was; else not there. */
async function absent(db: Db, type: string, id: string): Promise<NotFound> {
  const [last] = await readHistory(db, type, id, { most: 1 })
  return last ? new Gone(last.person_key === null ? [] : [last.person_key]) : hidden(db, type, id)
}

/** Not there, or there about someone whom this reader may not read about. */
async function hidden(db: Db, type: string, id: string): Promise<NotFound> {
  const { rows } = await sql<{ file: string | null }>`select record.home(${type}, ${id}) as file`.execute(db)
  return new NotFound(rows[0]?.file ? [rows[0].file] : [])
}

async function readReference(db: Db, type: string, id: string): Promise<Stored | undefined> {
  const row = await db
    .selectFrom('record.reference_resource')
    .select(['type', 'id', 'version', 'body', 'received_at'])
    .where('type', '=', type)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, person_key: null }
}

export type Version = {
  type: string
  id: string
  version: number
  body: string | null
  received_at: Date
  person_key: string | null
}

/** One version, if the reader's scope has it. @throws NotFound; Gone for the version that says that it was taken away */
export async function readVersion(
  db: Db,
  type: string,
  id: string,
  version: number,
): Promise<Version & { body: string }> {
  const [found] = await readHistory(db, type, id, { from: version, most: 1 })
  if (found?.version !== version) throw await hidden(db, type, id)
  const { body } = found
  if (body === null) throw new Gone(found.person_key === null ? [] : [found.person_key])
  return { ...found, body }
}

/** Which versions: those from this number down, not before this moment, so many at most. */
export type Part = { from?: number | undefined; since?: Date | undefined; most?: number }

/** The versions of one resource that the reader's scope has, newest first; a deletion has no body. */
export async function readHistory(
  db: Db,
  type: string,
  id: string,
  { from, since, most = 1000 }: Part = {},
): Promise<Version[]> {
  const within = sql`h.type = ${type} and h.id = ${id} and h.version <= ${from ?? 2 ** 31 - 1}
    and h.received_at >= ${since?.toISOString() ?? '-infinity'}::timestamptz order by h.version desc limit ${most}`
  const { rows } = await sql<Version>`
    select h.type, h.id, h.version, h.body, h.received_at, h.person_key from record.resource_history h
    where h.person_key = record.home(${type}, ${id}) and ${within}`.execute(db)
  if (rows.length > 0) return rows
  const reference = await sql<Version>`
    select h.type, h.id, h.version, h.body, h.received_at, null as person_key from record.reference_resource_history h where ${within}`.execute(
    db,
  )
  return reference.rows
}

/** @throws NotFound unless the reader's scope has any version of it */
export async function mustHaveHistory(db: Db, type: string, id: string): Promise<void> {
  const [any] = await readHistory(db, type, id, { most: 1 })
  if (!any) throw await hidden(db, type, id)
}
