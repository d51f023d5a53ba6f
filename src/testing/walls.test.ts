import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decide, type Place, readPlace, rulesOf, type Scope } from '../access/index.ts'
import {
  type Actor,
  type Database,
  type Keeper,
  openDatabase,
  type Route,
  stoppedClock,
} from '../platform/index.ts'
import { allViews, tableName } from '../record/views/index.ts'
import { type TestApp, testApp } from './app.ts'
import { signIn } from './http.ts'
import { keepWorld } from './keep-world.ts'
import { marksIn, type Names, namesIn, readingRoutes, visit, visits } from './walk.ts'
import { numberOf } from './world-bundles.ts'
import { factsIn, itemIn } from './world-facts.ts'
import { type World, type WorldItem, world, worldNow } from './worlds.ts'

/**
 * Every way in that reads is walked by every reader of random worlds. No answer may show an item that the decision refuses, and no answer
 * may change when what the decision refuses is taken away: then nothing of it is in a count, a total, an order or a link either.
 */
const views: Record<WorldItem['type'], string> = {
  Condition: 'condition',
  MedicationRequest: 'medication_request',
  Observation: 'observation',
  Flag: 'flag',
  DocumentReference: 'document',
  CarePlan: 'care_plan',
}
const revealing = new Set(allViews.filter((view) => view.location).map((view) => tableName(view)))

/** The marks that a reader may meet: on pages, which show rows of view tables; and in bodies. */
function allowedMarks(app: TestApp, kept: World, reader: Actor): { rows: Set<string>; bodies: Set<string> } {
  const rows = new Set<string>()
  const bodies = new Set<string>()
  for (const whom of kept.people) {
    for (const file of whom.files) {
      for (const one of file.items) {
        const may = (location: boolean) =>
          decide(
            {
              actor: reader,
              purpose: 'direct care',
              item: itemIn(app.place, file, one, location),
              person: factsIn(whom, app.place, kept.readers),
            },
            rulesOf(app.place),
            worldNow,
          ).allowed
        if (may(revealing.has(`v_${views[one.type]}`))) rows.add(one.mark)
        if (may(true)) bodies.add(one.mark)
      }
    }
  }
  return { rows, bodies }
}

type Walk = { url: string; status: number; text: string; fhir: boolean }

async function walk(app: TestApp, cookie: string, routes: Route[], names: Names): Promise<Walk[]> {
  const seen: Walk[] = []
  for (const route of routes) {
    for (const each of visits(route, names))
      seen.push({
        url: `${each.method} ${each.url} ${each.body ?? ''}`,
        fhir: route.kind === 'fhir',
        ...(await visit(app.base, cookie, each)),
      })
  }
  return seen
}

function mustShowOnly(seen: Walk[], allowed: { rows: Set<string>; bodies: Set<string> }): number {
  let shown = 0
  for (const { url, text, status, fhir } of seen) {
    expect(status, `${url}\n${text.slice(0, 300)}`).toBeLessThan(500)
    for (const mark of marksIn(text)) {
      // An address that itself carries the mark may say it back.
      if (url.includes(mark)) continue
      const may = fhir ? allowed.bodies : allowed.rows
      expect(may.has(mark), `${url} shows ${mark}`).toBe(true)
      shown++
    }
  }
  return shown
}

/** An answer without what differs every time: nonces, the hour, and the audit's own growth. */
const still = (text: string): string =>
  text.replace(/nonce="[^"]*"/g, '').replace(/content="[^"]*" name="csp-nonce"/g, '')

async function forget(owner: Database, kept: World, allowed: Set<string>): Promise<void> {
  const refused = kept.people.flatMap((whom) =>
    whom.files.flatMap((file) => file.items.filter((one) => !allowed.has(one.mark)).map((one) => one.mark)),
  )
  await owner.transaction('owner', {}, async (db) => {
    for (const mark of refused) {
      const { rows } = await sql<{
        id: string
      }>`delete from record.resource where body like ${`%${mark}%`} returning id`.execute(db)
      const ids = rows.map((row) => row.id)
      await sql`delete from record.resource_history where id = any (${ids}::text[])`.execute(db)
      for (const table of Object.values(views))
        await sql`delete from ${sql.table(`record.v_${table}`)} where resource_id = any (${ids}::text[])`.execute(
          db,
        )
    }
  })
}

