import type { Resource } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Place, Scope } from '../../access/index.ts'
import {
  Conflict,
  type Context,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  type Route,
} from '../../platform/index.ts'
import type { Written } from '../store/row.ts'
import type { Place as Standing } from '../store/standing.ts'
import { id, query, type } from './addresses.ts'
import type { Change, Keeping } from './bundle/act.ts'
import type { Condition } from './bundle/condition.ts'
import { conditionOf, freshWrite, misasked, patchIn, versionOf } from './bundle/entry.ts'
import { finder } from './bundle/find.ts'
import { type Outcome, perform } from './bundle/perform.ts'
import { outcomeOf } from './bundle/response.ts'
import { addressOf, type Query } from './parameters.ts'
import { mustBeValid, parseBody } from './parse.ts'
import { sending } from './policy.ts'
import { preferOf } from './prefer.ts'
import { sendingOf } from './sending.ts'

/** What connected systems send: each for its own source, validated, kept as received. */
export const writingRoutes = (place: Place): Route[] => [
  create(place),
  update(place),
  updateFound(place),
  patch(place),
  patchFound(place),
  remove(place),
  removeFound(place),
]

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

type Asking = Pick<Context<{ type: string }>, 'db' | 'actor' | 'now' | 'input' | 'scope' | 'shown'> &
  FhirRequest

/** Keeps what one sender sent in several requests, but what If-None-Exist finds. @throws as soon as one of them cannot be kept */
async function createAll(place: Place, all: Asking[]): Promise<FhirAnswer[]> {
  const [one] = all
  if (!one) return []
  const changes = all.map(creating)
  const outcomes = await perform(one.db, sendingOf(place, one.actor, one.now), changes, howOf(one))
  return all.map((asking, index) => answerOf(asking, outcomes[index] ?? nothingKept()))
}

const howOf = ({ db, scope, base, now }: Pick<Asking, 'db' | 'scope' | 'base' | 'now'>) => ({
  alone: true,
  find: finder(db, { scope: scope as Scope, base, now }),
})

function creating({ input, body, headers }: Asking): Keeping {
  const resource = ofType(mustBeValid(parseBody(body)), input.type)
  const own: Keeping = { kind: 'keep', path: '', write: freshWrite(resource, resource.resourceType) }
  const given = headers['if-none-exist']
  return given === undefined ? own : { ...own, unless: conditionOf(input.type, given, 'If-None-Exist') }
}

/** Does one change, as its request asks. */
async function change(place: Place, asking: Asking, asked: Change): Promise<FhirAnswer> {
  const { db, actor, now } = asking
  const [outcome] = await perform(db, sendingOf(place, actor, now), [asked], howOf(asking))
  return answerOf(asking, outcome ?? nothingKept())
}

const update = (place: Place): Route =>
  fhirRoute({
    method: 'PUT',
    path: '/fhir/:type/:id',
    may: sending,
    audit: 'fhir.update',
    input: z.object({ type, id }),
    run: async (asking) => {
      const resource = ofType(mustBeValid(parseBody(asking.body)), asking.input.type)
      if (resource.id !== asking.input.id)
        throw misasked(`${asking.input.type}.id`, 'The id must be the one in the address', 'invalid')
      const write = {
        resource: { ...resource, id: asking.input.id },
        path: resource.resourceType,
        ...matchOf(asking),
      }
      return change(place, asking, { kind: 'keep', path: '', write })
    },
  })

/** Updates what a search finds; where it finds nothing, creates. */
const updateFound = (place: Place): Route =>
  fhirRoute({
    method: 'PUT',
    path: '/fhir/:type',
    may: sending,
    audit: 'fhir.update',
    input: z.object({ type, query }),
    run: async (asking) => {
      const resource = ofType(mustBeValid(parseBody(asking.body)), asking.input.type)
      const write = { ...freshWrite(resource, resource.resourceType), ...matchOf(asking) }
      return change(place, asking, { kind: 'keep', path: '', write, upon: conditionIn(asking.input) })
    },
  })

