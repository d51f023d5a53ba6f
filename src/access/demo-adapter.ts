import type { Adapter, AdapterPayload } from 'oidc-provider'
import { systemClock } from '../platform/index.ts'

type Kept = { payload: AdapterPayload; until: number }

const kept = new Map<string, Kept>()
/** From here on what has ended is swept out: each assertion of a system is remembered until then. */
const most = 10_000

/** The demonstration issuer's sessions and codes, in memory: they end with the process, and then everyone signs in again. */
export class DemoAdapter implements Adapter {
  readonly #kind: string
  constructor(kind: string) {
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, seconds: number): Promise<void> {
    const now = systemClock.now().getTime()
    if (kept.size >= most) for (const [key, { until }] of kept) if (until <= now) kept.delete(key)
    kept.set(`${this.#kind}:${id}`, { payload, until: now + seconds * 1000 })
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const found = kept.get(`${this.#kind}:${id}`)
    if (found && found.until > systemClock.now().getTime()) return found.payload
    kept.delete(`${this.#kind}:${id}`)
    return undefined
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#all().find((payload) => payload.uid === uid)
  }

  // house allows words: oidc-provider's own name for a flow that the demonstration does not have
  async findByUserCode(): Promise<undefined> {
    return undefined
  }

  async consume(id: string): Promise<void> {
    const found = kept.get(`${this.#kind}:${id}`)
    if (found) found.payload.consumed = Math.floor(systemClock.now().getTime() / 1000)
  }

  async destroy(id: string): Promise<void> {
    kept.delete(`${this.#kind}:${id}`)
  }

  async revokeByGrantId(grant: string): Promise<void> {
    for (const [key, { payload }] of kept) if (payload.grantId === grant) kept.delete(key)
  }

  #all(): AdapterPayload[] {
    return [...kept].filter(([key]) => key.startsWith(`${this.#kind}:`)).map(([, { payload }]) => payload)
  }
}
