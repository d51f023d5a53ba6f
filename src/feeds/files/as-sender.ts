import { randomUUID } from 'node:crypto'
import { keeperOf, type Place } from '../../access/index.ts'
import { filesOf } from '../../people/index.ts'
import type { Actor, Clock, Database, Db } from '../../platform/index.ts'

export type FileParts = {
  place: Place
  database: Database
  clock: Clock
  log: (entry: Record<string, unknown>) => void
}

/** What the audit keeps of work that was done: whom it concerned, and what it was. */
export type Told = { people?: string[]; detail?: Record<string, unknown>; failed?: boolean }

export type AsSender = <Result>(
  actor: Actor,
  what: { capability: 'record' | 'feeds'; action: string },
  work: (db: Db, now: Date) => Promise<Result>,
  tell?: (result: Result) => Told,
) => Promise<Result>

/** Work that nobody waits for at the door, done as a sender: in one transaction under the sender’s scope, audited in it as the door does. */
export function asSender({ place, database, clock }: FileParts): AsSender {
  const keeper = keeperOf(place, filesOf, async () => undefined)
  return async (actor, { capability, action }, work, tell = () => ({})) => {
    const now = clock.now()
    const settings = keeper.settings(actor, keeper.scope(actor, 'feed', now), now)
    let told: Told = {}
    return database.transaction(
      capability,
      settings,
      async (db) => {
        const result = await work(db, now)
        told = tell(result)
        return result
      },
      (db) =>
        keeper.audit(db, actor, {
          request: randomUUID(),
          purpose: 'feed',
          action,
          outcome: told.failed ? 'failed' : 'allowed',
          basis: 'own source',
          people: told.people ?? [],
          detail: told.detail ?? {},
        }),
    )
  }
}
