import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { compileScope, type Place, rulesOf, settingsOf } from './access/index.ts'
import { connectTo } from './feeds/index.ts'
import type { Actor, Database } from './platform/index.ts'
import { keepTransaction, type Load, load, type Sending } from './record/index.ts'
import { inventCareHomeList, inventFaultyMessages, inventPlace, type Sent } from './synthetic/index.ts'

/** Whom the demonstration invents: about so many residents, from this seed. */
export const residents = { people: 2000, seed: 'rotherham' } as const
const { people, seed } = residents

/**
 * Fills an empty place with invented residents, each source sending what it would have sent by now. It can be stopped at any moment and
 * begun again: the same people come of the same moment, under the same ids.
 */
export async function loadInventedPlace(
  database: Database,
  place: Place,
  now: Date,
  to: { filesDir: string; host: string; mllpPort: number },
  say: (words: string) => void,
): Promise<void> {
  // Several processes may start at once: one invents, the others wait for it and find everything there.
  await database.transaction('record', {}, async (db) => {
    await sql`select set_config('idle_in_transaction_session_timeout', '0', true), pg_advisory_xact_lock(hashtextextended('invented place', 0))`.execute(
      db,
    )
    await invent(database, place, now, to, say)
  })
}

/** The moment as of which this place's residents were invented, if they were. */
export function invented(database: Database): Promise<Date | undefined> {
  return database.transaction('owner', {}, async (db) => {
    const row = await db.selectFrom('platform.demonstration').select('invented_as_of').executeTakeFirst()
    return row?.invented_as_of
  })
}

async function invent(
  database: Database,
  place: Place,
  now: Date,
  to: { filesDir: string; host: string; mllpPort: number },
  say: (words: string) => void,
): Promise<void> {
  const begun = await database.transaction('record', {}, async (db) => {
    await db
      .insertInto('platform.demonstration')
      .values({ invented_as_of: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return db
      .selectFrom('platform.demonstration')
      .select(['invented_as_of', 'loaded'])
      .executeTakeFirstOrThrow()
  })
  if (begun.loaded) return
  say(`Golden Thread: inventing ${people} residents and their records.`)
  const sent = inventPlace({ people, seed, now: begun.invented_as_of, place })
  const { refused } = await load(database, loadsOf(place, counted(sent, say)))
  const [first] = refused
  if (first) throw first.problem
  await dropCareHomeList(to.filesDir, begun.invented_as_of)
  say('Golden Thread: sending two faulty messages, so that the quarantine has something to show.')
  await sendFaultyMessages(to, begun.invented_as_of)
  await database.transaction('record', {}, (db) =>
    db.updateTable('platform.demonstration').set({ loaded: true }).execute(),
  )
}

const SAID_EVERY = 1000

function* counted(sent: Iterable<Sent>, say: (words: string) => void): Generator<Sent> {
  let files = 0
  for (const each of sent) {
    yield each
    if (++files % SAID_EVERY === 0)
      say(`Golden Thread: ${files.toLocaleString('en-GB')} files of their practices, hospital and others.`)
  }
}

/** The council's system puts its list where its files are taken from; it then waits for somebody to look at it. */
async function dropCareHomeList(filesDir: string, now: Date): Promise<void> {
  const { sender, name, text } = inventCareHomeList({ people, seed, now })
  const folder = join(filesDir, sender)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${name}.part`), text)
  await rename(join(folder, `${name}.part`), join(folder, name))
}

/** As the hospital sends them; sent again after an interrupted start they are repeats. */
async function sendFaultyMessages(to: { host: string; mllpPort: number }, now: Date): Promise<void> {
  // A listener on every address is reached at this machine's own.
  const host = to.host === '0.0.0.0' || to.host === '::' ? 'localhost' : to.host
  const hospital = await connectTo(to.mllpPort, host)
  for (const message of inventFaultyMessages(now)) await hospital.send(message)
  hospital.close()
}

/** Messages as their sources' own systems send them. */
export function* loadsOf(place: Place, messages: Iterable<Sent>): Generator<Load> {
  for (const message of messages) yield loadOf(place, message)
}

/** One message by itself. */
export async function receiveOne(database: Database, place: Place, message: Sent): Promise<void> {
  const { actor, scope, sending, bundle } = loadOf(place, message)
  await database.transaction('record', settingsOf(actor, scope), (db) => keepTransaction(db, sending, bundle))
}

function loadOf(place: Place, message: Sent): Load {
  const source = place.sources.find((each) => each.id === message.source)
  if (!source?.organisation) throw new Error(`No such source: ${message.source}`)
  const at = lastDayOfAgreement(place, source.organisation, new Date(message.receivedAt))
  const actor: Actor = {
    id: `invented:${source.id}`,
    name: source.name,
    kind: 'system',
    role: 'feed',
    organisation: source.organisation,
    teams: [],
    source: source.id,
  }
  const scope = compileScope(actor, 'feed', rulesOf(place), place.sources, at)
  const sending: Sending = {
    source: source.id,
    sourceKind: source.kind,
    organisation: source.organisation,
    place,
    now: at,
  }
  return { actor, scope, sending, bundle: message.bundle }
}

/** A practice whose agreement has ended sent its records while it was in force. */
function lastDayOfAgreement(place: Place, organisation: string, at: Date): Date {
  const until = place.agreements.find((each) => each.organisation === organisation)?.until
  const last = until ? new Date(`${until}T12:00:00Z`) : at
  return last < at ? last : at
}
