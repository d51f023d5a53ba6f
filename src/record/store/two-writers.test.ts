import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { systemToken } from '../../testing/http.ts'

/** Several requests about one resource at one moment: each is kept, one after the other, and nobody is told that something went wrong. */

let app: TestApp
let token: string
beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
})
afterAll(() => app.close())

const writers = Array.from({ length: 12 }, (_, n) => n)

async function put(id: string, given: string, headers: Record<string, string> = {}): Promise<number> {
  const answer = await fetch(`${app.base}/fhir/Patient/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...headers },
    body: JSON.stringify({
      resourceType: 'Patient',
      id,
      identifier: [{ system: 'https://golden-thread.example/Id/test', value: id }],
      name: [{ family: 'Twowriters', given: [given] }],
      birthDate: '1951-02-03',
    }),
  })
  return answer.status
}

async function versions(id: string): Promise<number> {
  const answer = await fetch(`${app.base}/fhir/Patient/${id}/_history`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await answer.json()) as { total: number }).total
}

test('a resource that is there', async () => {
  expect(await put('two-writers', 'first')).toBe(201)
  const statuses = await Promise.all(writers.map((n) => put('two-writers', `given${n}`)))
  expect(statuses).toEqual(writers.map(() => 200))
  expect(await versions('two-writers')).toBe(1 + writers.length)
})

test('a resource that is not there yet: one makes it', async () => {
  const statuses = await Promise.all([0, 1].map((n) => put('made-at-once', `given${n}`)))
  expect(statuses.sort()).toEqual([200, 201])
  expect(await versions('made-at-once')).toBe(2)
})

test('of those who replace one version, one may; the others are told that it has changed', async () => {
  expect(await put('one-replaces', 'first')).toBe(201)
  const statuses = await Promise.all(
    writers.map((n) => put('one-replaces', `given${n}`, { 'if-match': 'W/"1"' })),
  )
  expect(statuses.sort()).toEqual([200, ...writers.slice(1).map(() => 412)])
})
