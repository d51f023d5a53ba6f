import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { senderActor } from '../../../access/index.ts'
import { type Database, openDatabase, stoppedClock } from '../../../platform/index.ts'
import { type FreshDatabase, freshDatabase } from '../../../testing/index.ts'
import { ukCoreFaults } from '../../../testing/uk-core.ts'
import { aFile } from '../a-file.ts'
import { asSender } from '../as-sender.ts'
import { keepState } from '../extracts.queries.ts'
import { fileSender, receive } from '../receive.ts'
import { applierOf } from './applier.ts'

/**
 * The law of this folder: the same facts, split over files however, sent in any order and any number of times, end in the same record. It is
 * told by what the record holds, not by how often it was written.
 */
type Row = Record<string, string>
type Sent = { set: string; sender: string; rows: Row[] }

const people = ['9990000018', '9990000026', '9990000034'].map((nhs_number, n) => ({
  nhs_number,
  family_name: `Family${n}`,
  given_name: 'Given',
  date_of_birth: `195${n}-01-01`,
}))
// Others than the adults: whoever claims a number first holds it, and who that is does depend on the order.
const childNumbers = ['9990000042', '9990000050', '9990000069']
const quarters = [
  ['2026-01-01', '2026-03-31'],
  ['2026-04-01', '2026-06-30'],
  ['2026-07-01', '2026-09-30'],
] as const

/** What each quarter says of a few services: a file of news, whose lines may be split over files. */
const news = fc.array(
  fc.record({
    quarter: fc.nat(2),
    person: fc.nat(2),
    event: fc.nat(2),
    ends: fc.boolean(),
    component: fc.constantFrom('Home support', 'Day care'),
  }),
  { maxLength: 8 },
)

/** What each day's full list says: who is on it, and since when. */
const lists = fc.uniqueArray(
  fc.record({
    day: fc.integer({ min: 10, max: 16 }),
    on: fc.uniqueArray(fc.record({ person: fc.nat(2), reason: fc.constantFrom('Ulcer', 'Insulin') }), {
      selector: (each) => each.person,
      maxLength: 3,
      minLength: 1,
    }),
  }),
  { selector: (each) => each.day, maxLength: 4 },
)

const children = fc.uniqueArray(
  fc.record({
    day: fc.integer({ min: 10, max: 14 }),
    on: fc.uniqueArray(fc.record({ person: fc.nat(2), stage: fc.constantFrom('S', 'E') }), {
      selector: (each) => each.person,
      maxLength: 3,
      minLength: 1,
    }),
  }),
  { selector: (each) => each.day, maxLength: 3 },
)

/** One line for each service and quarter: the last that was drawn. */
function socialCare(drawn: typeof news extends fc.Arbitrary<infer All> ? All : never): Row[] {
  const rows = drawn.map(({ quarter, person, event, ends, component }): Row => {
    const [period_start, period_end] = quarters[quarter] ?? quarters[0]
    return {
      ...people[person],
      // Somebody moves: whoever is sent last says where they live.
      postcode: `S6${quarter} 1AA`,
      period_start,
      period_end,
      la_person_id: `L${person}`,
      event_reference: `E${event}`,
      event_start_date: '2025-12-01',
      event_end_date: ends ? period_end : '',
      service_component: component,
    }
  })
  return [
    ...new Map(
      rows.map((row) => [`${row['period_end']} ${row['la_person_id']} ${row['event_reference']}`, row]),
    ).values(),
  ]
}

async function recordAfter(files: Sent[], split: (rows: Row[]) => Row[][]): Promise<unknown> {
  const fresh = await freshDatabase()
  const owner = openDatabase(fresh.ownerUrl, 1)
  try {
    for (const { set, sender, rows } of files)
      for (const part of set === 'adult-social-care' ? split(rows) : [rows])
        if (part.length > 0) await sendAndApply(fresh, sender, set, aFile(set, part))
    return await everything(owner)
  } finally {
    await owner.close()
    await fresh.close()
  }
}

