import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Place, readPlace, type Scope } from '../access/index.ts'
import { type Database, type Keeper, openDatabase, stoppedClock } from '../platform/index.ts'
import { type TestApp, testApp } from './app.ts'
import { inWorlds } from './in-worlds.ts'
import { keepWorld } from './keep-world.ts'
import { namesIn, readingRoutes } from './walk.ts'
import { allowedInAll, forget, mayDiffer, mustShowOnly, sessionOf, still, walk } from './walked.ts'
import { numberOf } from './world-bundles.ts'
import { type World, world, worldNow } from './worlds.ts'

/**
 * Every way in that reads is walked by every reader of random worlds. No answer may show an item that the decision refuses, and no answer
 * may change when what the decision refuses is taken away: then nothing of it is in a count, a total, an order or a link either.
 */
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
    const worlds: World[] = []
    const routes = readingRoutes(app)
    expect(routes.length).toBeGreaterThan(10)
    await inWorlds(
      fc.asyncProperty(world(app.place), async (drawn) => {
        const kept = await keepWorld(app.database, app.place, drawn)
        worlds.push(kept)
        const names = await namesIn(owner, kept.people.map(numberOf))
        for (const [index, reader] of kept.readers.entries()) {
          const cookie = await sessionOf(app, reader)
          const allowed = allowedInAll(app, worlds, reader)
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
      12,
      () => shown > 50,
    )
    expect(shown).toBeGreaterThan(50)
  }, 600_000)
})

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
    const worlds: World[] = []
    const routes = readingRoutes(app)
    await inWorlds(
      fc.asyncProperty(world(app.place), async (drawn) => {
        const kept = await keepWorld(app.database, app.place, drawn)
        worlds.push(kept)
        const names = await namesIn(owner, kept.people.map(numberOf))
        for (const reader of kept.readers) {
          const seen = await walk(app, await sessionOf(app, reader), routes, names)
          shown += mustShowOnly(seen, allowedInAll(app, worlds, reader))
        }
      }),
      8,
      () => shown > 30,
    )
    expect(shown).toBeGreaterThan(30)
  }, 600_000)
})
