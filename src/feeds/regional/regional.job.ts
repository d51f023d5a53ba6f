import { sql } from 'kysely'
import { z } from 'zod'
import { type Job, job, type Subscribers } from '../../platform/index.ts'

/** Something changed about a person, or something became of an item of theirs: their files are due at the regional record. */
const queueForRegion: Job = job({
  name: 'queue-for-region',
  may: { categories: [], purpose: 'service' },
  audit: 'regional.queue',
  input: z.union([z.object({ person: z.uuid() }), z.object({ type: z.string(), id: z.string() })]),
  run: async ({ db, input }) => {
    await ('person' in input
      ? sql`select feeds.region_due(${input.person}::uuid)`.execute(db)
      : sql`select feeds.region_item_due(${input.type}, ${input.id})`.execute(db))
  },
})

/** Whoever hears of what the region must be told of, where a place sends to one. */
export const regionalWork: { jobs: Job[]; subscribers: Subscribers } = {
  jobs: [queueForRegion],
  subscribers: Object.fromEntries(
    (['record changed', 'item reported', 'item restored', 'item moved'] as const).map((event) => [
      event,
      [queueForRegion.name],
    ]),
  ),
}
