import { z } from 'zod'
import type { Scope } from '../../access/index.ts'
import { anyone, type FhirAnswer, fhirRoute, type Route } from '../../platform/index.ts'
import { readResource, readVersion } from '../store/read.ts'
import { searchable, searchResources } from '../store/search.ts'
import { type FoundSlots, searchSlots } from '../store/search-slots.ts'
import { id, query, type } from './addresses.ts'
import { bundleText, filesOf } from './bundle/bundle-text.ts'
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
      body: JSON.stringify(capabilityStatement(base, searchable, messages, now)),
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

const searchVia = (method: 'GET' | 'POST', path: '/fhir/:type' | '/fhir/:type/_search') =>
  fhirRoute({
    method,
    path,
    may: reading,
    audit: 'fhir.search',
    gathered: true,
    input: z.object({ type, query }),
    run: async ({ db, input, scope, shown, base }) => {
      if (input.type === 'Slot') return slotsAnswer(await searchSlots(db, input.query), base)
      const found = await searchResources(db, scope as Scope, input.type, input.query)
      shown(filesOf(found.resources), { type: input.type, query: input.query, total: found.total })
      const entry = found.resources.map(
        (each) =>
          `{"fullUrl":"${base}/${each.type}/${each.id}","resource":${each.body},"search":{"mode":"match"}}`,
      )
      return { status: 200, body: bundleText('searchset', entry, { total: found.total }) }
    },
  })

/** When something can be booked concerns nobody: the slots, and beside them what the search asks to be included. */
function slotsAnswer({ slots, included }: FoundSlots, base: string): FhirAnswer {
  const entry = (mode: string) => (place: string, body: string) =>
    `{"fullUrl":"${base}/${place}","resource":${body},"search":{"mode":"${mode}"}}`
  const matches = [...slots].map(([place, body]) => entry('match')(place, body))
  const others = [...included].map(([place, body]) => entry('include')(place, body))
  return { status: 200, body: bundleText('searchset', [...matches, ...others], { total: slots.size }) }
}

export const readingRoutes = (messages: readonly { url: string }[]): Route[] => [
  metadata(messages),
  read,
  vread,
  history,
  typeHistory,
  everything,
  searchVia('GET', '/fhir/:type'),
  searchVia('POST', '/fhir/:type/_search'),
]
