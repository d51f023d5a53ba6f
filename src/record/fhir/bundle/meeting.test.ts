import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anInteractingPlace } from '../../../testing/interacting-place.ts'

let place: Awaited<ReturnType<typeof anInteractingPlace>>
beforeAll(async () => {
  place = await anInteractingPlace()
})
afterAll(() => place.close())

const system = 'https://golden-thread.example/Id/interactions'
const entry = (method: string, url: string, resource: object) => ({ resource, request: { method, url } })
const aTransaction = (all: object[]) => ({ resourceType: 'Bundle', type: 'transaction', entry: all })

describe('transactions that meet', () => {
  test('wait for each other and do not block, in whatever order each has its entries', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index)
    const writes = (round: number) => [
      ...numbers.map((index) =>
        entry('PUT', `Patient/meet-${index}`, place.aPatient({ id: `meet-${index}` }, `meet-${index}`)),
      ),
      ...numbers.map((index) =>
        entry(
          'PUT',
          `Condition/meet-${index}`,
          place.aCondition(`meet-${index}`, `round ${round}`, { id: `meet-${index}` }),
        ),
      ),
      ...numbers.map((index) =>
        entry('PUT', `Practitioner/meet-${index}`, {
          resourceType: 'Practitioner',
          id: `meet-${index}`,
          name: [{ family: `R${round}` }],
        }),
      ),
      ...numbers.map((index) =>
        entry('PUT', `Observation?identifier=${system}|meet-${index}`, {
          resourceType: 'Observation',
          status: 'final',
          code: { text: `round ${round}` },
          subject: { reference: `Patient/meet-${index}` },
          identifier: [{ system, value: `meet-${index}` }],
        }),
      ),
    ]
    const deadlocks = async () =>
      (
        await place.rows<{ deadlocks: string }>(
          sql`select pg_stat_clear_snapshot(), deadlocks::text from pg_stat_database where datname = current_database()`,
        )
      )[0]?.deadlocks
    const before = await deadlocks()
    // Who works here alone, then without conditions, since whoever asks for the same condition takes turns from the start.
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        [0, 1, 2, 3].map((turn) => {
          const all =
            round === 0 ? writes(round).slice(80, 120) : writes(round).slice(0, round < 4 ? 120 : 160)
          return place.hospital('POST', '', aTransaction(turn % 2 === 0 ? all : all.reverse()))
        }),
      )
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    }
    const versions = await place.rows<{ type: string; version: number; count: number }>(sql`
      select type, version, count(*)::int from record.resource where body like '%meet-%' group by 1, 2 order by 1`)
    expect(versions).toEqual([
      { type: 'Condition', version: 16, count: 40 },
      { type: 'Observation', version: 4, count: 40 },
      { type: 'Patient', version: 16, count: 40 },
    ])
    // Statistics come a little later than what they are of.
    await new Promise((done) => setTimeout(done, 1500))
    expect(await deadlocks()).toBe(before)
  })
})
