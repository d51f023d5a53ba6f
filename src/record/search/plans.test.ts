import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileScope, rulesOf, type Scope, settingsOf } from '../../access/index.ts'
import { type Actor, openDatabase } from '../../platform/index.ts'
import { freshDatabase } from '../../testing/index.ts'
import { ask } from './ask.ts'
import type { Plain } from './conditions.ts'
import { bounded, matching } from './find.ts'
import { changedOrder, type Order, usualOrder } from './order.ts'

const now = new Date('2026-11-22T10:00:00Z')
const people = 5000
let fresh: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  fresh = await freshDatabase()
  const owner = openDatabase(fresh.ownerUrl, 1)
  // Two sources, each with a file for half of the people; twenty observations a file; a practice that knows one in fifty.
  await owner.transaction('owner', {}, async (db) => {
    for (const statement of planted) await sql.raw(statement).execute(db)
  })
  await owner.close()
  const analyst = openDatabase(fresh.ownerUrl, 1)
  await analyst.transaction('owner', {}, (db) => sql`analyze`.execute(db))
  await analyst.close()
}, 120_000)
afterAll(() => fresh.close())

const key = (n: string) => `('00000000-0000-4000-8000-' || lpad(${n}::text, 12, '0'))::uuid`
const source = (n: string) => `case ${n} % 2 when 0 then 'rfr-hospital' else 'zp001-gp' end`
const planted = [
  `create temporary table people_of_test as select n from generate_series(1, ${people}) n`,
  `insert into people.demographic (person_key, source, nhs_number, family, given, died, family_key, given_key)
     select ${key('n')}, ${source('n')}, '9' || lpad(n::text, 9, '0'), 'F', 'G', false, 'f', 'g' from people_of_test`,
  `insert into record.resource_home select 'Patient', 'p' || n, ${key('n')} from people_of_test`,
  `insert into record.resource (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body, search)
     select ${key('n')}, 'Patient', 'p' || n, 1, 'demographics', 'normal', ${source('n')}, 'RFR', '2026-01-01', '{}', array['family' || chr(127) || 'f' || chr(127) || 'F'] from people_of_test`,
  `insert into record.resource (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body, search)
     select ${key('n')}, 'Observation', 'o' || n || '-' || m, 1, 'results', 'normal', ${source('n')}, 'RFR',
       '2026-01-01'::timestamptz + n * interval '1 hour' + m * interval '1 second', '{}', array['subject' || chr(127) || 'Patient/p' || n, 'code' || chr(127) || m || chr(127)]
     from people_of_test, generate_series(1, 20) m`,
  `insert into access.reach (person_key, principal, kind, origin, basis, since, until, own_only, sees_restricted, sees_location)
     select ${key('n')}, 'zp001', 'registered practice', ${key('n')}, 'test', '2020-01-01', '2100-01-01', false, false, true from people_of_test where n % 50 = 0`,
]

const hospital: Actor = {
  id: 'sender:rfr-hospital',
  name: 'Hospital',
  kind: 'system',
  role: 'feed',
  organisation: 'RFR',
  teams: [],
  source: 'rfr-hospital',
}
const gp: Actor = {
  id: 'demo-gp',
  name: 'GP',
  kind: 'staff',
  role: 'gp',
  organisation: 'ZP001',
  teams: ['zp001'],
}

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}

const inWords = (node: Node): string =>
  `${node['Node Type']} ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''} rows ${node['Actual Rows']} × ${node['Actual Loops']}, ${node['Rows Removed by Filter'] ?? 0} filtered`

async function planOf(
  actor: Actor,
  purpose: string,
  type: string,
  query: Record<string, string>,
  order: Order,
) {
  const { database, place } = fresh
  const scope: Scope = compileScope(actor, purpose, rulesOf(place), place.sources, now)
  const clauses = ask(type, query, 'https://here.example/fhir').clauses as Plain[]
  const search = { type, clauses, scope }
  const { rows } = await database.transaction('record', settingsOf(actor, scope), (db) =>
    bounded(db, search, () =>
      sql<{
        'QUERY PLAN': [{ Plan: Node }]
      }>`explain (analyze, format json) ${matching(search, order, 51)}`.execute(db),
    ),
  )
  const nodes: Node[] = []
  const walk = (node: Node) => {
    nodes.push(node)
    for (const each of node.Plans ?? []) walk(each)
  }
  walk((rows[0] as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN'][0].Plan)
  const onRecord = nodes.filter((node) => node['Relation Name'] === 'resource')
  const read = onRecord.reduce(
    (sum, node) =>
      sum +
      ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 1),
    0,
  )
  return {
    indexes: onRecord.map((node) => node['Index Name'] ?? node['Node Type']),
    read,
    text: nodes.map(inWords).join('\n'),
    found: nodes[0]?.['Actual Rows'],
  }
}

describe('under row-level security, as the application, each hot search is come at by its index and reads few rows', () => {
  test.each([
    [
      'one patient’s items of a type, by a practitioner',
      gp,
      'direct care',
      'Observation',
      { patient: 'Patient/p50' },
      () => usualOrder('Observation', undefined),
      ['resource_pkey'],
      20,
    ],
    [
      'the same with a code',
      gp,
      'direct care',
      'Observation',
      { patient: 'p50', code: '7' },
      () => usualOrder('Observation', undefined),
      ['resource_pkey'],
      20,
    ],
    [
      'a Patient by NHS number',
      gp,
      'direct care',
      'Patient',
      { identifier: '9000000050' },
      () => usualOrder('Patient', undefined),
      ['resource_pkey'],
      1,
    ],
    [
      'a resource by its id',
      gp,
      'direct care',
      'Patient',
      { _id: 'p50' },
      () => usualOrder('Patient', undefined),
      ['resource_pkey'],
      1,
    ],
    [
      'what of a source has changed since an instant',
      hospital,
      'feed',
      'Observation',
      { _lastUpdated: 'gt2026-07-27T00:00:00Z' },
      () => changedOrder(undefined),
      ['resource_changed'],
      80,
    ],
    [
      'all that a source has sent of a type, the first page',
      hospital,
      'feed',
      'Observation',
      {},
      () => usualOrder('Observation', undefined),
      ['resource_of_source'],
      80,
    ],
    [
      'all that a practitioner reaches, the first page',
      gp,
      'direct care',
      'Observation',
      {},
      () => usualOrder('Observation', undefined),
      ['resource_pkey'],
      120,
    ],
  ] as const)('%s', async (_words, actor, purpose, type, query, order, indexes, most) => {
    const plan = await planOf(actor, purpose, type, query, order())
    expect(plan.found, plan.text).toBeGreaterThan(0)
    expect(plan.indexes, plan.text).toEqual(indexes)
    expect(plan.read, plan.text).toBeLessThanOrEqual(most)
  })
})
