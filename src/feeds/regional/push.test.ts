import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Shareable } from '../../record/index.ts'
import { differences, mayPass, nextAttempt, pushOf, type Sent } from './push.ts'

const base = 'https://region.example/fhir'
const things = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), version: fc.integer({ min: 1, max: 3 }) }).map(
    ({ id, version }): Shareable => ({
      type: 'Condition',
      id,
      version,
      body: JSON.stringify({ resourceType: 'Condition', id, meta: { versionId: String(version) } }),
    }),
  ),
  { selector: ({ id }) => id, maxLength: 4 },
)

type Entry = { resource?: { id: string }; request: { method: string; url: string } }

describe('what is sent', () => {
  test('whatever happened before, after each sending the region holds what may be shared and nothing else', () => {
    fc.assert(
      fc.property(fc.array(things, { minLength: 1, maxLength: 6 }), (moments) => {
        const holds = new Map<string, string>()
        let sent: Sent[] = []
        for (const now of moments) {
          const push = pushOf(differences(now, sent), new Map(), base)
          const entries = push ? (JSON.parse(push.body) as { entry: Entry[] }).entry : []
          for (const { resource, request } of entries)
            if (request.method === 'DELETE') holds.delete(request.url)
            else holds.set(request.url, JSON.stringify(resource))
          sent = now.map(({ type, id, version }) => ({ type, id, version }))
          expect(holds).toEqual(new Map(now.map(({ type, id, body }) => [`${type}/${id}`, body])))
        }
      }),
    )
  })

  test('nothing is sent where nothing has changed, and the same changes have the same key', () => {
    fc.assert(
      fc.property(things, (now) => {
        expect(pushOf(differences(now, now), new Map(), base)).toBeUndefined()
        const key = () => pushOf(differences(now, []), new Map(), base)?.key
        expect(key()).toBe(key())
      }),
    )
  })
})

test.each([
  [1, 10],
  [2, 20],
  [5, 160],
  [11, 3600],
  [12, undefined],
])('after failure %i it is tried again in %s seconds', (attempts, seconds) => {
  const now = new Date('2026-11-22T10:00:00Z')
  const next = nextAttempt(attempts, now)
  expect(next && (next.getTime() - now.getTime()) / 1000).toBe(seconds)
})

test.each([
  [400, false],
  [401, true],
  [404, false],
  [408, true],
  [409, false],
  [422, false],
  [429, true],
  [500, true],
  [503, true],
])('an answer of %i may pass: %s', (status, passes) => {
  expect(mayPass(status)).toBe(passes)
})
