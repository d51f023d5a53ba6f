import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import pg from 'pg'
import { anchorPath } from '../../src/access/index.ts'
import { systemClock, Unavailable } from '../../src/platform/index.ts'
import { root } from '../tree.ts'
import { Archive } from './archive.ts'
import { part } from './manifest.ts'

type Place = { ownerUrl: string; dataDir: string; filesDir: string }

/** What PostgreSQL makes anew when it starts, or what belongs to one running server. The log of changes is taken when the files are through. */
const ofOneServer =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/|^postmaster\.(pid|opts)$|(^|\/)pgsql_tmp|^pg_internal\.init|\/pg_internal\.init|^backup_label|^tablespace_map/

/** Copied when everything else is. */
const control = 'global/pg_control'

/** Rows that are never taken away, of which a restored place has at least as many. */
const logs = ['record.resource_history', 'access.audit', 'access.audit_seal', 'feeds.message', 'people.file']

/**
 * Takes a backup of a place on its embedded database while it runs: the database's files, the log of the changes made meanwhile, and what
 * else the data folder holds. Everything that was acknowledged before `ended` of its manifest is in it.
 */
export async function takeBackup({ ownerUrl, dataDir, filesDir }: Place, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  client.on('error', () => undefined)
  await client.connect()
  const one = async (query: string, values: unknown[] = []): Promise<string> =>
    String((await client.query({ text: query, values, rowMode: 'array' })).rows[0]?.[0])
  const archive = new Archive(to)
  try {
    const begun = systemClock.now().toISOString()
    // The slot is of this session. As long as it is there, no part of the log that the backup needs is thrown away.
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [
      `backup_${process.pid}`,
    ])
    const from = await one('select pg_walfile_name(pg_backup_start($1, true))', [basename(to)])
    const cluster = await one('show data_directory')
    await archive.tree(
      part.database,
      cluster,
      (inside) => inside === control || ofOneServer.test(inside) || inside.startsWith('pg_tblspc/'),
    )
    await archive.file(part.database + control, join(cluster, control))
    await takeFiles(archive, { dataDir, filesDir, cluster })
    const counts: Record<string, number> = {}
    for (const log of logs) counts[log] = Number(await one(`select count(*) from ${log}`))
    const migration = await one('select max(name) from public.migration')
    // No seal is made from here to the end, so that the anchor is of the same moment as the chain.
    await client.query("select pg_advisory_lock(hashtextextended('audit seal', 2))")
    await archive.file(part.data + basename(anchorPath(dataDir)), anchorPath(dataDir))
    const ended = systemClock.now().toISOString()
    const { rows } = await client.query<{ label: string; last: string }>(
      'select labelfile as label, pg_walfile_name(lsn) as last from pg_backup_stop(false)',
    )
    await client.query("select pg_advisory_unlock(hashtextextended('audit seal', 2))")
    await archive.text(`${part.database}backup_label`, rows[0]?.label ?? '')
    await takeLog(archive, cluster, from, rows[0]?.last ?? from)
    await archive.close({
      format: 1,
      product: String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version),
      postgres: readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim(),
      migration,
      begun,
      ended,
      counts,
    })
  } catch (problem) {
    await archive.giveUp()
    throw problem
  } finally {
    await client.end()
  }
}

/** The secret, keys and files that wait. The anchor comes last. */
async function takeFiles(
  archive: Archive,
  { dataDir, filesDir, cluster }: Omit<Place, 'ownerUrl'> & { cluster: string },
): Promise<void> {
  const within = (folder: string, path: string) => path === folder || path.startsWith(`${folder}/`)
  const database = relative(dataDir, cluster)
  const anchor = basename(anchorPath(dataDir))
  await archive.tree(
    part.data,
    dataDir,
    (inside) => within(database, inside) || inside === 'postgres.log' || inside === anchor,
  )
  if (relative(dataDir, filesDir).startsWith('..')) await archive.tree(part.files, filesDir, () => false)
}

/** The log's files from the one in which the backup began to the one in which it ended. */
async function takeLog(archive: Archive, cluster: string, from: string, to: string): Promise<void> {
  const taken: string[] = []
  await archive.tree(`${part.database}pg_wal/`, join(cluster, 'pg_wal'), (inside) => {
    const needed = /^[0-9A-F]{24}$/.test(inside) && inside >= from && inside <= to
    if (needed) taken.push(inside)
    return !needed && !inside.endsWith('.history')
  })
  if (!taken.includes(from) || !taken.includes(to))
    throw new Unavailable(`The database’s log no longer has ${from} to ${to}, which the backup needs.`)
}
