import type { FastifyReply } from 'fastify'
import { isDatabaseTrouble } from '../db/index.ts'
import {
  Conflict,
  Gone,
  Invalid,
  Misasked,
  NotAllowed,
  NotFound,
  NotSignedIn,
  Stale,
  Unavailable,
} from '../errors.ts'
import { asBookingStandard, isBookingRequest } from './booking-standard.ts'
import { asAsked } from './negotiation.ts'
import type { FhirAnswer } from './route.ts'

export const fhirJson = 'application/fhir+json; charset=utf-8'
/** Seconds after which to try again what could not be done now: as long as a database takes to start again. */
export const retryAfter = 2

export function answerFhir(reply: FastifyReply, answer: FhirAnswer): FastifyReply {
  reply.code(answer.status).headers({ 'cache-control': 'no-store', ...answer.headers })
  if (answer.body === undefined) return reply.send()
  const own = answer.headers?.['content-type']
  return reply
    .type(own ?? fhirJson)
    .send(own === undefined ? asAsked(reply.request, answer.body) : answer.body)
}

type Outcome = {
  status: number
  issue: { severity: 'error'; code: string; diagnostics: string; expression?: string[] }[]
}

/** PostgreSQL’s texts hold no NUL character; whoever sends one, in a search or a form, has made a mistake. */
export const isUnkeepable = (problem: unknown): boolean =>
  ['22021', '22P05'].includes(String((problem as { code?: unknown }).code))

/** An error as an OperationOutcome; each fault names its place. What is refused and what is not there look alike to a reader. */
function outcomeOf(problem: unknown): Outcome {
  const one = (status: number, code: string, diagnostics: string): Outcome => ({
    status,
    issue: [{ severity: 'error', code, diagnostics }],
  })
  if (problem instanceof Invalid) {
    const issue = problem.faults.map((fault) => ({
      severity: 'error' as const,
      code: fault.code ?? 'invalid',
      diagnostics: fault.words,
      ...(fault.path ? { expression: [fault.path] } : {}),
    }))
    if (issue.every((each) => each.code === 'multiple-matches')) return { status: 412, issue }
    if (issue.every((each) => each.code === 'transient')) return { status: 503, issue }
    if (problem instanceof Misasked) return { status: 400, issue }
    return { status: issue.some((each) => each.code !== 'structure') ? 422 : 400, issue }
  }
  if (problem instanceof NotSignedIn)
    return one(401, 'login', 'Send a bearer token from the place’s OpenID issuer.')
  if (problem instanceof NotAllowed) return one(403, 'forbidden', `Refused: ${problem.why}.`)
  if (problem instanceof Gone) return one(410, 'deleted', 'Its source has taken this resource away.')
  if (problem instanceof NotFound)
    return one(404, 'not-found', 'There is no such resource that you may read.')
  if (problem instanceof Stale) return one(412, problem.code, problem.message)
  if (problem instanceof Conflict) return one(409, problem.code, problem.message)
  if (problem instanceof Unavailable) return one(503, 'transient', problem.message)
  // The connection may have broken after the commit and before its answer: then it is kept, and nobody here knows.
  if (isDatabaseTrouble(problem))
    return one(
      503,
      'transient',
      'The database did not answer. What was sent may or may not be kept: look, or send it again under its id or with If-None-Exist.',
    )
  if (isUnkeepable(problem))
    return one(
      400,
      'value',
      'A NUL character stands in what was sent. It can be neither kept nor looked for.',
    )
  const status = (problem as { statusCode?: number }).statusCode
  if (status === 413) return one(413, 'too-long', 'The body is larger than 32 MB.')
  if (status === 405) return one(405, 'not-supported', 'There is no such operation here.')
  if (status === 406) return one(406, 'not-supported', (problem as Error).message)
  const { takes = 'application/fhir+json' } = problem as { takes?: string }
  if (status === 415) return one(415, 'not-supported', `Send ${takes}.`)
  if (status !== undefined && status >= 400 && status < 500)
    return one(status, 'structure', 'The request cannot be read.')
  return one(500, 'exception', 'The server could not complete the request. Nothing was changed.')
}

type Refusal = { status: number; outcome: Record<string, unknown> }

/**
 * What an operation says itself of a problem, where what it took stands all the same.
 * @param booking whether the sender speaks the Booking and Referral Standard
 */
export function refusalOf(problem: unknown, booking = false): Refusal {
  const { status, issue } = outcomeOf(problem)
  return booking
    ? asBookingStandard(status, issue)
    : { status, outcome: { resourceType: 'OperationOutcome', issue } }
}

export function refuseFhir(
  parts: { log(entry: Record<string, unknown>): void },
  reply: FastifyReply,
  problem: unknown,
): FastifyReply {
  const headers = reply.request.headers as Record<string, string | undefined>
  const { status, outcome } = refusalOf(problem, isBookingRequest(headers))
  if (status >= 500) parts.log({ level: 'error', at: 'fhir', problem: namedProblem(problem) })
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  if (status === 503) reply.header('retry-after', retryAfter)
  return reply.code(status).header('cache-control', 'no-store').type(fhirJson).send(JSON.stringify(outcome))
}

/** For the log: what kind of problem and where in our code, never a message that may carry a person's data. */
export function namedProblem(problem: unknown): Record<string, unknown> {
  const { name, code, stack, constraint, table } = problem as Error & {
    code?: string
    constraint?: string
    table?: string
  }
  return {
    name,
    code,
    constraint,
    table,
    stack: stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at'))
      .slice(0, 6),
  }
}
