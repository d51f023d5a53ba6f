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
 * one migrates and the others wait. Migrations are plain SQL, forward only; a changed one is refused.
 * @throws Unavailable
 */
export async function migrate(url: string, folder: string, appPassword: string): Promise<void> {
  const client = await connected(url)
  try {
    await client.query("select pg_advisory_lock(hashtextextended('golden thread migrations', 0))")
    await runMigrations({ connectionString: url, schema: jobSchema, logger: quiet })
    await client.query(
      'create table if not exists public.migration (name text primary key, digest text not null)',
    )
    const done = new Map(
      (
        await client.query<{ name: string; digest: string }>('select name, digest from public.migration')
      ).rows.map((row) => [row.name, row.digest]),
    )
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const text = await readFile(join(folder, name), 'utf8')
      const digest = createHash('sha256').update(text).digest('hex')
      if (done.get(name) === digest) continue
      if (done.has(name))
        throw new Unavailable(
          `The migration ${name} has changed since it was applied. Write a new one instead.`,
        )
      await apply(client, name, text, digest)
    }
    await client.query(`alter role gt_app password ${client.escapeLiteral(appPassword)}`)
    await grantJobs(client)
  } finally {
    await client.end()
  }
}

const quiet = new (await import('graphile-worker')).Logger(() => () => undefined)

async function apply(client: pg.Client, name: string, text: string, digest: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('reset role')
    await client.query('insert into public.migration (name, digest) values ($1, $2)', [name, digest])
    await client.query('commit')
  } catch (problem) {
    await client.query('rollback')
    throw new Unavailable(`The migration ${name} failed: ${(problem as Error).message}`)
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
