import type { Patient, Resource } from '@medplum/fhirtypes'
import type pg from 'pg'
import { saidBy } from '../../src/people/index.ts'
import { identityOf, rowOf } from '../../src/people/matching/identity.ts'
import { parseLossless } from '../../src/record/index.ts'
import { asText, searchEntries } from '../../src/record/search/index.ts'
import { identifiersOf } from '../../src/record/store/identifiers.ts'
import { rowsOfView } from '../../src/record/store/rows-of-views.ts'
import { type KeptView, viewOfDefinition } from '../../src/record/views/index.ts'
import type { Faults } from './verify.ts'

/**
 * Makes every projection again from the logs alone and says where it differs from what stands. As the database's owner, while nothing else
 * writes, and in a transaction that its caller rolls back.
 */
export async function projectionFaults(owner: pg.Client): Promise<Faults> {
  return [
    ...(await differing(owner, 'record.resource', newestVersions, said)),
    ...(await differing(owner, 'record.reference_resource', newestReferences)),
    ...(await differing(owner, 'access.person_file', lastLinks)),
    ...(await differing(
      owner,
      'feeds.message_now',
      lastStates,
      'message_id, state, state_id, reason, place',
    )),
    ...(await homes(owner)),
    ...(await ofBodies(owner)),
    ...(await reach(owner)),
  ]
}

/** The newest version of each that is not a deletion. A report hides by a word before the sensitivity, which is compared without it. */
const said = 'person_key, type, id, version, category, sensitivity, source, organisation, received_at, body'
const newestVersions = `
  select ${said}
  from (select distinct on (person_key, type, id) * from record.resource_history order by person_key, type, id, version desc) newest
  where body is not null`
const newestReferences = `
  select type, id, version, source, received_at, body
  from (select distinct on (type, id) * from record.reference_resource_history order by type, id, version desc) newest
  where body is not null`
const lastLinks =
  'select distinct on (person_key) person_key, person_id from people.person_link order by person_key, id desc'
const lastStates =
  'select distinct on (message_id) message_id, state, id as state_id, reason, place from feeds.message_state order by message_id, id desc'

/** Compares a table with what a query makes of the logs, row by row as JSON. */
async function differing(owner: pg.Client, table: string, made: string, columns = '*'): Promise<Faults> {
  const stands = `select ${comparable('t')} as row from (select ${columns} from ${table}) t`
  const should = `select ${comparable('t')} as row from (${made}) t`
  const { rows } = await owner.query<{ more: number; fewer: number; example: string | null }>(
    `with stands as (${stands}), should as (${should}),
       more as (select row from stands except all select row from should), fewer as (select row from should except all select row from stands)
     select (select count(*)::int from more) as more, (select count(*)::int from fewer) as fewer,
            (select left(row, 300) from (select row from more union all select row from fewer) d limit 1) as example`,
  )
  const { more = 0, fewer = 0, example } = rows[0] ?? {}
  if (more === 0 && fewer === 0) return []
  return [`${table} has ${more} rows that the logs do not give, and lacks ${fewer}: ${example}`]
}

const comparable = (row: string): string =>
  `(to_jsonb(${row}) || case when to_jsonb(${row}) ? 'sensitivity'
     then jsonb_build_object('sensitivity', replace(to_jsonb(${row}) ->> 'sensitivity', 'reported ', '')) else '{}' end)::text`

/** What was said of anything has a home, and nothing has one of which nothing was said. */
async function homes(owner: pg.Client): Promise<Faults> {
  const { rows } = await owner.query<{ lost: number }>(
    `select count(*)::int as lost from (select distinct type, id, person_key from record.resource_history) h
     full join record.resource_home r using (type, id, person_key) where h.person_key is null or r.person_key is null`,
  )
  return rows[0]?.lost ? [`${rows[0].lost} resources have no home, or a home has no resource`] : []
}

type Kept = {
  person_key: string
  type: string
  id: string
  category: string
  source: string
  organisation: string
  received_at: string
  body: string
  shared: boolean
}

