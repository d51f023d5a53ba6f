import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Database, Db } from '../db/index.ts'
import { NotAllowed, NotFound, NotSignedIn } from '../errors.ts'
import { answerFhir, refuseFhir } from './fhir-answer.ts'
import { fhirInput, pageInput } from './input.ts'
import type { Actor, AuditEntry, Credentials, Keeper, Person } from './keeper.ts'
import { answerPage, type Frame, refusePage } from './page-answer.tsx'
import type { May } from './policy.ts'
import type { Context, Route } from './route.ts'

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
  log: (entry: Record<string, unknown>) => void
  /** The demonstration's own OpenID issuer, which knows staff and no residents. */
  issuer?: { path: string; handle(request: IncomingMessage, response: ServerResponse): Promise<void> }
}

const maxBody = 32 * 1024 * 1024

/**
 * Opens the way in. Every route is reached through `pass`: who asks, what they may, the decision, the audit in the same
 * transaction, and only then the answer. Nothing outside this folder sees the web framework.
 */
export async function openDoor(parts: DoorParts): Promise<FastifyInstance> {
  const web = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    bodyLimit: maxBody,
    routerOptions: { maxParamLength: 200 },
  })
  await web.register(formbody)
  // FHIR and other bodies stay text: parsing them would lose decimals, and an error must name its place.
  web.addContentTypeParser(
    ['application/json', 'application/fhir+json', 'text/plain', 'application/json-patch+json'],
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  web.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(securityHeaders))
      if (!reply.hasHeader(name)) reply.header(name, value)
  })
  web.setNotFoundHandler((request, reply) => refusePage(parts, undefined, request, reply, undefined))
  web.setErrorHandler((problem, request, reply) =>
    request.url.startsWith('/fhir')
      ? refuseFhir(parts, reply, problem)
      : refusePage(parts, undefined, request, reply, problem),
  )
  for (const [path, asset] of parts.assets) {
    web.get(path, (request, reply) => {
      reply.header('cache-control', 'public, max-age=3600').header('etag', asset.etag)
      return request.headers['if-none-match'] === asset.etag
        ? reply.code(304).send()
        : reply.type(asset.type).send(asset.body)
    })
  }
  if (parts.issuer) await mountIssuer(web, parts.issuer)
  for (const [capability, routes] of Object.entries(parts.routes))
    for (const route of routes) mount(web, parts, capability, route)
  return web
}

/** The issuer reads its own bodies and answers by itself. It is another service that happens to share our port. */
async function mountIssuer(web: FastifyInstance, issuer: NonNullable<DoorParts['issuer']>): Promise<void> {
  await web.register(async (inside) => {
    inside.removeAllContentTypeParsers()
    inside.addContentTypeParser('*', (_request, _payload, done) => done(null))
    inside.all(`${issuer.path}/*`, async (request, reply) => {
      reply.hijack()
      await issuer.handle(request.raw, reply.raw)
    })
  })
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
}

function mount(web: FastifyInstance, parts: DoorParts, capability: string, route: Route): void {
  const { method, path } = route.definition
  web.route({
    method,
    url: path,
    handler: async (request, reply) => {
      let actor: Actor | undefined
      const notice = { actor: (found: Actor | undefined) => (actor = found) }
      try {
        return await (route.kind === 'page'
          ? passPage(parts, capability, route.definition, request, reply, notice)
          : passFhir(parts, capability, route.definition, request, reply, notice))
      } catch (problem) {
        return route.kind === 'page'
          ? refusePage(parts, actor, request, reply, problem, route.definition)
          : refuseFhir(parts, reply, problem)
      }
    },
  })
}

type Notice = { actor(found: Actor | undefined): void }
type PageRoute = Extract<Route, { kind: 'page' }>['definition']
type FhirRoute = Extract<Route, { kind: 'fhir' }>['definition']

async function passPage(
  parts: DoorParts,
  capability: string,
  definition: PageRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  notice: Notice,
) {
  if (definition.method === 'POST') mustBeSameOrigin(request, parts.publicUrl())
  const actor = await whoAsks(parts, request, definition.may)
  notice.actor(actor)
  const answer = await pass(
    parts,
    capability,
    definition,
    actor,
    () => pageInput(definition, request),
    (context) => definition.run({ ...context, session: credentialsOf(request).session }),
  )
  return answerPage(parts, actor, reply, answer)
}

