import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/index.ts'
import type { Identity } from './matching/fields.ts'
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
 * Somebody of whom a source says who they are. `home`: the file that its Patient already stands in, whatever its identifiers say now. `now`: when
 * it said so, where that is not the time of the transaction.
 */
export type Somebody = { said: Said; home?: string | undefined; now?: Date }

/**
 * The files in which a source keeps these people, in their order; opened where they are new. Files that carry one NHS number are joined only
 * when a second identifier agrees; otherwise the doubt goes to the worklist and the file stands alone. However many they are, they are asked
 * about together.
 * @param db a transaction of the sending system
 */
export async function filesFor(
  db: Db,
  source: string,
  organisation: string,
  people: readonly Somebody[],
): Promise<string[]> {
  if (people.length === 0) return []
  const known = await knownFiles(db, source, people)
  const opened = new Map<string, string>()
  const files = people.map(({ said, home }) => {
    const local = localKey(said)
    const file = home ?? known.get(local) ?? opened.get(local) ?? randomUUID()
    if (home === undefined && !known.has(local)) opened.set(local, file)
    return file
  })
  // By the number that their source gave them, which two transactions have in common where the files are new.
  const byNumber = [...people.entries()].sort(([, { said: one }], [, { said: other }]) =>
    inOrder(localKey(one), localKey(other)),
  )
  const fresh = new Map(
    byNumber.flatMap(([index, who]) => {
      const file = files[index] ?? ''
      return opened.get(localKey(who.said)) === file ? [[file, who] as const] : []
    }),
  )
  await openFiles(db, source, organisation, fresh)
  // Of what is said twice of one file in one transaction, the later holds.
  const said = new Map(byNumber.map(([index, who]) => [files[index] ?? '', who.said]))
  const changed = await sayWho(db, source, said)
  if (changed.size > 0) await weighAgain(db, changed, fresh, files)
  return files
}

const inOrder = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1)

const localKey = ({ localSystem, localValue }: Said) => `${localSystem} ${localValue}`

async function knownFiles(db: Db, source: string, people: readonly Somebody[]): Promise<Map<string, string>> {
  const asked = people.filter(({ home }) => home === undefined).map(({ said }) => said)
  if (asked.length === 0) return new Map()
  const { rows } = await sql<{ local_system: string; local_value: string; person_key: string }>`
    select f.local_system, f.local_value, f.person_key
    from unnest(${asked.map((said) => said.localSystem)}::text[], ${asked.map((said) => said.localValue)}::text[]) as asked (local_system, local_value)
    join people.file f using (local_system, local_value) where f.source = ${source}`.execute(db)
  return new Map(rows.map((row) => [`${row.local_system} ${row.local_value}`, row.person_key]))
}

async function openFiles(
  db: Db,
  source: string,
  organisation: string,
  fresh: ReadonlyMap<string, Somebody>,
): Promise<void> {
  if (fresh.size === 0) return
  const rows = JSON.stringify(
    [...fresh].map(([person_key, { said, now }]) => ({
      person_key,
      person_id: randomUUID(),
      source,
      organisation,
      local_system: said.localSystem,
      local_value: said.localValue,
      recorded_at: now,
      act: 'alone',
      why: 'new file',
    })),
  )
  await sql`
    insert into people.file (person_key, source, organisation, local_system, local_value, recorded_at)
    select person_key, source, organisation, local_system, local_value, coalesce(recorded_at, platform.now()) from jsonb_populate_recordset(null::people.file, ${rows}::jsonb)`.execute(
    db,
  )
  await Promise.all([
    sql`
      insert into people.person_link (person_key, person_id, act, why, recorded_at)
      select person_key, person_id, act, why, coalesce(recorded_at, platform.now()) from jsonb_populate_recordset(null::people.person_link, ${rows}::jsonb)`.execute(
      db,
    ),
    sql`
      select access.file_joins(person_key, person_id) from jsonb_populate_recordset(null::people.person_link, ${rows}::jsonb)`.execute(
      db,
    ),
  ])
}

