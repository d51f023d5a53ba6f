import { randomUUID } from 'node:crypto'
import { type Place, regionalActor, type Scope } from '../../access/index.ts'
import {
  type Actor,
  type Clock,
  type Database,
  type Db,
  type Keeper,
  namedProblem,
  type RegionalEndpoint,
  Unavailable,
} from '../../platform/index.ts'
import { referenceBodies, shareableOf } from '../../record/index.ts'
import { differences, mayPass, nextAttempt, type Push, pushOf, referredTo } from './push.ts'
import { openRegion } from './region.ts'
import { claim, type Due, delivered, failed, noteDelivery, sentOf, sweep } from './regional.queries.ts'

type Parts = {
  place: Place
  to: RegionalEndpoint
  database: Database
  keeper: Keeper<Scope>
  clock: Clock
  log: (entry: Record<string, unknown>) => void
}

export type RegionalFeed = { close(): Promise<void> }

const pause = 500
const claimFor = 120_000
const day = 86_400_000

/**
 * Sends what changes to the regional record. One file at a time, so that what is about one person arrives in order; what may be shared is
 * decided at the moment of sending, as for any reader, and audited before it leaves. Everything is looked at again at start and every day.
 *
 * It is no job of the worker: it waits for another system, which nothing in a transaction may do.
 */
export function openRegionalFeed(parts: Parts): RegionalFeed {
  const { clock, log } = parts
  if (!parts.place.regionalRecord)
    throw new Unavailable('REGIONAL_RECORD_URL is set, but place.json names no regionalRecord.')
  const region = openRegion(parts.to, () => clock.now())
  const closing = new AbortController()
  const swept = { at: 0 }

  const turn = async (): Promise<boolean> => {
    const now = clock.now()
    if (now.getTime() - swept.at >= day) {
      await inScope(parts, now, sweep)
      swept.at = now.getTime()
    }
    const due = await inScope(parts, now, (db) => claim(db, now, new Date(now.getTime() + claimFor)))
    if (!due) return false
    const push = await pushFor(parts, due)
    const delivery = push ? await region.deliver(push, closing.signal) : {}
    // Closing is no failure: whoever starts next takes it up when the claim has ended.
    if (closing.signal.aborted && delivery.problem !== undefined) return false
    await settle(parts, due, push, delivery)
    return true
  }

  const going = (async () => {
    while (!closing.signal.aborted) {
      const more = await turn().catch((problem) => {
        log({ level: 'error', at: 'regional-feed', problem: namedProblem(problem) })
        return false
      })
      if (!more) await idle(closing.signal)
    }
  })()
  return {
    close: async () => {
      closing.abort()
      await going
    },
  }
}

const idle = (closing: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, pause)
    const wake = () => {
      clearTimeout(timer)
      done()
    }
    closing.addEventListener('abort', wake, { once: true })
  })

/** One transaction with the scope that the region has at this moment. */
async function inScope<Result>(
  { place, database, keeper }: Parts,
  now: Date,
  work: (db: Db, scope: Scope, actor: Actor) => Promise<Result>,
  people: () => { file: string; detail: Record<string, unknown> } | undefined = () => undefined,
): Promise<Result> {
  const actor = regionalActor(place, now) as Actor
  const scope = keeper.scope(actor, 'direct care', now)
  return database.transaction(
    'record',
    keeper.settings(actor, scope, now),
    (db) => work(db, scope, actor),
    (db) => {
      const told = people()
      if (!told) return undefined
      return keeper.audit(db, actor, {
        request: randomUUID(),
        purpose: 'direct care',
        action: 'regional.send',
        outcome: 'allowed',
        basis: 'registered practice',
        people: [told.file],
        detail: told.detail,
      })
    },
  )
}

/** What the region lacks of this file, decided and audited now. */
async function pushFor(parts: Parts, { file }: Due): Promise<Push | undefined> {
  let push: Push | undefined
  await inScope(
    parts,
    parts.clock.now(),
    async (db, scope) => {
      const changed = differences(await shareableOf(db, scope, file), await sentOf(db, file))
      const references = await referenceBodies(db, referredTo(changed.put.map(({ body }) => body)))
      push = pushOf(changed, references, parts.to.url)
    },
    () => push && { file, detail: { key: push.key, sent: push.put.length, withdrawn: push.gone.length } },
  )
  return push
}

async function settle(
  parts: Parts,
  due: Due,
  push: Push | undefined,
  { status, problem }: { status?: number; problem?: string },
): Promise<void> {
  const now = parts.clock.now()
  await inScope(parts, now, async (db) => {
    if (problem === undefined) {
      await delivered(db, due, push)
      if (push) await noteDelivery(db, due.file, push, { outcome: 'delivered', status })
      return
    }
    const again = status === undefined || mayPass(status)
    const next = again ? nextAttempt(due.attempts + 1, now) : undefined
    await failed(db, due, { next, now, problem })
    if (push)
      await noteDelivery(db, due.file, push, { outcome: next ? 'failed' : 'given up', status, problem })
    parts.log({
      level: next ? 'warn' : 'error',
      at: 'regional-feed',
      event: next ? 'failed' : 'given up',
      status,
    })
  })
}
