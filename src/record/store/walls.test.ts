import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  compileScope,
  decide,
  inScope,
  type Place,
  rulesOf,
  type Scope,
  settingsOf,
} from '../../access/index.ts'
import { type Actor, type Database, type Db, openDatabase } from '../../platform/index.ts'
import { freshDatabase } from '../../testing/index.ts'
import { keepWorld } from '../../testing/keep-world.ts'
import { numberOf } from '../../testing/world-bundles.ts'
import { factsIn, itemIn } from '../../testing/world-facts.ts'
import { type World, type WorldItem, world, worldNow } from '../../testing/worlds.ts'
import { allViews, tableName } from '../views/index.ts'

let db: Awaited<ReturnType<typeof freshDatabase>>
let owner: Database
beforeAll(async () => {
  db = await freshDatabase()
  owner = openDatabase(db.ownerUrl, 2)
})
afterAll(async () => {
  await owner.close()
  await db.close()
})

const tables: Record<WorldItem['type'], string> = {
  Condition: 'record.v_condition',
  MedicationRequest: 'record.v_medication_request',
  Observation: 'record.v_observation',
  Flag: 'record.v_flag',
  DocumentReference: 'record.v_document',
  CarePlan: 'record.v_care_plan',
}
const revealing = new Set(allViews.filter((view) => view.location).map((view) => `record.${tableName(view)}`))
const purpose = 'direct care'

/** The marks that a reader may see, by the decision alone: in the view tables, and in the bodies. */
function expected(place: Place, worldOf: World, reader: Actor): { rows: Set<string>; bodies: Set<string> } {
  const rows = new Set<string>()
  const bodies = new Set<string>()
  for (const whom of worldOf.people) {
    for (const file of whom.files) {
      for (const one of file.items) {
        const may = (location: boolean) =>
          decide(
            {
              actor: reader,
              purpose,
              item: itemIn(place, file, one, location),
              person: factsIn(whom, place, worldOf.readers),
            },
            rulesOf(place),
            worldNow,
          ).allowed
        if (may(revealing.has(tables[one.type]))) rows.add(one.mark)
        // A body may reveal a location anywhere.
        if (may(true)) bodies.add(one.mark)
      }
    }
  }
  return { rows, bodies }
}

type Wall = 'scope only' | 'row-level security only' | 'both' | 'both, about these people'

async function seen(
  database: Database,
  reader: Actor,
  scope: Scope,
  wall: Wall,
  marks: string[],
  files: string[],
): Promise<{ rows: Set<string>; bodies: Set<string> }> {
  const look = async (on: Db) => {
    const rows = new Set<string>()
    const bodies = new Set<string>()
    for (const [type, table] of Object.entries(tables)) {
      const title = table === 'record.v_document' ? 'type_title' : 'title'
      const condition =
        wall === 'row-level security only'
          ? sql<boolean>`true`
          : inScope(scope, 'v', sql<boolean>`record.everyone_in_reach(${type}, v.resource_id)`)
      const found = await sql<{
        title: string
      }>`select ${sql.ref(`v.${title}`)} as title from ${sql.table(table)} v where ${condition}`.execute(on)
      for (const row of found.rows) rows.add(row.title)
    }
    const condition =
      wall === 'row-level security only'
        ? sql<boolean>`true`
        : inScope(scope, 'v', sql<boolean>`record.everyone_in_reach(v.type, v.id)`, { wholeBody: true })
    const found = await sql<{
      body: string
    }>`select v.body from record.resource v where ${condition}`.execute(on)
    for (const row of found.rows)
      for (const mark of row.body.matchAll(/Mark ([0-9a-f-]{36})/g)) bodies.add(mark[1] ?? '')
    const ours = new Set(marks)
    const bare = (titles: Set<string>) =>
      new Set([...titles].map((title) => title.replace('Mark ', '')).filter((mark) => ours.has(mark)))
    return { rows: bare(rows), bodies: bare(bodies) }
  }
  // Without the second wall: as the tables' owner, whose own policy lets everything through.
  if (wall === 'scope only') return owner.transaction('owner', {}, look)
  return database.transaction('record', settingsOf(reader, scope), async (on) => {
    // As on a page about a person: the policies are told which files it is about, and look up fewer bonds.
    if (wall === 'both, about these people') await sql`select access.facts(${files}::uuid[])`.execute(on)
    return look(on)
  })
}

describe('in 200 random worlds each wall lets through exactly what the decision allows', () => {
  test('the scope alone, row-level security alone, and both', async () => {
    const { database, place } = db
    let allowed = 0
    await fc.assert(
      fc.asyncProperty(world(place), async (drawn) => {
        const kept = await keepWorld(database, place, drawn)
        const marks = kept.people.flatMap((whom) =>
          whom.files.flatMap((file) => file.items.map((one) => one.mark)),
        )
        const { rows } = await owner.transaction('owner', {}, (on) =>
          sql<{
            person_key: string
          }>`select person_key from people.demographic where nhs_number = any (${kept.people.map(numberOf)}::text[])`.execute(
            on,
          ),
        )
        const files = rows.map((row) => row.person_key)
        for (const reader of kept.readers) {
          const scope = compileScope(reader, purpose, rulesOf(place), place.sources, worldNow)
          const should = expected(place, kept, reader)
          allowed += should.rows.size
          for (const wall of [
            'scope only',
            'row-level security only',
            'both',
            'both, about these people',
          ] as const) {
            expect(await seen(database, reader, scope, wall, marks, files), wall).toEqual(should)
          }
        }
      }),
      { numRuns: 200, endOnFailure: true },
    )
    // A test in which nobody may see anything would prove nothing.
    expect(allowed).toBeGreaterThan(100)
  }, 300_000)
})
