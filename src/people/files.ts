import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import { fileOf } from './links.ts'
import { agrees, nameKey, postcodeKey } from './matching.ts'
import { isNhsNumber } from './nhs-number.ts'

/** What a source says about who someone is, read from its Patient resource. Dates are YYYY-MM-DD. */
export type Said = {
  localSystem: string
  localValue: string
  nhsNumber: string | null
  family: string
  given: string
  title: string | null
  birthDate: string | null
  gender: string | null
  postcode: string | null
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
  const file =
    home ??
    (await fileOf(db, source, { system: said.localSystem, value: said.localValue })) ??
    (await openFile(db, source, organisation, said))
  if (await sayWho(db, file, source, said)) await weigh(db, file, said)
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

/** Keeps what tracing compares. Returns whether the NHS number or anything it is compared with is new. */
async function sayWho(db: Db, file: string, source: string, said: Said): Promise<boolean> {
  const row = {
    source,
    nhs_number: said.nhsNumber,
    family: said.family,
    given: said.given,
    title: said.title,
    birth_date: said.birthDate,
    gender: said.gender,
    postcode: said.postcode,
    died: said.died,
    family_key: nameKey(said.family),
    given_key: nameKey(said.given),
    postcode_key: said.postcode === null ? null : postcodeKey(said.postcode),
  }
  const before = await db
    .selectFrom('people.demographic')
    .select(['nhs_number', 'family_key', 'given_key', 'birth_date'])
    .where('person_key', '=', file)
    .executeTakeFirst()
  await db
    .insertInto('people.demographic')
    .values({ person_key: file, ...row })
    .onConflict((conflict) => conflict.column('person_key').doUpdateSet(row))
    .execute()
  return (
    before?.nhs_number !== row.nhs_number ||
    before.family_key !== row.family_key ||
    before.given_key !== row.given_key ||
    String(before.birth_date) !== row.birth_date
  )
}

const doubtful = JSON.stringify([{ words: 'same NHS number; birth date and name do not agree' }])

/** Compares the file with those near it, and joins those of which the rule says that they are one person. */
async function weigh(db: Db, file: string, said: Said): Promise<void> {
  type Candidate = {
    person_key: string
    family_key: string
    given_key: string
    birth_date: string | null
    postcode_key: string | null
  }
  const number = said.nhsNumber !== null && isNhsNumber(said.nhsNumber) ? said.nhsNumber : null
  const { rows } = await sql<Candidate>`select * from people.candidates(${file}::uuid, ${number})`.execute(db)
  const mine = {
    familyKey: nameKey(said.family),
    givenKey: nameKey(said.given),
    birthDate: said.birthDate,
    postcodeKey: said.postcode === null ? null : postcodeKey(said.postcode),
  }
  const weighed = rows.map((row) => ({
    other: row.person_key,
    rule: agrees(mine, {
      familyKey: row.family_key,
      givenKey: row.given_key,
      birthDate: row.birth_date,
      postcodeKey: row.postcode_key,
    }),
  }))
  await sql`select people.weighed(${file}::uuid, ${weighed.map((each) => each.other)}::uuid[], ${weighed.map((each) => each.rule)}::text[],
    ${weighed.map(() => 0)}::real[], ${weighed.map(() => doubtful)}::jsonb[])`.execute(db)
}

/** All files of the person whom a reference names, for a query; none when it names nobody. */
export const filesOf = (ref: string): RawBuilder<string[]> => sql<string[]>`people.files_of(${ref}::uuid)`

/** The reference by which pages name the person of this file. */
export async function refOf(db: Db, file: string): Promise<string> {
  const { rows } = await sql<{ ref: string }>`select people.ref_of(${file}::uuid) as ref`.execute(db)
  return rows[0]?.ref ?? ''
}
