import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import { agrees, nameKey, postcodeKey } from './matching.ts'
import { isNhsNumber, nhsNumberSystem } from './nhs-number.ts'

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
 * The file in which a source keeps this person, opened if it is new. An NHS number that another file already claims joins the two only
 * when a second identifier agrees; otherwise the doubt goes to the worklist and the file stands alone.
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
  const known = await db
    .selectFrom('people.file')
    .select('person_key')
    .where('source', '=', source)
    .where('local_system', '=', said.localSystem)
    .where('local_value', '=', said.localValue)
    .executeTakeFirst()
  const file = home ?? known?.person_key ?? (await openFile(db, source, organisation, said))
  const changed = await sayWho(db, file, source, said)
  if (said.nhsNumber !== null && isNhsNumber(said.nhsNumber) && changed)
    await claimNhsNumber(db, file, said.nhsNumber, said)
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

async function claimNhsNumber(db: Db, file: string, number: string, said: Said): Promise<void> {
  type Holder = {
    holder: string
    holder_person: string
    family_key: string | null
    given_key: string | null
    birth_date: string | null
    postcode_key: string | null
  }
  const { rows } =
    await sql<Holder>`select * from people.claim(${nhsNumberSystem}, ${number}, ${file}::uuid)`.execute(db)
  const holder = rows[0]
  if (!holder || holder.holder === file) return
  const answer = agrees(
    {
      familyKey: nameKey(said.family),
      givenKey: nameKey(said.given),
      birthDate: said.birthDate,
      postcodeKey: said.postcode,
    },
    {
      familyKey: holder.family_key ?? '',
      givenKey: holder.given_key ?? '',
      birthDate: holder.birth_date,
      postcodeKey: holder.postcode_key,
    },
  )
  if (answer === 'same') {
    await db
      .insertInto('people.person_link')
      .values({
        person_key: file,
        person_id: holder.holder_person,
        act: 'link',
        why: 'same NHS number; birth date and name agree',
      })
      .execute()
    await sql`select access.file_joins(${file}::uuid, ${holder.holder_person}::uuid)`.execute(db)
  } else {
    await db
      .insertInto('people.doubt')
      .values({
        person_key: file,
        other_key: holder.holder,
        why: 'same NHS number; birth date and name do not agree',
      })
      .execute()
  }
}

/** All files of the person whom a reference names, for a query; none when it names nobody. */
export const filesOf = (ref: string): RawBuilder<string[]> => sql<string[]>`people.files_of(${ref}::uuid)`

/** The reference by which pages name the person of this file. */
export async function refOf(db: Db, file: string): Promise<string> {
  const { rows } = await sql<{ ref: string }>`select people.ref_of(${file}::uuid) as ref`.execute(db)
  return rows[0]?.ref ?? ''
}
