import { AsyncLocalStorage } from 'node:async_hooks'
import type { Attributes, Span, SpanContext, Tracer } from '@opentelemetry/api'

/**
 * Traces for OpenTelemetry: off unless an endpoint is set, and then a span for each request, message, job, transaction and kind of statement.
 * A span carries names of our own (a route's pattern, a job's name) and ids of its own, never an address, a value or anything about a person.
 * What a span is part of is found in the surroundings of the code that runs: the one thing here that is, since nothing is decided by it.
 */
type Tracing = {
  tracer: Tracer
  childOf(parent: SpanContext | undefined): Parameters<Tracer['startSpan']>[2]
}

let tracing: Tracing | undefined
const surroundings = new AsyncLocalStorage<Span>()

export const isTraced = (): boolean => tracing !== undefined

/** @param endpoint of an OTLP receiver, such as http://localhost:4318. Returns what ends it, once everything is sent. */
export async function startTracing(endpoint: string): Promise<() => Promise<void>> {
  const [api, sdk, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ])
  const attributes = { 'service.name': 'golden-thread' }
  const resource = {
    attributes,
    merge: () => resource,
    getRawAttributes: () => Object.entries(attributes),
  }
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new sdk.BasicTracerProvider({
    resource,
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  })
  tracing = {
    tracer: provider.getTracer('golden-thread'),
    childOf: (parent) => (parent ? api.trace.setSpanContext(api.ROOT_CONTEXT, parent) : api.ROOT_CONTEXT),
  }
  return async () => {
    tracing = undefined
    await provider.shutdown()
  }
}

/** Runs the work in a span of this name. `traceparent`: what it continues, as another system sent it. */
export async function traced<Result>(
  name: string,
  attributes: Attributes,
  work: () => Result | Promise<Result>,
  traceparent?: string,
): Promise<Result> {
  if (!tracing) return work()
  const span = begin(name, attributes, traceparent) as Span
  try {
    return await surroundings.run(span, work)
  } catch (problem) {
    fail(span, problem)
    throw problem
  } finally {
    span.end()
  }
}

/** For a span whose end is elsewhere; what `within` runs is part of it. */
export function begin(name: string, attributes: Attributes, traceparent?: string): Span | undefined {
  if (!tracing) return undefined
  const parent = remote(traceparent) ?? surroundings.getStore()?.spanContext()
  return tracing.tracer.startSpan(name, { attributes }, tracing.childOf(parent))
}
export const within = (span: Span, work: () => void): void => surroundings.run(span, work)

/** The kind of an error, never its words: they may quote a person's data. */
function fail(span: Span, problem: unknown): void {
  const kind = problem instanceof Error ? problem.name : 'error'
  span.setAttribute('error.type', kind).setStatus({ code: 2 })
}

/** W3C trace context: what goes out with a request to another system. */
export function traceHeaders(): Record<string, string> {
  const here = tracing && surroundings.getStore()?.spanContext()
  if (!here) return {}
  return { traceparent: `00-${here.traceId}-${here.spanId}-${here.traceFlags.toString(16).padStart(2, '0')}` }
}

/** For a line of the log. */
export function traceId(): { trace: string } | undefined {
  const here = tracing && surroundings.getStore()?.spanContext()
  return here ? { trace: here.traceId } : undefined
}

function remote(header: string | undefined): SpanContext | undefined {
  const found = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})\b/.exec(header ?? '')
  const [, trace = '', span = '', flags = ''] = found ?? []
  if (!found || /^0+$/.test(trace) || /^0+$/.test(span)) return undefined
  return { traceId: trace, spanId: span, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true }
}
