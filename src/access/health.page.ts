import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { anyone, type Db, type Download, page, type Route } from '../platform/index.ts'

const json = (said: object): Download => ({
  type: 'application/json',
  body: JSON.stringify(said),
  inline: true,
})

const aboutDatabase = async (db: Db, now: Date) =>
  (
    await sql<{ migration: string | null; queued_since: Date | null }>`
      select platform.newest_migration() as migration, (select oldest_at from platform.jobs_due()) as queued_since`.execute(
      db,
    )
  ).rows.map(({ migration, queued_since }) => ({
    migration,
    isLate: queued_since !== null && now.getTime() - queued_since.getTime() > mostLate,
  }))[0]

const mostLate = 5 * 60_000
const leastDisk = 1024 ** 3

/**
 * For a load balancer. `/health`: whether the service and its database answer; nothing else. `/health/ready`: whether requests should be sent
 * here, and one word each for what somebody should look at; no figures, those are in /metrics.
 */
export function healthRoutes(dataDir: string): Route[] {
  let known: string | null | undefined
  const live = page({
    method: 'GET',
    path: '/health',
    may: anyone('a load balancer asks whether the service and its database answer'),
    audit: 'health',
    input: z.object({}),
    run: async ({ db }) => {
      await sql`select 1`.execute(db)
      return json({ status: 'ok' })
    },
  })
  const ready = page({
    method: 'GET',
    path: '/health/ready',
    may: anyone('a load balancer asks whether to send requests here; it says no figures'),
    audit: 'health.ready',
    input: z.object({}),
    run: async ({ db, now }) => {
      const found = await aboutDatabase(db, now)
      known ??= found?.migration
      const { bavail, bsize } = await statfs(dataDir)
      return json({
        status: 'ready',
        // A newer version has changed the database: this process still works, and should be replaced.
        migrations: found?.migration === known ? 'ok' : 'newer',
        disk: bavail * bsize < leastDisk ? 'low' : 'ok',
        jobs: found?.isLate ? 'late' : 'ok',
      })
    },
  })
  return [live, ready]
}
