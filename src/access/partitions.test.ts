import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, type Db, openDatabase } from '../platform/index.ts'
import { type FreshDatabase, freshDatabase } from '../testing/index.ts'

let db: FreshDatabase
let owner: Database
beforeAll(async () => {
  db = await freshDatabase(2)
  owner = openDatabase(db.ownerUrl, 1)
})
afterAll(async () => {
  await owner.close()
  await db.close()
})

const file = '00000000-0000-4000-8000-000000000001'
const reader = {
  'gt.actor': 'someone',
  'gt.categories': 'audit\u001fclinical',
  'gt.sources': 'hospital',
  'gt.own_source': 'hospital',
} as const
const at = <Result>(now: string, work: (on: Db) => Promise<Result>, role = 'access') =>
  db.database.transaction(role, { ...reader, 'gt.now': now }, work)
const tampering = <Row>(statement: string): Promise<Row[]> =>
  owner.transaction('owner', {}, async (on) => (await sql.raw<Row>(statement).execute(on)).rows)

const looked = (now: string) =>
  at(now, (on) =>
    on
      .insertInto('access.audit')
      .values({
        request: crypto.randomUUID(),
        actor: 'someone',
        actor_name: 'Someone',
        role: 'gp',
        organisation: 'ZP001',
        purpose: 'direct care',
        action: 'read',
        outcome: 'allowed',
        person_key: file,
      })
      .execute(),
  )
const keep = (now: string, ahead: number) =>
  at(now, (on) =>
    sql<{ log: string; moved: number }>`select log, moved from platform.keep_partitions(${ahead})`.execute(
      on,
    ),
  )
const outside = () =>
  at('2026-11-25T00:00:00Z', (on) =>
    sql<{
      waiting: number
    }>`select waiting::int from platform.rows_outside() where log = 'access.audit'`.execute(on),
  )
const homes = () =>
  tampering<{ month: string; rows: number }>(
    'select tableoid::regclass::text as month, count(*)::int as rows from access.audit group by 1 order by 1',
  )

test('a row of a month that has no partition is kept, is told of, and moves when the month is made', async () => {
  await looked('2001-01-01T00:00:00Z')
  await looked('2040-02-29T23:59:59Z')
  await looked('2040-03-01T00:00:00Z')
  expect(await homes()).toEqual([
    { month: 'access.audit_before', rows: 1 },
    { month: 'access.audit_outside', rows: 2 },
  ])
  expect((await outside()).rows).toEqual([{ waiting: 2 }])
  const made = (await keep('2040-02-01T00:00:00Z', 0)).rows
  expect(made.filter(({ moved }) => Number(moved) > 0)).toEqual([{ log: 'access.audit', moved: 1 }])
  expect(await homes()).toEqual([
    { month: 'access.audit_2040_02', rows: 1 },
    { month: 'access.audit_before', rows: 1 },
    { month: 'access.audit_outside', rows: 1 },
  ])
  expect((await keep('2040-02-28T00:00:00Z', 0)).rows).toEqual([])
  await keep('2040-02-28T00:00:00Z', 3)
  expect((await outside()).rows).toEqual([{ waiting: 0 }])
  const seen = await at('2040-04-01T00:00:00Z', (on) =>
    on.selectFrom('access.audit').select('at').where('person_key', '=', file).execute(),
  )
  expect(seen).toHaveLength(3)
})

test.each(['access.audit_before', 'access.audit_2040_02', 'record.resource_history_outside'])(
  'nobody reads %s around its parent, whatever they may read',
  async (table) => {
    for (const role of ['access', 'people', 'record', 'feeds', 'erasure'])
      await expect(
        at('2026-11-25T00:00:00Z', (on) => sql`select from ${sql.table(table)}`.execute(on), role),
      ).rejects.toThrow(/permission denied/)
    const [flags] = await tampering(
      `select relrowsecurity and relforcerowsecurity as forced from pg_class where oid = '${table}'::regclass`,
    )
    expect(flags).toEqual({ forced: true })
  },
)

describe('a version is written once', () => {
  const version = (number: number, received: string) => (on: Db) =>
    sql`insert into record.resource_history (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body)
        values (${file}, 'Condition', 'c1', ${number}, 'clinical', 'normal', 'hospital', 'ZP001', ${received}, '{}')`.execute(
      on,
    )
  const write = (number: number, received: string) => at(received, version(number, received), 'record')

  test('in whatever months, and where the resource was deleted', async () => {
    await tampering(
      `insert into record.resource_home (type, id, person_key) values ('Condition', 'c1', '${file}')`,
    )
    await write(1, '2026-10-01T00:00:00Z')
    await write(2, '2026-10-02T00:00:00Z')
    await expect(write(2, '2027-01-15T00:00:00Z')).rejects.toMatchObject({ code: '23505' })
    await write(3, '2027-01-15T00:00:00Z')
    // A resource whose home was made before it noted versions.
    await tampering(`update record.resource_home set version = null`)
    await expect(write(3, '2027-02-01T00:00:00Z')).rejects.toMatchObject({ code: '23505' })
    const both = await Promise.allSettled([4, 4].map((number) => write(number, '2027-02-01T00:00:00Z')))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const kept = await tampering(
      `select version from record.resource_history where id = 'c1' order by version`,
    )
    expect(kept).toEqual([1, 2, 3, 4].map((each) => ({ version: each })))
  })
})

/** As the application's role, under row-level security, with what the pages ask. */
describe('what is asked of many months is found by an index in each', () => {
  test.each([
    [
      'who looked at a person',
      'access',
      `select * from access.audit where person_key in ('${file}') order by at desc, id desc limit 200`,
    ],
    [
      'the versions of an instance',
      'record',
      `select * from record.resource_history where person_key = any(array['${file}']::uuid[]) and type = 'Condition' and id = 'c1' order by version desc`,
    ],
    [
      'what is not sealed yet',
      'owner',
      `select * from access.audit where transaction >= '5'::xid8 and transaction < '6'::xid8 order by transaction, id`,
    ],
  ])('%s', async (_words, role, question) => {
    const by = role === 'owner' ? owner : db.database
    const plan = await by.transaction(role, { ...reader, 'gt.now': '2026-11-25T00:00:00Z' }, async (on) => {
      await sql`set local enable_seqscan = off`.execute(on)
      return (await sql.raw<{ 'QUERY PLAN': string }>(`explain ${question}`).execute(on)).rows
    })
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect(text).not.toMatch(/Seq Scan/)
    expect(text).toMatch(/Index Cond: .*(person_key|transaction)/)
  })
})

test('a month whose time is over is taken out, and the rest is as it was', async () => {
  await looked('2040-02-10T00:00:00Z')
  const [before] = await tampering<{ n: number }>('select count(*)::int as n from access.audit')
  const [month] = await tampering<{ n: number }>('select count(*)::int as n from access.audit_2040_02')
  expect(month?.n).toBeGreaterThan(0)
  await tampering('alter table access.audit detach partition access.audit_2040_02')
  const [after] = await tampering<{ n: number }>('select count(*)::int as n from access.audit')
  expect(after?.n).toBe((before?.n ?? 0) - (month?.n ?? 0))
  // By itself it still lets nobody in.
  await expect(
    at('2026-11-25T00:00:00Z', (on) => sql`select from access.audit_2040_02`.execute(on)),
  ).rejects.toThrow(/permission denied/)
})