async function passFhir(
  parts: DoorParts,
  capability: string,
  definition: FhirRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  notice: Notice,
) {
  const actor = await whoAsks(parts, request, definition.may)
  notice.actor(actor)
  const more = {
    body: typeof request.body === 'string' ? request.body : '',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    base: `${parts.publicUrl()}/fhir`,
  }
  const answer = await pass(
    parts,
    capability,
    definition,
    actor,
    () => fhirInput(definition, request),
    (context) => definition.run({ ...context, ...more, session: undefined }),
  )
  return answerFhir(reply, answer)
}

const nobody: Actor = {
  id: 'nobody',
  name: 'Nobody signed in',
  kind: 'system',
  role: 'nobody',
  organisation: '',
  teams: [],
}

/** The one passage: decide, run and audit in one transaction; a refusal is audited in a transaction of its own. */
async function pass<Result>(
  parts: DoorParts,
  capability: string,
  definition: { may: May; audit: string },
  actor: Actor | undefined,
  read: () => Record<string, unknown>,
  run: (context: Omit<Context<Record<string, unknown>>, 'session'>) => Promise<Result> | Result,
): Promise<Result> {
  const { keeper, database, clock } = parts
  const now = clock.now()
  const who = actor ?? nobody
  const purpose = 'purposes' in definition.may ? keeper.purpose(who, definition.may.purposes) : 'service'
  const scope = keeper.scope(who, purpose, now)
  const settings = keeper.settings(who, scope, now)
  const entry: AuditEntry = {
    request: randomUUID(),
    purpose,
    action: definition.audit,
    outcome: 'allowed',
    people: [],
    detail: {},
  }
  try {
    mustHold(keeper, definition.may, who, scope)
    // Only now: whoever may not do this at all learns nothing of what is wrong with what they sent.
    const input = read()
    const audited = definition.may.kind === 'anyone' ? undefined : (db: Db) => keeper.audit(db, actor, entry)
    const act = async (db: Db) => {
      entry.people = []
      entry.detail = {}
      const resolved = { ...input }
      if (typeof input['person'] === 'string') {
        const person = await keeper.person(db, input['person'], now)
        entry.people = person.files.slice(0, 1)
        if (definition.may.kind === 'reads')
          entry.basis = keeper.decide(who, scope, definition.may.categories, person, now)
        resolved['person'] = person satisfies Person
      }
      return run({
        db,
        actor: who,
        now,
        scope,
        input: resolved as never,
        shown: (files, detail) => {
          entry.people = [...new Set([...entry.people, ...files])]
          entry.detail = { ...entry.detail, ...detail }
        },
      })
    }
    return await database.transaction(capability, settings, act, audited)
  } catch (problem) {
    const refusal = refusalOf(problem, entry)
    if (!refusal) throw problem
    await database.transaction(
      capability,
      settings,
      async () => undefined,
      (db) => keeper.audit(db, actor, refusal),
    )
    throw problem
  }
}

/** What the audit keeps of a refusal; a thing that is not there for anybody is none. */
function refusalOf(problem: unknown, entry: AuditEntry): AuditEntry | undefined {
  if (problem instanceof NotAllowed)
    return { ...entry, outcome: 'refused', detail: { ...entry.detail, why: problem.why } }
  if (problem instanceof NotFound && problem.about.length > 0)
    return { ...entry, outcome: 'refused', people: problem.about, detail: { why: 'out of scope' } }
  return undefined
}

function mustHold(keeper: Keeper, may: May, actor: Actor, scope: unknown): void {
  if (may.kind === 'lists' || may.kind === 'reads') keeper.decideAtAll(actor, scope, may.categories)
  if (may.kind === 'holds' && !keeper.capabilities(actor).has(may.capability)) throw new NotAllowed('role')
}

async function whoAsks(parts: DoorParts, request: FastifyRequest, may: May): Promise<Actor | undefined> {
  const actor = await parts.keeper.authenticate(credentialsOf(request), parts.clock.now())
  if (!actor && may.kind !== 'anyone') throw new NotSignedIn()
  return actor
}

function credentialsOf(request: FastifyRequest): Credentials {
  const session = /(?:^|;\s*)session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  return { session, bearer }
}

/** A form of another site cannot act in the reader's name. Browsers say where a form came from; what says nothing is no browser. */
function mustBeSameOrigin(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const here = new Set([new URL(publicUrl).host, request.headers.host])
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new NotAllowed('the form came from another site')
  if (origin !== undefined && (origin === 'null' || !here.has(new URL(origin).host)))
    throw new NotAllowed('the form came from another site')
}
