import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileScope, decide, inScope, rulesOf, settingsOf } from '../../access/index.ts'
import { type Actor, type Database, type Db, openDatabase } from '../../platform/index.ts'
import { inWorlds } from '../../testing/in-worlds.ts'
import { freshDatabase } from '../../testing/index.ts'
import { keepWorld } from '../../testing/keep-world.ts'
import { numberOf } from '../../testing/world-bundles.ts'
import { factsIn, itemIn } from '../../testing/world-facts.ts'
import { type World, type WorldItem, world, worldNow } from '../../testing/worlds.ts'

/** What an app's token leaves out, each of the two walls leaves out by itself: of bodies, of their history, and of the rows of every view. */

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

const types = [
  'Condition',
  'MedicationRequest',
  'Observation',
  'Flag',
  'DocumentReference',
  'CarePlan',
] as const
const views: Record<WorldItem['type'], [table: string, title: string]> = {
  Condition: ['record.v_condition', 'title'],
  MedicationRequest: ['record.v_medication_request', 'title'],
  Observation: ['record.v_observation', 'title'],
  Flag: ['record.v_flag', 'title'],
  DocumentReference: ['record.v_document', 'type_title'],
  CarePlan: ['record.v_care_plan', 'title'],
}
const given = fc.record({
  everyone: fc.subarray([...types], { minLength: 1, maxLength: 5 }),
  person: fc.subarray([...types, '*' as const]),
  about: fc.nat(),
})
const way = { method: 'GET', path: '/fhir/:type' }

/** The marks of bodies that the decision allows this reader and the app was given. */
function expected(
  kept: World,
  reader: Actor,
  drawn: { everyone: string[]; person: string[] },
  about: number,
): Set<string> {
  const marks = new Set<string>()
  for (const [index, whom] of kept.people.entries()) {
    for (const file of whom.files) {
      for (const one of file.items) {
        const isGiven =
          drawn.everyone.includes(one.type) ||
          (index === about && (drawn.person.includes('*') || drawn.person.includes(one.type)))
        const item = itemIn(db.place, file, one, true)
        const person = factsIn(whom, db.place, kept.readers)
        const request = { actor: reader, purpose: 'direct care', item, person }
        if (isGiven && decide(request, rulesOf(db.place), worldNow).allowed) marks.add(one.mark)
      }
    }
  }
  return marks
}

const markIn = (text: string): string[] =>
  [...text.matchAll(/Mark ([0-9a-f-]{36})/g)].map((found) => found[1] ?? '')

async function bodies(on: Db, table: string, condition: ReturnType<typeof inScope>): Promise<Set<string>> {
  const { rows } = await sql<{ body: string | null }>`
    select v.body from ${sql.table(table)} v where ${condition}`.execute(on)
  return new Set(rows.flatMap(({ body }) => markIn(body ?? '')))
}

