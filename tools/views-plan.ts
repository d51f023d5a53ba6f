/**
 * `npm run views:plan`: turns changed views into migrations. It compares each view file with what the migrations make and writes a migration
 * that opens a new version of each view that differs; with nothing changed it says so and writes nothing. `npm run views:plan -- close NAME`
 * writes the migration of the release after. Exits 1, writing nothing, where a change is not safe. docs/views.md tells the rest.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../src/platform/db/index.ts'
import { closingSql, planOf } from '../src/record/views/plan.ts'
import { temporaryPostgres } from './temporary-postgres.ts'
import { root } from './tree.ts'
import { faultsOfOpening, keptVersions, viewsIn } from './view-planning.ts'

const migrations = join(root, 'migrations')
const [command, closing] = process.argv.slice(2)
if (command !== undefined && (command !== 'close' || closing === undefined)) {
  console.error('Say npm run views:plan, or npm run views:plan -- close NAME.')
  process.exit(2)
}

const postgres = await temporaryPostgres()
try {
  await migrate(postgres.url, migrations, 'unused')
  const owner = new pg.Client({ connectionString: postgres.url })
  await owner.connect()
  owner.on('error', () => undefined)
  process.exitCode = closing === undefined ? await open(owner) : await close(owner, closing)
  await owner.end()
} finally {
  await postgres.remove()
}

async function open(owner: pg.Client): Promise<number> {
  const plan = planOf(viewsIn(join(root, 'src/record/views')), await keptVersions(owner))
  const faults = [...plan.faults]
  for (const opening of plan.openings) faults.push(...(await faultsOfOpening(owner, opening)))
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) return 1
  for (const { view, version } of plan.filling)
    console.log(
      `${view}: version ${version} is open. When its release runs everywhere and record.view_version says that it is read: npm run views:plan -- close ${view}`,
    )
  for (const { view, version, words, sql } of plan.openings)
    console.log(`${view} ${words}: ${write(`view-${view.replaceAll('_', '-')}-${version}`, sql)}`)
  if (plan.openings.length > 0) console.log('Now: npm run types, and mend what no longer compiles.')
  else console.log('No view has changed.')
  return 0
}

async function close(owner: pg.Client, view: string): Promise<number> {
  const filling = (await keptVersions(owner)).find((each) => each.view === view && each.state === 'filling')
  if (!filling) {
    console.error(`${view}: no version of it is open.`)
    return 1
  }
  const { version } = filling
  const name = `view-${view.replaceAll('_', '-')}-${version}-read`
  console.log(`${view}: ${write(name, closingSql(view, version))}. Now: npm run types`)
  return 0
}

/** Writes the next migration and answers with its path. */
function write(name: string, sql: string): string {
  const numbers = readdirSync(migrations).map((file) => Number.parseInt(file, 10) || 0)
  const path = `${String(Math.max(...numbers) + 1).padStart(4, '0')}-${name}.sql`
  writeFileSync(join(migrations, path), sql)
  return `migrations/${path}`
}
