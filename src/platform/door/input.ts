import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Fault, Invalid, NotFound } from '../errors.ts'
import type { FhirDefinition, PageDefinition } from './route.ts'
import type { Uploads } from './uploads.ts'

/** The fields of a form; a body of another kind has none. */
const formOf = ({ body }: FastifyRequest): object =>
  body !== null && typeof body === 'object' && !Buffer.isBuffer(body) ? body : {}

/** What was typed, as text, so that a form can show it again. */
export function given(request: FastifyRequest): Record<string, string> {
  const all = {
    ...(request.query as object),
    ...formOf(request),
    ...(request.params as object),
  }
  return Object.fromEntries(
    Object.entries(all).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

/** Path, query, form fields and files together, checked by the page's schema. @throws Invalid, or NotFound where the address itself is wrong */
export async function pageInput(
  definition: PageDefinition<z.ZodType>,
  request: FastifyRequest,
  reply: FastifyReply,
  uploads: Uploads,
): Promise<Record<string, unknown>> {
  const sent = await uploads(request, reply, definition.takes ?? {})
  if (request.isMultipart()) request.body = sent.fields
  const all = {
    ...(request.query as object),
    ...formOf(request),
    ...sent.files,
    ...(request.params as object),
  }
  return checked(definition.input, all, request)
}

/** Path fields and the query (an array where a parameter repeats); a form body of POST _search counts as query. */
export function fhirInput(
  definition: FhirDefinition<z.ZodType>,
  request: FastifyRequest,
): Record<string, unknown> {
  return checked(
    definition.input,
    { query: bothOf(request.query as Query, formOf(request) as Query), ...(request.params as object) },
    request,
  )
}

type Query = Record<string, string | string[]>

/** What stands in both is asked twice. */
const bothOf = (query: Query, form: Query): Query =>
  Object.fromEntries(
    Object.keys({ ...query, ...form }).map((name) => {
      const given = [query[name] ?? [], form[name] ?? []].flat()
      return [name, given.length === 1 ? (given[0] as string) : given]
    }),
  )

function checked(
  schema: z.ZodType,
  all: Record<string, unknown>,
  request: FastifyRequest,
): Record<string, unknown> {
  const read = schema.safeParse(all)
  if (read.success) return read.data as Record<string, unknown>
  const faults: Fault[] = read.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    words: issue.message,
  }))
  const inAddress = new Set(Object.keys(request.params as object))
  if (faults.some((fault) => inAddress.has(fault.path))) throw new NotFound()
  throw new Invalid(faults)
}
