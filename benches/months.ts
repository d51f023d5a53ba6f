import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/platform/index.ts'
import { migrationsFolder, testPassword, urlOf } from '../src/testing/cluster.ts'
import { temporaryPostgres } from '../tools/temporary-postgres.ts'

/**
 * What a partition for each month costs and what it brings, in the database alone: the same rows over the same months in one table (as the
 * migrations before 0028 leave it) and in partitions; and how long the migration takes on a table that is full.
 *   npm run -s bench -- months [ROWS] [MONTHS]
 */
const rows = Number(process.argv[3] ?? 1_000_000)
const months = Number(process.argv[4] ?? 24)
const people = Math.ceil(rows / 40)
const scope = {
  'gt.actor': 'bench',
  'gt.categories': 'audit\u001fclinical',
  'gt.sources': 'hospital',
  'gt.own_source': 'hospital',
  'gt.now': '2026-11-01T00:00:00Z',
}

const before = mkdtempSync(join(tmpdir(), 'golden-thread-bench-'))
for (const name of readdirSync(migrationsFolder).filter((each) => each < '0028'))
  cpSync(join(migrationsFolder, name), join(before, name))
const postgres = await temporaryPostgres()
const owner = new pg.Client({ connectionString: postgres.url })
const app = new pg.Client({
  connectionString: urlOf(postgres.url, 'postgres', 'gt_app', testPassword),
  options: '-c plan_cache_mode=force_generic_plan',
})
try {
  await migrate(postgres.url, before, testPassword)
  await owner.connect()
  await app.connect()
  await fill('2026-11-01T00:00:00Z', rows)
  await measure('one table')
  const began = performance.now()
  await migrate(postgres.url, migrationsFolder, testPassword)
  print({ work: `migration 0028 and those after it, ${rows} rows in each log`, seconds: seconds(began) })
  await owner.query('truncate access.audit, record.resource_history')
  await owner.query(
    `begin; set local role gt_owner; select set_config('gt.now', '2026-11-01T00:00:00Z', true), count(*) from platform.keep_partitions(${months}); commit`,
  )
  await fill('2026-12-01T00:00:00Z', rows)
  await measure(`${months} months`)
} finally {
  await app.end()
  await owner.end()
  await postgres.remove()
  rmSync(before, { recursive: true, force: true })
}

function print(line: Record<string, unknown>): void {
  console.log(JSON.stringify(line))
}
function seconds(began: number): number {
  return Math.round((performance.now() - began) / 10) / 100
}

/** Spread evenly over people and months; 40 audit rows and 20 versions of 10 resources each a person. */
async function fill(from: string, count: number): Promise<void> {
  await owner.query(
    `insert into access.audit (at, request, actor, actor_name, role, organisation, purpose, action, outcome, basis, person_key, detail)
    select $1::timestamptz + (n::float / $2) * $3 * interval '30 days', gen_random_uuid(), 'demo-gp', 'Dr Demo', 'gp', 'ZP001', 'direct care', 'record.summary', 'allowed', 'registered practice', ${person('n')}, '{}'
    from generate_series(1, $2::int) n`,
    [from, count, months],
  )
  await owner.query('alter table record.resource_history disable trigger user')
  await owner.query(
    `insert into record.resource_history (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body)
    select ${person('n')}, 'Condition', ${person('n')} || '-' || (n / ${people}) % 10, 1 + n / ${people} / 10, 'clinical', 'normal', 'hospital', 'ZP001',
      $1::timestamptz + (n::float / $2) * $3 * interval '30 days', repeat('x', 800) from generate_series(1, $2::int) n`,
    [from, count, months],
  )
  await owner.query('alter table record.resource_history enable trigger user')
  await owner.query('vacuum analyze')
}
function person(n: string): string {
  return `md5((${n} % ${people})::text)::uuid`
}

async function measure(how: string): Promise<void> {
  const whom = (n: number) => `md5('${n % people}')::uuid`
  const each = async (
    work: string,
    role: string,
    times: number,
    statement: (n: number) => [string, unknown[]],
  ) => {
    const one = async (n: number) => {
      await app.query('begin')
      await app.query(`set local role gt_${role}`)
      await app.query(
        `select ${Object.entries(scope)
          .map(([name, value]) => `set_config('${name}', '${value}', true)`)
          .join(', ')}`,
      )
      const [text, values] = statement(n)
      const began = performance.now()
      const { rowCount } = await app.query({ name: work, text, values })
      if (!rowCount) throw new Error(`${work}: nothing was found or kept`)
      const took = performance.now() - began
      await app.query('commit')
      return took
    }
    const all: number[] = []
    for (let n = 0; n < times; n++) all.push(await one(n * 7919))
    all.sort((a, b) => a - b)
    print({ work, how, p50_ms: round(all[times >> 1]), p95_ms: round(all[Math.floor(times * 0.95)]) })
  }
  const keys = new Map<number, string>()
  for (let n = 0; n < 500; n++)
    keys.set(n * 7919, (await owner.query<{ k: string }>(`select ${whom(n * 7919)} as k`)).rows[0]?.k ?? '')
  await each('audit: insert one row', 'access', 500, (n) => [
    `insert into access.audit (at, request, actor, actor_name, role, organisation, purpose, action, outcome, person_key) values ('2026-12-15', gen_random_uuid(), 'bench', 'Bench', 'gp', 'ZP001', 'direct care', 'record.summary', 'allowed', $1)`,
    [keys.get(n)],
  ])
  await each('audit: who looked at a person', 'access', 500, (n) => [
    'select at, actor_name, action from access.audit where person_key in ($1) order by at desc, id desc limit 200',
    [keys.get(n)],
  ])
  await each('history: insert a version', 'record', 500, (n) => [
    `insert into record.resource_history (person_key, type, id, version, category, sensitivity, source, organisation, received_at, body) values ($1, 'Condition', $2, 9, 'clinical', 'normal', 'hospital', 'ZP001', '2026-12-15', repeat('x', 800))`,
    [keys.get(n), `${keys.get(n)}-0`],
  ])
  await each('history: the versions of an instance', 'record', 500, (n) => [
    `select version, body, received_at from record.resource_history h where h.person_key = any ($1::uuid[]) and h.type = 'Condition' and h.id = $2 order by version desc`,
    [[keys.get(n)], `${keys.get(n)}-3`],
  ])
}
function round(value = 0): number {
  return Math.round(value * 1000) / 1000
}
