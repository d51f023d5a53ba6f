import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginSession } from '../src/access/sessions.ts'
import { type Running, startApp } from '../src/app.ts'
import { anyone, type Config, holds, page, type Route, stoppedClock } from '../src/platform/index.ts'
import { type FreshDatabase, freshDatabase } from '../src/testing/index.ts'
import { root } from './tree.ts'
import { mounted, waysIn, waysInFile } from './ways-in.ts'

const all = mounted()
const routes: Route[] = Object.values(all.routes).flat()
const named = routes.map((route) => [`${route.definition.method} ${route.definition.path}`, route] as const)
/** What a system must know before it can sign in; nothing of it is about anybody. */
const toldToAnyone = new Set<string>(['/fhir/metadata', '/fhir/.well-known/smart-configuration'])
const guarded = named.filter(([, route]) => route.definition.may.kind !== 'anyone')

describe('what is mounted', () => {
  test('is what docs/routes.md says', () => {
    expect(routes.length).toBeGreaterThan(20)
    expect(waysIn(all)).toBe(readFileSync(join(root, waysInFile), 'utf8'))
  })

  test('a way in with another policy would not agree with docs/routes.md', () => {
    const [first, ...rest] = all.routes['people'] ?? []
    const widened = { ...first, definition: { ...first?.definition, may: anyone('a planted one') } } as Route
    expect(waysIn({ ...all, routes: { ...all.routes, people: [widened, ...rest] } })).not.toBe(waysIn(all))
  })

  test('no two ways in share a method and a path', () => {
    expect(new Set(named.map(([name]) => name)).size).toBe(named.length)
  })

  test.each(named)('%s is open to nobody by accident', (_, { kind, definition: { may, path } }) => {
    if (path.includes(':person')) expect(may.kind).toMatch(/reads|holds/)
    if (kind === 'fhir' && !toldToAnyone.has(path)) expect(may.kind).toMatch(/reads|lists|holds/)
    if (may.kind === 'anyone') expect(may.why).toMatch(/\w+ \w+/)
  })

  test('every event starts jobs that exist, and every job that waits for an event has one', () => {
    const jobs = Object.values(all.jobs).flat()
    const started = new Set(Object.values(all.subscribers).flatMap((names) => names ?? []))
    const waiting = new Set(jobs.filter((job) => job.every === undefined).map((job) => job.name))
    expect(started).toEqual(waiting)
    expect(new Set(jobs.map((job) => job.name)).size).toBe(jobs.length)
  })
})

describe('every way in, walked', () => {
  let fresh: FreshDatabase
  let running: Running
  let owner: pg.Client
  let folder: string
  const clock = stoppedClock('2026-01-15T10:00:00Z')

  beforeAll(async () => {
    fresh = await freshDatabase()
    folder = mkdtempSync(join(tmpdir(), 'golden-thread-walk-'))
    owner = new pg.Client({ connectionString: fresh.ownerUrl })
    await owner.connect()
    running = await startApp({
      config: configOf(folder),
      place: fresh.place,
      database: fresh.database,
      clock,
      log: () => undefined,
    })
  })
  afterAll(async () => {
    await running?.stop()
    await owner?.end()
    await fresh?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(guarded)('%s turns away whoever has not signed in', async (_, route) => {
    const answer = await walk(running.publicUrl, route)
    if (route.kind === 'fhir') expect(answer.status).toBe(401)
    else expect([answer.status, answer.headers.get('location')?.split('?')[0]]).toEqual([303, '/sign-in'])
  })

  test.each(guarded)('%s turns away a role without data, and keeps the refusal', async (_, route) => {
    const session = await signIn('demo-analyst')
    const before = await refusals(route.definition.audit)
    const answer = await walk(running.publicUrl, route, session)
    expect(answer.status).toBe(403)
    expect(await refusals(route.definition.audit)).toBe(before + 1)
  })

  test('the walk would notice a way in that lets everybody through', async () => {
    const open = page({
      method: 'GET',
      path: '/',
      may: holds('trace', { purpose: 'direct care' }),
      audit: 'home',
      input: routes[0]?.definition.input as never,
      run: () => ({ redirect: '/' }),
    })
    expect((await walk(running.publicUrl, open)).status).toBe(200)
  })

  async function signIn(id: string): Promise<string> {
    const staff = fresh.place.demoStaff.find((each) => each.id === id)
    if (!staff) throw new Error(`No ${id} in the place`)
    return fresh.database.transaction('access', {}, (db) =>
      beginSession(db, { ...staff, kind: 'staff' }, fresh.place, clock.now()),
    )
  }

  async function refusals(action: string): Promise<number> {
    const { rows } = await owner.query<{ count: string }>(
      "select count(*) from access.audit where action = $1 and outcome = 'refused'",
      [action],
    )
    return Number(rows[0]?.count)
  }
})

const inPath: Record<string, () => string> = {
  person: randomUUID,
  type: () => 'Patient',
  id: () => 'unknown',
  relationship: () => '1',
}

async function walk(
  publicUrl: string,
  { kind, definition: { method, path } }: Route,
  session?: string,
): Promise<Response> {
  const address = path.replace(/:(\w+)/g, (_, name: string) => (inPath[name] ?? (() => 'unknown'))())
  return fetch(publicUrl + address, {
    method,
    redirect: 'manual',
    headers: {
      ...(session ? { cookie: `session=${session}` } : {}),
      ...(kind === 'fhir' && method !== 'GET' ? { 'content-type': 'application/fhir+json' } : {}),
    },
    ...(kind === 'fhir' && method !== 'GET' ? { body: '{"resourceType":"Patient","id":"unknown"}' } : {}),
  })
}

const configOf = (dataDir: string): Config => ({
  port: 0,
  mllpPort: 0,
  host: '127.0.0.1',
  dataDir,
  databaseUrl: undefined,
  place: 'rotherham',
  publicUrl: undefined,
  issuer: undefined,
  scanCommand: undefined,
  filesDir: join(dataDir, 'drop'),
  metricsToken: undefined,
})