const patch = (place: Place): Route =>
  fhirRoute({
    method: 'PATCH',
    path: '/fhir/:type/:id',
    may: sending,
    audit: 'fhir.patch',
    input: z.object({ type, id }),
    run: (asking) => change(place, asking, patching(asking, asking.input)),
  })

const patchFound = (place: Place): Route =>
  fhirRoute({
    method: 'PATCH',
    path: '/fhir/:type',
    may: sending,
    audit: 'fhir.patch',
    input: z.object({ type, query }),
    run: (asking) => change(place, asking, patching(asking, conditionIn(asking.input))),
  })

function patching(asking: Pick<Asking, 'body' | 'headers'>, target: Standing | Condition): Change {
  const read = patchIn(asking.body, '')
  return { kind: 'patch', path: '', target, patch: read, patchPath: '', ...matchOf(asking) }
}

const remove = (place: Place): Route =>
  fhirRoute({
    method: 'DELETE',
    path: '/fhir/:type/:id',
    may: sending,
    audit: 'fhir.delete',
    input: z.object({ type, id }),
    run: (asking) =>
      change(place, asking, { kind: 'remove', path: '', target: asking.input, ...matchOf(asking) }),
  })

/** Deletes the one that a search finds. */
const removeFound = (place: Place): Route =>
  fhirRoute({
    method: 'DELETE',
    path: '/fhir/:type',
    may: sending,
    audit: 'fhir.delete',
    input: z.object({ type, query }),
    run: (asking) =>
      change(place, asking, {
        kind: 'remove',
        path: '',
        target: conditionIn(asking.input),
        ...matchOf(asking),
      }),
  })

const matchOf = ({ headers }: Pick<Asking, 'headers'>) => versionOf(headers['if-match'], 'If-Match')

/** The search of a conditional interaction, which is the query of its address. @throws Invalid where there is none */
function conditionIn({ type: of, query: given }: { type: string; query: Query }): Condition {
  const { _format, _pretty, ...search } = given
  const pairs = Object.entries(search).flatMap(([name, value]) => [value].flat().map((each) => [name, each]))
  if (pairs.length === 0)
    throw misasked(of, 'Give the id in the address, or say by a search which one is meant', 'required')
  return { type: of, query: new URLSearchParams(pairs).toString(), path: addressOf(of, {}) }
}

function ofType(resource: Resource, expected: string): Resource {
  if (resource.resourceType === expected) return resource
  throw misasked('resourceType', `This address takes the type ${expected}`, 'invalid')
}

/** The answer to a change: what was kept, unless the sender prefers less. */
function answerOf({ base, now, shown, headers }: Asking, outcome: Outcome): FhirAnswer {
  const { returns } = preferOf(headers)
  if ('removed' in outcome) {
    const { removed } = outcome
    shown(
      removed?.file == null ? [] : [removed.file],
      removed && { type: removed.type, id: removed.id, version: removed.version },
    )
    const tag = removed && { headers: { etag: `W/"${removed.version}"` } }
    return returns === 'OperationOutcome'
      ? { status: 200, body: JSON.stringify(outcomeOf([])), ...tag }
      : { status: 204, ...tag }
  }
  const { written, notes = [] } = outcome
  return { ...keptAnswer(written, base, now, shown), ...bodyOf(written, returns, notes) }
}

function bodyOf(
  written: Written,
  returns: ReturnType<typeof preferOf>['returns'],
  notes: Parameters<typeof outcomeOf>[0],
) {
  if (returns === 'OperationOutcome') return { body: JSON.stringify(outcomeOf(notes)) }
  return returns === 'minimal' ? {} : { body: written.body }
}

function keptAnswer(
  { type: kind, id: own, version, file, created }: Written,
  base: string,
  now: Date,
  shown: Asking['shown'],
) {
  shown(file === null ? [] : [file], { type: kind, id: own, version })
  const location = `${base}/${kind}/${own}/_history/${version}`
  const headers = { location, etag: `W/"${version}"`, 'last-modified': now.toUTCString() }
  return { status: created ? 201 : 200, headers }
}

function nothingKept(): never {
  throw new Conflict('Nothing was kept')
}
