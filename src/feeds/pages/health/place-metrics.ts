import { sql } from 'kysely'
import type { Db, Metric } from '../../../platform/index.ts'

/** As many as are counted: more is too many, however many more. */
const mostCounted = 100_000

type PlaceFigures = {
  due: number
  oldest_due: Date | null
  failed: number
  unsealed: number
  oldest_unsealed: Date | null
  outside: number
  months_ahead: number
  database_bytes: number
  connections: number
  most_connections: number
  audit_rows: number
}

/** How far behind the place's jobs and its seal are, and how large its database is. The same from every process. */
export async function ofPlace(db: Db, now: Date): Promise<Metric[]> {
  const { rows } = await sql<PlaceFigures>`
    select jobs.due, jobs.oldest_at as oldest_due, platform.jobs_failed() as failed, seal.waiting as unsealed, seal.oldest as oldest_unsealed,
      (select sum(o.waiting)::bigint from platform.rows_outside() o) as outside, platform.months_ahead() as months_ahead,
      pg_database_size(current_database()) as database_bytes,
      (select count(*) from pg_stat_activity where datname = current_database()) as connections, current_setting('max_connections')::int as most_connections,
      (select sum(greatest(c.reltuples, 0))::bigint from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'access.audit'::regclass) as audit_rows
    from platform.jobs_due() jobs, access.unsealed(${mostCounted}) seal`.execute(db)
  const [found] = rows
  if (!found) return []
  const age = (at: Date | null) => (at ? (now.getTime() - at.getTime()) / 1000 : 0)
  const one = (name: string, help: string, value: number): Metric => ({
    name: `golden_thread_${name}`,
    help,
    values: [{ labels: {}, value }],
  })
  return [
    one('jobs_due', 'Jobs that are due and not begun', found.due),
    one('queue_age_seconds', 'How long the oldest of them has been due', age(found.oldest_due)),
    one('jobs_failed', 'Jobs that failed as often as they may, and wait for somebody', found.failed),
    one('audit_unsealed', `Audit rows that no seal covers yet, counted up to ${mostCounted}`, found.unsealed),
    one('audit_seal_lag_seconds', 'How old the oldest of them is', age(found.oldest_unsealed)),
    one('audit_rows', 'Audit rows, as the database estimates them', found.audit_rows),
    one('rows_outside_months', 'Rows whose month has no partition: should be 0', found.outside),
    one('months_ahead', 'Months after this one that have partitions: should be 3', found.months_ahead),
    one('database_bytes', 'Size of the database', found.database_bytes),
    one('database_connections', 'Connections to the database, of all processes', found.connections),
    one('database_connections_most', 'Connections that the server allows', found.most_connections),
  ]
}
