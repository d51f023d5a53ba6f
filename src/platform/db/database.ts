import { CompiledQuery, Kysely } from 'kysely'
import pg from 'pg'
import { traced } from '../telemetry/index.ts'
import { pipelined, send, together } from './pipelined.ts'
import type { DB } from './tables.generated.ts'

/** A transaction: the only database handle there is. Actor, purpose and scope are set before anything else in it. */
export type Db = Kysely<DB>

/** What is set on a transaction before anything runs in it: the time, and the compiled scope. */
export type Settings = Record<`gt.${string}`, string>

export type Database = {
  /**
   * Runs `work` in one transaction as the capability's role with these settings; commits when it returns, rolls back when it throws.
   * `last` is sent together with the commit, such as the audit of what was done, if there is any. A deadlock, a serialisation failure or a row that another
   * transaction made first is tried again, three times at most, so `work` must do nothing but database work.
   */
  transaction<Result>(
    capability: string,
    settings: Settings,
    work: (db: Db) => Promise<Result>,
    last?: (db: Db) => CompiledQuery | undefined,
  ): Promise<Result>
  /** This process's connections for transactions: open, of them idle, transactions that wait for one, and as many as there may be. */
  connections(): { open: number; idle: number; waiting: number; most: number }
  /** For graphile-worker, which manages its own statements in its own schema. */
  pool: pg.Pool
  close(): Promise<void>
}

// Keep dates as PostgreSQL writes them: a birth date is not an instant.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)
// Counts fit a number; identities are compared, never computed with.
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value))

/** A database that is down or starts again answers nobody; whoever waits for it is told so. */
const mostWaitForConnection = 10_000

const capabilityName = /^[a-z-]+$/

/** @param url signs in as gt_app. `poolSize`: connections, 20 unless told. */
export function openDatabase(url: string, poolSize = 20): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    idleTimeoutMillis: 60_000,
    pipeline: true,
    // Planned once for each connection: under row-level security planning costs more than running, and every query of a page is narrowed to a
    // person's files, so that no value changes the best plan. A function for which it does says so itself.
    // What takes longer than a minute, or waits for its client as long, is given up, so that it holds no lock and no connection for ever.
    options:
      '-c plan_cache_mode=force_generic_plan -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s',
    connectionTimeoutMillis: mostWaitForConnection,
  } as pg.PoolConfig)
  // graphile-worker listens and waits on its connections, which does not go with pipelining.
  const jobs = new pg.Pool({ connectionString: url, max: 4 })
  for (const each of [pool, jobs]) {
    each.on('error', () => undefined)
    each.on('connect', (client) => client.on('error', () => undefined))
  }
  return {
    pool: jobs,
    connections: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      most: poolSize,
    }),
    transaction: (capability, settings, work, last) =>
      traced('transaction', { 'golden_thread.capability': capability }, () =>
        transaction(pool, openingStatement(capability, settings), work, last),
      ),
    close: async () => {
      await Promise.all([pool.end(), jobs.end()])
    },
  }
}

async function transaction<Result>(
  pool: pg.Pool,
  opening: CompiledQuery,
  work: (db: Db) => Promise<Result>,
  last?: (db: Db) => CompiledQuery | undefined,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect()
    try {
      return await once(client, opening, work, last)
    } catch (problem) {
      if (attempt === 3 || !isRetryable(problem)) throw problem
    } finally {
      client.release()
    }
  }
}

type Handle = { db: Db; over: boolean }
const handles = new WeakMap<pg.PoolClient, Handle>()

/** Made once for each connection: making it takes as long as a small query. After a failure the next transaction gets a new one. */
function handleOf(client: pg.PoolClient): Handle {
  const known = handles.get(client)
  if (known && !known.over) return known
  const handle: Handle = {
    db: new Kysely<DB>({ dialect: pipelined(client, () => handle.over) }),
    over: false,
  }
  handles.set(client, handle)
  return handle
}

async function once<Result>(
  client: pg.PoolClient,
  opening: CompiledQuery,
  work: (db: Db) => Promise<Result>,
  last?: (db: Db) => CompiledQuery | undefined,
): Promise<Result> {
  const handle = handleOf(client)
  const { db } = handle
  together(client)
  // Sent, not waited for: the first query follows it at once. Without it nothing is allowed, since gt_app itself may do nothing.
  const opened = Promise.all([client.query('begin'), send(client, opening)])
  opened.catch(() => undefined)
  try {
    const result = await work(db)
    await opened
    // Compiled beforehand, so that it goes out before the commit. If it fails, PostgreSQL turns the commit into a rollback and this throws.
    const statement = last?.(db)
    const ending = statement && send(client, statement)
    const [, commit] = await Promise.all([ending, client.query('commit')])
    if (commit.command !== 'COMMIT') throw new Error('The transaction was rolled back by the database')
    return result
  } catch (problem) {
    // One part has failed and others may still be at work. The connection is somebody else's in a moment, with that one's actor and scope.
    handle.over = true
    await client.query('rollback').catch(() => undefined)
    throw problem
  }
}

/** Sets everything for the transaction in one statement, which travels with BEGIN and is prepared like every other. */
function openingStatement(capability: string, settings: Settings): CompiledQuery {
  if (!capabilityName.test(capability)) throw new Error(`Not a capability: ${capability}`)
  const set = Object.entries({ role: `gt_${capability}`, ...settings })
  const calls = set.map(([name], index) => `set_config(${pg.escapeLiteral(name)}, $${index + 1}, true)`)
  return CompiledQuery.raw(
    `select ${calls.join(', ')}`,
    set.map(([, value]) => value),
  )
}

/** Of two that make one row at the same moment the second finds it there when it reads again; where it was there all along, it fails again. */
const uniqueViolation = '23505'

function isRetryable(problem: unknown): boolean {
  const code = (problem as { code?: string }).code
  return code === '40P01' || code === '40001' || code === uniqueViolation
}
