import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../src/testing/index.ts'
import { type Guard, guards, keyedOtherwise, queryOf } from './database-guards.ts'

type Fault = { object: string; fault: string }

let fresh: FreshDatabase
let owner: pg.Client
beforeAll(async () => {
  fresh = await freshDatabase()
  owner = new pg.Client({ connectionString: fresh.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await fresh?.close()
})

const faultsOf = async (guard: Guard): Promise<Fault[]> =>
  (await owner.query<Fault>(queryOf(guard))).rows.filter(
    (each) => guard !== 'person_key comes first in the primary key' || !(each.object in keyedOtherwise),
  )

describe('the migrated database', () => {
  test.each(Object.keys(guards) as Guard[])('%s', async (guard) => {
    expect((await faultsOf(guard)).map(({ object, fault }) => `${object}: ${fault}`)).toEqual([])
  })

  test('has tables about people to guard', async () => {
    const { rows } = await owner.query(
      "select from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r' where a.attname = 'person_key'",
    )
    expect(rows.length).toBeGreaterThan(15)
  })

  test('no table is excused from its key that need not be', async () => {
    const { rows } = await owner.query<Fault>(queryOf('person_key comes first in the primary key'))
    expect(rows.map((each) => each.object)).toEqual(Object.keys(keyedOtherwise).sort())
  })
})

const table = 'create table record.planted (person_key uuid, at timestamptz, primary key (person_key, at))'
const secured = `${table}; alter table record.planted enable row level security; alter table record.planted force row level security`
const log = `${secured}; comment on table record.planted is 'class: log'`
const projection = `${secured}; comment on table record.planted is 'class: projection'`
const definer = (how: string) =>
  `create function record.planted() returns int language sql security definer ${how} return 1`

/** What each guard must catch. Everything is planted in a transaction that is rolled back. */
const planted: [guard: Guard, what: string, sql: string, object: string][] = [
  ['a table about people has row-level security, forced', 'none', table, 'record.planted'],
  [
    'a table about people has row-level security, forced',
    'enabled but not forced',
    `${table}; alter table record.planted enable row level security`,
    'record.planted',
  ],
  [
    'a policy asks something of whoever reads',
    'using (true)',
    `${secured}; create policy open on record.planted to gt_record using (true)`,
    'record.planted open',
  ],
  [
    'a policy asks something of whoever reads',
    'to PUBLIC',
    `${secured}; create policy open on record.planted using (at is null)`,
    'record.planted open',
  ],
  [
    'a view reads as whoever asks',
    'a plain view',
    'create view record.planted as select * from record.resource',
    'record.planted',
  ],
  [
    'a view reads as whoever asks',
    'a materialised view',
    'create materialized view record.planted as select * from record.resource',
    'record.planted',
  ],
  ['every table says its class', 'no comment', secured, 'record.planted'],
  [
    'every table says its class',
    'a class that is none',
    `${secured}; comment on table record.planted is 'class: cache'`,
    'record.planted',
  ],
  [
    'grants go no further than the class allows',
    'update of a log',
    `${log}; grant update on record.planted to gt_record`,
    'record.planted',
  ],
  [
    'grants go no further than the class allows',
    'update of one column of a log',
    `${log}; grant update (at) on record.planted to gt_record`,
    'record.planted',
  ],
  [
    'grants go no further than the class allows',
    'truncating a projection',
    `${projection}; grant truncate on record.planted to gt_record`,
    'record.planted',
  ],
  [
    'grants go no further than the class allows',
    'reading by PUBLIC',
    `${projection}; grant select on record.planted to public`,
    'record.planted',
  ],
  [
    'grants go no further than the class allows',
    'a grant that can be handed on',
    `${projection}; grant select on record.planted to gt_record with grant option`,
    'record.planted',
  ],
  [
    'an app sees no more than it was given',
    'a table of items with a policy of its own',
    `${projection}; create policy mine on record.planted to gt_record using (at is null); grant select on record.planted to gt_record`,
    'record.planted',
  ],
  [
    'an app sees no more than it was given',
    'a wall that only adds to what may be seen',
    `${projection}; create policy within_app on record.planted for select to gt_record using (at is null); grant select on record.planted to gt_record`,
    'record.planted',
  ],
  [
    'no role of ours has powers of the server',
    'bypassrls',
    'reset role; create role gt_planted bypassrls',
    'gt_planted',
  ],
  [
    'no role of ours has powers of the server',
    'a second way to sign in',
    'reset role; create role gt_planted login',
    'gt_planted',
  ],
  ['gt_app takes one role at a time', 'the owner', 'reset role; grant gt_owner to gt_app', 'gt_app'],
  [
    'gt_app takes one role at a time',
    'inherited',
    'reset role; grant gt_record to gt_app with inherit true',
    'gt_app',
  ],
  [
    'gt_app takes one role at a time',
    'a capability with another’s rights',
    'reset role; grant gt_access to gt_record',
    'gt_record',
  ],
  [
    'only gt_owner owns anything',
    'a table',
    `${table}; reset role; alter table record.planted owner to gt_record`,
    'record.planted',
  ],
  [
    'person_key comes first in the primary key',
    'second',
    'create table record.planted (person_key uuid, at timestamptz, primary key (at, person_key))',
    'record.planted',
  ],
  [
    'person_key comes first in the primary key',
    'no key',
    'create table record.planted (person_key uuid)',
    'record.planted',
  ],
  [
    'a partition is reached through its parent alone',
    'a grant',
    'grant select on access.audit_outside to gt_access',
    'access.audit_outside',
  ],
  [
    'a partition is reached through its parent alone',
    'a policy',
    `create policy own on access.audit_outside for select to gt_access using (person_key is null)`,
    'access.audit_outside',
  ],
  [
    'a partition is reached through its parent alone',
    'a new one that takes its grants along',
    `${secured}; grant select on record.planted to gt_record; alter table record.planted rename to planted_2020;
     create table record.planted (person_key uuid not null, at timestamptz not null) partition by range (at);
     alter table record.planted attach partition record.planted_2020 for values from (minvalue) to ('2021-01-01')`,
    'record.planted_2020',
  ],
  [
    'a security definer function is closed',
    'search_path not set',
    `${definer('')}; revoke all on function record.planted from public`,
    'record.planted()',
  ],
  [
    'a security definer function is closed',
    'search_path set to something',
    `${definer('set search_path = public')}; revoke all on function record.planted from public`,
    'record.planted()',
  ],
  [
    'a security definer function is closed',
    'open to PUBLIC',
    definer("set search_path = ''"),
    'record.planted()',
  ],
  [
    'a security definer function is closed',
    'owned by a superuser',
    `reset role; ${definer("set search_path = ''")}`,
    'record.planted()',
  ],
  [
    'gt_app by itself may nothing',
    'a grant to gt_app',
    `${projection}; grant select on record.planted to gt_app`,
    'record.planted',
  ],
]

describe('each guard sees what is planted', () => {
  test.each(planted)('%s: %s', async (guard, _, sql, object) => {
    await owner.query('begin; set local role gt_owner')
    try {
      await owner.query(sql)
      await owner.query('reset role')
      expect((await faultsOf(guard)).map((each) => each.object)).toContain(object)
    } finally {
      await owner.query('rollback')
    }
  })

  test('every guard has something planted for it', () => {
    expect(new Set(planted.map(([guard]) => guard))).toEqual(new Set(Object.keys(guards)))
  })
})

describe('what gt_app can do before it has taken a role', () => {
  test.each([
    'select * from record.resource',
    'select * from access.audit',
    'select * from people.demographic',
    'create table public.mine (a int)',
  ])('not: %s', async (sql) => {
    const client = await fresh.database.pool.connect()
    try {
      await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' })
    } finally {
      client.release()
    }
  })
})
