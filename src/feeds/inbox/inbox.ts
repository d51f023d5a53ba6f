import { randomUUID } from 'node:crypto'
import { keeperOf, type Place } from '../../access/index.ts'
import { filesOf } from '../../people/index.ts'
import {
  type Actor,
  type Clock,
  Conflict,
  type Database,
  type Db,
  gatherer,
  Invalid,
  isDatabaseTrouble,
  namedProblem,
  traced,
} from '../../platform/index.ts'
import type { Sending } from '../../record/index.ts'
import { acknowledge, answerFor, type Quarantine } from '../hl7/acknowledgement.ts'
import { inTurn } from '../in-turn.ts'
import { encode } from '../mllp/charset.ts'
import type { Log } from '../mllp/mllp.ts'
import type { Reader } from '../reading/reading.ts'
import { type Arrival, readArrival, welcome } from './arrival.ts'
import { type Item, notKept, type Outcome, takeBatch } from './batch.ts'
import { type Kept, keepMessages, keepStates, type Original, originalsOf } from './inbox.queries.ts'

export type InboxParts = { place: Place; database: Database; clock: Clock; log: Log }

type Keeper = ReturnType<typeof keeperOf>

/** As many messages as one transaction takes; more would keep the first of them waiting. */
const mostTogether = 64

/**
 * Takes in messages. Each is in the database before its acknowledgement exists: applied to the record and kept, or kept in quarantine with the
 * reason. What waits from one source is taken together, in one transaction; what one message of it breaks, the others do not share.
 *
 * It all happens in transactions of role `record`: the record's tables can be written by that role alone, and the tables of feeds are
 * granted to it. The other way round would have opened every table of the record to a second role.
 * @throws when the database cannot be used; then nothing is kept and there must be no answer
 */
export function openInbox(
  parts: InboxParts,
): (bytes: Buffer, from: { sender: string | undefined }) => Promise<Buffer> {
  const keeper = keeperOf(parts.place, filesOf, async () => undefined)
  // One batch of a source at a time: the next gathers meanwhile, so that few are taken together when few come, and many when many do.
  const settle = gatherer((arrivals: Arrival[]) => takeIn(parts, keeper, arrivals), {
    rounds: 1,
    most: mostTogether,
  })
  return async (bytes, from) => {
    const now = parts.clock.now()
    const mayWrite = (actor: Actor) => keeper.scope(actor, 'feed', now).ownSource !== undefined
    const arrival = readArrival(parts.place, bytes, now, mayWrite)
    from.sender = arrival.kept.sender ?? 'unknown'
    const { why } = await traced('message', {}, () => settle(arrival.kept.source, arrival))
    const sender = parts.place.senders.find(({ id }) => id === arrival.kept.sender)
    const told = sender?.hl7?.alwaysAA ? undefined : why
    return encode(acknowledge(arrival.header, told, randomUUID(), now), arrival.charset)
  }
}

/** The messages of one source that wait. Where they fail together they are taken in halves, so that the one at fault stands alone. */
async function takeIn(parts: InboxParts, keeper: Keeper, arrivals: Arrival[]): Promise<(Settled | Error)[]> {
  const [first] = arrivals
  if (!first) return []
  try {
    const items = arrivals.map(itemOf)
    const outcomes = first.actor
      ? await takeKnown(parts, keeper, first.actor, first.now, items)
      : await keepUnknown(parts, keeper, first.now, items)
    for (const [index, { why }] of outcomes.entries()) if (why) told(parts, items[index]?.kept, why)
    return outcomes
  } catch (problem) {
    if (isPassing(problem)) return arrivals.map(() => asError(problem))
    if (arrivals.length > 1) {
      const half = Math.ceil(arrivals.length / 2)
      const before = await takeIn(parts, keeper, arrivals.slice(0, half))
      return [...before, ...(await takeIn(parts, keeper, arrivals.slice(half)))]
    }
    return [await setAside(parts, keeper, first, problem).catch(asError)]
  }
}

type Settled = { why: Quarantine | undefined }
const asError = (problem: unknown): Error => (problem instanceof Error ? problem : new Error(String(problem)))

const itemOf = (arrival: Arrival): Item => ({
  kept: arrival.kept,
  text: arrival.text,
  fault: welcome(arrival),
})

export const itemAgain = ({ kept }: Original, again: NonNullable<Item['again']>): Item => ({
  kept,
  text: kept.body.trimStart(),
  fault: undefined,
  again,
})

/** Takes a batch, and then whatever waited in quarantine and may be let through by it. */
export async function takeKnown(
  parts: InboxParts,
  keeper: Keeper,
  actor: Actor,
  now: Date,
  items: Item[],
): Promise<Outcome[]> {
  const { place } = parts
  const source = actor.source ?? ''
  const sourceKind = place.sources.find((each) => each.id === source)?.kind ?? ''
  const sending: Sending = { source, sourceKind, organisation: actor.organisation, place, now }
  const reader: Reader = {
    place,
    source,
    organisation: actor.organisation,
    now,
    today: londonDay.format(now),
  }
  const done = await inTurn(() =>
    audited(parts, keeper, actor, now, items, (db) => takeBatch(db, sending, reader, items)),
  )
  if (done.again.length > 0) await tryAgain(parts, keeper, actor, now, done.again)
  return done.outcomes
}

