import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { isDatabaseTrouble } from '../db/index.ts'
import { Conflict, type Fault, Invalid, NotAllowed, NotFound, NotSignedIn, Unavailable } from '../errors.ts'
import { ErrorSummary, PageShell, renderPage } from '../ui/index.ts'
import { isUnkeepable, namedProblem, retryAfter } from './fhir-answer.ts'
import { given } from './input.ts'
import type { Actor } from './keeper.ts'
import type { Answer, PageDefinition, View } from './route.ts'

/** What stands around every page: the place's name, and what this reader may go to. */
export type Frame = {
  place: { name: string }
  roleName(actor: Actor): string
  navigation(actor: Actor): { text: string; href: string }[]
  /** False on a system that holds real people. */
  demonstration: boolean
  /** A page in place of the plain refusal, such as one that offers to state a reason. */
  refusal(why: string, path: Record<string, string>): View | undefined
  /** Where forms may lead besides this site: the issuer. */
  formTargets(): string[]
}

type Parts = { frame: Frame; clock: { now(): Date }; log(entry: Record<string, unknown>): void }

export function answerPage(
  parts: Parts,
  actor: Actor | undefined,
  reply: FastifyReply,
  answer: Answer,
): FastifyReply {
  reply.header('cache-control', 'no-store')
  if ('redirect' in answer) {
    for (const cookie of answer.cookies ?? []) reply.header('set-cookie', cookie)
    return reply.redirect(answer.redirect, 303)
  }
  if ('body' in answer && 'type' in answer) {
    const disposition = answer.inline ? 'inline' : 'attachment'
    // Whatever a source sent as a document is shown without scripts and as if from another site, and in a frame of ours alone. A browser's
    // PDF viewer does not open in a sandbox; it is apart from the page by itself.
    const sandbox = answer.type === 'application/pdf' ? '' : '; sandbox'
    reply.header(
      'content-security-policy',
      `default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'${sandbox}`,
    )
    if (answer.inline) reply.header('x-frame-options', 'SAMEORIGIN')
    if (answer.filename)
      reply.header(
        'content-disposition',
        `${disposition}; filename="${answer.filename.replace(/[^\w.\- ]/g, '_')}"`,
      )
    return reply.type(answer.type).send(answer.body)
  }
  return send(parts, actor, reply, answer)
}

function send(
  parts: Parts,
  actor: Actor | undefined,
  reply: FastifyReply,
  view: View & { code?: number },
): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  const { frame } = parts
  const policy = [
    "default-src 'none'",
    "img-src 'self' data:",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `form-action 'self' ${[...frame.formTargets(), ...(view.formTargets ?? [])].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "frame-src 'self'",
  ].join('; ')
  const html = renderPage(
    <PageShell
      heading={view.title}
      section={view.section}
      hasErrors={view.status === 422}
      place={frame.place}
      navigation={actor && placed(frame.navigation(actor), reply.request.url)}
      account={actor && { name: actor.name, role: frame.roleName(actor), logOut: { action: '/sign-out' } }}
      environment={frame.demonstration ? undefined : false}
      banner={view.banner}
      printHeader={view.printHeader}
      backLink={view.backLink}
      beforeContent={view.navigation}
      wide={view.wide}
      nonce={nonce}
    >
      {view.body}
    </PageShell>,
  )
  reply.header('cache-control', 'no-store').header('content-security-policy', policy)
  return reply
    .code(view.code ?? view.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(html)
}

/** The reader's pages with the one marked that this is, or else the nearest that it lies under. */
function placed(items: { text: string; href: string }[], url: string) {
  const here = url.split('?')[0] ?? ''
  const nearest = items
    .filter(({ href }) => here === href || here.startsWith(`${href}/`))
    .toSorted((one, other) => other.href.length - one.href.length)[0]
  return items.map((item) => ({ ...item, current: item.href === here, active: item === nearest }))
}

type Refused = View & { code: number }

/** Every error of a page becomes a page here: in words, with what to do next, and without anybody's data. */
export function refusePage(
  parts: Parts,
  actor: Actor | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: unknown,
  definition?: PageDefinition<z.ZodType>,
): FastifyReply {
  if (problem instanceof NotSignedIn) {
    const to = request.method === 'GET' ? `?to=${encodeURIComponent(request.url.split('?')[0] ?? '/')}` : ''
    return reply.redirect(`/sign-in${to}`, 303)
  }
  if (problem instanceof Invalid && definition?.again && actor) {
    return send(parts, actor, reply, {
      status: 422,
      ...definition.again({ faults: problem.faults, given: given(request), actor, now: parts.clock.now() }),
    })
  }
  if (problem instanceof NotAllowed) {
    const special = parts.frame.refusal(problem.why, (request.params ?? {}) as Record<string, string>)
    if (special) return send(parts, actor, reply, { status: 403, ...special })
  }
  const refused = inWords(problem)
  if (refused.code >= 500)
    parts.log({ level: 'error', at: definition?.audit ?? 'page', problem: namedProblem(problem) })
  if (refused.code === 503) reply.header('retry-after', retryAfter)
  return send(parts, actor, reply, refused)
}

function inWords(problem: unknown): Refused {
  if (problem === undefined || problem instanceof NotFound) {
    return words(404, 'Page not found', 'Check the address, or go to the start page.')
  }
  if (problem instanceof NotAllowed)
    return words(
      403,
      'You cannot see this',
      'Your role or organisation does not allow it. The refusal has been recorded.',
    )
  if (problem instanceof Invalid)
    return { code: 422, status: 422, title: 'There is a problem', body: <Faults faults={problem.faults} /> }
  if (problem instanceof Conflict)
    return words(
      409,
      'Somebody else has changed this',
      'Nothing of yours was saved. Go back, look again, and decide anew.',
    )
  if (problem instanceof Unavailable) return words(503, 'This does not work at the moment', problem.message)
  if (isDatabaseTrouble(problem))
    return words(
      503,
      'This does not work at the moment',
      'Try again in a few seconds. If you were saving something, look first whether it was saved.',
    )
  if (isUnkeepable(problem))
    return words(
      400,
      'The request could not be read',
      'It holds a character that cannot be kept. Go back and type it again.',
    )
  const status = (problem as { statusCode?: number }).statusCode
  if (status === 413) return words(413, 'Too much was sent', 'Send less than 32 MB.')
  if (status !== undefined && status >= 400 && status < 500)
    return words(status, 'The request could not be read', 'Go back and try again.')
  return words(
    500,
    'Something went wrong',
    'Nothing was changed. Try again; if it happens again, tell the service desk the time.',
  )
}

const words = (code: number, title: string, what: string): Refused => ({
  code,
  title,
  body: (
    <>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{what}</p>
      <p>
        <a href="/">Go to the start page</a>
      </p>
    </>
  ),
})

const Faults = ({ faults }: { faults: Fault[] }) => (
  <>
    <h1 class="nhsuk-heading-l">There is a problem</h1>
    <ErrorSummary
      heading="What was sent cannot be used"
      errorList={faults.map((fault) => ({ text: fault.words }))}
    />
    <p>Nothing was saved. Go back to put it right, or start again.</p>
    <p>
      <a href="/">Go to the start page</a>
    </p>
  </>
)
