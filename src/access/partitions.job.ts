import { sql } from 'kysely'
import { z } from 'zod'
import { type Job, job } from '../platform/index.ts'

/** So many months ahead have a partition: time enough for somebody to notice that none are made. */
const monthsAhead = 3

/**
 * Makes the months that the audit and the history will need. A row whose month is missing waits in the default partition, which `/metrics`
 * tells, and moves when its month is made.
 */
export const keepPartitions: Job = job({
  name: 'keep-partitions',
  may: { categories: [], purpose: 'service' },
  audit: 'partitions.keep',
  input: z.unknown(),
  every: '7 * * * *',
  run: async ({ db }) => {
    await sql`select from platform.keep_partitions(${monthsAhead})`.execute(db)
  },
})
