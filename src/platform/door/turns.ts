import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type TurnAway, turnerAway } from './busy.tsx'
import { credentialsOf } from './credentials.ts'
import type { Actor } from './keeper.ts'
import type { Frame } from './page-answer.tsx'
import { type Arriving, type Lane, type Over, openQueue } from './queue.ts'
import type { Route } from './route.ts'

export type Turns = ReturnType<typeof openTurns>

/** A load balancer, whoever watches over the place, and what a page is dressed with are answered however many come. */
const alwaysAnswered = /^\/(?:health|metrics|assets)\b/
/** Of people and systems together; a proxy in front keeps far fewer open. */
const mostConnections = 10_000
/** A request that has not come in whole by then is let go, so that slow ones cannot hold what others wait for. */
const mostMilliseconds = 300_000
/** Longer than a proxy in front keeps a connection, so that it never sends on one that we are closing. */
const mostIdle = 72_000
const mostKnown = 10_000

/**
 * The queue in front of every way in (queue.ts). Whoever would wait too long is told so before the framework has seen them, and waits, if there
 * is time, only once all that they send has come in: who sends slowly keeps nobody waiting. Files have room of their own (uploads.ts).
 */
export function openTurns(frame: Frame) {
  const queue = openQueue(() => performance.now())
  const away: TurnAway = turnerAway(frame)
  const going = new WeakMap<FastifyRequest, Over>()
  const { guess, knowing } = whoStands()
  return {
    server(listener: RequestListener): Server {
      const server = createServer((request, response) =>
        alwaysAnswered.test(request.url ?? '') || !queue.isFull(arrivingOf(request, guess(request)))
          ? listener(request, response)
          : away(request, response),
      )
      server.maxConnections = mostConnections
      server.requestTimeout = mostMilliseconds
      server.keepAliveTimeout = mostIdle
      return server
    },
    /** The work is over when its answer is there; how fast it is read is the reader's affair. */
    endWith(web: FastifyInstance): void {
      web.addHook('onSend', async (request, reply) => going.get(request)?.(reply.statusCode < 500))
    },
    async enter(request: FastifyRequest, reply: FastifyReply, route: Route, actor?: Actor): Promise<void> {
      const { path } = route.definition
      if (alwaysAnswered.test(path) || (route.kind === 'page' && route.definition.takes !== undefined)) return
      const over = await queue.enter(arrivingOf(request.raw, knowing(request.raw, actor), path))
      if (over) going.set(request, over)
      else {
        reply.hijack()
        away(request.raw, reply.raw)
      }
    },
  }
}

type Standing = Pick<Arriving, 'lane' | 'from'>
const stranger: Standing = { lane: 'strangers', from: '' }

/**
 * Whose a request is. Before anybody has looked, it is guessed by what it brings, and what is made up looks like a newcomer. Who then turns out to
 * be nobody stands with everybody who has not signed in: made-up tokens, however many, take no turn from anybody who has. Whoever has signed in
 * has one place, however many tokens.
 */
function whoStands() {
  const known = new Map<string, string>()
  const brought = ({ headers }: IncomingMessage): string | undefined => {
    const { session, bearer } = credentialsOf(headers)
    return bearer ?? session
  }
  const laneOf = ({ headers }: IncomingMessage): Lane =>
    headers.authorization === undefined ? 'people' : 'systems'
  return {
    guess(request: IncomingMessage): Standing {
      const token = brought(request)
      return token === undefined
        ? stranger
        : { lane: laneOf(request), from: known.get(token) ?? `token ${token}` }
    },
    knowing(request: IncomingMessage, actor: Actor | undefined): Standing {
      if (!actor) return stranger
      const from = `${actor.id} ${actor.app?.client ?? ''}`
      const token = brought(request)
      if (known.size >= mostKnown) known.clear()
      if (token !== undefined) known.set(token, from)
      return { lane: laneOf(request), from }
    },
  }
}

/** What is larger costs more. */
function arrivingOf({ method, headers }: IncomingMessage, standing: Standing, path = ''): Arriving {
  const size = Math.ceil(Math.log2(1 + Number(headers['content-length'] ?? 0) / 4096) / 2)
  return { ...standing, work: `${method} ${path} ${size}` }
}
