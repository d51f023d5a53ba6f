import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Db, type Job, job } from '../platform/index.ts'

/**
 * Chains the audit rows committed since the last time, and writes the head of the chain to a file outside the database: whoever alters the
 * database cannot alter that as well.
 */
export const sealAudit = (dataDir: string): Job =>
  job({
    name: 'seal-audit',
    may: { categories: [], purpose: 'service' },
    audit: 'audit.seal',
    input: z.unknown(),
    every: '* * * * *',
    run: async ({ db, now }) => {
      const { rows } = await sql<{ sealed: number; head: string }>`select * from access.seal_audit()`.execute(
        db,
      )
      for (const { sealed, head } of rows)
        await appendFile(join(dataDir, 'audit-anchor.log'), `${now.toISOString()} ${sealed} ${head}\n`)
    },
  })

/** The first seal that no longer agrees with the rows it covers. */
export async function brokenSeal(
  db: Db,
): Promise<{ seal: number; expected_rows: number; found_rows: number } | undefined> {
  const { rows } = await sql<{
    seal: number
    expected_rows: number
    found_rows: number
  }>`select * from access.broken_seal()`.execute(db)
  return rows[0]
}