test('each wall alone lets through what both the decision and the token allow', async () => {
  let shown = 0
  await inWorlds(
    fc.asyncProperty(world(db.place), given, async (drawnWorld, drawn) => {
      const kept = await keepWorld(db.database, db.place, drawnWorld)
      const about = drawn.about % kept.people.length
      const ours = new Set(
        kept.people.flatMap((whom) => whom.files.flatMap((file) => file.items.map(({ mark }) => mark))),
      )
      const { rows } = await owner.transaction('owner', {}, (on) =>
        sql<{ id: string }>`
          select r.id from record.resource r join people.demographic d using (person_key)
          where r.type = 'Patient' and d.nhs_number = ${numberOf(kept.people[about] as World['people'][number])} limit 1`.execute(
          on,
        ),
      )
      const app = {
        client: 'random',
        name: 'Random',
        scopes: [
          ...drawn.everyone.map((type) => `user/${type}.rs`),
          ...drawn.person.map((type) => `patient/${type}.rs`),
        ],
        ...(rows[0] && { patient: rows[0].id }),
      }
      for (const reader of kept.readers) {
        const actor = { ...reader, app }
        const scope = compileScope(actor, 'direct care', rulesOf(db.place), db.place.sources, worldNow, way)
        const should = expected(kept, reader, drawn, rows[0] ? about : -1)
        shown += should.size
        const within = (marks: Set<string>) => new Set([...marks].filter((mark) => ours.has(mark)))
        const first = inScope(scope, 'v', sql<boolean>`record.everyone_in_reach(v.type, v.id)`, {
          wholeBody: true,
        })
        const alone = await owner.transaction('owner', {}, (on) => bodies(on, 'record.resource', first))
        expect(within(alone), 'the scope alone').toEqual(should)
        await db.database.transaction('record', settingsOf(actor, scope), async (on) => {
          const everything = sql<boolean>`true`
          for (const table of ['record.resource', 'record.resource_history'])
            expect(within(await bodies(on, table, everything)), table).toEqual(should)
          for (const [type, [table, title]] of Object.entries(views)) {
            const found = await sql<{ title: string; person_key: string }>`
              select ${sql.ref(title)} as title, person_key from ${sql.table(table)}`.execute(on)
            const seen = within(new Set(found.rows.flatMap((row) => markIn(row.title))))
            const inFull = drawn.everyone.includes(type as WorldItem['type'])
            const ofOne = drawn.person.includes('*') || drawn.person.includes(type as WorldItem['type'])
            const items = kept.people.flatMap((whom, index) =>
              whom.files.flatMap((file) =>
                file.items.filter(
                  (one) => one.type === type && (inFull || (ofOne && rows[0] && index === about)),
                ),
              ),
            )
            for (const mark of seen)
              expect(
                items.some((one) => one.mark === mark),
                `${table} shows ${mark}`,
              ).toBe(true)
            for (const { mark } of items)
              if (should.has(mark)) expect(seen.has(mark), `${table} lacks ${mark}`).toBe(true)
          }
          const timeline = await sql<{
            type: string
          }>`select distinct type from record.timeline_event`.execute(on)
          for (const { type } of timeline.rows)
            expect(
              [...drawn.everyone, ...drawn.person].some((each) => each === '*' || each === type),
              `the timeline shows a ${type}`,
            ).toBe(true)
        })
      }
    }),
    80,
    () => shown > 15,
  )
  expect(shown).toBeGreaterThan(15)
}, 300_000)

test('an app for which nothing is set sees nothing and writes nothing', async () => {
  const [sender] = db.place.senders
  const actor: Actor = {
    id: sender?.id ?? '',
    name: 'Sender',
    kind: 'system',
    role: 'feed',
    organisation: sender?.organisation ?? '',
    teams: [],
    source: sender?.source ?? '',
  }
  const scope = compileScope(actor, 'feed', rulesOf(db.place), db.place.sources, worldNow)
  const settings = settingsOf(actor, scope)
  const count = (on: Db) => sql<{ count: number }>`select count(*) from record.resource`.execute(on)
  const without = await db.database.transaction('record', settings, count)
  expect(without.rows[0]?.count).toBeGreaterThan(0)
  const only = { ...settings, 'gt.app': 'an-app' }
  expect((await db.database.transaction('record', only, count)).rows[0]?.count).toBe(0)
  for (const table of ['resource_history', 'reference_resource_history']) {
    const columns =
      table === 'resource_history'
        ? sql`gen_random_uuid(), 'Observation', 'x', 1, 'results', 'normal', ${actor.source}, ${actor.organisation}, ${worldNow}, '{}'`
        : sql`'Organization', 'x', 1, ${actor.source}, ${worldNow}, '{}'`
    const write = (extra: Record<string, string>) =>
      db.database.transaction('record', { ...settings, ...extra }, (on) =>
        sql`insert into ${sql.table(`record.${table}`)} values (${columns})`.execute(on),
      )
    await expect(write({ 'gt.app': 'an-app' }), table).rejects.toThrow(/row-level security/)
    await expect(write({ 'gt.app': 'an-app', 'gt.app_creates': 'Condition' }), table).rejects.toThrow(
      /row-level security/,
    )
    await write({ 'gt.app': 'an-app', 'gt.app_creates': 'Observation\u001fOrganization' })
  }
})
