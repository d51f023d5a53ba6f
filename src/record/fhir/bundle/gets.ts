import {
  type Context,
  type Fault,
  type FhirAnswer,
  type FhirRequest,
  Invalid,
  NotFound,
  type Route,
} from '../../../platform/index.ts'
import type { Query } from '../parameters.ts'
import { reading } from '../policy.ts'
import type { Getting } from './act.ts'
import { queryOf } from './condition.ts'
import { fault } from './entry.ts'

type FhirDefinition = Extract<Route, { kind: 'fhir' }>['definition']
export type Asked = { definition: FhirDefinition; input: Record<string, unknown> }
export type Asking = Context<unknown> & FhirRequest

/**
 * The way in that an entry's address names, among those that any reader has. What a bundle asks is asked of the same operation, with the same
 * policy, as it would be by itself.
 * @throws Invalid for an address that names none
 */
export function wayInOf({ url, path }: Getting, base: string, routes: readonly Route[]): Asked {
  const at = `${path}.request.url`
  const [address = '', ...query] = (
    url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url.replace(/^\//, '')
  ).split('?')
  const own = address.split('/')
  for (const route of routes) {
    if (route.kind !== 'fhir' || route.definition.method !== 'GET' || route.definition.may !== reading)
      continue
    const { definition } = route
    const parameters = matched(definition.path.split('/').slice(2), own)
    if (!parameters) continue
    const read = definition.input.safeParse({
      query: queryOf(query.join('?')) satisfies Query,
      ...parameters,
    })
    if (read.success) return { definition, input: read.data as Record<string, unknown> }
  }
  throw fault(
    at,
    'A bundle gets Type/id, Type/id/_history, Type/_history, Type?search or Patient/id/$everything',
    'not-supported',
  )
}

function matched(pattern: readonly string[], own: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== own.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    const given = own[index] ?? ''
    if (part.startsWith(':')) parameters[part.slice(1)] = decoded(given)
    else if (part !== given) return undefined
  }
  return parameters
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** Runs it as an act of its own, audited under its own name. */
export async function got(
  asking: Asking,
  { definition, input }: Asked,
  { path, headers }: Getting,
): Promise<FhirAnswer> {
  // Noted once it has been answered: what finds nothing is audited as refused, where it is about anybody, and else not at all.
  const notes: [readonly string[], Record<string, unknown> | undefined][] = []
  const shown: Asking['shown'] = (files, detail) => void notes.push([files, detail])
  try {
    const answer = await definition.run({ ...asking, input: input as never, headers, shown })
    const note = asking.act(definition.audit)
    for (const [files, detail] of notes) note(files, detail)
    return answer
  } catch (problem) {
    if (problem instanceof Invalid) throw new Invalid(problem.faults.map((each) => placed(each, path)))
    if (problem instanceof NotFound && problem.about.length > 0)
      asking.act(definition.audit, 'refused')(problem.about, { why: 'out of scope' })
    throw problem
  }
}

const placed = (each: Fault, path: string): Fault => ({
  ...each,
  path: `${path}.request.url${each.path === '' ? '' : ` ${each.path}`}`,
})
