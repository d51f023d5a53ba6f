import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readPlace } from '../../src/access/index.ts'
import { type Running, startApp } from '../../src/app.ts'
import {
  appSignIn,
  type Database,
  type EmbeddedPostgres,
  migrate,
  openDatabase,
  placeDatabase,
  readConfig,
  systemClock,
  Unavailable,
} from '../../src/platform/index.ts'
import { migrationsFolder } from '../../src/testing/cluster.ts'
import { systemToken } from '../../src/testing/http.ts'
import { checkedBackup } from './manifest.ts'
import { restoreBackup } from './restore.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'golden-thread-backup-'))
// The database's user must pass where root runs the tests, so that its files are where they are elsewhere.
chmodSync(folder, 0o755)
const dataDir = join(folder, 'place')
const elsewhere = join(folder, 'restored')
const file = join(folder, 'place.tar.zst')

let server: EmbeddedPostgres
let database: Database
let app: Running
const acknowledged: { id: string; version: string; at: number }[] = []

/** Runs a tool as npm does, on a place's folder. */
function tool(name: string, args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; said: string }>((done) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'tools', name), ...args], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (said += words))
    child.on('exit', (code) => done({ code, said }))
  })
}

let loading = true
/** Writes and rewrites patients until it is told to stop, and notes what was acknowledged and when. */
async function load(token: string, writer: number): Promise<void> {
  for (let n = 0; loading; n++) {
    const id = `w${writer}-${n % 40}`
    const answer = await fetch(`${app.publicUrl}/fhir/Patient/${id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Patient',
        id,
        identifier: [{ system: 'https://golden-thread.example/Id/test', value: id }],
        name: [{ family: `Writer${writer}`, given: [`n${n}`] }],
        birthDate: '1951-02-03',
      }),
    })
    await answer.arrayBuffer()
    if (answer.ok)
      acknowledged.push({ id, version: answer.headers.get('etag') ?? '', at: systemClock.now().getTime() })
  }
}

let taken: { code: number | null; said: string }
beforeAll(async () => {
  mkdirSync(join(dataDir, 'drop', 'demo-council'), { recursive: true })
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', MLLP_PORT: '0' })
  server = await placeDatabase(config)
  const signIn = appSignIn(server.url)
  await migrate(server.url, migrationsFolder, signIn.password)
  database = openDatabase(signIn.url)
  const place = readPlace(join(root, 'places/rotherham'))
  app = await startApp({ config, place, database, clock: systemClock, log: () => undefined })
  // A file that its sender has not finished: it waits.
  writeFileSync(join(dataDir, 'drop', 'demo-council', 'waiting — until it is whole.csv.part'), 'a,b\n')
  const token = await systemToken(app.publicUrl, 'demo-hospital', 'demo-hospital-secret')
  const writers = [0, 1, 2, 3].map((writer) => load(token, writer))
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(100), 30_000)
  await database.transaction('access', {}, (db) => sql`select access.seal_audit()`.execute(db))
  taken = await tool('backup.ts', [file])
  loading = false
  await Promise.all(writers)
}, 180_000)
afterAll(async () => {
  loading = false
  await app?.stop()
  await database?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a backup that is taken while writes go on restores everything acknowledged before it ended', async () => {
  expect(taken.said).toContain('The backup is')
  expect(taken.code).toBe(0)
  const { ended, entries, counts } = await checkedBackup(file)
  const before = acknowledged.filter(({ at }) => at <= Date.parse(ended))
  expect(before.length).toBeGreaterThan(100)
  // It went on while the backup was taken: otherwise this proves nothing.
  expect(acknowledged.length).toBeGreaterThan(before.length)
  expect(counts['record.resource_history']).toBeGreaterThan(100)
  expect(entries.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['data/secret', 'data/demo-issuer-key.json', 'database/backup_label']),
  )

  const restored = await tool('restore.ts', [file], { DATA_DIR: elsewhere })
  expect(restored.said).toContain('The chain holds.')
  expect(restored.code).toBe(0)
  for (const path of [
    'secret',
    'demo-issuer-key.json',
    'drop/demo-council/waiting — until it is whole.csv.part',
  ])
    expect(readFileSync(join(elsewhere, path))).toEqual(readFileSync(join(dataDir, path)))

  const other = await placeDatabase({ databaseUrl: undefined, dataDir: elsewhere })
  const client = new pg.Client({ connectionString: other.url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string; version: number }>(
      'select id, version from record.resource_history',
    )
    const kept = new Set(rows.map(({ id, version }) => `${id} W/"${version}"`))
    expect(before.filter(({ id, version }) => !kept.has(`${id} ${version}`))).toEqual([])
    const current = await client.query(
      `select count(*)::int as wrong from record.resource r where r.version <> (select max(h.version) from record.resource_history h
         where h.person_key = r.person_key and h.type = r.type and h.id = r.id)`,
    )
    expect(current.rows).toEqual([{ wrong: 0 }])
  } finally {
    await client.end()
    await other.stop()
  }
}, 180_000)

test('a folder that is not empty is left alone, or moved aside where it is asked', async () => {
  const used = join(folder, 'used')
  mkdirSync(used)
  writeFileSync(join(used, 'mine'), 'kept')
  const into = { dataDir: used, filesDir: join(used, 'drop') }
  const said: string[] = []
  const restore = (aside: boolean) => restoreBackup(file, into, aside, (words) => said.push(words))
  await expect(restore(false)).rejects.toThrow(/is not empty/)
  expect(readFileSync(join(used, 'mine'), 'utf8')).toBe('kept')
  await restore(true)
  const where = /is now in (\S+)\.$/m.exec(said.join('\n'))?.[1] ?? ''
  expect(readFileSync(join(where, 'mine'), 'utf8')).toBe('kept')
  expect(existsSync(join(used, 'secret'))).toBe(true)
}, 120_000)

describe('a backup that is not what was written is refused by name', () => {
  const change = async (name: string, how: (bytes: Buffer) => Buffer): Promise<string> => {
    const changed = join(folder, name)
    writeFileSync(changed, how(readFileSync(file)))
    const nothing = join(folder, 'nothing')
    const into = { dataDir: nothing, filesDir: join(nothing, 'drop') }
    const refused = await restoreBackup(changed, into, false, () => undefined).catch((problem) => problem)
    expect(refused).toBeInstanceOf(Unavailable)
    expect(existsSync(nothing)).toBe(false)
    return refused.message
  }
  const inside = (how: (tar: Buffer) => Buffer) => (bytes: Buffer) =>
    zstdCompressSync(how(zstdDecompressSync(bytes)))
  test('cut short', async () => {
    expect(await change('short', (bytes) => bytes.subarray(0, bytes.length >> 1))).toMatch(
      /The backup .*short is damaged in or after database\//,
    )
  })
  test('a byte changed on the disk', async () => {
    const said = await change('bit', (bytes) => {
      const other = Buffer.from(bytes)
      other[bytes.length >> 1] = (other[bytes.length >> 1] ?? 0) ^ 1
      return other
    })
    expect(said).toMatch(/The backup .*bit is damaged/)
  })
  test('a file in it changed', async () => {
    const said = await change(
      'changed',
      inside((tar) => {
        const at = tar.indexOf('data/secret') + 512
        tar[at] = (tar[at] ?? 0) ^ 1
        return tar
      }),
    )
    expect(said).toMatch(/data\/secret is not what was backed up/)
  })
  test('its manifest changed', async () => {
    const said = await change(
      'manifest',
      inside((tar) => {
        const at = tar.lastIndexOf('"format": 1')
        tar.write('"format": 2', at)
        return tar
      }),
    )
    expect(said).toMatch(/manifest.json is not what was written/)
  })
  test('no backup at all, with the tool’s own words', async () => {
    const other = join(folder, 'none')
    writeFileSync(other, 'hello')
    expect(await tool('restore.ts', [other], { DATA_DIR: join(folder, 'nothing') })).toEqual({
      code: 2,
      said: expect.stringMatching(/\nThe backup .*none is damaged in or after its beginning/),
    })
  })
})