/** View tables, the timeline, what resources are found by, and who people are: all made of the bodies that stand. */
async function ofBodies(owner: pg.Client): Promise<Faults> {
  const views = await viewsNow(owner)
  const filled = new Set([...views.values()].flat().map(({ table }) => `record.${table}`))
  const tables = [...filled, 'record.timeline_event', 'record.resource_identifier', 'people.demographic']
  const name = (table: string) => `made_${table.split('.')[1]}`
  for (const table of tables)
    await owner.query(`create temp table ${name(table)} (like ${table}) on commit drop`)
  await owner.query(
    'create temp table made_search (person_key uuid, type text, id text, search text) on commit drop',
  )
  await owner.query(`declare kept cursor for
    select r.person_key, r.type, r.id, r.category, r.source, r.organisation, to_jsonb(r.received_at) #>> '{}' as received_at, r.body,
           exists (select from record.resource_person p where p.type = r.type and p.id = r.id) as shared
    from record.resource r order by r.received_at`)
  for (;;) {
    const { rows } = await owner.query<Kept>('fetch 2000 from kept')
    if (rows.length === 0) break
    const made = new Map<string, object[]>()
    for (const row of rows) foldInto(made, row, views)
    for (const [table, those] of made) {
      // Of several Patients in one file the later says who somebody is.
      if (table === 'people.demographic')
        await owner.query(
          `delete from made_demographic where person_key in (select person_key from jsonb_to_recordset($1::jsonb) as said (person_key uuid))`,
          [JSON.stringify(those)],
        )
      await owner.query(
        `insert into ${name(table)} select * from jsonb_populate_recordset(null::${name(table)}, $1::jsonb)`,
        [JSON.stringify(those)],
      )
    }
  }
  const faults: Faults = []
  for (const table of tables) faults.push(...(await differing(owner, table, `select * from ${name(table)}`)))
  const found = await differing(
    owner,
    'record.resource',
    'select person_key, type, id, string_to_array(search, chr(10)) as found_by from made_search',
    'person_key, type, id, search as found_by',
  )
  return [...faults, ...found]
}

/** Which tables each type fills, as the database says. */
async function viewsNow(owner: pg.Client): Promise<Map<string, KeptView[]>> {
  const { rows } = await owner.query<{
    resource: string
    target: string
    newest: boolean
    definition: string
  }>(
    "select resource, target, newest, definition from record.views_now('00000000-0000-0000-0000-000000000000')",
  )
  const kept = rows.map(({ resource, target: table, newest, definition }) => {
    return { resource, view: { view: viewOfDefinition(definition), table, newest } }
  })
  return new Map(
    [...Map.groupBy(kept, ({ resource }) => resource)].map(([type, of]) => [
      type,
      of.map(({ view }) => view),
    ]),
  )
}

function foldInto(made: Map<string, object[]>, kept: Kept, views: Map<string, KeptView[]>): void {
  const put = (table: string, ...more: object[]) => made.set(table, [...(made.get(table) ?? []), ...more])
  const { person_key, source } = kept
  const resource = parseLossless(kept.body) as Resource
  for (const view of views.get(kept.type) ?? []) {
    const { rows, events } = rowsOfView(view, { ...kept, resource })
    put(`record.${view.table}`, ...rows)
    put('record.timeline_event', ...events)
  }
  put('made.search', { person_key, type: kept.type, id: kept.id, search: asText(searchEntries(resource)) })
  for (const each of identifiersOf(resource))
    put('record.resource_identifier', { person_key, type: kept.type, id: kept.id, ...each, source })
  if (kept.type === 'Patient') {
    const said = saidBy(resource as Patient)
    const { family, given, title, postcode, nhsNumber: nhs_number } = said
    const rows = made.get('people.demographic') ?? []
    const others = rows.filter((row) => (row as Kept).person_key !== person_key)
    made.set('people.demographic', [
      ...others,
      { person_key, source, family, given, title, postcode, ...rowOf(identityOf(said)), nhs_number },
    ])
  }
}

/** Who may read whom, worked out again for every person by the function that keeps it. */
async function reach(owner: pg.Client): Promise<Faults> {
  await owner.query('create temp table reach_before on commit drop as select * from access.reach')
  await owner.query(
    'select access.refresh_reach(person_id) from (select distinct person_id from access.person_file) persons',
  )
  return differing(owner, 'access.reach', 'select * from reach_before')
}
