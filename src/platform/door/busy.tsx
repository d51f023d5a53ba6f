import type { IncomingMessage, ServerResponse } from 'node:http'
import { PageShell, renderPage } from '../ui/index.ts'
import { asBookingStandard, isBookingRequest } from './booking-standard.ts'
import { fhirJson } from './fhir-answer.ts'
import type { Frame } from './page-answer.tsx'
import { securityHeaders } from './security-headers.ts'

const again = 2
const words = `Nothing of this was done. Try again in ${again} seconds.`
const issue = [
  {
    severity: 'error' as const,
    code: 'throttled',
    diagnostics: `More is asked of this place than it can do. ${words}`,
  },
]

export type TurnAway = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Turns away whoever would wait too long. The answers are made beforehand, and given without the framework: when everybody comes at once, saying
 * no must cost next to nothing.
 */
export function turnerAway(frame: Frame): TurnAway {
  const html = renderPage(
    <PageShell
      heading="Too many people at once"
      place={frame.place}
      environment={frame.demonstration ? undefined : false}
    >
      <h1 class="nhsuk-heading-l">Too many people at once</h1>
      <p>More is being asked of the record than it can do at this moment. {words}</p>
      <p>If you were saving something, go back and save it again.</p>
    </PageShell>,
  )
  const page = made('text/html; charset=utf-8', html, {
    'content-security-policy': "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:",
  })
  const outcome = made(fhirJson, JSON.stringify({ resourceType: 'OperationOutcome', issue }))
  const booking = made(fhirJson, JSON.stringify(asBookingStandard(503, issue).outcome))
  return (request, response) => {
    const answer = !isForProgram(request)
      ? page
      : isBookingRequest(request.headers as never)
        ? booking
        : outcome
    response.writeHead(503, answer.headers).end(answer.body)
  }
}

const isForProgram = ({ url, headers }: IncomingMessage): boolean =>
  /^\/fhir(?:[/?]|$)/.test(url ?? '') || headers.authorization !== undefined

function made(type: string, text: string, more: Record<string, string> = {}) {
  const body = Buffer.from(text)
  const headers = {
    ...securityHeaders,
    ...more,
    'content-type': type,
    'content-length': body.length,
    'retry-after': String(again),
    'cache-control': 'no-store',
  }
  return { headers, body }
}
