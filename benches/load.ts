import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readPlace } from '../src/access/index.ts'
import { loadsOf } from '../src/demo.ts'
import { appSignIn, migrate, openDatabase, placeDatabase } from '../src/platform/index.ts'
import { load } from '../src/record/index.ts'
import { inventPlace } from '../src/synthetic/index.ts'
import { report } from './drive.ts'

/**
 * The invented place at three sizes, each into a database of its own: validated, matched, views filled, audited. Beside it the least that the same database
 * must do, the same bodies into one table without an index. Processor times tell more than seconds on a machine that others use.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const place = readPlace(join(root, 'places/rotherham'))
const most = Number(process.argv[3] ?? 2000)
for (const people of [most / 4, most / 2, most].map(Math.round)) await measure(people)

async function measure(people: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-bench-load-'))
  chmodSync(dataDir, 0o755)
  const own = await placeDatabase({ databaseUrl: undefined, dataDir })
  try {
    const app = appSignIn(own.url)
    await migrate(own.url, join(root, 'migrations'), app.password)
    const database = openDatabase(app.url)
    const owner = new pg.Client({ connectionString: own.url })
    await owner.connect()
    const sent = inventPlace({ people, seed: 'rotherham', now: new Date(), place })
    const [began, node, postgres] = [performance.now(), process.cpuUsage(), await databaseTime(owner)]
    const { resources, transactions, refused } = await load(database, loadsOf(place, sent))
    const seconds = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(node)
    const databases = (await databaseTime(owner)) - postgres
    const bare = await copyBodies(owner)
    report({
      bench: 'load',
      people,
      transactions,
      resources,
      refused: refused.length,
      seconds: Math.round(seconds * 10) / 10,
      resourcesPerSecond: Math.round(resources / seconds),
      applicationMicrosecondsEach: Math.round((user + system) / resources),
      databaseMicrosecondsEach: Math.round(databases / resources),
      ratioToBareCopy: Math.round((resources / seconds / bare) * 1000) / 1000,
      megabytes: Math.round(process.memoryUsage().rss / 1_000_000),
    })
    await owner.end()
    await database.close()
  } finally {
    await own.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Microseconds of processor time that the database's processes have taken, where the system tells. */
async function databaseTime(owner: pg.Client): Promise<number> {
  if (process.platform !== 'linux') return Number.NaN
  const { rows } = await owner.query<{ pid: number }>('select pid from pg_stat_activity')
  const ticks = rows.map(({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, each) => sum + each, 0) * 10_000
}

/** Bodies a second, by COPY out of a file of the server and into a bare table, committed. */
async function copyBodies(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ file: string }>(
    "select current_setting('data_directory') || '/bodies' as file",
  )
  const file = pg.escapeLiteral(rows[0]?.file ?? '')
  await owner.query(`copy (select body from record.resource) to ${file}`)
  await owner.query('create table public.bodies (body text)')
  const began = performance.now()
  const { rowCount } = await owner.query(`copy public.bodies from ${file}`)
  return (rowCount ?? 0) / ((performance.now() - began) / 1000)
}
