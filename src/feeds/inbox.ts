import { randomUUID } from 'node:crypto'
import { keeperOf, type Place } from '../access/index.ts'
import { filesOf } from '../people/index.ts'
import {
  type Actor,
  type Clock,
  Conflict,
  type Database,
  type Db,
  type Fault,
  Invalid,
  namedProblem,
} from '../platform/index.ts'
import type { Sending } from '../record/index.ts'
import { acknowledge, answerFor, isReason, type Quarantine } from './acknowledgement.ts'
import { readyAdt } from './apply-adt.ts'
import { type Arrival, mustBeWelcome, readArrival } from './arrival.ts'
import { encode } from './charset.ts'
import { parseMessage } from './hl7.ts'
import { earlierThan, keepMessage, keepState, takeTurns } from './inbox.queries.ts'
import type { Log } from './mllp.ts'

export type InboxParts = { place: Place; database: Database; clock: Clock; log: Log }

type Keeper = ReturnType<typeof keeperOf>

/**
 * Takes in messages one by one. Each is in the database before its acknowledgement exists: applied to the record and kept, or kept in
 * quarantine with the reason.
 *
 * It all happens in one transaction of role `record`: the record's tables can be written by that role alone, and the two tables of feeds
 * are granted to it. The other way round would have opened every table of the record to a second role.
 * @throws when the database cannot be used; then nothing is kept and there must be no answer
 */
export function openInbox(parts: InboxParts): (bytes: Buffer) => Promise<Buffer> {
  const keeper = keeperOf(parts.place, filesOf, async () => undefined)
  return async (bytes) => {
    const now = parts.clock.now()
    const mayWrite = (actor: Actor) => keeper.scope(actor, 'feed', now).ownSource !== undefined
    const arrival = readArrival(parts.place, bytes, now, mayWrite)
    const quarantine = await takeIn(parts, keeper, arrival)
    return encode(acknowledge(arrival.header, quarantine, randomUUID(), now), arrival.charset)
  }
}

/** Applies the message; or keeps it in quarantine in a transaction of its own, since a half-applied one is rolled back. */
async function takeIn(parts: InboxParts, keeper: Keeper, arrival: Arrival): Promise<Quarantine | undefined> {
  try {
    mustBeWelcome(arrival)
    await inTurn(() => audited(parts, keeper, arrival, (db) => apply(parts.place, arrival, db)))
    return undefined
  } catch (problem) {
    if (isPassing(problem)) throw problem
    const why = quarantineFor(problem)
    await audited(parts, keeper, arrival, (db) => setAside(arrival, why, db))
    parts.log({
      level: problem instanceof Invalid ? 'warn' : 'error',
      at: 'feeds',
      event: 'quarantined',
      message: arrival.kept.id,
      sender: arrival.kept.sender,
      answer: answerFor(why),
      reason: why.reason,
      place: why.place,
      ...(!(problem instanceof Invalid) && { problem: namedProblem(problem) }),
    })
    return why
  }
}

type Audited = { file?: string | null; detail?: Record<string, unknown>; failed?: boolean }

/** As the door does it: the audit is written in the transaction of what it records. The request is the message. */
async function audited(
  parts: InboxParts,
  keeper: Keeper,
  { kept, actor, now }: Arrival,
  work: (db: Db) => Promise<Audited>,
): Promise<void> {
  const who = actor ?? nobody
  // A source goes on about what was reported as somebody else’s: its next message must find the item, hidden as it is.
  const settings = { ...keeper.settings(who, keeper.scope(who, 'feed', now), now), 'gt.keeping': 'yes' }
  let done: Audited = {}
  await parts.database.transaction(
    'record',
    settings,
    async (db) => {
      done = await work(db)
    },
    (db) =>
      keeper.audit(db, actor, {
        request: kept.id,
        purpose: 'feed',
        action: 'feed.hl7',
        outcome: done.failed ? 'failed' : 'allowed',
        ...(actor && { basis: 'own source' }),
        people: done.file ? [done.file] : [],
        detail: { type: kept.messageType, event: kept.event, ...done.detail },
      }),
  )
}

const nobody: Actor = { id: '', name: '', kind: 'system', role: 'nobody', organisation: '', teams: [] }

/** Somebody else changed the same Patient or Encounter at the same moment: read again, and apply to that. */
async function inTurn(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (problem) {
      const collided = problem instanceof Conflict || (problem as { code?: string }).code === '23505'
      if (!collided || tries === 3) throw problem
    }
  }
}

async function apply(place: Place, arrival: Arrival, db: Db): Promise<Audited> {
  const { kept, text, now } = arrival
  const adt = readyAdt(parseMessage(text), sendingOf(place, arrival))
  await takeTurns(db, kept, adt.personKey)
  const earlier = await earlierThan(db, kept)
  const applied = earlier.find(({ same, state }) => same && (state === 'applied' || state === 'replayed'))
  if (applied) {
    await keepMessage(db, kept, { state: 'repeat' })
    return { file: applied.file, detail: { repeat: true } }
  }
  if (earlier.some((each) => !each.same)) {
    const words = 'Another message came under this control id'
    throw new Invalid([{ path: 'MSH-10', words, code: 'control id reused' }])
  }
  const { to, notes } = await adt.keep(db, now)
  await keepMessage(db, kept, { state: 'applied', why: noted(notes), to })
  // It was in quarantine, was sent again, and now it could be applied.
  for (const { id } of earlier) await keepState(db, { id, source: kept.source }, { state: 'replayed' })
  return { file: to.file }
}

/** A sender that keeps trying what is already in quarantine adds a line to it and no second copy. */
async function setAside({ kept }: Arrival, why: Quarantine, db: Db): Promise<Audited> {
  await takeTurns(db, kept)
  const twin = (await earlierThan(db, kept)).find(({ same, state }) => same && state === 'quarantined')
  if (twin) await keepState(db, { id: twin.id, source: kept.source }, { state: 'quarantined', why })
  else await keepMessage(db, kept, { state: 'quarantined', why })
  return { detail: { reason: why.reason, place: why.place }, failed: true }
}

function sendingOf(place: Place, { kept, actor, now }: Arrival): Sending {
  const sourceKind = place.sources.find((each) => each.id === kept.source)?.kind ?? ''
  return { source: kept.source, sourceKind, organisation: actor?.organisation ?? '', place, now }
}

function quarantineFor(problem: unknown): Quarantine {
  const [fault] = problem instanceof Invalid ? problem.faults : []
  if (!fault) return { reason: 'not kept', place: '', words: String(problem) }
  const { path: place, words, code } = fault
  if (code === 'conflict') return { reason: 'another person', place, words }
  return { reason: isReason(code) ? code : 'not kept', place, words }
}

/** Faults that did not keep a message out stay beside it. */
function noted(notes: readonly Fault[]): Quarantine | undefined {
  const [first] = notes
  if (!first) return undefined
  const words = notes.map((note) => `${note.path}: ${note.words}`).join('; ')
  return { reason: 'value', place: first.path, words }
}

/**
 * Whether the trouble is the database's and not the message's: no connection, no space, shutting down, locked. Then the sender must keep
 * the message and send it again. SQLSTATE classes 08, 40, 53, 55, 57 and 58; without one, an error of the connection itself.
 */
function isPassing(problem: unknown): boolean {
  if (problem instanceof Conflict) return true
  const { code, message } = problem as { code?: string; message?: string }
  if (code !== undefined) return /^(?:08|40|53|55|57|58)/.test(code) || /^E[A-Z]+$/.test(code)
  return !(problem instanceof Invalid) && /connection|timeout/i.test(message ?? '')
}
