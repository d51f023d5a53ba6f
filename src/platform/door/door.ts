import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/index.ts'
import { NotAllowed, NotFound, NotSignedIn } from '../errors.ts'
import { gatherer } from '../gather.ts'
import type { Figures } from '../telemetry/index.ts'
import { echoed, mustNameTarget } from './booking-standard.ts'
import { answerApps, isFromApp } from './cors.ts'
import { credentialsOf, onBehalfOf } from './credentials.ts'
import { answerFhir, refuseFhir } from './fhir-answer.ts'
import { fhirInput, pageInput } from './input.ts'
import type { Actor, Keeper } from './keeper.ts'
import { methodsAt } from './methods.ts'
import { mustSendJson, mustTakeJson } from './negotiation.ts'
import { answerPage, type Frame, refusePage } from './page-answer.tsx'
import { type Passing, pass, passTogether } from './pass.ts'
import type { FhirAnswer, FhirRequest, Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'
import { openTurns, type Turns } from './turns.ts'
import { type Scan, type Uploads, uploadsWithin } from './uploads.ts'
import { watchRequests } from './watching.ts'

/** Each capability's ways in, by its name, which is also its database role. */
export type Mounted = Record<string, readonly Route[]>

export type DoorParts = {
  database: Database
  clock: Clock
  keeper: Keeper
  routes: Mounted
  frame: Frame
  /** Files under /assets/. */
  assets: ReadonlyMap<string, { type: string; body: string | Buffer; etag: string }>
  /** Where people reach the service; also decides whether cookies are marked secure. */
  publicUrl: () => string
  /** Looks at each file before anything else sees it. */
  scan: Scan
  log: (entry: Record<string, unknown>) => void
  /** Where the pages of registered apps come from: what they may ask over FHIR, and of the issuer, from a browser. */
  appOrigins: ReadonlySet<string>
  figures: Figures
  /** The demonstration's own OpenID issuer, which knows staff and no residents. */
  issuer?: { path: string; handle(request: IncomingMessage, response: ServerResponse): Promise<void> }
}

/** The header by which each answer says under which id the audit keeps it: whoever asks the service desk can be found by it. */
const auditedAs = 'x-audit-id'

const maxBody = 32 * 1024 * 1024
/** What somebody who has not signed in may send: a form of a few fields. */
const maxBodyFromAnyone = 64 * 1024
/** Of files being sent at one time, by everybody. */
const maxFilesAtOnce = 128 * 1024 * 1024

/**
 * Opens the way in. Every route is reached through `pass` (pass.ts): who asks, what they may, the decision, the audit in the same
 * transaction, and only then the answer. Nothing outside this folder sees the web framework.
 */
export async function openDoor(parts: DoorParts): Promise<FastifyInstance> {
  const turns = openTurns(parts.frame)
  const web = Fastify({
    serverFactory: turns.server,
    logger: false,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    bodyLimit: maxBody,
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: refuseNoRequest,
    frameworkErrors: (problem, request, reply) => void refuseAnywhere(parts, request, reply, problem),
  })
  watchRequests(web, parts.figures)
  await web.register(formbody)
  await web.register(multipart, { throwFileSizeLimit: false })
  // FHIR and other bodies stay text: parsing them would lose decimals, and an error must name its place.
  web.addContentTypeParser(
    ['application/json', 'application/fhir+json', 'text/json', 'text/plain', 'application/json-patch+json'],
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  // A file says itself in which character set it is written.
  web.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  web.addHook('onSend', async (request, reply) => {
    reply.header(auditedAs, request.id)
    if (request.url.startsWith('/fhir')) reply.headers(echoed(fhirHeaders(request)))
    for (const [name, value] of Object.entries(securityHeaders))
      if (!reply.hasHeader(name)) reply.header(name, value)
  })
  turns.endWith(web)
  const waysAt = methodsAt(Object.values(parts.routes).flat())
  web.setNotFoundHandler((request, reply) =>
    request.url.startsWith('/fhir')
      ? refuseFhir(parts, reply, noWayIn(reply, waysAt(request.url)))
      : refusePage(parts, undefined, request, reply, undefined),
  )
  web.setErrorHandler((problem, request, reply) => refuseAnywhere(parts, request, reply, problem))
  for (const [path, asset] of parts.assets) {
    web.get(path, (request, reply) => {
      reply.header('cache-control', 'public, max-age=3600').header('etag', asset.etag)
      return request.headers['if-none-match'] === asset.etag
        ? reply.code(304).send()
        : reply.type(asset.type).send(asset.body)
    })
  }
  answerApps(web, '/fhir', parts.appOrigins, waysAt)
  if (parts.issuer) await mountIssuer(web, parts.issuer, parts.appOrigins)
  const uploads = uploadsWithin(maxFilesAtOnce, parts.scan)
  for (const [capability, routes] of Object.entries(parts.routes))
    for (const route of routes) mount(web, parts, capability, route, uploads, turns)
  return web
}

/** An address that takes other methods says which. */
function noWayIn(reply: FastifyReply, methods: readonly string[]): unknown {
  if (methods.length === 0) return new NotFound()
  reply.header('allow', methods.join(', '))
  return { statusCode: 405 }
}

/** What went wrong before it was known which way in was meant. */
const refuseAnywhere = (parts: DoorParts, request: FastifyRequest, reply: FastifyReply, problem: unknown) =>
  request.url.startsWith('/fhir')
    ? refuseFhir(parts, reply, problem)
    : refusePage(parts, undefined, request, reply, problem)

/** What is not HTTP, or stops in the middle, never becomes a request. */
function refuseNoRequest(problem: { code?: string }, socket: Socket): void {
  if (problem.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, words] = notRequests[problem.code ?? ''] ?? [
    '400 Bad Request',
    'This is not a request that can be read.',
  ]
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${words.length}\r\n\r\n${words}`,
  )
}

const notRequests: Record<string, [status: string, words: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'Send less than 16 KB of headers.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not come in whole in time.'],
}

/** The issuer reads its own bodies and answers by itself. It is another service that happens to share our port. */
async function mountIssuer(
  web: FastifyInstance,
  issuer: NonNullable<DoorParts['issuer']>,
  appOrigins: ReadonlySet<string>,
): Promise<void> {
  await web.register(async (inside) => {
    inside.removeAllContentTypeParsers()
    inside.addContentTypeParser('*', (_request, _payload, done) => done(null))
    inside.all(`${issuer.path}/*`, async (request, reply) => {
      if (request.method === 'OPTIONS' && !isFromApp(request, appOrigins)) return reply.code(403).send()
      reply.hijack()
      await issuer.handle(request.raw, reply.raw)
    })
  })
}

function mount(
  web: FastifyInstance,
  parts: DoorParts,
  capability: string,
  route: Route,
  uploads: Uploads,
  turns: Turns,
): void {
  const { method, path, may } = route.definition
  const takesFiles = route.kind === 'page' && route.definition.takes !== undefined
  const asking: Asking = new WeakMap()
  web.route({
    // Node sends no body to a HEAD; all else is as for a GET, the decision and the audit as well.
    method: route.kind === 'fhir' && method === 'GET' ? ['GET', 'HEAD'] : method,
    url: path,
    bodyLimit: may.kind === 'anyone' ? maxBodyFromAnyone : maxBody,
    // Who asks is known before their body is read: a stranger cannot make the application hold what they send.
    onRequest: async (request) => {
      mayBringFiles(request, takesFiles)
      if (route.kind === 'page' && method === 'POST') mustBeSameOrigin(request, parts.publicUrl())
      asking.set(request, await whoAsks(parts, request, route))
    },
    preHandler: (request, reply) => turns.enter(request, reply, route, asking.get(request)),
    errorHandler: (problem, request, reply) =>
      route.kind === 'page'
        ? refusePage(parts, asking.get(request), request, reply, problem, route.definition)
        : refuseFhir(parts, reply, problem),
    handler:
      route.kind === 'page'
        ? pageHandler(parts, capability, route.definition, asking, uploads)
        : fhirHandler(parts, capability, route.definition, asking),
  })
}

type Asking = WeakMap<FastifyRequest, Actor | undefined>
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
type PageRoute = Extract<Route, { kind: 'page' }>['definition']
type FhirRoute = Extract<Route, { kind: 'fhir' }>['definition']

const pageHandler =
  (parts: DoorParts, capability: string, definition: PageRoute, asking: Asking, uploads: Uploads): Handler =>
  async (request, reply) => {
    const actor = asking.get(request)
    const answer = await pass(parts, capability, definition, actor, {
      request: request.id,
      read: () => pageInput(definition, request, reply, uploads),
      more: { session: credentialsOf(request.headers).session },
    })
    return answerPage(parts, actor, reply, answer)
  }

/** How requests to one FHIR operation pass: gathered where the operation says that they may be. */
function fhirHandler(parts: DoorParts, capability: string, definition: FhirRoute, asking: Asking): Handler {
  type Asked = { actor: Actor | undefined; passing: Passing<FhirRequest & { session: undefined }> }
  const gather = gatherer<Asked, FhirAnswer>((asked) => {
    parts.figures.round(asked.length)
    return passTogether(
      parts,
      capability,
      definition,
      asked[0]?.actor,
      asked.map(({ passing }) => passing),
    )
  })
  return async (request, reply) => {
    const actor = asking.get(request)
    const sent = fhirRequest(request, parts.publicUrl())
    const passing = {
      request: request.id,
      read: () => {
        mustNameTarget(sent.headers)
        mustTakeJson(request, definition.formats)
        if (isFhir(definition.path)) mustSendJson(request, definition.path)
        return fhirInput(definition, request)
      },
      more: { ...sent, session: undefined },
    }
    const answer =
      definition.gathered || definition.runAll
        ? await gather(JSON.stringify(actor), { actor, passing })
        : await pass(parts, capability, definition, actor, passing)
    return answerFhir(reply, answer)
  }
}

const fhirRequest = (request: FastifyRequest, publicUrl: string): FhirRequest => ({
  body: typeof request.body === 'string' ? request.body : '',
  bytes: Buffer.isBuffer(request.body) ? request.body : undefined,
  headers: fhirHeaders(request),
  base: `${publicUrl}/fhir`,
})

const fhirHeaders = ({ headers }: FastifyRequest): FhirRequest['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )

function mayBringFiles(request: FastifyRequest, may: boolean): void {
  if (!may && /^\s*multipart\//i.test(request.headers['content-type'] ?? ''))
    throw Object.assign(new Error('Files are not taken here'), { statusCode: 415 })
}

async function whoAsks(
  parts: DoorParts,
  request: FastifyRequest,
  { kind, definition: { may, path } }: Route,
): Promise<Actor | undefined> {
  const known = await parts.keeper.authenticate(
    { ...credentialsOf(request.headers), onBehalfOf: onBehalfOf(request.headers) },
    parts.clock.now(),
  )
  // An app asks over FHIR and nowhere else: its token opens no page.
  const actor = known?.app && !(kind === 'fhir' && isFhir(path)) ? undefined : known
  if (!actor && may.kind !== 'anyone') throw new NotSignedIn()
  return actor
}

const isFhir = (path: string): boolean => path === '/fhir' || path.startsWith('/fhir/')

/** A form of another site cannot act in the reader's name. Browsers say where a form came from; what says nothing is no browser. */
function mustBeSameOrigin(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const here = new Set([new URL(publicUrl).host, request.headers.host])
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new NotAllowed('the form came from another site')
  if (origin !== undefined && !here.has(URL.parse(origin)?.host ?? ''))
    throw new NotAllowed('the form came from another site')
}
