import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Database, openDatabase } from '../platform/index.ts'
import { type FreshDatabase, freshDatabase } from '../testing/index.ts'
import { brokenSeal } from './sealing.job.ts'

let db: FreshDatabase
let owner: Database
beforeEach(async () => {
  db = await freshDatabase(2)
  owner = openDatabase(db.ownerUrl, 1)
})
afterEach(async () => {
  await owner.close()
  await db.close()
})

const settings = { 'gt.actor': 'someone', 'gt.now': '2026-11-22T10:00:00Z' } as const
const row = (action: string) => ({
  request: crypto.randomUUID(),
  actor: 'someone',
  actor_name: 'Someone',
  role: 'gp',
  organisation: 'ZP001',
  purpose: 'direct care',
  action,
  outcome: 'allowed',
})

const write = (...actions: string[]) =>
  db.database.transaction('access', settings, (on) =>
    on.insertInto('access.audit').values(actions.map(row)).execute(),
  )
const sealed = () =>
  db.database.transaction('access', settings, (on) =>
    sql<{ sealed: number }>`select * from access.seal_audit()`.execute(on),
  )
/** Seals as many rows as are waiting. Transactions of other tests on the same server hold the sealer back for as long as they are open. */
const seal = async (waiting: number) => {
  let done = 0
  await vi.waitFor(
    async () => {
      for (const row of (await sealed()).rows) done += Number(row.sealed)
      expect(done).toBe(waiting)
    },
    { timeout: 20_000, interval: 50 },
  )
}
const count = async () =>
  Number(
    (
      await owner.transaction('owner', {}, (on) =>
        sql<{ n: number }>`select coalesce(sum(row_count), 0) as n from access.audit_seal`.execute(on),
      )
    ).rows[0]?.n,
  )
const broken = () => db.database.transaction('access', settings, brokenSeal)
const tamper = (statement: string) => owner.transaction('owner', {}, (on) => sql.raw(statement).execute(on))

test('the chain holds over rows that nobody has touched', async () => {
  await write('read', 'read')
  await seal(2)
  await write('search')
  await seal(1)
  await seal(0)
  expect(await broken()).toBeUndefined()
})

test.each([
  [
    'alters a row',
    `update access.audit set actor = 'another' where id = (select min(id) from access.audit)`,
    1,
  ],
  [
    'alters the purpose of a row',
    `update access.audit set purpose = 'none' where id = (select max(id) from access.audit)`,
    2,
  ],
  ['drops a row', 'delete from access.audit where id = (select min(id) from access.audit)', 1],
  [
    'puts a row among those sealed',
    `insert into access.audit (transaction, request, actor, actor_name, role, organisation, purpose, action, outcome)
     select transaction, gen_random_uuid(), actor, actor_name, role, organisation, purpose, action, outcome from access.audit order by id limit 1`,
    1,
  ],
  ['drops a seal', 'delete from access.audit_seal where id = (select min(id) from access.audit_seal)', 2],
])('whoever %s is found out', async (_words, statement, at) => {
  await write('read', 'read')
  await seal(2)
  await write('search')
  await seal(1)
  await tamper(statement)
  const found = await broken()
  expect(Number(found?.seal)).toBe(at)
})

test('rows of a transaction that is still open are sealed later, not passed over', async () => {
  let finish: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  const slow = db.database.transaction('access', settings, async (on) => {
    await on.insertInto('access.audit').values(row('slow')).execute()
    await held
  })
  await write('quick')
  await sealed()
  const early = await count()
  finish()
  await slow
  await seal(2 - early)
  expect(await broken()).toBeUndefined()
  await tamper(`update access.audit set actor = 'another' where action = 'slow'`)
  expect(await broken()).toBeDefined()
})
