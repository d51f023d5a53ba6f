import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Histogram, Metric } from './metrics-text.ts'

/** What this process has done since it started, for a monitoring system. Labels are of a fixed set: a route's pattern, never an address. */
export type Figures = {
  answered(method: string, route: string, status: number, seconds: number): void
  /** So many requests shared a transaction. */
  round(size: number): void
  metrics(): (Metric | Histogram)[]
  close(): void
}

const secondsBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const roundBounds = [1, 2, 4, 8, 16, 32, 64]

type Tally = { counts: number[]; sum: number }
const tally = (bounds: readonly number[]): Tally => ({ counts: bounds.map(() => 0).concat(0), sum: 0 })
function add(to: Tally, bounds: readonly number[], value: number): void {
  const at = bounds.findIndex((bound) => value <= bound)
  const index = at < 0 ? bounds.length : at
  to.counts[index] = (to.counts[index] ?? 0) + 1
  to.sum += value
}

/** A process's connections to the database. */
type Pool = { connections(): { open: number; idle: number; waiting: number; most: number } }

export function openFigures(database: Pool): Figures {
  const requests = new Map<string, Tally & { labels: Record<string, string> }>()
  const rounds = tally(roundBounds)
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  return {
    answered(method, route, status, seconds) {
      const key = `${method} ${route} ${status}`
      let known = requests.get(key)
      if (!known) {
        known = { ...tally(secondsBounds), labels: { method, route, status: String(status) } }
        requests.set(key, known)
      }
      add(known, secondsBounds, seconds)
    },
    round: (size) => add(rounds, roundBounds, size),
    metrics: () => [
      {
        name: 'golden_thread_request_seconds',
        help: 'How long requests took, by route and status; 503 was turned away',
        type: 'histogram',
        bounds: secondsBounds,
        values: [...requests.values()],
      },
      {
        name: 'golden_thread_round_requests',
        help: 'How many requests of one actor shared a transaction',
        type: 'histogram',
        bounds: roundBounds,
        values: [{ labels: {}, ...rounds }],
      },
      ...ofConnections(database),
      ...ofProcess(delay),
    ],
    close: () => delay.disable(),
  }
}

function ofConnections(database: Pool): Metric[] {
  const { open, idle, waiting, most } = database.connections()
  return [
    {
      name: 'golden_thread_pool_connections',
      help: 'Connections of this process to the database: in use, idle, and as many as there may be',
      values: [
        { labels: { state: 'in use' }, value: open - idle },
        { labels: { state: 'idle' }, value: idle },
        { labels: { state: 'most' }, value: most },
      ],
    },
    {
      name: 'golden_thread_pool_waiting',
      help: 'Transactions of this process that wait for a connection',
      values: [{ labels: {}, value: waiting }],
    },
  ]
}

/** Since it was asked last. */
function ofProcess(delay: ReturnType<typeof monitorEventLoopDelay>): Metric[] {
  const seconds = (nanoseconds: number) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0)
  const late = [
    ['0.5', delay.percentile(50)],
    ['0.99', delay.percentile(99)],
    ['1', delay.max],
  ] as const
  const values = late.map(([quantile, value]) => ({ labels: { quantile }, value: seconds(value) }))
  delay.reset()
  const { rss, heapUsed, external } = process.memoryUsage()
  return [
    {
      name: 'golden_thread_event_loop_delay_seconds',
      help: 'How late the process came to what was due, since the last time these figures were read',
      values,
    },
    {
      name: 'golden_thread_memory_bytes',
      help: 'Memory of this process',
      values: [
        { labels: { kind: 'resident' }, value: rss },
        { labels: { kind: 'heap' }, value: heapUsed },
        { labels: { kind: 'external' }, value: external },
      ],
    },
  ]
}
