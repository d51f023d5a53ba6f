import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { DB } from './tables.generated.ts'

/** A transaction: the only database handle there is. Actor, purpose and scope are set before it is handed out. */
export type Db = Kysely<DB>

/** What is set on a transaction before anything runs in it: the capability's role, the time, and the compiled scope. */
export type Settings = Record<`gt.${string}`, string>

export type Database = {
  /**
   * Runs `work` in one transaction as the capability's role with these settings; commits when it returns, rolls back when it throws.
   * A deadlock or a serialisation failure is tried again, three times at most, so `work` must do nothing but database work.
   */
  transaction<Result>(capability: string, settings: Settings, work: (db: Db) => Promise<Result>): Promise<Result>
  /** For graphile-worker, which manages its own statements in its own schema. */
  pool: pg.Pool
  close(): Promise<void>
}

// Keep dates and instants as PostgreSQL writes them where a Date would lose something: a birth date is not an instant.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)
// Counts fit a number; identities are compared, never computed with.
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value))

const capabilityName = /^[a-z-]+$/

/** @param url signs in as gt_app. `poolSize`: connections, 20 unless told. */
export function openDatabase(url: string, poolSize = 20): Database {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, idleTimeoutMillis: 60_000 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })

  const once = <Result>(opening: string, work: (db: Db) => Promise<Result>) =>
    kysely.connection().execute(async (db) => {
      await sql.raw(opening).execute(db)
      try {
        const result = await work(db)
        await sql.raw('commit').execute(db)
        return result
      } catch (problem) {
        await sql.raw('rollback').execute(db).catch(() => undefined)
        throw problem
      }
    })

  return {
    pool,
    async transaction(capability, settings, work) {
      const opening = openingStatement(capability, settings)
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(opening, work)
        } catch (problem) {
          if (attempt === 3 || !isRetryable(problem)) throw problem
        }
      }
    },
    close: () => kysely.destroy(),
  }
}

/** One round trip opens the transaction and sets everything; values are escaped as literals since BEGIN takes no parameters. */
function openingStatement(capability: string, settings: Settings): string {
  if (!capabilityName.test(capability)) throw new Error(`Not a capability: ${capability}`)
  const set = Object.entries({ role: `gt_${capability}`, ...settings })
    .map(([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`)
    .join(', ')
  return `begin; select ${set}`
}

function isRetryable(problem: unknown): boolean {
  const code = (problem as { code?: string }).code
  return code === '40P01' || code === '40001'
}
