import { setTimeout as wait } from 'node:timers/promises'
import type { Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsOfOpening, keptVersions, viewsIn } from '../../../tools/view-planning.ts'
import { compileScope, rulesOf, settingsOf } from '../../access/index.ts'
import { hospital } from '../../testing/a-source.ts'
import { aReportingPlace } from '../../testing/reporting-place.ts'
import { compileView, definitionOf } from '../views/index.ts'
import observation from '../views/observation.view.json' with { type: 'json' }
import { closingSql, type FiledView, planOf } from '../views/plan.ts'
import { fillStep } from './fill-views.job.ts'
import { madeAndHeld } from './made-and-held.ts'
import { withdraw } from './withdraw.ts'

/** A view changes while the place is at work: nothing is lost, and nobody reads a table that is not complete. */

let place: Awaited<ReturnType<typeof aReportingPlace>>
let owner: pg.Client
beforeAll(async () => {
  place = await aReportingPlace()
  owner = new pg.Client({ connectionString: place.app.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await place.close()
})

type Columns = (typeof observation.select)[number]['column']

function viewWith(columns: (before: Columns) => Columns): FiledView {
  const select = observation.select.map((each) => ({ ...each, column: columns(each.column) }))
  const view = { ...observation, select }
  return { view: compileView(view), definition: definitionOf(view) }
}

const otherTitle = (columns: Columns) =>
  columns.map((column) => (column.name === 'title' ? { ...column, path: "'Result: ' + code.text" } : column))
const more = viewWith((columns) => [
  ...otherTitle(columns),
  { name: 'method', path: 'method.text', type: 'string' },
])
const less = viewWith(otherTitle)

const step = (files = 1) => place.app.database.transaction('filling', {}, (db) => fillStep(db, files))

async function put(id: string, about: string, more: object = {}): Promise<void> {
  const body = {
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: `Test ${id}` },
    method: { text: 'by hand' },
    subject: { reference: `Patient/${about}` },
    valueQuantity: { value: 4.1, unit: 'mmol/L' },
    ...more,
  }
  const answer = await place.fhir(`/Observation/${id}`, { method: 'PUT', body: JSON.stringify(body) })
  expect([200, 201], `${id}: ${answer.status}`).toContain(answer.status)
}

async function takenBack(id: string, file: string): Promise<void> {
  const { app, clock } = place
  const source = app.place.sources.find((each) => each.id === hospital.source)
  const scope = compileScope(hospital, 'feed', rulesOf(app.place), app.place.sources, clock.now())
  const sending = {
    source: hospital.source as string,
    sourceKind: source?.kind ?? '',
    organisation: 'RFR',
    place: app.place,
    now: clock.now(),
  }
  await app.database.transaction('record', settingsOf(hospital, scope), (db) =>
    withdraw(db, sending, [
      { resource: { resourceType: 'Observation', id } as Resource & { id: string }, file },
    ]),
  )
}

test('a view takes on a column and another path, and later loses the column, while the place is at work', {
  timeout: 90_000,
}, async () => {
  const [margaret, trevor] = [await place.fileOf('margaret-ashworth'), await place.fileOf('trevor-sykes')]
  for (let n = 0; n < 24; n++) await put(`there-${n}`, n % 2 ? margaret.patient : trevor.patient)

  await changedWhileAtWork(more, 2, 'comes with method', margaret, trevor)
  await put('after', margaret.patient)
  const title = async (columns: string) =>
    (await owner.query(`select ${columns} from record.v_observation where resource_id = 'after'`)).rows
  expect(await title('title, method')).toEqual([{ title: 'Result: Test after', method: 'by hand' }])
  expect((await place.open('gp', `/people/${margaret.ref}/timeline`)).text).toContain('Result: Test after')

  await changedWhileAtWork(less, 3, 'goes without method', margaret, trevor)
  await expect(title('method')).rejects.toThrow('does not exist')
  expect(await title('title')).toEqual([{ title: 'Result: Test after' }])
})

type Person = { person_key: string; ref: string; patient: string }

async function changedWhileAtWork(
  filed: FiledView,
  version: number,
  words: string,
  margaret: Person,
  trevor: Person,
) {
  const name = (what: string, n: number) => `${what}-${version}-${n}`
  const goes = Array.from({ length: 12 }, (_, n) => name('goes', n))
  for (const id of goes) await put(id, margaret.patient)
  const results: Awaited<ReturnType<typeof place.aResult>>[] = []
  for (let n = 0; n < 6; n++) results.push(await place.aResult())

  const last = name('goes', 12)
  await put(last, margaret.patient)

  await openedWhileSomebodyWrites(filed, version, words)
  await heldWhileItIsRead(version, margaret)

  let over = false
  const counts = { updated: 0, created: 0, taken: 0, reported: 0, read: 0, opened: 0 }
  const incomplete: unknown[] = []
  const until = async (count: keyof typeof counts, work: (n: number) => Promise<unknown>) => {
    try {
      for (let n = 0; !over; n++) if ((await work(n)) !== 'nothing left') counts[count]++
    } finally {
      over = true
    }
  }
  const rest = async () => {
    await wait(20)
    return 'nothing left'
  }
  const atWork = [
    until('updated', (n) =>
      put(`there-${n % 12}`, n % 2 ? margaret.patient : trevor.patient, {
        note: [{ text: `the ${n}th time` }],
      }),
    ),
    until('created', (n) => put(name('new', n), n % 2 ? margaret.patient : trevor.patient)),
    until('taken', async (n) => {
      const id = goes[n]
      return id === undefined ? rest() : takenBack(id, margaret.person_key)
    }),
    until('reported', async (n) => {
      const item = results[n]
      if (!item) return rest()
      const report = await place.reported(item)
      if (n % 3 === 0) await place.decide('data-quality-officer', report, 'restore')
      if (n % 3 === 1) await place.decide('data-quality-officer', report, 'move', { to: trevor.ref })
      return undefined
    }),
    until('read', async () => {
      const found = await place.ask(
        sql<{
          n: number
        }>`select count(*)::int as n from record.v_observation where resource_id like 'there-%'`,
      )
      if (found[0]?.n !== 24) incomplete.push(found[0]?.n)
    }),
    until('opened', async () => {
      for (const { status } of [
        await place.open('gp', `/people/${margaret.ref}/timeline`),
        await place.fhir(`/Observation?patient=${margaret.patient}&status=final`),
      ])
        if (status !== 200) incomplete.push(status)
    }),
  ]

  expect(await step()).toBe('more')
  await killedInTheMiddle()
  let steps = 0
  while ((await step()) === 'more') {
    steps++
    await wait(30)
    // Everybody's is filled, and the table is not read yet: what goes now must go from both.
    const [now] = await progress()
    if (now?.complete && (await heldIn(`v_observation_${version}`, last)))
      await takenBack(last, margaret.person_key)
  }
  await wait(300)
  over = true
  await Promise.all(atWork)

  expect(steps).toBeGreaterThan(2)
  expect(incomplete).toEqual([])
  expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([])
  expect([counts.taken, counts.reported]).toEqual([goes.length, results.length])
  const versions = (await keptVersions(owner)).filter(({ view }) => view === 'observation')
  expect(versions.map((each) => [each.version, each.state])).toEqual([[version, 'read']])
  const { resources, view, timeline } = await madeAndHeld(owner, filed.view)
  expect(resources).toBeGreaterThan(30)
  expect(view.held).toEqual(view.made)
  expect(timeline.held).toEqual(timeline.made)
  // The next release closes it, which changes nothing more.
  await owner.query(`begin; ${closingSql('observation', version)}; reset role; commit`)
}

/** The migration waits for who was writing when it came, for they do not know the new table. */
async function openedWhileSomebodyWrites(filed: FiledView, version: number, words: string): Promise<void> {
  const files = viewsIn(new URL('../views', import.meta.url).pathname)
  const changed = files.map((each) => (each.view.name === 'observation' ? filed : each))
  const { openings, faults } = planOf(changed, await keptVersions(owner))
  expect(faults).toEqual([])
  const [opening] = openings
  if (!opening) throw new Error('Nothing was planned')
  expect([openings.length, opening.view, opening.version, opening.words]).toEqual([
    1,
    'observation',
    version,
    words,
  ])
  expect(await faultsOfOpening(owner, opening)).toEqual([])

  let opened = false
  const written = Promise.withResolvers<void>()
  const writing = place.app.database.transaction('record', {}, async (db) => {
    await sql`select * from record.views_now(gen_random_uuid())`.execute(db)
    await written.promise
  })
  await wait(50)
  const migrating = owner.query(`begin; ${opening.sql}; reset role; commit`).then(() => {
    opened = true
  })
  await wait(200)
  expect(opened).toBe(false)
  written.resolve()
  await Promise.all([writing, migrating])
}

const progress = async (): Promise<{ people: number; through: string | null; complete: boolean }[]> =>
  (await owner.query("select people, through, complete from record.view_version where state = 'filling'"))
    .rows

const heldIn = async (table: string, id: string): Promise<boolean> =>
  (await owner.query(`select from record.${table} where resource_id = $1`, [id])).rowCount === 1

/** Whoever changes a resource that a step has read waits until the step has written what it read, and comes after it. */
async function heldWhileItIsRead(version: number, { patient }: Person): Promise<void> {
  let changed = false
  let change: Promise<void> | undefined
  const undone = new Error('undone')
  await expect(
    place.app.database.transaction('filling', {}, async (db) => {
      await sql`select * from record.next_to_fill('observation', ${version}, 1000)`.execute(db)
      change = put('there-1', patient).then(() => {
        changed = true
      })
      await wait(300)
      expect(changed).toBe(false)
      throw undone
    }),
  ).rejects.toThrow(undone)
  await change
  expect(changed).toBe(true)
}

/** That step never was; those before it stay. */
async function killedInTheMiddle(): Promise<void> {
  const before = await progress()
  await expect(
    place.app.database.transaction('filling', {}, async (db) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
      await fillStep(db, 1)
      await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid])
      await sql`select 1`.execute(db)
    }),
  ).rejects.toThrow()
  expect(await progress()).toEqual(before)
  expect(before).toMatchObject([{ people: 1 }])
}
