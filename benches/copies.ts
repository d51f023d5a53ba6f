import type pg from 'pg'
import { checkDigit } from '../src/people/index.ts'

/** The tables that hold what is known of a person, each with the columns of which a copy differs. The rest is copied as it stands. */
const tables = [
  'people.file',
  'people.person_link',
  'people.identifier_claim',
  'people.demographic',
  'access.person_file',
  'access.relationship',
  'access.reach',
  'record.resource',
  'record.resource_history',
  'record.resource_home',
  'record.resource_identifier',
  'record.timeline_event',
] as const
/** What holds an id and nothing else, and what holds ids or the NHS number somewhere inside. */
const isId = new Set(['id', 'resource_id', 'basis', 'local_value'])
const holdsBoth = new Set(['body', 'search'])
const holdsNumber = new Set(['nhs_number', 'value'])

/**
 * Fills a place to its full size: copies people who came in by the front door, with all that the store made of what was sent, until there are
 * `wanted` of them. Each copy has keys, ids and an NHS number of its own.
 * May be called again for more, who are then copies of all that are there.
 * @returns how many people were copied
 */
export async function copyPeople(owner: pg.Pool, wanted: number): Promise<number> {
  const client = await owner.connect()
  try {
    // The rows that triggers would make are copied too.
    await client.query(
      "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '128MB'",
    )
    const { rows: originals } = await client.query<{
      person_key: string
      nhs_number: string
      patient: string
    }>(
      `select person_key, nhs_number, r.id as patient from people.demographic join people.file using (person_key)
       join record.resource r using (person_key) where local_system like '%bench' and r.type = 'Patient' order by 1`,
    )
    await client.query(
      'create temp table copied (person_key uuid, copy text, patient text, nhs_number text, new_number text, primary key (person_key, copy))',
    )
    const views = await client.query<{ name: string }>(
      "select 'record.' || relname as name from pg_class where relnamespace = 'record'::regnamespace and relname like 'v\\_%' and relkind = 'r' order by 1",
    )
    const statements: string[] = []
    for (const table of [...tables, ...views.rows.map(({ name }) => name)])
      statements.push(await copyingStatement(client, table))
    let made = 0
    for (let copy = 1; originals.length + made < wanted; copy++) {
      const these = originals.slice(0, wanted - originals.length - made)
      await client.query('truncate copied')
      await client.query(
        'insert into copied select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[])',
        [
          these.map(({ person_key }) => person_key),
          these.map(() => `${originals.length}.${copy}`),
          these.map(({ patient }) => patient),
          these.map(({ nhs_number }) => nhs_number),
          these.map((_, index) => numberFor(originals.length + made + index)),
        ],
      )
      await client.query('analyze copied')
      for (const statement of statements) await client.query(statement)
      made += these.length
    }
    return made
  } finally {
    // Its settings go with it.
    client.release(true)
  }
}

/** A number with a right check digit, outside those that the residents and the originals have. */
function numberFor(n: number): string {
  for (const nine of [998_000_000 + n * 2, 998_000_001 + n * 2]) {
    const tenth = checkDigit(String(nine))
    if (tenth !== undefined) return `${nine}${tenth}`
  }
  throw new Error('Two numbers that follow each other are never both without a check digit')
}

async function copyingStatement(client: pg.PoolClient, table: string): Promise<string> {
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = '' order by attnum`,
    [table],
  )
  const values = columns.map(({ name, type }) => copiedValue(`t.${name}`, name, type))
  return `insert into ${table} (${columns.map(({ name }) => name).join(', ')})
    select ${values.join(', ')} from copied c join ${table} t using (person_key)`
}

function copiedValue(column: string, name: string, type: string): string {
  // With the bits that make it a version 4.
  if (type === 'uuid')
    return `overlay(overlay(md5(${column}::text || c.copy) placing '4' from 13) placing '8' from 17)::uuid`
  if (isId.has(name)) return `${column} || '-' || c.copy`
  if (holdsNumber.has(name)) return `replace(${column}, c.nhs_number, c.new_number)`
  if (!holdsBoth.has(name)) return column
  return type === 'text[]'
    ? `string_to_array(${renamed(`array_to_string(${column}, chr(30))`)}, chr(30))`
    : renamed(column)
}

/** The resource's own id and its patient's, which may be the same. */
function renamed(text: string): string {
  const own = `case when t.id = c.patient then ${text} else replace(${text}, t.id, t.id || '-' || c.copy) end`
  return `replace(replace(${own}, c.patient, c.patient || '-' || c.copy), c.nhs_number, c.new_number)`
}