async function sendAndApply(
  { database, place }: FreshDatabase,
  sender: string,
  set: string,
  file: string,
): Promise<void> {
  const clock = stoppedClock('2026-11-22T10:00:00Z')
  const parts = { place, database, clock, log: (entry: unknown) => expect(entry).toBeUndefined() }
  const actor = senderActor(place, sender)
  if (!actor) throw new Error(sender)
  const from = { ...fileSender(place, sender, set), acceptsItself: false }
  await asSender(parts)(actor, { capability: 'feeds', action: 'test' }, async (db) => {
    const received = await receive(db, place, from, { way: 'api', name: 'a', bytes: Buffer.from(file) })
    expect(['checked', 'repeat']).toContain(received.state)
    expect(received.counts?.refused ?? 0).toBe(0)
    if (received.state === 'checked')
      await keepState(
        db,
        { id: received.id, source: from.source, organisation: from.organisation },
        { state: 'accepted' },
      )
  })
  await applierOf(parts)()
}

/** What the record holds, and who may read because of it. A plan that is no longer in force leaves only a trace, which order may spare. */
async function everything(owner: Database): Promise<unknown> {
  return owner.transaction('owner', {}, async (db) => {
    const { rows } = await sql<{ body: string }>`select body from record.resource order by type, id`.execute(
      db,
    )
    const reach =
      await sql`select f.local_value, r.principal, r.until from access.reach r join people.file f using (person_key) order by 1, 2, 3`.execute(
        db,
      )
    const facts =
      await sql`select dataset, key, person, extract_date, said, ended_on from feeds.extract_fact order by 1, 2`.execute(
        db,
      )
    const resources = rows
      .map(({ body }) => JSON.parse(body) as { meta?: unknown; status?: string })
      .filter((resource) => resource.status !== 'revoked')
      .map(({ meta: _, ...resource }) => resource)
    expect(ukCoreFaults(rows.map(({ body }) => body))).toEqual([])
    return { resources, reach: reach.rows, facts: facts.rows }
  })
}

test('facts split over files, in any order and repeated, end in the same record', async () => {
  let resources = 0
  await fc.assert(
    fc.asyncProperty(news, lists, children, fc.infiniteStream(fc.nat()), async (drawn, days, terms, dice) => {
      const roll = () => dice.next().value as number
      const shuffled = <Item>(items: Item[]): Item[] =>
        items
          .map((item) => ({ item, by: roll() }))
          .sort((one, other) => one.by - other.by)
          .map(({ item }) => item)
      const byQuarter = [...Map.groupBy(socialCare(drawn), (row) => row['period_end']).values()]
      const files: Sent[] = [
        ...byQuarter.map((rows) => ({ set: 'adult-social-care', sender: 'demo-council', rows })),
        ...[...days]
          .sort((one, other) => one.day - other.day)
          .map(({ day, on }) => ({
            set: 'caseloads',
            sender: 'demo-community',
            rows: on.map(
              ({ person, reason }): Row => ({
                ...people[person],
                extract_date: `2026-10-${day}`,
                person_id: `C${person}`,
                reason,
              }),
            ),
          })),
        ...[...terms]
          .sort((one, other) => one.day - other.day)
          .map(({ day, on }) => ({
            set: 'children-send',
            sender: 'demo-children',
            rows: on.map(
              ({ person, stage }): Row => ({
                ...people[person],
                nhs_number: childNumbers[person] ?? '',
                date_of_birth: '2015-02-03',
                extract_date: `2026-10-${day}`,
                person_id: `K${person}`,
                stage,
              }),
            ),
          })),
      ]
      const inOrder = await recordAfter(files, (rows) => [rows])
      const anyhow = await recordAfter(shuffled([...files, ...files.slice(0, 2)]), (rows) => {
        const cut = roll() % (rows.length + 1)
        const mixed = shuffled(rows)
        // Whole, in two, or with some lines in both.
        return [mixed.slice(0, cut), mixed.slice(Math.max(0, cut - 1))]
      })
      expect(anyhow).toEqual(inOrder)
      resources += (inOrder as { resources: unknown[] }).resources.length
    }),
    { numRuns: 8, endOnFailure: true },
  )
  expect(resources).toBeGreaterThan(20)
}, 300_000)
