import { parseArgs } from 'node:util'
import pg from 'pg'
import { anchorPath, verifyAudit } from '../src/access/index.ts'
import { openDatabase, readConfig, Unavailable } from '../src/platform/index.ts'
import { saidOf } from './audit-words.ts'
import { checkedBackup } from './backup/manifest.ts'
import { restoreBackup } from './backup/restore.ts'
import { asTool, onPlace } from './place.ts'

// npm run restore -- FILE [--aside]: checks a backup, puts it into DATA_DIR, starts the database on it, counts, and verifies the audit.
// npm run restore -- FILE --check: only checks it.
await asTool(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { aside: { type: 'boolean' }, check: { type: 'boolean' } },
  })
  const [file] = positionals
  if (!file) throw new Unavailable('Say which backup: npm run restore -- FILE')
  if (values.check) {
    const { entries, ended, migration } = await checkedBackup(file)
    console.log(`The backup is whole: ${entries.length} files, as of ${ended}, schema ${migration}.`)
    return 0
  }
  const config = readConfig()
  if (config.databaseUrl)
    throw new Unavailable('A backup is restored into an embedded database. Start without DATABASE_URL.')
  const { counts, ended } = await restoreBackup(file, config, values.aside ?? false, console.log)
  return onPlace(async ({ ownerUrl }) => {
    const short = await fewerThan(ownerUrl, counts)
    const owner = openDatabase(ownerUrl, 1)
    const audit = await owner
      .transaction('owner', {}, (db) => verifyAudit(db, { anchor: anchorPath(config.dataDir) }))
      .finally(() => owner.close())
    console.log(`The place is as it was at ${ended} or a moment later.`)
    for (const words of [...short, ...saidOf(audit)]) console.log(words)
    return short.length === 0 && audit.faults.length === 0 ? 0 : 1
  }, config)
})

async function fewerThan(ownerUrl: string, counts: Record<string, number>): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const short: string[] = []
    for (const [table, expected] of Object.entries(counts)) {
      const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`)
      const found = Number(rows[0]?.n)
      console.log(`${table}: ${found} rows, at least ${expected} expected`)
      if (found < expected) short.push(`MISSING: ${table} has ${found} rows of ${expected}.`)
    }
    return short
  } finally {
    await client.end()
  }
}