/** Keeps what tracing and the rules compare. Returns those of whom anything that the rules compare is new. */
async function sayWho(
  db: Db,
  source: string,
  said: ReadonlyMap<string, Said>,
): Promise<Map<string, Identity>> {
  const found = await db
    .selectFrom('people.demographic')
    .selectAll()
    .where(sql<boolean>`person_key = any (${[...said.keys()]}::uuid[])`)
    .execute()
  const before = new Map(found.map((row) => [row.person_key, row]))
  const rows: object[] = []
  const changed = new Map<string, Identity>()
  for (const [file, each] of said) {
    const identity = identityOf(each)
    const row = {
      person_key: file,
      source,
      family: each.family,
      given: each.given,
      title: each.title,
      postcode: each.postcode,
      ...rowOf(identity),
      nhs_number: each.nhsNumber,
    }
    const was = before.get(file)
    // Most messages are about somebody’s bed, not about who they are.
    if (was && isDeepStrictEqual(row, { ...was })) continue
    rows.push(row)
    if (!was || !isDeepStrictEqual(identityIn(was), identity)) changed.set(file, identity)
  }
  if (rows.length > 0) await keepDemographics(db, rows)
  return changed
}

async function keepDemographics(db: Db, rows: object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== 'person_key')
  const those = (prefix: string) => sql.join(columns.map((name) => sql.ref(prefix + name)))
  await sql`
    insert into people.demographic (person_key, ${those('')})
    select person_key, ${those('')} from jsonb_populate_recordset(null::people.demographic, ${JSON.stringify(rows)}::jsonb)
    on conflict (person_key) do update set (${those('')}) = (select ${those('excluded.')})`.execute(db)
}

/**
 * Weighs the files against those near them, and joins those of which the rule says that they are one person. Of files that are new together each is
 * weighed against those before it, as if they had come one by one.
 * @param order all files of the transaction, as they came
 */
async function weighAgain(
  db: Db,
  changed: ReadonlyMap<string, Identity>,
  fresh: ReadonlyMap<string, Somebody>,
  order: readonly string[],
): Promise<void> {
  // In the order of their numbers, so that two transactions which claim the same ones wait for each other and not in a circle.
  const asked = [...changed].sort(([, one], [, other]) => inOrder(one.nhsNumber ?? '', other.nhsNumber ?? ''))
  const { rows } = await sql<IdentityRow & { person_key: string; asked: string }>`
    select asked.file as asked, near.*
    from unnest(${asked.map(([file]) => file)}::uuid[], ${asked.map(([, mine]) => mine.nhsNumber)}::text[]) as asked (file, number),
      people.candidates(asked.file, asked.number) as near`.execute(db)
  const near = Map.groupBy(rows, (row) => row.asked)
  const places = new Map(order.map((file, index) => [file, index]))
  const isLater = (other: string, place: number) => fresh.has(other) && (places.get(other) ?? -1) > place
  const weighings = [...places].flatMap(([file, place]) => {
    const mine = changed.get(file)
    if (!mine) return []
    const others = (near.get(file) ?? [])
      .filter((row) => !(fresh.has(file) && isLater(row.person_key, place)))
      .map((row) => ({ other: row.person_key, ...weigh(mine, identityIn(row)) }))
      .filter((each) => each.outcome !== 'different')
    return fresh.has(file) && others.length === 0 ? [] : [{ file, others }]
  })
  if (weighings.length > 0) await sql`select people.weighed(${JSON.stringify(weighings)}::jsonb)`.execute(db)
}

/** All files of the person whom a reference names, for a query; none when it names nobody. */
export const filesOf = (ref: string): RawBuilder<string[]> => sql<string[]>`people.files_of(${ref}::uuid)`

/** The reference by which pages name the person of this file. */
export async function refOf(db: Db, file: string): Promise<string> {
  const { rows } = await sql<{ ref: string }>`select people.ref_of(${file}::uuid) as ref`.execute(db)
  return rows[0]?.ref ?? ''
}
