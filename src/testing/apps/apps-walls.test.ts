import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scope } from '../../access/index.ts'
import {
  type Actor,
  type AppUse,
  type Database,
  type Keeper,
  openDatabase,
  stoppedClock,
} from '../../platform/index.ts'
import { type TestApp, testApp } from '../app.ts'
import { inWorlds } from '../in-worlds.ts'
import { keepWorld } from '../keep-world.ts'
import { marksIn, type Names, namesIn, readingRoutes, visits } from '../walk.ts'
import { allowedInAll, allowedMarks, forget, sessionOf, still } from '../walked.ts'
import { numberOf } from '../world-bundles.ts'
import { type World, type WorldItem, world, worldNow } from '../worlds.ts'

/**
 * Readers of random worlds who ask by random apps. Over every way in that reads FHIR an app shows what its practitioner may see and it was given,
 * all of that, and nothing else; and no answer changes when the rest is taken away, so that nothing of it is in a count, a total or a link.
 */

type Drawn = { context: 'patient' | 'user'; type: WorldItem['type'] | '*'; letters: 'r' | 's' | 'rs' }
type Given = { drawn: Drawn[]; about: number | undefined }

const given = fc.record({
  drawn: fc.array(
    fc.record({
      context: fc.constantFrom('patient' as const, 'user' as const),
      type: fc.constantFrom(
        'Condition' as const,
        'MedicationRequest' as const,
        'Observation' as const,
        'Flag' as const,
        'DocumentReference' as const,
        'CarePlan' as const,
        '*' as const,
        '*' as const,
        '*' as const,
      ),
      letters: fc.constantFrom('r' as const, 's' as const, 'rs' as const, 'rs' as const),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  about: fc.option(fc.nat(), { nil: undefined, freq: 5 }),
})

/** Who asks by an app, as tests say it: a session, and the app in the token. Everything behind the door is the product’s own. */
const askingByApp = (keeper: Keeper<Scope>): Keeper<Scope> => ({
  ...keeper,
  authenticate: async (credentials, now) => {
    const [session, use] = credentials.bearer?.split('~') ?? []
    if (use === undefined) return keeper.authenticate(credentials, now)
    const actor = await keeper.authenticate({ session, bearer: undefined }, now)
    return actor && { ...actor, app: JSON.parse(Buffer.from(use, 'base64url').toString()) as AppUse }
  },
})

let app: TestApp
let owner: Database
beforeAll(async () => {
  app = await testApp(stoppedClock(worldNow.toISOString()), askingByApp)
  owner = openDatabase(app.ownerUrl, 2)
})
afterAll(async () => {
  await owner.close()
  await app.close()
})

/** Of one item, by what was drawn and nothing else. */
const isGiven = ({ drawn }: Given, type: string, ofTheOne: boolean, letter: 'r' | 's'): boolean =>
  (['patient', 'user'] as const).some(
    (context) =>
      (context === 'user' || ofTheOne) &&
      drawn.some(
        (each) =>
          each.context === context &&
          (each.type === '*' || each.type === type) &&
          each.letters.includes(letter),
      ),
  )

type Marked = { mark: string; type: string; person: number }
const itemsOf = (kept: World): Marked[] =>
  kept.people.flatMap((whom, person) =>
    whom.files.flatMap((file) => file.items.map(({ mark, type }) => ({ mark, type, person }))),
  )

async function patientOf(kept: World, about: number): Promise<string | undefined> {
  const whom = kept.people[about]
  if (!whom) return undefined
  const { rows } = await owner.transaction('owner', {}, (db) =>
    sql<{ id: string }>`
      select r.id from record.resource r join people.demographic d using (person_key)
      where r.type = 'Patient' and d.nhs_number = ${numberOf(whom)} order by r.id limit 1`.execute(db),
  )
  return rows[0]?.id
}

const fhirRoutes = () => readingRoutes(app).filter(({ kind }) => kind === 'fhir')

async function walk(bearer: string, names: Names) {
  const seen = []
  for (const route of fhirRoutes()) {
    for (const each of visits(route, names)) {
      const answer = await fetch(app.base + each.url, {
        method: each.method,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(each.body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(each.body !== undefined && { body: each.body }),
      })
      seen.push({
        url: `${each.method} ${each.url} ${each.body ?? ''}`,
        status: answer.status,
        text: await answer.text(),
      })
    }
  }
  return seen
}

async function bearerOf(reader: Actor, use: AppUse): Promise<string> {
  const session = (await sessionOf(app, reader)).replace(/^session=/, '')
  return `${session}~${Buffer.from(JSON.stringify(use)).toString('base64url')}`
}

async function ask(bearer: string, path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${app.base}/fhir${path}`, { headers: { authorization: `Bearer ${bearer}` } })
  return { status: answer.status, text: await answer.text() }
}

test('an app sees what its practitioner may and it was given: all of that, and nothing more', async () => {
  let shown = 0
  let narrowed = 0
  const earlier: World[] = []
  await inWorlds(
    fc.asyncProperty(world(app.place), given, async (drawnWorld, drawn) => {
      const kept = await keepWorld(app.database, app.place, drawnWorld)
      const about = drawn.about === undefined ? undefined : drawn.about % kept.people.length
      const patient = about === undefined ? undefined : await patientOf(kept, about)
      const use: AppUse = {
        client: 'random',
        name: 'Random',
        scopes: drawn.drawn.map(({ context, type, letters }) => `${context}/${type}.${letters}`),
        ...(patient !== undefined && { patient }),
      }
      const names = await namesIn(owner, kept.people.map(numberOf))
      const idOf = new Map(names.resources.map(({ mark, id }) => [mark, id]))
      for (const [index, reader] of kept.readers.entries()) {
        const bearer = await bearerOf(reader, use)
        const { bodies } = allowedMarks(app, kept, reader)
        const may = (item: Marked, letter: 'r' | 's') =>
          bodies.has(item.mark) &&
          isGiven(drawn, item.type, patient !== undefined && item.person === about, letter)

        for (const item of itemsOf(kept)) {
          const id = idOf.get(item.mark)
          const place = `${use.scopes.join(' ')} of ${patient ?? 'nobody'}: ${item.type}/${id}`
          const read = await ask(bearer, `/${item.type}/${id}`)
          expect(read.status === 200, place).toBe(may(item, 'r'))
          const found = await ask(bearer, `/${item.type}?_id=${id}`)
          expect(
            found.status === 200 && (JSON.parse(found.text) as { total: number }).total === 1,
            place,
          ).toBe(may(item, 's'))
          if (may(item, 'r')) shown++
          else if (bodies.has(item.mark)) narrowed++
        }

        if (index < kept.readers.length - 1) continue
        // What lists everybody in reach, such as the history of a type, shows those of earlier worlds too.
        const ofEarlier = allowedInAll(app, earlier, reader).bodies
        const givenAnywhere = ({ mark, type }: Marked) =>
          ofEarlier.has(mark) && (['r', 's'] as const).some((letter) => isGiven(drawn, type, false, letter))
        const reach = new Set(
          [
            ...itemsOf(kept).filter((item) => may(item, 'r') || may(item, 's')),
            ...earlier.flatMap(itemsOf).filter(givenAnywhere),
          ].map(({ mark }) => mark),
        )
        const before = await walk(bearer, names)
        for (const { url, status, text } of before) {
          expect(status, url).toBeLessThan(500)
          for (const mark of marksIn(text))
            expect(reach.has(mark), `${use.scopes}: ${url} shows ${mark}`).toBe(true)
        }
        await forget(owner, kept, reach)
        const after = await walk(bearer, names)
        for (const [place, answer] of before.entries())
          expect(still(after[place]?.text ?? ''), answer.url).toBe(still(answer.text))
      }
      earlier.push(kept)
    }),
    20,
    () => shown > 5 && narrowed > 5,
  )
  // An app to which everything or nothing is given would prove nothing.
  expect(shown).toBeGreaterThan(5)
  expect(narrowed).toBeGreaterThan(5)
}, 600_000)
