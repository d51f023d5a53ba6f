import { z } from 'zod'
import { anyone, fhirRoute, type Route } from '../../platform/index.ts'
import { readResource, readVersion } from '../store/read.ts'
import { id, type } from './addresses.ts'
import { capabilityStatement } from './capability-statement.ts'
import { everything } from './everything/everything.page.ts'
import { history, typeHistory } from './history.page.ts'
import { reading } from './policy.ts'
import { orGone, resourceAnswer } from './resource-answer.ts'

const metadata = (messages: readonly { url: string }[]): Route =>
  fhirRoute({
    method: 'GET',
    path: '/fhir/metadata',
    may: anyone('what this server can do'),
    audit: 'fhir.metadata',
    input: z.object({}),
    run: async ({ base, now }) => ({
      status: 200,
      body: JSON.stringify(capabilityStatement(base, messages, now)),
    }),
  })

const read = fhirRoute({
  method: 'GET',
  path: '/fhir/:type/:id',
  may: reading,
  audit: 'fhir.read',
  gathered: true,
  input: z.object({ type, id }),
  run: async ({ db, input, shown, headers }) =>
    orGone(shown, input, async () => {
      const found = await readResource(db, input.type, input.id)
      return resourceAnswer(found, headers, shown)
    }),
})

/** One version as it was; never another's. */
const vread = fhirRoute({
  method: 'GET',
  path: '/fhir/:type/:id/_history/:version',
  may: reading,
  audit: 'fhir.vread',
  gathered: true,
  input: z.object({ type, id, version: z.string().regex(/^[1-9]\d{0,8}$/) }),
  run: async ({ db, input, shown, headers }) =>
    orGone(shown, input, async () => {
      const found = await readVersion(db, input.type, input.id, Number(input.version))
      return resourceAnswer(found, headers, shown)
    }),
})

export const readingRoutes = (messages: readonly { url: string }[]): Route[] => [
  metadata(messages),
  read,
  vread,
  history,
  typeHistory,
  everything,
]
