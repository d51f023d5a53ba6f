import { Agent, request as httpRequest } from 'node:http'
import { performance } from 'node:perf_hooks'

export type Call = { method: 'GET' | 'POST'; path: string; body?: string; headers?: Record<string, string> }
export type Measured = {
  perSecond: number
  p50: number
  p95: number
  p99: number
  failed: number
  done: number
}

/** Sends calls from `clients` that never pause, for some seconds after a warm-up; times in milliseconds. */
export async function drive(
  base: string,
  clients: number,
  seconds: number,
  next: (n: number) => Call,
): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  let sent = 0
  let failed = 0
  let times: number[] = []
  let measuring = false
  let ends = performance.now() + 1000
  const client = async () => {
    while (performance.now() < ends) {
      const began = performance.now()
      const status = await call(base, agent, next(sent++))
      if (!measuring) continue
      if (status >= 300) failed++
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  measuring = true
  times = []
  const began = performance.now()
  ends = began + seconds * 1000
  await Promise.all(Array.from({ length: clients }, client))
  const took = (performance.now() - began) / 1000
  agent.destroy()
  return { ...spread(times), perSecond: Math.round(times.length / took), failed, done: times.length }
}

/** The same for work that is not HTTP. */
export async function repeat(
  workers: number,
  seconds: number,
  work: (n: number) => Promise<unknown>,
): Promise<Measured> {
  let sent = 0
  const times: number[] = []
  const began = performance.now()
  const ends = began + seconds * 1000
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (performance.now() < ends) {
        const start = performance.now()
        await work(sent++)
        times.push(performance.now() - start)
      }
    }),
  )
  return {
    ...spread(times),
    perSecond: Math.round(times.length / ((performance.now() - began) / 1000)),
    failed: 0,
    done: times.length,
  }
}

function spread(times: number[]) {
  const sorted = times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

function call(base: string, agent: Agent, { method, path, body, headers }: Call): Promise<number> {
  return new Promise((done, broken) => {
    const request = httpRequest(
      base + path,
      {
        method,
        agent,
        headers: { ...headers, ...(body ? { 'content-length': Buffer.byteLength(body) } : {}) },
      },
      (response) => {
        response.resume()
        response.on('end', () => done(response.statusCode ?? 0))
      },
    )
    request.on('error', broken)
    request.end(body)
  })
}

/** One JSON line. */
export const report = (line: Record<string, unknown>): void => console.log(JSON.stringify(line))
