import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectTo } from '../src/feeds/index.ts'
import { appSignIn, migrate } from '../src/platform/index.ts'
import { inventFaultyMessages } from '../src/synthetic/index.ts'
import { migrationsFolder } from '../src/testing/cluster.ts'
import { signIn } from '../src/testing/http.ts'
import { type TemporaryPostgres, temporaryPostgres } from './temporary-postgres.ts'
import { root } from './tree.ts'

/** Two processes of the product on one server, as behind a balancer. */

type Process = { child: ChildProcess; base: string; mllpPort: number }

const folder = mkdtempSync(join(tmpdir(), 'golden-thread-processes-'))
let cluster: TemporaryPostgres
let owner: pg.Client
let one: Process
let other: Process

function start(name: string): Promise<Process> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/main.ts')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: cluster.url,
      DATA_DIR: join(folder, name),
      PORT: '0',
      MLLP_PORT: '0',
      METRICS_TOKEN: 'a-token-for-tests',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  return new Promise((ready, broken) => {
    child.stderr?.on('data', (words) => (said += words))
    child.on('exit', () => broken(new Error(said)))
    child.stdout?.on('data', (words) => {
      said += words
      const base = /Pages\s+(\S+)/.exec(said)?.[1]
      const mllpPort = Number(/localhost:(\d+) \(MLLP\)/.exec(said)?.[1])
      if (base && mllpPort) ready({ child, base, mllpPort })
    })
  })
}

beforeAll(async () => {
  cluster = await temporaryPostgres()
  // Migrated before, and marked as filled: inventing residents is not what is tested here.
  await migrate(cluster.url, migrationsFolder, appSignIn(cluster.url).password)
  owner = new pg.Client({ connectionString: cluster.url })
  await owner.connect()
  await owner.query(
    `insert into platform.demonstration (invented_as_of, loaded) values ('2026-11-20T09:00:00Z', true)`,
  )
  ;[one, other] = await Promise.all([start('one'), start('other')])
}, 120_000)
afterAll(async () => {
  for (const each of [one, other]) each?.child.kill('SIGKILL')
  await owner?.end()
  await cluster?.remove()
  rmSync(folder, { recursive: true, force: true })
})

const get = (base: string, path: string, cookie: string) =>
  fetch(`${base}${path}`, { headers: { cookie }, redirect: 'manual' })

test('a session of one is a session of the other, and ends in both', async () => {
  const cookie = await signIn(one.base, 'demo-privacy-officer')
  expect((await get(one.base, '/access-reviews', cookie)).status).toBe(200)
  expect((await get(other.base, '/access-reviews', cookie)).status).toBe(200)
  await fetch(`${one.base}/sign-out`, { method: 'POST', headers: { cookie }, redirect: 'manual' })
  expect((await get(one.base, '/access-reviews', cookie)).status).not.toBe(200)
  // The other process remembers whom it asked about for five seconds.
  await expect
    .poll(async () => (await get(other.base, '/access-reviews', cookie)).status, { timeout: 8_000 })
    .not.toBe(200)
})

test('a message that comes to one and again to the other is taken once', async () => {
  for (const { mllpPort } of [one, other, one]) {
    const hospital = await connectTo(mllpPort)
    for (const message of inventFaultyMessages(new Date('2026-11-20T09:00:00Z'))) await hospital.send(message)
    hospital.close()
  }
  const { rows } = await owner.query('select count(*)::int as kept from feeds.message')
  expect(rows).toEqual([{ kept: 2 }])
})

test('when one dies the other goes on, and a third takes its place', async () => {
  const cookie = await signIn(one.base, 'demo-privacy-officer')
  expect((await get(other.base, '/access-reviews', cookie)).status).toBe(200)
  one.child.kill('SIGKILL')
  await new Promise((ended) => one.child.once('exit', ended))
  for (let n = 0; n < 5; n++) expect((await get(other.base, '/access-reviews', cookie)).status).toBe(200)
  expect((await fetch(`${other.base}/health`)).status).toBe(200)
  // Jobs that the dead one had begun are begun again by whoever is left; new ones are done at once.
  await owner.query(`select graphile_worker.add_job('keep-partitions', '{}'::json, job_key => 'now')`)
  await expect
    .poll(
      async () =>
        (await owner.query(`select from graphile_worker._private_jobs where key = 'now'`)).rows.length,
      { timeout: 10_000 },
    )
    .toBe(0)
  one = await start('third')
  expect((await get(one.base, '/access-reviews', cookie)).status).toBe(200)
})
