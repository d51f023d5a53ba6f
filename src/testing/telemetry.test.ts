import { createServer, type Server } from 'node:http'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTracing } from '../platform/index.ts'
import { type TestApp, testApp } from './app.ts'
import { systemToken } from './http.ts'

type Sent = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
}

/** A receiver of traces as any OpenTelemetry collector is one: OTLP over HTTP. */
const received: Sent[] = []
const bodies: string[] = []
let collector: Server
let end: () => Promise<void>
let app: TestApp
let token: string
beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString()
    bodies.push(body)
    for (const { scopeSpans } of JSON.parse(body).resourceSpans)
      for (const { spans } of scopeSpans) received.push(...spans)
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise<void>((ready) => collector.listen(0, '127.0.0.1', ready))
})
afterAll(async () => {
  await app.close()
  collector.close()
})

const patient = (id: string) =>
  JSON.stringify({
    resourceType: 'Patient',
    id,
    identifier: [{ system: 'https://golden-thread.example/Id/test', value: id }],
    name: [{ family: 'Tracedperson', given: ['Secretname'] }],
    birthDate: '1951-02-03',
  })
const put = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${app.base}/fhir/Patient/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...headers },
    body: patient(id),
  })

describe('traces', () => {
  const trace = '0af7651916cd43dd8448eb211c80319c'
  test('a request continues the trace of whoever asks, down to each kind of statement, and tells nothing of anybody', async () => {
    const { port } = collector.address() as { port: number }
    end = await startTracing(`http://127.0.0.1:${port}`)
    expect((await put('traced-1', { traceparent: `00-${trace}-b7ad6b7169203331-01` })).status).toBe(201)
    const found = await fetch(`${app.base}/fhir/Patient?identifier=Secretquery`, {
      headers: { authorization: `Bearer ${token}` },
    })
    await found.arrayBuffer()
    await end()

    const ours = received.filter(({ traceId }) => traceId === trace)
    const byId = new Map(ours.map((span) => [span.spanId, span]))
    const request = ours.find(({ name }) => name === 'PUT /fhir/:type/:id')
    expect(request).toMatchObject({ parentSpanId: 'b7ad6b7169203331' })
    expect(request?.attributes).toContainEqual({
      key: 'http.response.status_code',
      value: { intValue: 201 },
    })
    const transactions = ours.filter(({ name }) => name === 'transaction')
    expect(transactions.map(({ parentSpanId }) => byId.get(parentSpanId ?? '')?.name)).toContain(
      'PUT /fhir/:type/:id',
    )
    const inserts = ours.filter(({ name }) => name === 'insert' || name === 'with')
    expect(inserts.length).toBeGreaterThan(0)
    for (const each of inserts) expect(byId.get(each.parentSpanId ?? '')?.name).toBe('transaction')

    const all = bodies.join('\n')
    for (const secret of ['traced-1', 'Tracedperson', 'Secretname', 'Secretquery', '1951-02-03', token])
      expect(all).not.toContain(secret)
  })

  test('nothing is sent, or kept, while tracing is off; a receiver that is not there harms nobody', async () => {
    const before = received.length
    expect((await put('traced-2', { traceparent: `00-${trace}-b7ad6b7169203331-01` })).status).toBe(201)
    end = await startTracing('http://127.0.0.1:1')
    expect((await put('traced-3')).status).toBe(201)
    await end().catch(() => undefined)
    expect(received).toHaveLength(before)
  })
})

describe('/metrics', () => {
  const metrics = async () =>
    (await fetch(`${app.base}/metrics`, { headers: { authorization: 'Bearer a-token-for-tests' } })).text()

  test('counts requests by route and status, never by address', async () => {
    await put('counted-person')
    await fetch(`${app.base}/fhir/Patient/counted-person`, { headers: { authorization: `Bearer ${token}` } })
    await fetch(`${app.base}/counted-nowhere?name=counted-name`)
    const text = await metrics()
    expect(text).toMatch(
      /golden_thread_request_seconds_count\{method="PUT",route="\/fhir\/:type\/:id",status="201"\} \d/,
    )
    expect(text).toMatch(
      /golden_thread_request_seconds_bucket\{method="GET",route="\/fhir\/:type\/:id",status="200",le="\+Inf"\} 1/,
    )
    expect(text).toMatch(/request_seconds_count\{method="GET",route="none",status="404"\} 1/)
    expect(text).not.toMatch(/counted-/)
  })

  test.each([
    ['golden_thread_round_requests_count', /^[1-9]/],
    ['golden_thread_pool_connections{state="most"}', /^10$/],
    ['golden_thread_pool_waiting', /^0$/],
    ['golden_thread_event_loop_delay_seconds{quantile="0.99"}', /^[\d.e-]+$/],
    ['golden_thread_memory_bytes{kind="resident"}', /^\d{8,}$/],
    ['golden_thread_jobs_failed', /^0$/],
    ['golden_thread_audit_unsealed', /^[1-9]\d*$/],
    ['golden_thread_audit_seal_lag_seconds', /^[\d.]+$/],
    ['golden_thread_rows_outside_months', /^0$/],
    ['golden_thread_months_ahead', /^[23]$/],
    ['golden_thread_database_bytes', /^\d{7,}$/],
    ['golden_thread_database_connections', /^\d+$/],
    ['golden_thread_audit_rows', /^\d+$/],
  ])('has %s', async (name, value) => {
    const line = (await metrics()).split('\n').find((each) => each.startsWith(`${name} `))
    expect(line?.slice(name.length + 1)).toMatch(value)
  })

  test('a job that failed for good is counted', async () => {
    const owner = new pg.Client({ connectionString: app.ownerUrl })
    await owner.connect()
    await owner.query(`select graphile_worker.add_job('nothing-of-the-kind', '{}'::json, max_attempts => 1)`)
    await owner.query(`update graphile_worker._private_jobs set attempts = max_attempts`)
    await owner.end()
    expect(await metrics()).toMatch(/golden_thread_jobs_failed 1\n/)
  })
})

test('a balancer is told in words, without figures, and without signing in', async () => {
  const answer = await fetch(`${app.base}/health/ready`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    status: 'ready',
    migrations: 'ok',
    disk: expect.stringMatching(/^(ok|low)$/),
    jobs: 'ok',
  })
  expect(await (await fetch(`${app.base}/health`)).json()).toEqual({ status: 'ok' })
})
