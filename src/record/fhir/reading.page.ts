import { z } from 'zod'
import { anyone, fhirRoute, type Route } from '../../platform/index.ts'
import { readHistory, readResource, type Version } from '../store/read.ts'
import { id, type } from './addresses.ts'
import { capabilityStatement } from './capability-statement.ts'
import { reading } from './policy.ts'

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

export const readingRoutes = (messages: readonly { url: string }[]): Route[] => [
  metadata(messages),
  read,
  history,
]
