import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import {
  type Context,
  type FhirAnswer,
  type FhirRequest,
  fhirRoute,
  Invalid,
  type Route,
} from '../../platform/index.ts'
import { readResource } from '../store/read.ts'
import { type Applied, type Issue, validatorFor } from '../validation/index.ts'
import { id, query, type } from './addresses.ts'
import { parseBody } from './parse.ts'
import { placeIn } from './places.ts'
import { reading } from './policy.ts'
import { type Asked, askedOf } from './validating.ts'

type Validating = Pick<
  Context<{ type: string; query: Record<string, string | string[]> }>,
  'actor' | 'shown' | 'input'
> &
  FhirRequest

/** Says what is wrong with a resource, in words and with the place. Nothing is kept, so whoever may read may ask. */
export const validatingRoutes = (place: Place): Route[] => [ofType(place), ofOne(place)]

const ofType = (place: Place): Route =>
  fhirRoute({
    method: 'POST',
    path: '/fhir/:type/$validate',
    may: reading,
    audit: 'fhir.validate',
    input: z.object({ type, query }),
    run: async (context) => {
      const asked = askedOf(parseBody(context.body), context.input.query)
      if (!asked.resource && asked.mode !== 'delete')
        throw new Invalid([
          { path: 'Parameters.parameter', words: 'There is no resource to validate', code: 'required' },
        ])
      if (asked.mode === 'delete')
        throw new Invalid([
          {
            path: 'mode',
            words: 'Name the resource that is to be deleted: Type/id/$validate',
            code: 'required',
          },
        ])
      return judge(place, context, asked, context.body)
    },
  })

const ofOne = (place: Place): Route =>
  fhirRoute({
    method: 'POST',
    path: '/fhir/:type/:id/$validate',
    may: reading,
    audit: 'fhir.validate',
    input: z.object({ type, id, query }),
    run: async (context) => {
      const { db, input, body, shown } = context
      const asked = askedOf(
        body.trim() === '' ? { resourceType: 'Parameters' } : parseBody(body),
        input.query,
      )
      if (asked.resource === undefined || asked.mode === 'delete') {
        const kept = await readResource(db, input.type, input.id)
        shown(kept.person_key === null ? [] : [kept.person_key], { type: input.type, id: input.id })
        if (asked.mode === 'delete')
          return answer([
            note('Whoever sent this resource may take it away; nothing in it stands against that.'),
          ])
        return judge(place, context, { ...asked, resource: parseBody(kept.body), at: '' }, kept.body)
      }
      const { resource } = asked
      const isOther = resource['id'] !== input.id
      const words = 'The id must be the one in the address'
      return judge(
        place,
        context,
        asked,
        body,
        isOther ? [{ severity: 'error', code: 'invalid', path: `${input.type}.id`, words }] : [],
      )
    },
  })

function judge(
  place: Place,
  { input, actor, shown }: Validating,
  asked: Asked,
  text: string,
  more: Issue[] = [],
): FhirAnswer {
  const { resource = {}, profiles, at } = asked
  const { validate, known, refused } = validatorFor(place.folder)
  const unknown = profiles.filter((url) => !known.snapshot(url))
  if (unknown.length > 0)
    throw new Invalid(
      unknown.map(() => ({ path: 'profile', words: 'This profile is not known here', code: 'not-found' })),
    )
  const expects = place.senders.find((each) => each.id === actor.id)?.fhir?.expectedProfiles ?? {}
  const applied: Applied = { expects, also: profiles }
  const found = [
    ...more,
    ...ofTypeAsked(resource, input.type),
    ...validate(resource, { profiles: applied, requested: true }),
  ]
  shown([], { type: input.type, faults: found.filter(({ severity }) => severity === 'error').length })
  const unchecked = [...new Set([...profiles, ...claimed(resource), ...Object.values(expects)])].flatMap(
    (url) => {
      const snapshot = known.snapshot(url)
      return snapshot?.type === resource['resourceType']
        ? (snapshot?.notChecked ?? []).map((words) => note(`Not checked, of ${snapshot?.title}: ${words}.`))
        : []
    },
  )
  const claims = new Set(claimed(resource))
  unchecked.push(
    ...refused.filter(({ url }) => claims.has(url)).map(({ words }) => note(`Not checked: ${words}.`)),
  )
  const isSound = !found.some(({ severity }) => severity === 'error')
  return answer([
    ...(isSound ? [note('All OK')] : []),
    ...found.map((issue) => issueOf(issue, text, at)),
    ...unchecked,
  ])
}

/** `/fhir/Resource/$validate` takes any type. */
function ofTypeAsked(resource: Record<string, unknown>, asked: string): Issue[] {
  if (asked === 'Resource' || resource['resourceType'] === asked) return []
  return [
    { severity: 'error', code: 'invalid', path: 'resourceType', words: `This address takes a ${asked}.` },
  ]
}

function claimed(resource: Record<string, unknown>): string[] {
  const { profile } = (resource['meta'] ?? {}) as { profile?: unknown }
  return Array.isArray(profile)
    ? profile.filter((url) => typeof url === 'string').map((url) => url.replace(/\|.*$/, ''))
    : []
}

const note = (diagnostics: string) => ({ severity: 'information', code: 'informational', diagnostics })

const core = 'http://hl7.org/fhir/StructureDefinition/'

/** An issue with its place as FHIRPath and, by HL7's extensions, as line and column of what was sent. */
function issueOf({ severity, code, path, words }: Issue, text: string, at: string) {
  const inner = path.replace(/^[A-Za-z]+\.?/, '')
  const { line, column } = placeIn(text, [at, inner].filter((part) => part !== '').join('.'))
  return {
    extension: [
      { url: `${core}operationoutcome-issue-line`, valueInteger: line },
      { url: `${core}operationoutcome-issue-col`, valueInteger: column },
    ],
    severity,
    code,
    diagnostics: words,
    expression: [path],
  }
}

const answer = (issue: object[]): FhirAnswer => ({
  status: 200,
  body: JSON.stringify({ resourceType: 'OperationOutcome', issue }),
})
