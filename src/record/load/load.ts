import { randomUUID } from 'node:crypto'
import type { Bundle } from '@medplum/fhirtypes'
import { auditOf, type Scope, settingsOf } from '../../access/index.ts'
import {
  type Actor,
  Conflict,
  type Database,
  Invalid,
  NotAllowed,
  NotFound,
  type Settings,
} from '../../platform/index.ts'
import { type Kept, keepTransactions } from '../fhir/bundle/transaction.ts'
import type { Sending } from '../store/row.ts'
import { type Batch, batchesOf, mustFollow, type Sizes } from './batches.ts'

/** A transaction that came, by whom, and what that sender may do. */
export type Load = { actor: Actor; scope: Scope; sending: Sending; bundle: Bundle }

/** What became of it all. Each that was refused is told with what is wrong with it, named by its place in what was sent. */
export type Loaded = { transactions: number; resources: number; refused: { load: Load; problem: Error }[] }

const usual: Sizes = { window: 20_000, batch: 1500 }

/** One is at work in the database while others are got ready. */
const mostUnderWay = 4

/**
 * Keeps very many transactions, of whichever senders, as if each had been sent by itself in this order; but many of one sender in one transaction. What is
 * wrong with one keeps no other out.
 */
export async function load(database: Database, loads: Iterable<Load>, sizes = usual): Promise<Loaded> {
  const loaded: Loaded = { transactions: 0, resources: 0, refused: [] }
  const underWay: { batch: Batch<Coming>; done: Promise<void> }[] = []
  for (const batch of batchesOf(coming(loads), sizes)) {
    if (underWay.length >= mostUnderWay) await underWay.shift()?.done
    const turn = Promise.all(underWay.filter((each) => mustFollow(each.batch, batch)).map(({ done }) => done))
    const done = keepBatch(database, batch.those, turn, loaded)
    for (const each of [turn, done]) each.catch(() => undefined)
    underWay.push({ batch, done })
  }
  for (const { done } of underWay) await done
  return loaded
}

type Coming = Load & { sender: string; settings: Settings }

function* coming(loads: Iterable<Load>): Generator<Coming> {
  for (const each of loads) {
    const settings = settingsOf(each.actor, each.scope)
    const sender = JSON.stringify({ ...settings, 'gt.now': '' })
    yield { ...each, settings, sender }
  }
}

/** All of a batch in one transaction; where one of them cannot be kept, each in its own, so that the fault is told of whom it belongs to. */
async function keepBatch(
  database: Database,
  batch: readonly Coming[],
  turn: Promise<unknown>,
  loaded: Loaded,
): Promise<void> {
  try {
    note(loaded, await keepTogether(database, batch, turn))
  } catch (problem) {
    await turn
    if (!isRefusal(problem)) throw problem
    const [only, ...more] = batch
    if (only && more.length === 0) loaded.refused.push({ load: only, problem })
    else for (const each of batch) await keepBatch(database, [each], turn, loaded)
  }
}

/** What is wrong is what was sent, and not the database or the program. */
const isRefusal = (problem: unknown): problem is Error =>
  [Invalid, NotAllowed, NotFound, Conflict].some((kind) => problem instanceof kind) ||
  /^22/.test((problem as { code?: string }).code ?? '')

function note(loaded: Loaded, kept: readonly Kept[][]): void {
  loaded.transactions += kept.length
  loaded.resources += kept.reduce((sum, each) => sum + each.length, 0)
}

async function keepTogether(
  database: Database,
  batch: readonly Coming[],
  turn: Promise<unknown>,
): Promise<Kept[][]> {
  const latest = batch.reduce((one, other) => (other.sending.now > one.sending.now ? other : one))
  let kept: Kept[][] = []
  await database.transaction(
    'record',
    latest.settings,
    async (db) => {
      const received = batch.map(({ bundle, sending }) => ({ bundle: asSent(bundle), now: sending.now }))
      kept = await keepTransactions(db, latest.sending, received, turn)
    },
    (db) => auditOf(db, latest.actor, ...kept.map(entryOf)),
  )
  return kept
}

/** References to what gets a new id are written anew each time it is tried, so that what was sent must stay as it is. */
const asSent = (bundle: Bundle): Bundle =>
  bundle.entry?.every((entry) => entry?.request?.method === 'PUT') ? bundle : structuredClone(bundle)

/** One row for each transaction and each person whom it is about. */
const entryOf = (kept: readonly Kept[]) => ({
  request: randomUUID(),
  purpose: 'feed',
  action: 'record.load',
  outcome: 'allowed' as const,
  basis: 'own source',
  people: [...new Set(kept.flatMap(({ written }) => written.file ?? []))],
  detail: { resources: kept.length },
})
