import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Database, openDatabase } from '../../platform/index.ts'
import { type FreshDatabase, freshDatabase } from '../../testing/index.ts'
import { anchorPath } from './anchor.ts'
import { sealAudit } from './sealing.job.ts'
import { verifyAudit } from './verify.ts'

let db: FreshDatabase
let owner: Database
let dataDir: string
let anchor: string
let minute: number
beforeEach(async () => {
  db = await freshDatabase(2)
  owner = openDatabase(db.ownerUrl, 2)
  dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-seal-'))
  anchor = anchorPath(dataDir)
  minute = 0
})
afterEach(async () => {
  await owner.close()
  await db.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const time = () => new Date(Date.UTC(2026, 10, 22, 10, minute))
const settings = () => ({ 'gt.actor': 'someone', 'gt.now': time().toISOString() }) as const
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
  db.database.transaction('access', settings(), (on) =>
    on.insertInto('access.audit').values(actions.map(row)).execute(),
  )
const tamper = (statement: string) => owner.transaction('owner', {}, (on) => sql.raw(statement).execute(on))
const sealed = async () =>
  Number(
    (
      (await tamper('select coalesce(sum(row_count), 0) as n from access.audit_seal')).rows[0] as {
        n: number
      }
    ).n,
  )
/** The job as the worker runs it, each time a minute later. */
const run = async () => {
  minute++
  await db.database.transaction('access', settings(), (on) =>
    sealAudit(dataDir).run({ db: on, now: time(), input: undefined, shown: () => undefined }),
  )
}
/** Runs it until so many rows are sealed. Transactions of other tests on the same server hold the sealer back for as long as they are open. */
const seal = (rows: number) =>
  vi.waitFor(
    async () => {
      await run()
      expect(await sealed()).toBe(rows)
    },
    { timeout: 20_000, interval: 50 },
  )
const verify = (how: Partial<Parameters<typeof verifyAudit>[1]> = {}) =>
  owner.transaction('owner', {}, (on) => verifyAudit(on, { anchor, ...how }))
const faults = async () => (await verify()).faults.map(({ words }) => words)

/** Three seals of two rows, one and three, all anchored; and one row that waits. */
async function chain(): Promise<void> {
  await write('read', 'read')
  await seal(2)
  await write('search')
  await seal(3)
  await write('one', 'two', 'three')
  await seal(6)
  await run()
  await write('last')
}

test('the chain holds over rows that nobody has touched, and the anchor agrees', async () => {
  await chain()
  expect(await verify()).toEqual({
    seals: 3,
    rows: 6,
    unsealed: { rows: 1, since: time() },
    anchored: 3,
    faults: [],
  })
})

const first = '(select min(id) from access.audit)'
test.each([
  [
    'alters a row',
    `update access.audit set actor = 'another' where id = ${first}`,
    /^seal 1 .*does not agree with its 2 rows/,
  ],
  [
    'alters the purpose of a row',
    `update access.audit set purpose = 'none' where action = 'search'`,
    /^seal 2 .*since 2026-11-22T10:.*does not agree with its 1 rows/,
  ],
  ['drops a row', `delete from access.audit where id = ${first}`, /^seal 1 .*over 2 rows, and 1 are there/],
  [
    'puts a row among those sealed',
    `insert into access.audit (transaction, request, actor, actor_name, role, organisation, purpose, action, outcome)
     select transaction, gen_random_uuid(), actor, actor_name, role, organisation, purpose, action, outcome from access.audit where action = 'two'`,
    /^seal 3 .*over 3 rows, and 4 are there/,
  ],
  [
    'drops a seal',
    'delete from access.audit_seal where id = 2',
    /between seal 1 and seal 3 .*missing; 1 rows/,
  ],
  [
    'drops the first seal',
    'delete from access.audit_seal where id = 1',
    /between the beginning and seal 2 .*missing; 2 rows/,
  ],
  [
    'alters a seal',
    `update access.audit_seal set digest = sha256('x') where id = 2`,
    /^seal 2 .*does not agree/,
  ],
])('whoever %s is found out', async (_words, statement, words) => {
  await chain()
  await tamper(statement)
  const said = await faults()
  expect(said[0]).toMatch(words)
})

test('whoever drops the last seal is found out by the anchor', async () => {
  await chain()
  await tamper('delete from access.audit_seal where id = 3')
  expect(await faults()).toEqual([
    expect.stringMatching(/^the anchor has seal 3, made at .*, and the database does not$/),
  ])
})

test('whoever writes the whole chain anew is found out by the anchor', async () => {
  await chain()
  await tamper(`update access.audit set actor = 'another' where id = ${first}`)
  await tamper(`do $$ declare s access.audit_seal; chain bytea := ''; begin
    for s in select * from access.audit_seal order by id loop
      select sha256(chain || sha256(convert_to(string_agg(access.audit_text(a), chr(10) order by a.transaction, a.id), 'UTF8'))) into chain
        from access.audit a where a.transaction >= s.from_transaction and a.transaction < s.to_transaction;
      update access.audit_seal set digest = chain where id = s.id;
    end loop; end $$`)
  expect(await faults()).toEqual(
    [1, 2, 3].map((id) => expect.stringContaining(`the anchor disagrees with seal ${id},`)),
  )
})

describe('whoever alters the anchor is found out', () => {
  const lines = () => readFileSync(anchor, 'utf8').trimEnd().split('\n')
  const leave = (kept: string[]) => writeFileSync(anchor, kept.map((line) => `${line}\n`).join(''))
  test.each([
    ['cuts it short', (all: string[]) => all.slice(0, 1), /^the anchor lacks seal 2, /],
    ['takes its beginning', (all: string[]) => all.slice(1), /^the anchor lacks seal 1, /],
    ['takes a line out', (all: string[]) => [all[0], all[2]], /^the anchor lacks seal 2, /],
    ['empties it', () => [], /^the anchor lacks seal 1 to 2, /],
    [
      'writes another head',
      (all: string[]) => all.map((line) => line.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
      /^the anchor disagrees with seal 1, /,
    ],
    [
      'writes what is no line',
      (all: string[]) => ['nonsense', ...all],
      /^line 1 of the anchor cannot be read/,
    ],
  ])('%s', async (_words, change, words) => {
    await chain()
    leave(change(lines()) as string[])
    expect((await faults())[0]).toMatch(words)
  })

  test('takes it away', async () => {
    await chain()
    rmSync(anchor)
    expect((await faults())[0]).toMatch(/^the anchor lacks seal 1 to 2/)
  })
})

test('half a line of a process that died is taken away, and an older version’s lines are understood', async () => {
  await chain()
  const [one = '', ...rest] = readFileSync(anchor, 'utf8').split('\n')
  writeFileSync(anchor, [one.replace(/ 1 2 /, ' 2 '), ...rest].join('\n'))
  appendFileSync(anchor, '2026-11-22T10:0')
  await seal(7)
  await run()
  expect(await verify()).toMatchObject({ seals: 4, anchored: 4, faults: [] })
})

test('months that are kept elsewhere are passed over where it is asked to begin later', async () => {
  await chain()
  await tamper(`delete from access.audit where action in ('read', 'search')`)
  expect(await faults()).toHaveLength(2)
  const [third] = (await tamper('select at from access.audit_seal where id = 3')).rows as { at: Date }[]
  expect(await verify({ since: third?.at })).toMatchObject({ faults: [], rows: 3 })
})

test('rows of a transaction that is still open are sealed later, not passed over', async () => {
  let finish: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  const slow = db.database.transaction('access', settings(), async (on) => {
    await on.insertInto('access.audit').values(row('slow')).execute()
    await held
  })
  await write('quick')
  await run()
  const early = await verify()
  expect(early.rows + early.unsealed.rows).toBe(1)
  finish()
  await slow
  await seal(2)
  expect(await verify()).toMatchObject({ rows: 2, unsealed: { rows: 0 }, faults: [] })
  await tamper(`update access.audit set actor = 'another' where action = 'slow'`)
  expect(await faults()).toHaveLength(1)
})

test('a backlog is sealed in batches that end where a transaction ends', async () => {
  for (const each of [15_000, 15_000, 50_000, 1])
    await tamper(`insert into access.audit (request, actor, actor_name, role, organisation, purpose, action, outcome)
      select gen_random_uuid(), 'someone', 'Someone', 'gp', 'ZP001', 'direct care', 'read', 'allowed' from generate_series(1, ${each})`)
  await seal(80_001)
  const { rows } = await tamper('select row_count::int as n from access.audit_seal order by id')
  expect(rows).toEqual([{ n: 15_000 }, { n: 15_000 }, { n: 50_000 }, { n: 1 }])
  expect(await verify()).toMatchObject({ rows: 80_001, faults: [] })
})
