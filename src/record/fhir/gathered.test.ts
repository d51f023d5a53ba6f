import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../platform/index.ts'
import { testApp } from '../../testing/app.ts'
import { fetchPatiently, systemToken } from '../../testing/http.ts'

/** Requests of one actor that wait at the same time share a transaction. Nobody may notice but by the clock. */

let app: Awaited<ReturnType<typeof testApp>>
let hospital: string
let practice: string
beforeAll(async () => {
  app = await testApp()
  hospital = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
  practice = await systemToken(app.base, 'demo-practice', 'demo-practice-secret')
})
afterAll(() => app.close())

async function send(token: string, path: string, body?: unknown) {
  const answer = await fetchPatiently(`${app.base}/fhir${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

const patient = (local: string) => ({
  resourceType: 'Patient',
  identifier: [{ system: 'https://golden-thread.example/Id/test', value: local }],
  name: [{ family: 'Gathered', given: [local] }],
  birthDate: '1960-05-06',
})

type Row = { transaction: string; actor: string; action: string; outcome: string; id: string | null }
async function audited(since: Date): Promise<Row[]> {
  const database = openDatabase(app.ownerUrl, 1)
  try {
    return await database.transaction('access', { 'gt.categories': 'audit' }, async (db) => {
      const { rows } = await sql<Row>`
        select transaction::text, actor, action, outcome, detail ->> 'id' as id from access.audit where at >= ${since} order by id`.execute(
        db,
      )
      return rows
    })
  } finally {
    await database.close()
  }
}

test('fifty creates and reads of two systems at once: each its own answer, each audited, no transaction shared by two', async () => {
  const began = new Date(Date.now() - 1000) // house allows clock: the audit is asked from here on
  const sent = await Promise.all(
    Array.from({ length: 50 }, (_, n) => {
      const token = n % 2 ? hospital : practice
      // Every seventh is broken; it must be told so and take nobody with it.
      const body = n % 7 === 3 ? { ...patient(`g${n}`), birthDate: 'yesterday' } : patient(`g${n}`)
      return send(token, '/Patient', body)
    }),
  )
  expect(sent.map(({ status }) => status)).toEqual(sent.map((_, n) => (n % 7 === 3 ? 422 : 201)))
  const kept = sent.flatMap(({ json }, n) =>
    n % 7 === 3 ? [] : [{ n, id: String(json['id']), given: `g${n}` }],
  )
  expect(sent.map(({ json }) => (json['name'] as { given: string[] }[] | undefined)?.[0]?.given[0])).toEqual(
    sent.map((_, n) => (n % 7 === 3 ? undefined : `g${n}`)),
  )

  const reads = await Promise.all(
    kept.flatMap(({ n, id }) => [
      send(n % 2 ? hospital : practice, `/Patient/${id}`),
      // Another source's, and one that nobody has.
      send(n % 2 ? practice : hospital, `/Patient/${id}`),
      send(hospital, `/Patient/no-such-${n}`),
    ]),
  )
  expect(reads.map(({ status }) => status)).toEqual(kept.flatMap(() => [200, 404, 404]))
  expect(reads.filter((_, index) => index % 3 === 0).map(({ json }) => json['id'])).toEqual(
    kept.map(({ id }) => id),
  )

  const rows = await audited(began)
  const count = (action: string, outcome: string) =>
    rows.filter((row) => row.action === action && row.outcome === outcome)
  expect(
    count('fhir.create', 'allowed')
      .map((row) => row.id)
      .sort(),
  ).toEqual(kept.map(({ id }) => id).sort())
  expect(
    count('fhir.read', 'allowed')
      .map((row) => row.id)
      .sort(),
  ).toEqual(kept.map(({ id }) => id).sort())
  expect(count('fhir.read', 'refused')).toHaveLength(kept.length)
  const actors = Map.groupBy(rows, (row) => row.transaction)
  for (const [, those] of actors) expect(new Set(those.map((row) => row.actor)).size).toBe(1)
  // Otherwise nothing was gathered and this test proves nothing.
  expect(actors.size).toBeLessThan(rows.length)
})
