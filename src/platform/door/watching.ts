import type { FastifyInstance, FastifyRequest } from 'fastify'
import { begin, type Figures, isTraced, within } from '../telemetry/index.ts'

type Span = NonNullable<ReturnType<typeof begin>>

/** Counts and traces every request by its route's pattern: an address may hold a reference to somebody. */
export function watchRequests(web: FastifyInstance, figures: Figures): void {
  const spans = new WeakMap<FastifyRequest, Span>()
  web.addHook('onRequest', (request, _reply, done) => {
    if (!isTraced()) return done()
    const route = routeOf(request)
    const traceparent = request.headers['traceparent']
    const span = begin(
      `${request.method} ${route}`,
      { 'http.request.method': request.method, 'http.route': route },
      typeof traceparent === 'string' ? traceparent : undefined,
    )
    if (!span) return done()
    spans.set(request, span)
    within(span, done)
  })
  web.addHook('onResponse', (request, reply, done) => {
    figures.answered(request.method, routeOf(request), reply.statusCode, reply.elapsedTime / 1000)
    const span = spans.get(request)
    span?.setAttribute('http.response.status_code', reply.statusCode)
    if (reply.statusCode >= 500) span?.setStatus({ code: 2 })
    span?.end()
    done()
  })
}

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none'
