import type { Bundle, Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileScope, rulesOf, type Scope, settingsOf } from '../../access/index.ts'
import type { Actor, Db } from '../../platform/index.ts'
import { freshDatabase } from '../../testing/index.ts'
import { keepTransaction } from '../fhir/bundle/transaction.ts'
import { searchAnswer } from './index.ts'

const base = 'https://here.example/fhir'
const hospital: Actor = {
  id: 'sender:rfr-hospital',
  name: 'Hospital',
  kind: 'system',
  role: 'feed',
  organisation: 'RFR',
  teams: [],
  source: 'rfr-hospital',
}
let fresh: Awaited<ReturnType<typeof freshDatabase>>
let scope: Scope
let clock = new Date('2026-11-22T10:00:00Z').getTime()
beforeAll(async () => {
  fresh = await freshDatabase()
  scope = compileScope(hospital, 'feed', rulesOf(fresh.place), fresh.place.sources, new Date(clock))
}, 60_000)
afterAll(() => fresh.close())

const as = <Result>(work: (db: Db) => Promise<Result>) =>
  fresh.database.transaction('record', settingsOf(hospital, scope), work)

/** Each write is a minute after the one before. */
async function write(...resources: object[]): Promise<void> {
  clock += 60_000
  const entry = resources.map((each) => {
    const resource = each as Resource & { id: string }
    return { resource, request: { method: 'PUT' as const, url: `${resource.resourceType}/${resource.id}` } }
  })
  const sending = {
    source: 'rfr-hospital',
    sourceKind: 'hospital',
    organisation: 'RFR',
    place: fresh.place,
    now: new Date(clock),
  }
  await as((db) => keepTransaction(db, sending, { resourceType: 'Bundle', type: 'transaction', entry }))
}

const patient = (world: string, n: number) => ({
  resourceType: 'Patient',
  id: `${world}-p${n}`,
  identifier: [{ system: 'https://golden-thread.example/Id/test', value: `${world}-p${n}` }],
  birthDate: '1950-03-04',
})
/** The text of the code is the version that was written. */
const observation = (world: string, n: number, version: number, day: number) => ({
  resourceType: 'Observation',
  id: `${world}-o${n}`,
  meta: { tag: [{ code: world }] },
  status: 'final',
  subject: { reference: `Patient/${world}-p${n % 3}` },
  code: { text: String(version) },
  effectiveDateTime: `2026-10-${String(1 + (day % 28)).padStart(2, '0')}`,
})

type Seen = { id: string; version: number }

/** Pages to the end, writing between the pages what comes next; nothing more comes once it has been written. */
async function paged(query: Record<string, string>, writes: (() => Promise<void>)[]): Promise<Seen[]> {
  const seen: Seen[] = []
  const asked = { ...query }
  for (let page = 0; page < 100; page++) {
    const { body } = await as((db) =>
      searchAnswer(db, { scope, base, now: new Date(clock) }, 'Observation', asked),
    )
    const bundle = JSON.parse(body) as Bundle
    for (const { resource } of bundle.entry ?? [])
      seen.push({
        id: resource?.id ?? '',
        version: Number((resource as { code: { text: string } }).code.text),
      })
    const next = bundle.link?.find(({ relation }) => relation === 'next')?.url
    if (!next) return seen
    asked['_cursor'] = new URL(next).searchParams.get('_cursor') ?? ''
    await writes.shift()?.()
  }
  throw new Error('The pages do not end')
}

let worlds = 0
const world = fc.record({
  many: fc.integer({ min: 4, max: 14 }),
  count: fc.integer({ min: 1, max: 5 }),
  // Between pages one is written again, with another date; a number beyond those that are there makes a new one.
  writes: fc.array(fc.record({ n: fc.nat(17), day: fc.nat(27) }), { maxLength: 5 }),
})

async function drawn({ many, writes }: { many: number; writes: { n: number; day: number }[] }) {
  const name = `w${worlds++}`
  const numbers = Array.from({ length: many }, (_, n) => n)
  await write(
    ...[0, 1, 2].map((n) => patient(name, n)),
    ...numbers.map((n) => observation(name, n, 1, n * 5)),
  )
  const newest = new Map(numbers.map((n) => [`${name}-o${n}`, 1]))
  const later = writes.map(({ n, day }, index) => async () => {
    await write(observation(name, n, index + 2, day))
    newest.set(`${name}-o${n}`, index + 2)
  })
  return { name, ids: [...newest.keys()].sort(), later, newest }
}

describe('what is written while somebody pages', () => {
  test('in the usual order is neither missed nor met twice', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (drew) => {
        const { name, ids, later } = await drawn(drew)
        const seen = await paged({ _tag: name, _count: String(drew.count) }, later)
        const met = seen.map(({ id }) => id)
        expect(met.length).toBe(new Set(met).size)
        expect(met).toEqual(expect.arrayContaining(ids))
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  test.each(['date', '-date', '-_lastUpdated', '_lastUpdated', '-date,_id', 'code'])(
    'sorted by %s is not missed, in its newest version',
    async (sort) => {
      await fc.assert(
        fc.asyncProperty(world, async (drew) => {
          const { name, later, newest } = await drawn(drew)
          const seen = await paged({ _tag: name, _count: String(drew.count), _sort: sort }, later)
          // A page that was the only one had nothing written after it.
          for (const [id, version] of newest)
            expect(Math.max(...seen.filter((each) => each.id === id).map((each) => each.version)), id).toBe(
              version,
            )
        }),
        { numRuns: 15 },
      )
    },
    120_000,
  )

  test('since an instant comes in the order in which it changed, newest version last', async () => {
    const { name, later, newest } = await drawn({
      many: 9,
      writes: [
        { n: 0, day: 3 },
        { n: 8, day: 3 },
        { n: 12, day: 1 },
      ],
    })
    const seen = await paged({ _tag: name, _count: '2', _lastUpdated: 'ge2026-11-22' }, later)
    for (const [id, version] of newest)
      expect(seen.findLast((each) => each.id === id)?.version, id).toBe(version)
  })
})

describe('a cursor that is none of ours', () => {
  const cursor = (keys: (string | null)[], more: object = {}) =>
    Buffer.from(JSON.stringify({ keys, id: 'x', ...more })).toString('base64url')

  test.each([
    ['no instant', { _lastUpdated: 'gt2020-01-01' }, cursor(['soon'])],
    ['no keys', { _lastUpdated: 'gt2020-01-01' }, cursor([])],
    ['a day that never was', { _sort: '_lastUpdated' }, cursor(['2026-02-31T10:00:00Z'])],
    ['no instant of a change', {}, cursor(['x'], { changed: true })],
    ['no number', { _sort: 'value-quantity' }, cursor(['many'])],
    ['a NUL', { _sort: 'date' }, cursor(['\u0000'])],
    ['a NUL for an id', {}, cursor([], { id: '\u0000' })],
  ])('is refused in words: %s', async (_words, query, _cursor) => {
    const asked = as((db) =>
      searchAnswer(db, { scope, base, now: new Date(clock) }, 'Observation', { ...query, _cursor }),
    )
    await expect(asked).rejects.toMatchObject({ name: 'Misasked', faults: [{ path: '_cursor' }] })
  })
})