const sessions = new Map<string, string>()
async function sessionOf(app: TestApp, reader: Actor): Promise<string> {
  const key = `${app.base} ${reader.id}`
  const cookie = sessions.get(key) ?? (await signIn(app.base, reader.id))
  sessions.set(key, cookie)
  return cookie
}

describe('with both walls', () => {
  let app: TestApp
  let owner: Database
  beforeAll(async () => {
    app = await testApp(stoppedClock(worldNow.toISOString()))
    owner = openDatabase(app.ownerUrl, 2)
    // The one thing that may be said of what is refused, since withheld must never look like absent: that a source holds specially
    // protected items. It is switched off here, so that every other difference stands out.
    await owner.transaction('owner', {}, (db) =>
      sql`create or replace function record.sources_withholding(files uuid[]) returns setof text language sql stable as $$ select ''::text where false $$`.execute(
        db,
      ),
    )
  })
  afterAll(async () => {
    await owner.close()
    await app.close()
  })

  test('no way in shows, counts or hints at what the decision refuses', async () => {
    let shown = 0
    const routes = readingRoutes(app)
    expect(routes.length).toBeGreaterThan(10)
    await fc.assert(
      fc.asyncProperty(world(app.place), async (drawn) => {
        const kept = await keepWorld(app.database, app.place, drawn)
        const names = await namesIn(owner, kept.people.map(numberOf))
        for (const [index, reader] of kept.readers.entries()) {
          const cookie = await sessionOf(app, reader)
          const allowed = allowedMarks(app, kept, reader)
          const before = await walk(app, cookie, routes, names)
          shown += mustShowOnly(before, allowed)
          // The last reader also sees the world without what is refused: every answer must be the same.
          if (index < kept.readers.length - 1) continue
          await forget(owner, kept, allowed.rows)
          const after = await walk(app, cookie, routes, names)
          for (const [place, answer] of before.entries()) {
            if (mayDiffer(answer.url)) continue
            expect(still(after[place]?.text ?? ''), answer.url).toBe(still(answer.text))
          }
        }
      }),
      { numRuns: 12, endOnFailure: true },
    )
    expect(shown).toBeGreaterThan(50)
  }, 600_000)
})

/** Who looked grows with every look. */
const mayDiffer = (url: string): boolean => /\/looked|\/access-reviews/.test(url)

/** Every decision says yes, and every query is handed a scope of everything; only row-level security still has the reader's own. */
function withoutFirstWall(place: Place) {
  return (keeper: Keeper<Scope>): Keeper<Scope> => {
    const own = new WeakMap<Scope, Scope>()
    return {
      ...keeper,
      decide: () => 'the first wall is gone',
      decideAtAll: () => undefined,
      scope: (actor, purpose, now) => {
        const scope = keeper.scope(actor, purpose, now)
        const everything: Scope = {
          ...scope,
          categories: Object.values(place.roles).flatMap((role) => role.categories),
          sources: place.sources.map((source) => source.id),
          principals: [
            ...place.teams.map((team) => team.id),
            ...place.demoStaff.map((staff) => `actor:${staff.id}`),
          ],
        }
        own.set(everything, scope)
        return everything
      },
      settings: (actor, scope, now) => keeper.settings(actor, own.get(scope) ?? scope, now),
    }
  }
}

describe('with the first wall taken away', () => {
  let app: TestApp
  let owner: Database
  beforeAll(async () => {
    app = await testApp(
      stoppedClock(worldNow.toISOString()),
      withoutFirstWall(readPlace(fileURLToPath(new URL('../../places/rotherham', import.meta.url)))),
    )
    owner = openDatabase(app.ownerUrl, 2)
  })
  afterAll(async () => {
    await owner.close()
    await app.close()
  })

  test('the second holds: no way in shows what the decision refuses', async () => {
    let shown = 0
    const routes = readingRoutes(app)
    await fc.assert(
      fc.asyncProperty(world(app.place), async (drawn) => {
        const kept = await keepWorld(app.database, app.place, drawn)
        const names = await namesIn(owner, kept.people.map(numberOf))
        for (const reader of kept.readers) {
          const seen = await walk(app, await sessionOf(app, reader), routes, names)
          shown += mustShowOnly(seen, allowedMarks(app, kept, reader))
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
    expect(shown).toBeGreaterThan(30)
  }, 600_000)
})
