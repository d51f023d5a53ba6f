import { sql } from 'kysely'
import { z } from 'zod'
import { anyone, page, type Route } from '../platform/index.ts'

/** Whether the service and its database answer; for a load balancer. It says nothing else. */
export const healthRoute: Route = page({
  method: 'GET',
  path: '/health',
  may: anyone('a load balancer asks whether the service and its database answer'),
  audit: 'health',
  input: z.object({}),
  run: async ({ db }) => {
    await sql`select 1`.execute(db)
    return { type: 'application/json', body: '{"status":"ok"}', inline: true }
  },
})
