import { sql } from 'kysely'
import { compileScope, makeOwnBond, type Place, rulesOf, settingsOf } from '../access/index.ts'
import type { Actor, Database } from '../platform/index.ts'
import { keepTransaction, type Sending } from '../record/index.ts'
import { bundleOf, numberOf } from './world-bundles.ts'
import { type World, worldNow } from './worlds.ts'

let born = 0

/** Keeps a world as its sources would send it, under numbers and marks that no other world of this run has. */
export async function keepWorld(database: Database, place: Place, drawn: World): Promise<World> {
  const people = drawn.people.map((whom) => ({
    ...whom,
    number: born++,
    // Only who holds the capability reaches the page on which it is done.
    own: whom.own.filter(({ reader, kind }) => {
      const role = place.roles[drawn.readers[reader % drawn.readers.length]?.role ?? '']
      return role?.capabilities.includes(kind === 'break glass' ? 'break-glass' : 'state-reason')
    }),
    files: whom.files.map((file) => ({
      ...file,
      items: file.items.map((item) => ({ ...item, mark: crypto.randomUUID() })),
    })),
  }))
  for (const whom of people) {
    for (const file of whom.files) await send(database, place, file.source, bundleOf(whom, file))
  }
  for (const whom of people) {
    for (const { reader, kind } of whom.own)
      await makeBond(database, place, drawn.readers[reader % drawn.readers.length], numberOf(whom), kind)
  }
  return { ...drawn, people }
}

/** A reader finds the person and states a reason or breaks the glass, as their pages do. */
async function makeBond(
  database: Database,
  place: Place,
  actor: Actor | undefined,
  nhsNumber: string,
  kind: 'stated reason' | 'break glass',
) {
  if (!actor) throw new Error('A world has readers')
  const scope = compileScope(actor, 'direct care', rulesOf(place), place.sources, worldNow)
  await database.transaction('people', settingsOf(actor, scope), async (db) => {
    const { rows } = await sql<{
      person_key: string
    }>`select person_key from people.trace(${nhsNumber}, null, null, '1950-03-04', null)`.execute(db)
    await makeOwnBond(db, place, {
      actor,
      file: rows[0]?.person_key ?? '',
      kind,
      reason: 'a test',
      request: crypto.randomUUID(),
      now: worldNow,
    })
  })
}

/** One bundle as its source's system sends it; a practice whose agreement has ended sent it while it was in force. */
async function send(
  database: Database,
  place: Place,
  sourceId: string,
  bundle: ReturnType<typeof bundleOf>,
  at = worldNow,
) {
  const source = place.sources.find((each) => each.id === sourceId)
  if (!source?.organisation) throw new Error(`No such source: ${sourceId}`)
  const { organisation } = source
  const until = place.agreements.find((each) => each.organisation === organisation)?.until
  const now = until && new Date(until) < at ? new Date(until) : at
  const actor: Actor = {
    id: `sender:${source.id}`,
    name: source.name,
    kind: 'system',
    role: 'feed',
    organisation,
    teams: [],
    source: source.id,
  }
  const scope = compileScope(actor, 'feed', rulesOf(place), place.sources, now)
  const sending: Sending = { source: source.id, sourceKind: source.kind, organisation, place, now }
  return database.transaction('record', settingsOf(actor, scope), (db) =>
    keepTransaction(db, sending, bundle),
  )
}
