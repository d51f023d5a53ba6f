import type { Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Place, Scope } from '../../access/index.ts'
import {
  type Actor,
  anyone,
  fhirRoute,
  holds,
  Invalid,
  lists,
  NotAllowed,
  type Route,
} from '../../platform/index.ts'
import { readHistory, readResource } from '../store/read.ts'
import { searchable, searchResources } from '../store/search.ts'
import { keep, newId, type Sending, type Written } from '../store/write.ts'
import { capabilityStatement } from './capability-statement.ts'
import { mustBeBundle, mustBeValid, parseBody } from './parse.ts'
import { keepTransaction, responseBundle, versionOf } from './transaction.ts'

const everyCategory = [
  'demographics',
  'alert',
  'activity',
  'clinical',
  'medicines',
  'results',
  'document',
  'care-plan',
  'mental-health',
  'social-care',
  'safeguarding',
] as const
const reading = lists(everyCategory, { purpose: ['direct care', 'feed'] })
const sending = holds('send', { purpose: 'feed' })

const type = z.string().regex(/^[A-Z][A-Za-z]{1,63}$/)
const id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)
const query = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/** The FHIR API. Every way in declares what it may and what is audited; refused and absent look alike. */
export function fhirApi(place: Place): Route[] {
  const sendingOf = (actor: Actor, now: Date): Sending => {
    const source = place.sources.find((each) => each.id === actor.source)
    if (!source) throw new NotAllowed('own source only')
    return { source: source.id, sourceKind: source.kind, organisation: actor.organisation, place, now }
  }

  const metadata = fhirRoute({
    method: 'GET',
    path: '/fhir/metadata',
    may: anyone('what this server can do'),
    audit: 'fhir.metadata',
    input: z.object({}),
    run: async ({ base, now }) => ({
      status: 200,
      body: JSON.stringify(capabilityStatement(base, searchable, now)),
    }),
  })

  const read = fhirRoute({
    method: 'GET',
    path: '/fhir/:type/:id',
    may: reading,
    audit: 'fhir.read',
    input: z.object({ type, id }),
    run: async ({ db, input, shown }) => {
      const found = await readResource(db, input.type, input.id)
      shown(found.person_key === null ? [] : [found.person_key], {
        type: input.type,
        id: input.id,
        version: found.version,
      })
      return {
        status: 200,
        body: found.body,
        headers: { etag: `W/"${found.version}"`, 'last-modified': found.received_at.toUTCString() },
      }
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
      shown(
        versions.flatMap((version) => (version.person_key === null ? [] : [version.person_key])),
        { type: input.type, id: input.id },
      )
      const entry = versions.map((version) => {
        const url = `${base}/${input.type}/${input.id}`
        const method = version.body === null ? 'DELETE' : version.version === 1 ? 'POST' : 'PUT'
        const rest = `"request":{"method":"${method}","url":"${input.type}/${input.id}"},"response":{"status":"200","etag":"W/\\"${version.version}\\"","lastModified":"${version.received_at.toISOString()}"}`
        return version.body === null
          ? `{"fullUrl":"${url}",${rest}}`
          : `{"fullUrl":"${url}","resource":${version.body},${rest}}`
      })
      return {
        status: 200,
        body: `{"resourceType":"Bundle","type":"history","total":${versions.length},"entry":[${entry.join(',')}]}`,
      }
    },
  })

  const searchVia = (method: 'GET' | 'POST', path: '/fhir/:type' | '/fhir/:type/_search') =>
    fhirRoute({
      method,
      path,
      may: reading,
      audit: 'fhir.search',
      input: z.object({ type, query }),
      run: async ({ db, input, scope, shown, base }) => {
        const found = await searchResources(db, scope as Scope, input.type, input.query)
        shown(
          found.resources.flatMap((each) => (each.person_key === null ? [] : [each.person_key])),
          { type: input.type, query: input.query, total: found.total },
        )
        const entry = found.resources.map(
          (each) =>
            `{"fullUrl":"${base}/${each.type}/${each.id}","resource":${each.body},"search":{"mode":"match"}}`,
        )
        return {
          status: 200,
          body: `{"resourceType":"Bundle","type":"searchset","total":${found.total},"entry":[${entry.join(',')}]}`,
        }
      },
    })

  const create = fhirRoute({
    method: 'POST',
    path: '/fhir/:type',
    may: sending,
    audit: 'fhir.create',
    input: z.object({ type, query }),
    run: async ({ db, actor, now, input, body, base, shown }) => {
      const resource = ofType(mustBeValid(parseBody(body)), input.type)
      const [written] = await keep(db, sendingOf(actor, now), [
        { resource: { ...resource, id: newId() }, path: resource.resourceType },
      ])
      return writtenAnswer(written, base, now, shown)
    },
  })

  const update = fhirRoute({
    method: 'PUT',
    path: '/fhir/:type/:id',
    may: sending,
    audit: 'fhir.update',
    input: z.object({ type, id }),
    run: async ({ db, actor, now, input, body, headers, base, shown }) => {
      const resource = ofType(mustBeValid(parseBody(body)), input.type)
      if (resource.id !== input.id)
        throw new Invalid([
          { path: `${input.type}.id`, words: 'The id must be the one in the address', code: 'invalid' },
        ])
      const write = {
        resource: { ...resource, id: input.id },
        path: resource.resourceType,
        ...versionOf(headers['if-match'], 'If-Match'),
      }
      const [written] = await keep(db, sendingOf(actor, now), [write])
      return writtenAnswer(written, base, now, shown)
    },
  })

  const bundle = fhirRoute({
    method: 'POST',
    path: '/fhir',
    may: sending,
    audit: 'fhir.transaction',
    input: z.object({}),
    run: async ({ db, actor, now, body, shown }) => {
      const sent = mustBeBundle(parseBody(body))
      if (sent.type === 'batch')
        throw new Invalid([
          {
            path: 'Bundle.type',
            words: 'Send a transaction; a batch is not supported',
            code: 'not-supported',
          },
        ])
      const outcomes = await keepTransaction(db, sendingOf(actor, now), sent)
      shown([], { entries: outcomes.length })
      return { status: 200, body: responseBundle('transaction-response', outcomes, now) }
    },
  })

  return [
    metadata,
    read,
    history,
    searchVia('GET', '/fhir/:type'),
    searchVia('POST', '/fhir/:type/_search'),
    create,
    update,
    bundle,
  ]
}

function ofType(resource: Resource, type: string): Resource {
  if (resource.resourceType !== type)
    throw new Invalid([{ path: 'resourceType', words: `This address takes a ${type}`, code: 'invalid' }])
  return resource
}

function writtenAnswer(
  written: Written | undefined,
  base: string,
  now: Date,
  shown: (files: string[], detail: Record<string, unknown>) => void,
) {
  if (!written) throw new Invalid([{ path: '', words: 'Nothing was kept', code: 'exception' }])
  shown([], { type: written.type, id: written.id, version: written.version })
  const location = `${base}/${written.type}/${written.id}/_history/${written.version}`
  return {
    status: written.created ? 201 : 200,
    body: written.body,
    headers: { location, etag: `W/"${written.version}"`, 'last-modified': now.toUTCString() },
  }
}
