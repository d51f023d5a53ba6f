import type pg from 'pg'
import { checkDigit } from '../src/people/index.ts'

/** A resource's id as the store makes it. */
const ownId = '([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})'

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
const holdsId = new Set(['id', 'resource_id', 'body', 'basis', 'search', 'encounter_id', 'local_value'])
const holdsNumber = new Set(['nhs_number', 'value', 'body', 'search'])

/**
 * Fills a place to its full size: copies people who came in by the front door, with all that the store made of what was sent, until there are
 * `wanted` of them. Each copy has keys, ids and an NHS number of its own.
 * @returns how many people were copied
 */
export async function copyPeople(owner: pg.Pool, wanted: number): Promise<number> {
  const client = await owner.connect()
  try {
    // The rows that triggers would make are copied too.
    await client.query(
      "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '128MB'",
    )
    const { rows: originals } = await client.query<{ person_key: string; nhs_number: string }>(
      "select person_key, nhs_number from people.demographic join people.file using (person_key) where local_system like '%bench' order by 1",
    )
    await client.query(
      'create temp table copied (person_key uuid, copy text, nhs_number text, new_number text, primary key (person_key, copy))',
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
        'insert into copied select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])',
        [
          these.map(({ person_key }) => person_key),
          these.map(() => String(copy)),
          these.map(({ nhs_number }) => nhs_number),
          these.map((_, index) => numberFor(made + index)),
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
  const renamed = (text: string) => {
    const ids = holdsId.has(name) ? `regexp_replace(${text}, '${ownId}', '\\1-' || c.copy, 'g')` : text
    const own = name === 'local_value' ? `${ids} || '-' || c.copy` : ids
    return holdsNumber.has(name) ? `replace(${own}, c.nhs_number, c.new_number)` : own
  }
  if (!holdsId.has(name) && !holdsNumber.has(name)) return column
  return type === 'text[]' ? `array(select ${renamed('each')} from unnest(${column}) each)` : renamed(column)
}
