import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import { fileOf } from './links.ts'
import { type IdentityRow, identityIn, identityOf, rowOf } from './matching/identity.ts'
import { weigh } from './matching/rules.ts'

/** What a source says about who someone is, read from its Patient resource. Dates are YYYY-MM-DD. */
export type Said = {
  localSystem: string
  localValue: string
  nhsNumber: string | null
  /** Whether the source had the number traced with the national service; left out where it does not say. */
  numberVerified?: boolean | null
  family: string
  given: string
  /** Family names before a marriage, at birth. */
  formerFamilies?: string[]
  title: string | null
  birthDate: string | null
  gender: string | null
  postcode: string | null
  /** First line of the home address. */
  addressLine?: string | null
  phone?: string | null
  /** ODS code of the practice. */
  practice?: string | null
  died: boolean
}

/**
 * The file in which a source keeps this person, opened if it is new. Files that carry one NHS number are
 * joined only when a second identifier agrees; otherwise the doubt goes to the worklist and the file stands alone.
 * @param db a transaction of the sending system
 * @param home the file that the source's Patient already stands in, whatever its identifiers say now
 */
export async function fileFor(
  db: Db,
  source: string,
  organisation: string,
  said: Said,
  home?: string,
): Promise<string> {
  const known = home ?? (await fileOf(db, source, { system: said.localSystem, value: said.localValue }))
  const file = known ?? (await openFile(db, source, organisation, said))
  if (await sayWho(db, file, source, said)) await weighAgain(db, file, said, known === undefined)
  return file
}

async function openFile(db: Db, source: string, organisation: string, said: Said): Promise<string> {
  const file = randomUUID()
  const person = randomUUID()
  await db
    .insertInto('people.file')
    .values({
      person_key: file,
      source,
      organisation,
      local_system: said.localSystem,
      local_value: said.localValue,
    })
    .execute()
  await db
    .insertInto('people.person_link')
    .values({ person_key: file, person_id: person, act: 'alone', why: 'new file' })
    .execute()
  await sql`select access.file_joins(${file}::uuid, ${person}::uuid)`.execute(db)
  return file
}

/** Keeps what tracing and the rules compare. Returns whether anything that the rules compare is new. */
async function sayWho(db: Db, file: string, source: string, said: Said): Promise<boolean> {
  const row = {
    source,
    family: said.family,
    given: said.given,
    title: said.title,
    postcode: said.postcode,
    ...rowOf(identityOf(said)),
    nhs_number: said.nhsNumber,
  }
  const before = await db
    .selectFrom('people.demographic')
    .selectAll()
    .where('person_key', '=', file)
    .executeTakeFirst()
  // Most messages are about somebody’s bed, not about who they are.
  if (before && isDeepStrictEqual({ person_key: file, ...row }, { ...before })) return false
  await db
    .insertInto('people.demographic')
    .values({ person_key: file, ...row })
    .onConflict((conflict) => conflict.column('person_key').doUpdateSet(row))
    .execute()
  return !before || !isDeepStrictEqual(identityIn(before), identityOf(said))
}

/** Weighs the file against those near it, and joins those of which the rule says that they are one person. */
async function weighAgain(db: Db, file: string, said: Said, isNew: boolean): Promise<void> {
  const mine = identityOf(said)
  const { rows } = await sql<IdentityRow & { person_key: string }>`
    select * from people.candidates(${file}::uuid, ${mine.nhsNumber})`.execute(db)
  const weighed = rows
    .map((row) => ({ other: row.person_key, ...weigh(mine, identityIn(row)) }))
    .filter((each) => each.outcome !== 'different')
  if (isNew && weighed.length === 0) return
  await sql`select people.weighed(${file}::uuid, ${weighed.map((each) => each.other)}::uuid[], ${weighed.map((each) => each.outcome)}::text[],
    ${weighed.map((each) => each.score)}::real[], ${weighed.map((each) => JSON.stringify(each.reasons))}::jsonb[])`.execute(
    db,
  )
}

/** All files of the person whom a reference names, for a query; none when it names nobody. */
export const filesOf = (ref: string): RawBuilder<string[]> => sql<string[]>`people.files_of(${ref}::uuid)`

/** The reference by which pages name the person of this file. */
export async function refOf(db: Db, file: string): Promise<string> {
  const { rows } = await sql<{ ref: string }>`select people.ref_of(${file}::uuid) as ref`.execute(db)
  return rows[0]?.ref ?? ''
}
