import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readPlace, verifyAudit } from '../src/access/index.ts'
import { startApp } from '../src/app.ts'
import { migrate, openDatabase, readConfig, stoppedClock, Unavailable } from '../src/platform/index.ts'
import { migrationsFolder, testPassword, urlOf } from '../src/testing/cluster.ts'
import { signIn, systemToken } from '../src/testing/http.ts'
import { wholeRecord } from '../src/testing/whole-record.ts'
import { type TemporaryPostgres, temporaryPostgres } from './temporary-postgres.ts'
import { root } from './tree.ts'

/** A place as an earlier version left it, brought to this one. It was written down once, by tools/freeze-place.ts. */
const frozen = readFileSync(join(root, 'tools/upgrade/place-at-0022.txt.gz'))
const folder = mkdtempSync(join(tmpdir(), 'golden-thread-upgrade-'))

/** A cluster of its own: each migration gives gt_app a password, and roles belong to the whole cluster. */
let cluster: TemporaryPostgres
let owner: pg.Client
let url: string
let nr = 0
beforeAll(async () => {
  cluster = await temporaryPostgres()
})
afterAll(async () => {
  await cluster?.remove()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  const name = `upgrade_${++nr}`
  const first = new pg.Client({ connectionString: cluster.url })
  await first.connect()
  await first.query(`create database ${name}`)
  await first.end()
  url = urlOf(cluster.url, name)
  owner = new pg.Client({ connectionString: url })
  await owner.connect()
})
afterEach(() => owner.end())

const migrationsTo = (last: string): string => {
  const some = mkdtempSync(join(folder, 'migrations-'))
  for (const name of readdirSync(migrationsFolder).filter((each) => each.slice(0, 4) <= last))
    cpSync(join(migrationsFolder, name), join(some, name))
  return some
}
const look = async <Row extends object>(query: string): Promise<Row[]> => (await owner.query(query)).rows

/** The schema of that version, with its rows; some of the audit sealed, as it would be. */
async function olderPlace(): Promise<void> {
  await migrate(url, migrationsTo('0022'), testPassword)
  await owner.query('set session_replication_role = replica')
  const lines = gunzipSync(frozen).toString().split('\n')
  const byTable = Map.groupBy(lines, (line) => line.slice(0, line.indexOf(' ')))
  for (const [table, rows] of byTable)
    await owner.query(
      `insert into ${table} overriding system value select r.* from unnest($1::jsonb[]) one, jsonb_populate_record(null::${table}, one) r`,
      [rows.map((line) => line.slice(table.length + 1))],
    )
  await owner.query('set session_replication_role = origin')
  await owner.query(`do $$ declare c record; begin
    for c in select table_schema || '.' || table_name as t, column_name as col from information_schema.columns where is_identity = 'YES' and table_schema <> 'graphile_worker' loop
      execute format('select setval(pg_get_serial_sequence(%L, %L), (select coalesce(max(%I), 0) + 1 from %s))', c.t, c.col, c.col, c.t);
    end loop; end $$`)
  // Transactions are counted by the server, and this is another one.
  await owner.query('update access.audit set transaction = pg_current_xact_id()')
  await owner.query('set role gt_owner; select * from access.seal_audit(); reset role')
}

const now = '2026-11-20T10:00:00Z'
async function withProduct(work: (base: string) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(folder, 'data-'))
  const database = openDatabase(urlOf(cluster.url, new URL(url).pathname.slice(1), 'gt_app', testPassword), 6)
  const running = await startApp({
    config: readConfig({ DATA_DIR: dataDir, PORT: '0', MLLP_PORT: '0' }),
    place: readPlace(join(root, 'places/rotherham')),
    database,
    clock: stoppedClock(now),
    log: () => undefined,
  })
  try {
    await work(running.publicUrl)
  } finally {
    await running.stop()
    await database.close()
  }
}

