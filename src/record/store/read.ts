import { sql } from 'kysely'
import { type Db, NotFound } from '../../platform/index.ts'

export type Stored = {
  type: string
  id: string
  version: number
  body: string
  received_at: Date
  person_key: string | null
}

/** The current version, if the reader's scope has it. @throws NotFound, alike for what is refused and what is not there */
export async function readResource(db: Db, type: string, id: string): Promise<Stored> {
  const { rows } = await sql<Stored>`
    select r.type, r.id, r.version, r.body, r.received_at, r.person_key from record.resource r
    where r.person_key = record.home(${type}, ${id}) and r.type = ${type} and r.id = ${id}`.execute(db)
  const found = rows[0] ?? (await readReference(db, type, id))
  if (!found) throw await hidden(db, type, id)
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

export type Version = { version: number; body: string | null; received_at: Date; person_key: string | null }

/** Every version that the reader's scope has, newest first; a deletion has no body. @throws NotFound when there is none */
export async function readHistory(db: Db, type: string, id: string): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select h.version, h.body, h.received_at, h.person_key from record.resource_history h
    where h.person_key = record.home(${type}, ${id}) and h.type = ${type} and h.id = ${id} order by h.version desc`.execute(
    db,
  )
  if (rows.length > 0) return rows
  const reference = await db
    .selectFrom('record.reference_resource_history')
    .select(['version', 'body', 'received_at'])
    .where('type', '=', type)
    .where('id', '=', id)
    .orderBy('version', 'desc')
    .execute()
  if (reference.length === 0) throw await hidden(db, type, id)
  return reference.map((row) => ({ ...row, person_key: null }))
}
