import { z } from 'zod'
import type { Scope } from '../../access/index.ts'
import { anyone, type FhirAnswer, fhirRoute, lists, type Route } from '../../platform/index.ts'
import { readHistory, readResource, type Version } from '../store/read.ts'
import { searchable, searchResources } from '../store/search.ts'
import { type FoundSlots, searchSlots } from '../store/search-slots.ts'
import { id, query, type } from './addresses.ts'
import { capabilityStatement } from './capability-statement.ts'
import { everyCategory } from './categories.ts'

/** Practitioners read within their scope, systems what their own source sent. What is refused and what is absent look alike. */
const reading = lists(everyCategory, { purpose: ['direct care', 'feed'] })

const metadata = (messages: readonly { url: string }[], security: Security): Route =>
  fhirRoute({
    method: 'GET',
    path: '/fhir/metadata',
    may: anyone('what this server can do'),
    audit: 'fhir.metadata',
    input: z.object({}),
    run: async ({ base, now }) => ({
      status: 200,
      body: JSON.stringify(capabilityStatement(base, searchable, messages, now, await security())),
    }),
  })

const read = fhirRoute({
  method: 'GET',
  path: '/fhir/:type/:id',
  may: reading,
  audit: 'fhir.read',
  gathered: true,
  input: z.object({ type, id }),
  run: async ({ db, input, shown }) => {
    const found = await readResource(db, input.type, input.id)
    const { version, received_at } = found
    shown(found.person_key === null ? [] : [found.person_key], { type: input.type, id: input.id, version })
    const headers = { etag: `W/"${version}"`, 'last-modified': received_at.toUTCString() }
    return { status: 200, body: found.body, headers }
  },
})

const history = fhirRoute({
  method: 'GET',
  path: '/fhir/:type/:id/_history',
  may: reading,
  audit: 'fhir.history',
  input: z.object({ type, id }),
  run: async ({ db, input, base, shown }) => {
    const versions = await readHistory(db, input.type, input.id)
    shown(filesOf(versions), { type: input.type, id: input.id })
    const entry = versions.map((version) => historyEntry(version, base, `${input.type}/${input.id}`))
    return { status: 200, body: bundleText('history', versions.length, entry) }
  },
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
      return { status: 200, body: bundleText('searchset', found.total, entry) }
    },
  })

/** When something can be booked concerns nobody: the slots, and beside them what the search asks to be included. */
function slotsAnswer({ slots, included }: FoundSlots, base: string): FhirAnswer {
  const entry = (mode: string) => (place: string, body: string) =>
    `{"fullUrl":"${base}/${place}","resource":${body},"search":{"mode":"${mode}"}}`
  const matches = [...slots].map(([place, body]) => entry('match')(place, body))
  const others = [...included].map(([place, body]) => entry('include')(place, body))
  return { status: 200, body: bundleText('searchset', slots.size, [...matches, ...others]) }
}

const filesOf = (found: { person_key: string | null }[]): string[] =>
  found.flatMap((each) => (each.person_key === null ? [] : [each.person_key]))

/** Bodies are put together as text: parsing and writing them again would lose decimals, and time. */
const bundleText = (kind: string, total: number, entry: string[]): string =>
  `{"resourceType":"Bundle","type":"${kind}","total":${total},"entry":[${entry.join(',')}]}`

function historyEntry({ version, body, received_at }: Version, base: string, place: string): string {
  const method = body === null ? 'DELETE' : version === 1 ? 'POST' : 'PUT'
  const response = { status: '200', etag: `W/"${version}"`, lastModified: received_at.toISOString() }
  const rest = `"request":${JSON.stringify({ method, url: place })},"response":${JSON.stringify(response)}`
  return body === null
    ? `{"fullUrl":"${base}/${place}",${rest}}`
    : `{"fullUrl":"${base}/${place}","resource":${body},${rest}}`
}

/** How one signs in, for the statement of what the server can do. */
type Security = () => Promise<Record<string, unknown>>

export const readingRoutes = (messages: readonly { url: string }[], security: Security): Route[] => [
  metadata(messages, security),
  read,
  history,
  searchVia('GET', '/fhir/:type'),
  searchVia('POST', '/fhir/:type/_search'),
]