/** Messages about somebody of whom more is known now. What still cannot be taken stays as it is. */
async function tryAgain(
  parts: InboxParts,
  keeper: Keeper,
  actor: Actor,
  now: Date,
  ids: string[],
): Promise<void> {
  const settings = keeper.settings(actor, keeper.scope(actor, 'feed', now), now)
  for (const id of ids) {
    try {
      const [original] = await parts.database.transaction('record', settings, (db) => originalsOf(db, [id]))
      if (original?.state !== 'quarantined') continue
      await takeKnown(parts, keeper, actor, now, [itemAgain(original, 'more is known')])
    } catch (problem) {
      if (isPassing(problem)) throw problem
      parts.log({
        level: 'error',
        at: 'feeds',
        event: 'not replayed',
        message: id,
        problem: namedProblem(problem),
      })
    }
  }
}

async function keepUnknown(parts: InboxParts, keeper: Keeper, now: Date, items: Item[]): Promise<Outcome[]> {
  const outcomes = items.map(({ fault }) => ({ why: fault, repeat: false, file: undefined }))
  await audited(parts, keeper, undefined, now, items, async (db) => {
    await keepMessages(
      db,
      items.map(({ kept }) => kept),
    )
    const states = items.map(({ kept, fault }) => ({
      message: kept.id,
      source: kept.source,
      state: 'quarantined' as const,
      why: fault,
    }))
    await keepStates(db, states)
    return { outcomes, again: [] }
  })
  return outcomes
}

/** The record could not take it: it is kept in a transaction of its own, since a half-applied one is rolled back. */
async function setAside(
  parts: InboxParts,
  keeper: Keeper,
  arrival: Arrival,
  problem: unknown,
): Promise<Settled> {
  const why = notKept(problem)
  const { actor, now } = arrival
  const item = { ...itemOf(arrival), fault: why }
  if (actor) await takeKnown(parts, keeper, actor, now, [item])
  else await keepUnknown(parts, keeper, now, [item])
  told(parts, arrival.kept, why, problem)
  return { why }
}

function told({ log }: InboxParts, kept: Kept | undefined, why: Quarantine, problem?: unknown): void {
  const known = problem === undefined || problem instanceof Invalid
  log({
    level: known ? 'warn' : 'error',
    at: 'feeds',
    event: 'quarantined',
    message: kept?.id,
    sender: kept?.sender,
    answer: answerFor(why),
    reason: why.reason,
    place: why.place,
    ...(!known && { problem: namedProblem(problem) }),
  })
}

type Done = Awaited<ReturnType<typeof takeBatch>>

/** As the door does it: the audit is written in the transaction of what it records. Each request is a message. */
async function audited(
  parts: InboxParts,
  keeper: Keeper,
  actor: Actor | undefined,
  now: Date,
  items: Item[],
  work: (db: Db) => Promise<Done>,
): Promise<Done> {
  const who = actor ?? nobody
  // A source goes on about what was reported as somebody else’s: its next message must find the item, hidden as it is.
  const settings = { ...keeper.settings(who, keeper.scope(who, 'feed', now), now), 'gt.keeping': 'yes' }
  let done: Done = { outcomes: [], again: [] }
  await parts.database.transaction(
    'record',
    settings,
    async (db) => {
      done = await work(db)
    },
    (db) =>
      keeper.audit(db, actor, ...items.map(({ kept }, index) => auditOf(kept, done.outcomes[index], actor))),
  )
  return done
}

function auditOf(kept: Kept, outcome: Outcome | undefined, actor: Actor | undefined) {
  const why = outcome?.why
  return {
    request: kept.id,
    purpose: 'feed',
    action: 'feed.hl7',
    outcome: why ? ('failed' as const) : ('allowed' as const),
    ...(actor && { basis: 'own source' }),
    people: outcome?.file ? [outcome.file] : [],
    detail: {
      type: kept.messageType,
      event: kept.event,
      ...(why && { reason: why.reason, place: why.place }),
      ...(outcome?.repeat && { repeat: true }),
    },
  }
}

const nobody: Actor = { id: '', name: '', kind: 'system', role: 'nobody', organisation: '', teams: [] }

const londonDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })

/** Whether the trouble is the database's and not the message's: by its SQLSTATE or, without one, an error of the connection itself. */
/** Whether the trouble will pass and is not the message's: then there is no answer, and its sender keeps it. */
export const isPassing = (problem: unknown): boolean =>
  problem instanceof Conflict || isDatabaseTrouble(problem)
