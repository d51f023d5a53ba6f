import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Job, job } from '../../platform/index.ts'
import { parseLossless } from '../store/lossless-json.ts'
import { searchEntries } from './entries.ts'

const batch = 1000

type Left = { file: string | null; item_type: string; item_id: string; body: string }

/**
 * Works out what each resource is found by, of those kept before there was a search of this kind. A batch is a transaction, so that it goes on
 * where it was stopped; while there is more it starts itself again at once.
 */
export const fillSearch: Job = job({
  name: 'fill-search',
  may: { categories: [], purpose: 'service' },
  audit: 'record.fill-search',
  input: z.unknown(),
  every: '* * * * *',
  run: async ({ db }) => {
    const { rows } = await sql<Left>`select * from record.rows_to_fill(${batch})`.execute(db)
    if (rows.length === 0) return
    const filled = rows.map(({ body, ...key }) => ({
      ...key,
      search: searchEntries(parseLossless(body) as Resource),
    }))
    await sql`select record.fill(${JSON.stringify(filled)}::jsonb)`.execute(db)
    await sql`select platform.enqueue('fill-search', '{}'::json, job_key => 'fill-search')`.execute(db)
  },
})
