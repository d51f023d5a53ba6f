import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Invalid } from '../errors.ts'

/**
 * What the Booking and Referral Standard asks of HTTP around its FHIR: a header that names the service, ids that come back, and errors with
 * codes of its own. https://digital.nhs.uk/developer/api-catalogue/booking-and-referral-fhir
 */
type Headers = Record<string, string | undefined>

const targetHeader = 'nhsd-target-identifier'

/** Whoever names a target service speaks the standard. */
export const isBookingRequest = (headers: Headers): boolean => headers[targetHeader] !== undefined

const target = z.object({ system: z.string().min(1), value: z.string().min(1) })
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/

/** @throws Invalid when the header is there and is not an identifier as base64 of JSON */
export function mustNameTarget(headers: Headers): void {
  const given = headers[targetHeader]
  const fault = given === undefined ? undefined : faultIn(given)
  if (fault) throw new Invalid([{ path: 'NHSD-Target-Identifier', ...fault }])
}

function faultIn(given: string): { words: string; code: string } | undefined {
  if (!base64.test(given)) return { words: 'This must be base64', code: 'value' }
  try {
    const read: unknown = JSON.parse(Buffer.from(given, 'base64').toString('utf8'))
    if (target.safeParse(read).success) return undefined
    return { words: 'This must hold a system and a value', code: 'structure' }
  } catch {
    return { words: 'This must be JSON in base64', code: 'structure' }
  }
}

const echo = /^[\w.:+/=-]{1,128}$/

/** The ids by which a sender follows its request, as it gave them. */
export function echoed(headers: Headers): Record<string, string> {
  const pairs = ['x-request-id', 'x-correlation-id'].map((name) => [name, headers[name]] as const)
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => pair[1] !== undefined && echo.test(pair[1])),
  )
}

const codes: Record<number, string> = {
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  408: 'TIMEOUT',
  409: 'CONFLICT',
  412: 'CONFLICT',
  422: 'UNPROCESSABLE_ENTITY',
  429: 'TOO_MANY_REQUESTS',
  500: 'SERVER_ERROR',
  501: 'NOT_IMPLEMENTED',
  503: 'SERVICE_UNAVAILABLE',
}

/** With these the standard calls a request bad; what is well formed and cannot be done is unprocessable. */
const badRequest = new Set(['structure', 'required', 'value', 'invalid', 'invariant', 'not-supported'])

type Issue = { severity: 'error'; code: string; diagnostics: string; expression?: string[] }

/** The same refusal as the standard has it. */
export function asBookingStandard(status: number, issue: Issue[]) {
  const bad = status === 422 && issue.every(({ code }) => badRequest.has(code))
  // The standard has no status of its own for another version than the one that was named.
  const isStale = status === 412 && issue.every(({ code }) => code === 'conflict')
  const answered = bad ? 400 : isStale ? 409 : status
  const coding = [
    {
      system: 'https://fhir.nhs.uk/Codesystem/http-error-codes',
      code: `REC_${codes[answered] ?? 'BAD_REQUEST'}`,
    },
  ]
  const outcome = {
    resourceType: 'OperationOutcome',
    id: randomUUID(),
    meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-OperationOutcome'] },
    issue: issue.map(({ severity, code, ...more }) => ({ severity, code, details: { coding }, ...more })),
  }
  return { status: answered, outcome }
}
