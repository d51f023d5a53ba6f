import type { Bundle, Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileScope, rulesOf, type Scope, settingsOf } from '../../access/index.ts'
import type { Actor, Db } from '../../platform/index.ts'
import { freshDatabase } from '../../testing/index.ts'
import { keepTransaction } from '../fhir/bundle/transaction.ts'
import { encounterAt, observationAt, patientAt, practitionerAt, searchAtRandom } from './at-random.ts'
import { searchAnswer } from './index.ts'
import { type Kept, searchSlowly } from './slowly.ts'

const now = new Date('2026-11-22T10:00:00Z')
const base = 'https://here.example/fhir'
const patients = Array.from({ length: 8 }, (_, index) => `patient-${index}`)
const numbers = [
  '9990000018',
  '9990000026',
  '9990000034',
  '9990000042',
  '9990000050',
  '9990000069',
  '9990000077',
  '9990000085',
]
const encounters = Array.from({ length: 12 }, (_, index) => `encounter-${index}`)

let fresh: Awaited<ReturnType<typeof freshDatabase>>
let kept: Kept[]
let scope: Scope
let as: <Result>(work: (db: Db) => Promise<Result>) => Promise<Result>

beforeAll(async () => {
  fresh = await freshDatabase()
  const { database, place } = fresh
  const actor: Actor = {
    id: 'sender:rfr-hospital',
    name: 'Hospital',
    kind: 'system',
    role: 'feed',
    organisation: 'RFR',
    teams: [],
    source: 'rfr-hospital',
  }
  scope = compileScope(actor, 'feed', rulesOf(place), place.sources, now)
  as = (work) => database.transaction('record', settingsOf(actor, scope), work)
  const drawn = fc.sample(
    fc.tuple(
      ...patients.map((id, index) => patientAt(id, numbers[index] ?? '')),
      ...['p1', 'p2', 'p3'].map(practitionerAt),
      ...encounters.map((id, index) => encounterAt(id, patients[index % 8] ?? '')),
      ...Array.from({ length: 90 }, (_, index) =>
        observationAt(
          `observation-${index}`,
          patients[index % 8] ?? '',
          encounters.filter((_each, place) => place % 8 === index % 8),
          numbers[index % 8] ?? '',
        ),
      ),
    ),
    { numRuns: 1, seed: 42 },
  )[0] as (Resource & { id: string })[]
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: drawn.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    })),
  }
  const sending = { source: 'rfr-hospital', sourceKind: 'hospital', organisation: 'RFR', place, now }
  await as((db) => keepTransaction(db, sending, structuredClone(bundle)))
  kept = drawn.map((resource) => ({ resource, filePatient: whoseFile(resource) }))
}, 60_000)
afterAll(() => fresh.close())

function whoseFile(resource: Resource): string | undefined {
  const subject =
    'subject' in resource ? (resource.subject as { identifier?: { value?: string } }) : undefined
  return subject?.identifier ? patients[numbers.indexOf(subject.identifier.value ?? '')] : undefined
}

async function found(type: string, query: [string, string][], count: number): Promise<string[]> {
  const asked: Record<string, string[]> = { _count: [String(count)] }
  for (const [name, value] of query) asked[name] = [...(asked[name] ?? []), value]
  const ids: string[] = []
  for (;;) {
    const { body } = await as((db) => searchAnswer(db, { scope, base, now }, type, asked))
    const bundle = JSON.parse(body) as Bundle
    ids.push(...(bundle.entry ?? []).map(({ resource }) => resource?.id ?? ''))
    if (bundle.total !== undefined) expect(bundle.total).toBe(searchSlowly(kept, type, query).length)
    const next = bundle.link?.find(({ relation }) => relation === 'next')?.url
    if (!next) return ids
    asked['_cursor'] = [new URL(next).searchParams.get('_cursor') ?? '']
  }
}

test('a search finds what the specification says, whatever is asked and however it is paged', async () => {
  let some = 0
  await fc.assert(
    fc.asyncProperty(searchAtRandom(patients), fc.constantFrom(3, 50), async ({ type, query }, count) => {
      const expected = searchSlowly(kept, type, query)
      if (expected.length > 0 && expected.length < 90) some++
      expect((await found(type, query, count)).sort(), JSON.stringify(query)).toEqual(expected)
    }),
    { numRuns: 600 },
  )
  // Searches that find nothing, or everything, would prove nothing.
  expect(some).toBeGreaterThan(150)
}, 300_000)
