import { type RawBuilder, sql } from 'kysely'
import { inScope, type Scope } from '../../../access/index.ts'
import { type Db, NotFound } from '../../../platform/index.ts'

export type Asked = { request: string; group: string | null; types: string[] | null; since: Date | null }
export type Export = {
  id: string
  request: string
  group_id: string | null
  types: string[] | null
  since: Date | null
  requested_at: Date
  expires_at: Date
  after_file: string
  looked_at: number
  done: boolean
}
export type Part = {
  part: number
  type: string
  after_file: string
  until_file: string
  resources: number
  bytes: number
}

const hoursKept = 24
export const beginning = '00000000-0000-0000-0000-000000000000'
const end = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Notes what is asked for; and forgets what this actor asked for too long ago. */
export async function beginExport(db: Db, asked: Asked, now: Date): Promise<string> {
  await db.deleteFrom('record.export').where('expires_at', '<=', now).execute()
  const { id } = await db
    .insertInto('record.export')
    .values({
      request: asked.request,
      group_id: asked.group,
      types: asked.types,
      since: asked.since,
      requested_at: now,
      expires_at: new Date(now.getTime() + hoursKept * 3_600_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** @throws NotFound for one that is not this actor's, or has expired */
export async function exportOf(db: Db, id: string, now: Date, { lock = false } = {}): Promise<Export> {
  const query = db.selectFrom('record.export').selectAll().where('id', '=', id).where('expires_at', '>', now)
  const found = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!found) throw new NotFound()
  return found
}

export async function forgetExport(db: Db, id: string): Promise<void> {
  await db.deleteFrom('record.export').where('id', '=', id).execute()
}

export const partsOf = (db: Db, id: string): Promise<Part[]> =>
  db
    .selectFrom('record.export_part')
    .select(['part', 'type', 'after_file', 'until_file', 'resources', 'bytes'])
    .where('export_id', '=', id)
    .orderBy('part')
    .execute()

/** All files of these Patients' persons. */
export async function filesOfPatients(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    select distinct unnest(people.files_of(people.ref_of(record.home('Patient', id)))) as file
    from unnest(${[...ids]}::text[]) as id where record.home('Patient', id) is not null`.execute(db)
  return rows.map(({ file }) => file)
}

/** The next files after this one. */
export async function nextFiles(db: Db, after: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ file: string }>`
    select file from record.files_of_source(${after}::uuid, ${end}::uuid, ${most}::int) as file`.execute(db)
  return rows.map(({ file }) => file)
}

export type Narrowed = {
  members: readonly string[] | undefined
  types: readonly string[] | null
  since: Date | null
}

const wanted = (
  scope: Scope,
  files: RawBuilder<unknown>,
  { members, types, since }: Narrowed,
) => sql<boolean>`
  r.person_key = any (${files})
  and (${members === undefined} or r.person_key = any (${[...(members ?? [])]}::uuid[]))
  and (${types === null} or r.type = any (${[...(types ?? [])]}::text[]))
  and r.received_at > ${since?.toISOString() ?? '-infinity'}::timestamptz
  and ${inScope(scope, 'r', sql<boolean>`record.everyone_in_reach(r.type, r.id)`, { wholeBody: true })}`

export type Counted = { type: string; resources: number; bytes: number }

/** How much of each type there is in these files. */
export async function countIn(
  db: Db,
  scope: Scope,
  files: readonly string[],
  narrowed: Narrowed,
): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select r.type, count(*) as resources, sum(octet_length(r.body))::bigint as bytes from record.resource r
    where ${wanted(scope, sql`${[...files]}::uuid[]`, narrowed)} group by r.type order by r.type`.execute(db)
  return rows
}

/** The bodies of one part, as they may be read now. */
export async function bodiesIn(
  db: Db,
  scope: Scope,
  { type, after_file, until_file }: Part,
  narrowed: Narrowed,
): Promise<{ person_key: string; body: string }[]> {
  const files = sql`array(select record.files_of_source(${after_file}::uuid, ${until_file}::uuid, 2147483647))`
  const { rows } = await sql<{ person_key: string; body: string }>`
    select r.person_key, r.body from record.resource r
    where r.type = ${type} and ${wanted(scope, files, narrowed)} order by r.person_key, r.id`.execute(db)
  return rows
}

/** How far it has come, and the parts that are new or have grown. */
export async function noteProgress(
  db: Db,
  id: string,
  progress: Pick<Export, 'after_file' | 'looked_at' | 'done'>,
  parts: readonly Part[],
): Promise<void> {
  await db.updateTable('record.export').set(progress).where('id', '=', id).execute()
  if (parts.length === 0) return
  await db
    .insertInto('record.export_part')
    .values(parts.map((part) => ({ ...part, export_id: id })))
    .onConflict((conflict) =>
      conflict.columns(['export_id', 'part']).doUpdateSet(({ ref }) => ({
        until_file: ref('excluded.until_file'),
        resources: ref('excluded.resources'),
        bytes: ref('excluded.bytes'),
      })),
    )
    .execute()
}
