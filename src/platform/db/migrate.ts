import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { Unavailable } from '../errors.ts'

/** The schema that graphile-worker keeps its jobs in. */
export const jobSchema = 'graphile_worker'

/**
 * Brings the database to the newest migration and gives the application's role its password. Several processes may start at once;
 * one migrates and the others wait. Migrations are plain SQL, forward only; a changed one is refused, and so is a database that knows
 * migrations of a newer version. All that are missing are applied in one transaction: when one fails, everything is as it was before.
 * @param patience how long it waits for those who use a table that is to be changed, as PostgreSQL writes a time
 * @throws Unavailable
 */
export async function migrate(
  url: string,
  folder: string,
  appPassword: string,
  patience = '30s',
): Promise<void> {
  const client = await connected(url)
  try {
    await client.query("select pg_advisory_lock(hashtextextended('golden thread migrations', 0))")
    await runMigrations({ connectionString: url, schema: jobSchema, logger: quiet })
    await client.query(
      'create table if not exists public.migration (name text primary key, digest text not null)',
    )
    const missing = await missingFrom(client, folder)
    await client.query(`set lock_timeout = ${client.escapeLiteral(patience)}`)
    await client.query('begin')
    for (const each of missing) await apply(client, each)
    await client.query('commit')
    await client.query('reset lock_timeout')
    await client.query(`alter role gt_app password ${client.escapeLiteral(appPassword)}`)
    await grantJobs(client)
  } finally {
    await client.end()
  }
}

const quiet = new (await import('graphile-worker')).Logger(() => () => undefined)

type Migration = { name: string; text: string; digest: string }

async function missingFrom(client: pg.Client, folder: string): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; digest: string }>(
    'select name, digest from public.migration order by name',
  )
  const done = new Map(rows.map((row) => [row.name, row.digest]))
  const missing: Migration[] = []
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
    const text = await readFile(join(folder, name), 'utf8')
    const digest = createHash('sha256').update(text).digest('hex')
    if (!done.has(name)) missing.push({ name, text, digest })
    else if (done.get(name) !== digest)
      throw new Unavailable(
        `The migration ${name} has changed since it was applied. Write a new one instead.`,
      )
    done.delete(name)
  }
  const [unknown] = done.keys()
  if (unknown !== undefined)
    throw new Unavailable(
      `The database was brought to ${[...done.keys()].at(-1)} by a newer version of this product, which this version does not know. Start the newer version, or restore a backup from before the upgrade.`,
    )
  return missing
}

async function apply(client: pg.Client, { name, text, digest }: Migration): Promise<void> {
  try {
    await client.query(text)
    await client.query('reset role')
    await client.query('insert into public.migration (name, digest) values ($1, $2)', [name, digest])
  } catch (problem) {
    await client.query('rollback')
    if ((problem as { code?: string }).code === '55P03')
      throw new Unavailable(
        `The migration ${name} waited too long for others who use the database; nothing has changed. Stop the processes of the old version and start again.`,
      )
    throw new Unavailable(
      `The migration ${name} failed: ${(problem as Error).message}. Nothing has changed: the version before still runs on this database.`,
    )
  }
}

/** The worker signs in as gt_app and reads its own schema; capabilities add jobs only through platform.enqueue, as gt_owner. */
async function grantJobs(client: pg.Client): Promise<void> {
  for (const role of ['gt_app', 'gt_owner']) {
    await client.query(`grant usage on schema ${jobSchema} to ${role}`)
    await client.query(`grant select, insert, update, delete on all tables in schema ${jobSchema} to ${role}`)
    await client.query(`grant usage on all sequences in schema ${jobSchema} to ${role}`)
    await client.query(`grant execute on all functions in schema ${jobSchema} to ${role}`)
  }
  // Its tables have row-level security switched on and no policy, which shuts out everyone but their owner.
  const { rows } = await client.query<{ table: string }>(
    'select tablename as table from pg_tables where schemaname = $1 and rowsecurity',
    [jobSchema],
  )
  for (const { table } of rows) {
    await client.query(`drop policy if exists jobs on ${jobSchema}.${table}`)
    await client.query(
      `create policy jobs on ${jobSchema}.${table} to gt_app, gt_owner using (true) with check (true)`,
    )
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (problem) {
    throw new Unavailable(
      `The database of DATABASE_URL cannot be reached: ${(problem as Error).message || (problem as NodeJS.ErrnoException).code}.`,
    )
  }
  const version = Number(
    (await client.query<{ server_version_num: string }>('show server_version_num')).rows[0]
      ?.server_version_num,
  )
  if (version >= 160_000) return client
  await client.end()
  throw new Unavailable('The database of DATABASE_URL is older than PostgreSQL 16, which this product needs.')
}
