import { sql } from 'kysely'
import { z } from 'zod'
import { type Db, type Job, job } from '../../platform/index.ts'
import { addToAnchor, anchorPath, lastAnchored } from './anchor.ts'

/** Batches in one transaction: of a day without the sealer, 500 a minute are caught up with. */
const mostBatches = 25
const mostAnchored = 10_000

/**
 * Chains the audit rows committed since the last time. The seals of the run before are written to the anchor first: they are committed for
 * certain by now, so the anchor never tells of a seal that was rolled back, and is a minute behind at most.
 */
export const sealAudit = (dataDir: string): Job =>
  job({
    name: 'seal-audit',
    may: { categories: [], purpose: 'service' },
    audit: 'audit.seal',
    input: z.unknown(),
    every: '* * * * *',
    run: async ({ db }) => {
      // One process at a time, also where the last run is not through; a backup holds this while it copies the anchor.
      await sql`select pg_advisory_xact_lock(hashtextextended('audit seal', 2))`.execute(db)
      await anchorSeals(db, anchorPath(dataDir))
      for (let batch = 0; batch < mostBatches; batch++) {
        const { rows } = await sql`select from access.seal_audit()`.execute(db)
        if (rows.length === 0) return
      }
    },
  })

type Seal = { id: number; at: Date; row_count: number; head: string }

async function anchorSeals(db: Db, path: string): Promise<void> {
  const last = await lastAnchored(path)
  let after = last ? (last.seal ?? (await sealOf(db, last.head))) : 0
  for (;;) {
    const { rows } = await sql<Seal>`select * from access.seals_after(${after}, ${mostAnchored})`.execute(db)
    await addToAnchor(
      path,
      rows.map(({ id, at, row_count, head }) => ({ at: at.toISOString(), seal: id, rows: row_count, head })),
    )
    if (rows.length < mostAnchored) return
    after = rows.at(-1)?.id ?? after
  }
}

/** Which seal a line without a number is about. None: the newest, so that nothing is told twice. */
async function sealOf(db: Db, head: string): Promise<number> {
  const { rows } = await sql<{
    id: number | null
  }>`select coalesce(access.seal_of(${head}), (select max(id) from access.seals_after(0, 2147483647))) as id`.execute(
    db,
  )
  return rows[0]?.id ?? 0
}
