import { sql } from 'kysely'
import { z } from 'zod'
import { type Job, job } from '../../platform/index.ts'

/** Something changed about a person: their files are due at the regional record. */
export const queueForRegion: Job = job({
  name: 'queue-for-region',
  may: { categories: [], purpose: 'service' },
  audit: 'regional.queue',
  input: z.object({ person: z.uuid() }),
  run: async ({ db, input }) => {
    await sql`select feeds.region_due(${input.person}::uuid)`.execute(db)
  },
})
