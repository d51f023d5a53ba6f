import type { Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import {
  type Actor,
  Conflict,
  type Context,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  holds,
  Invalid,
  NotAllowed,
  type Route,
} from '../../platform/index.ts'
import type { Sending, Written } from '../store/row.ts'
import { keep, newId } from '../store/write.ts'
import { id, query, type } from './addresses.ts'
import { mustBeBundle, mustBeValid, parseBody } from './parse.ts'
import { keepTransaction, responseBundle, versionOf } from './transaction.ts'

const sending = holds('send', { purpose: 'feed' })

/** What connected systems send: each for its own source, validated, kept as received. */
export const writingRoutes = (place: Place): Route[] => [create(place), update(place), transaction(place)]

const create = (place: Place): Route =>
  fhirRoute({
    method: 'POST',
    path: '/fhir/:type',
    may: sending,
    audit: 'fhir.create',
    input: z.object({ type, query }),
    run: async (context) => {
      const [answer] = await createAll(place, [context])
      return answer ?? nothingKept()
    },
    runAll: (contexts) => createAll(place, contexts),
  })

type Creating = Pick<Context<{ type: string }>, 'db' | 'actor' | 'now' | 'input' | 'shown'> & FhirRequest

/** Keeps what one sender sent in several requests. @throws as soon as one of them cannot be kept */
async function createAll(place: Place, all: Creating[]): Promise<FhirAnswer[]> {
  const [one] = all
  if (!one) return []
  const writes = all.map(({ input, body }) => {
    const resource = ofType(mustBeValid(parseBody(body)), input.type)
    return { resource: { ...resource, id: newId() }, path: resource.resourceType, fresh: true }
  })
  const written = await keep(one.db, sendingOf(place, one.actor, one.now), writes)
  return all.map(({ base, now, shown }, index) => answerOf(written[index] ?? nothingKept(), base, now, shown))
}

const update = (place: Place): Route =>
  fhirRoute({
    method: 'PUT',
    path: '/fhir/:type/:id',
    may: sending,
    audit: 'fhir.update',
    input: z.object({ type, id }),
    run: async ({ db, actor, now, input, body, headers, base, shown }) => {
      const resource = ofType(mustBeValid(parseBody(body)), input.type)
      if (resource.id !== input.id) {
        throw new Invalid([
          { path: `${input.type}.id`, words: 'The id must be the one in the address', code: 'invalid' },
        ])
      }
      const write = {
        resource: { ...resource, id: input.id },
        path: resource.resourceType,
        ...versionOf(headers['if-match'], 'If-Match'),
      }
      const [written] = await keep(db, sendingOf(place, actor, now), [write])
      return written ? answerOf(written, base, now, shown) : nothingKept()
    },
  })

const transaction = (place: Place): Route =>
  fhirRoute({
    method: 'POST',
    path: '/fhir',
    may: sending,
    audit: 'fhir.transaction',
    input: z.object({}),
    run: async ({ db, actor, now, body, shown }) => {
      const sent = mustBeBundle(parseBody(body))
      const outcomes = await keepTransaction(db, sendingOf(place, actor, now), sent)
      shown(
        outcomes.flatMap(({ written }) => (written.file === null ? [] : [written.file])),
        { entries: outcomes.length },
      )
      return { status: 200, body: responseBundle('transaction-response', outcomes, now) }
    },
  })

function sendingOf(place: Place, actor: Actor, now: Date): Sending {
  const source = place.sources.find((each) => each.id === actor.source)
  if (!source) throw new NotAllowed('own source only')
  return { source: source.id, sourceKind: source.kind, organisation: actor.organisation, place, now }
}

function ofType(resource: Resource, expected: string): Resource {
  if (resource.resourceType === expected) return resource
  throw new Invalid([{ path: 'resourceType', words: `This address takes a ${expected}`, code: 'invalid' }])
}

type Shown = (files: string[], detail: Record<string, unknown>) => void

function answerOf(written: Written, base: string, now: Date, shown: Shown): FhirAnswer {
  const { type: kind, id: own, version, file } = written
  shown(file === null ? [] : [file], { type: kind, id: own, version })
  const location = `${base}/${kind}/${own}/_history/${version}`
  const headers = { location, etag: `W/"${version}"`, 'last-modified': now.toUTCString() }
  return { status: written.created ? 201 : 200, body: written.body, headers }
}

function nothingKept(): never {
  throw new Conflict('Nothing was kept')
}