test('everything that the older version kept is there, is shown, and goes on', async () => {
  await olderPlace()
  const before = await wholeRecord(look)
  const history = `select type, id, version, body, received_at from record.resource_history order by type, id, version`
  const versions = await look<{ type: string; id: string; body: string }>(history)
  expect(versions.length).toBeGreaterThan(200)
  await migrate(url, migrationsFolder, testPassword)
  expect(await look(history)).toEqual(versions)
  const after = await wholeRecord(look)
  // A newer version's tables may have more columns and there may be more of them; what was there is as it was.
  expect(after).toMatchObject(before)
  await withProduct(async (base) => {
    const gp = await signIn(base, 'demo-gp')
    const pages = await look<{ ref: string; family: string }>(
      `select distinct f.ref, d.family from people.file f join people.demographic d using (person_key)`,
    )
    const shown: string[] = []
    for (const { ref, family } of pages) {
      const answer = await fetch(`${base}/people/${ref}`, { headers: { cookie: gp } })
      if (answer.status === 200 && (await answer.text()).toUpperCase().includes(family.toUpperCase()))
        shown.push(ref)
    }
    expect(shown.length).toBeGreaterThan(0)
    const token = await systemToken(base, 'demo-hospital', 'demo-hospital-secret')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }
    const own = versions.filter(({ type }) => type === 'Encounter')
    const mine: Record<string, unknown>[] = []
    for (const { id, body } of own) {
      const answer = await fetch(`${base}/fhir/Encounter/${id}`, { headers })
      if (answer.status !== 200) continue
      const read = await answer.text()
      expect(JSON.parse(read)).toEqual(JSON.parse(body))
      mine.push(JSON.parse(read))
    }
    expect(mine.length).toBeGreaterThan(0)
    const again = await fetch(`${base}/fhir/Encounter/${mine[0]?.['id']}`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(mine[0]),
    })
    expect(again.status).toBe(200)
    expect(again.headers.get('etag')).toBe('W/"2"')
  })
  // What was sealed before holds after, and what was audited since is sealed on.
  const reading = openDatabase(url, 1)
  const seal = () => reading.transaction('owner', {}, (db) => sql`select access.seal_audit()`.execute(db))
  await seal()
  const checked = await reading.transaction('owner', {}, (db) =>
    verifyAudit(db, { anchor: join(folder, 'none'), lag: Number.MAX_SAFE_INTEGER }),
  )
  await reading.close()
  expect(checked).toMatchObject({ faults: [] })
  expect(checked.seals).toBeGreaterThan(1)
})

describe('a migration that cannot be', () => {
  const state = () =>
    look(`select c.oid::regclass::text as name, c.relkind, c.relnatts from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('access', 'record', 'people', 'feeds', 'platform', 'public') order by 1`)
  const because = (migrations: string, patience?: string) =>
    migrate(url, migrations, testPassword, patience).then(
      () => 'it was not refused',
      (problem) => (problem instanceof Unavailable ? problem.message : problem),
    )

  test('one that fails leaves everything as before, those that went well before it included', async () => {
    await migrate(url, migrationsTo('0022'), testPassword)
    const before = await state()
    const broken = migrationsTo('9999')
    writeFileSync(
      join(broken, '9999-broken.sql'),
      'set role gt_owner; create table access.half (a int); select 1 / 0;',
    )
    expect(await because(broken)).toMatch(
      /^The migration 9999-broken.sql failed: division by zero. Nothing has changed/,
    )
    expect(await state()).toEqual(before)
    await migrate(url, migrationsFolder, testPassword)
  })

  test('one that was edited after it was applied is refused', async () => {
    const edited = migrationsTo('0022')
    await migrate(url, edited, testPassword)
    writeFileSync(
      join(edited, '0004-record.sql'),
      `${readFileSync(join(edited, '0004-record.sql'))}\n-- later`,
    )
    expect(await because(edited)).toMatch(/^The migration 0004-record.sql has changed since it was applied/)
  })

  test('a database of a newer version is not started on', async () => {
    await migrate(url, migrationsFolder, testPassword)
    expect(await because(migrationsTo('0022'))).toMatch(/brought to .* by a newer version of this product/)
  })

  test('one that waits for a process of the old version gives up, and the old process goes on', async () => {
    await olderPlace()
    const old = openDatabase(urlOf(cluster.url, new URL(url).pathname.slice(1), 'gt_app', testPassword), 2)
    const settings = { 'gt.actor': 'old', 'gt.now': now } as const
    const look = () =>
      old.transaction('access', settings, (db) =>
        sql`insert into access.audit (request, actor, actor_name, role, organisation, purpose, action, outcome)
          values (gen_random_uuid(), 'old', 'Old', 'gp', 'ZP001', 'direct care', 'read', 'allowed')`.execute(
          db,
        ),
      )
    await look()
    let go: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    const busy = old.transaction('access', settings, async (db) => {
      await sql`select count(*) from access.audit`.execute(db)
      await held
    })
    const before = await state()
    expect(await because(migrationsFolder, '300ms')).toMatch(
      /waited too long .* Stop the processes of the old version/,
    )
    expect(await state()).toEqual(before)
    await look()
    go()
    await busy
    // Two processes of the new version start at once; the old one works on meanwhile, on the connections that it has.
    const meanwhile = Promise.all(Array.from({ length: 20 }, () => look()))
    await Promise.all([
      migrate(url, migrationsFolder, testPassword),
      migrate(url, migrationsFolder, testPassword),
    ])
    await meanwhile
    await look()
    const [{ kept } = { kept: 0 }] = (
      await owner.query("select count(*)::int as kept from access.audit where actor = 'old'")
    ).rows
    expect(kept).toBe(23)
    await old.close()
  })
})
