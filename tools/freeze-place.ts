import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { readPlace } from '../src/access/index.ts'
import { receiveOne } from '../src/demo.ts'
import { connectTo, openFeeds } from '../src/feeds/index.ts'
import { migrate, openDatabase, stoppedClock } from '../src/platform/index.ts'
import { inventFaultyMessages, inventPlace } from '../src/synthetic/index.ts'
import { migrationsFolder, testPassword, urlOf } from '../src/testing/cluster.ts'
import { temporaryPostgres } from './temporary-postgres.ts'
import { root } from './tree.ts'

/**
 * Writes down a small place as a version's own code keeps it, for the test of upgrades (`tools/upgrade.test.ts`): run it once, with the code of that version.
 *   node --import tsx tools/freeze-place.ts 0022     the newest migration that this code knows
 */
const upTo = process.argv[2] ?? ''
const now = new Date('2026-11-20T09:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'golden-thread-freeze-'))
for (const name of readdirSync(migrationsFolder).filter((each) => each.slice(0, 4) <= upTo))
  cpSync(join(migrationsFolder, name), join(folder, name))
const postgres = await temporaryPostgres()
await migrate(postgres.url, folder, testPassword)
const database = openDatabase(urlOf(postgres.url, 'postgres', 'gt_app', testPassword))
const place = readPlace(join(root, 'places/rotherham'))
const clock = stoppedClock(now.toISOString())
// What the sources of a few people sent: small enough to keep, and of every kind.
let first = 8
for (const sent of inventPlace({ people: 1, seed: 'upgrade', now, place }))
  if (first-- > 0) await receiveOne(database, place, sent)
const feeds = await openFeeds({ port: 0, host: '127.0.0.1', place, database, clock, log: () => undefined })
const hospital = await connectTo(feeds.port)
for (const message of inventFaultyMessages(now)) await hospital.send(message)
hospital.close()
await feeds.close()
await database.close()

const owner = new pg.Client({ connectionString: postgres.url })
await owner.connect()
const { rows: tables } = await owner.query<{ name: string }>(
  `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and n.nspowner = 'gt_owner'::regrole and c.oid::regclass::text not like 'platform.%' order by 1`,
)
const lines: string[] = []
for (const { name } of tables)
  for (const { row } of (await owner.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`))
    .rows)
    lines.push(`${name} ${row}`)
await owner.end()
await postgres.remove()
rmSync(folder, { recursive: true, force: true })
const file = join(root, `tools/upgrade/place-at-${upTo}.txt.gz`)
writeFileSync(file, gzipSync(lines.join('\n'), { level: 9 }))
console.log(`${file}: ${lines.length} rows`)
