import type { Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import {
  Conflict,
  type Context,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  Invalid,
  type Route,
} from '../../platform/index.ts'
import type { Written } from '../store/row.ts'
import { keep } from '../store/write.ts'
import { id, query, type } from './addresses.ts'
import { keepBatch } from './batch.ts'
import { criterion, freshWrite, type Planned, versionOf } from './entry.ts'
import { link } from './linking.ts'
import { mustBeBundle, mustBeValid, parseBody } from './parse.ts'
import { sending } from './policy.ts'
import { sendingOf } from './sending.ts'
import { alreadyThere, keepTransaction, noted, responseBundle } from './transaction.ts'

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

/** Keeps what one sender sent in several requests, but what If-None-Exist finds. @throws as soon as one of them cannot be kept */
async function createAll(place: Place, all: Creating[]): Promise<FhirAnswer[]> {
  const [one] = all
  if (!one) return []
  const sending = sendingOf(place, one.actor, one.now)
  const planned = all.map(plannedCreate)
  const there = await alreadyThere(one.db, sending, planned)
  const fresh = planned.filter((_, index) => !there[index])
  for (const each of fresh) {
    const { resourceType: type, id: own } = each.write.resource
    await link(one.db, sending, [{ ...each, at: { type, id: own } }], { alone: true })
  }
  const written = await keep(
    one.db,
    sending,
    fresh.map(({ write }) => write),
  )
  return all.map(({ base, now, shown, headers }, index) => {
    const kept = there[index] ?? written[fresh.indexOf(planned[index] as Planned)]
    return answerOf(kept ?? nothingKept(), base, now, shown, headers)
  })
}

function plannedCreate({ input, body, headers }: Creating): Planned {
  const resource = ofType(mustBeValid(parseBody(body)), input.type)
  const write = freshWrite(resource, resource.resourceType)
  const unlessPath = 'If-None-Exist'
  const given = headers['if-none-exist']
  return given === undefined
    ? { write }
    : { write, unless: criterion(input.type, given, unlessPath), unlessPath }
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
      const sending = sendingOf(place, actor, now)
      await link(db, sending, [{ write, at: { type: input.type, id: input.id } }], { alone: true })
      const [written] = await keep(db, sending, [write])
      return written ? answerOf(written, base, now, shown, headers) : nothingKept()
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
      const sending = sendingOf(place, actor, now)
      const isBatch = sent.type === 'batch'
      const outcomes = isBatch ? await keepBatch(db, sending, sent) : await keepTransaction(db, sending, sent)
      const kept = outcomes.flatMap((outcome) => ('written' in outcome ? [outcome.written] : []))
      shown(
        kept.flatMap(({ file }) => (file === null ? [] : [file])),
        { entries: outcomes.length, ...(isBatch && { kept: kept.length }) },
      )
      const kind = isBatch ? 'batch-response' : 'transaction-response'
      return { status: 200, body: responseBundle(kind, outcomes, now) }
    },
  })

function ofType(resource: Resource, expected: string): Resource {
  if (resource.resourceType === expected) return resource
  throw new Invalid([{ path: 'resourceType', words: `This address takes a ${expected}`, code: 'invalid' }])
}

type Shown = (files: string[], detail: Record<string, unknown>) => void

/** Whoever would rather have an OperationOutcome is told where what was kept does not meet its profiles. */
function answerOf(
  written: Written,
  base: string,
  now: Date,
  shown: Shown,
  { prefer = '' }: FhirRequest['headers'],
): FhirAnswer {
  const { type: kind, id: own, version, file } = written
  shown(file === null ? [] : [file], { type: kind, id: own, version })
  const location = `${base}/${kind}/${own}/_history/${version}`
  const body = /\breturn=OperationOutcome\b/.test(prefer)
    ? JSON.stringify(noted(written.notes ?? []))
    : written.body
  const headers = { location, etag: `W/"${version}"`, 'last-modified': now.toUTCString() }
  return { status: written.created ? 201 : 200, body, headers }
}

function nothingKept(): never {
  throw new Conflict('Nothing was kept')
}
