import type { Bundle } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { systemToken } from '../../testing/http.ts'

/** Sound bundles with any of their parts taken away or made into something else: each is answered, and nothing breaks. */

let app: TestApp
let token: string
beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
})
afterAll(() => app.close())

async function send(path: string, body: unknown): Promise<number> {
  const answer = await fetch(`${app.base}/fhir${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify(body),
  })
  await answer.arrayBuffer()
  return answer.status
}

const system = 'https://golden-thread.example/Id/test'
const patient = 'urn:uuid:30000000-0000-4000-8000-000000000001'
const request = 'urn:uuid:30000000-0000-4000-8000-000000000002'
const message: Bundle = {
  resourceType: 'Bundle',
  id: 'changed',
  type: 'message',
  entry: [
    {
      fullUrl: 'urn:uuid:30000000-0000-4000-8000-000000000000',
      resource: {
        resourceType: 'MessageHeader',
        eventCoding: {
          system: 'https://fhir.nhs.uk/CodeSystem/message-events-bars',
          code: 'servicerequest-request',
        },
        source: { name: 'Sender', endpoint: 'https://sender.example' },
        reason: { coding: [{ code: 'new' }] },
        focus: [{ reference: request }],
        definition: 'https://fhir.nhs.uk/MessageDefinition/bars-message-servicerequest-request-referral',
      },
    },
    {
      fullUrl: request,
      resource: {
        resourceType: 'ServiceRequest',
        status: 'active',
        intent: 'plan',
        category: [{ coding: [{ code: 'referral' }] }],
        subject: { reference: patient },
      },
    },
    {
      fullUrl: patient,
      resource: {
        resourceType: 'Patient',
        identifier: [{ system, value: 'changed' }],
        name: [{ family: 'Changed', given: ['Una'] }],
        birthDate: '1960-05-06',
      },
    },
  ],
}
const transaction: Bundle = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: patient,
      resource: { resourceType: 'Patient', identifier: [{ system, value: 'changed too' }] },
      request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${system}|changed too` },
    },
    {
      resource: {
        resourceType: 'Slot',
        status: 'free',
        start: '2026-10-12T12:30:00Z',
        end: '2026-10-12T12:40:00Z',
        schedule: { reference: `Schedule?identifier=${system}|s1` },
      },
      request: { method: 'PUT', url: 'Slot/changed', ifMatch: 'W/"1"' },
    },
    {
      resource: {
        resourceType: 'Schedule',
        identifier: [{ system, value: 's1' }],
        actor: [{ reference: `Practitioner?identifier=${system}|p1` }],
      },
      request: { method: 'POST', url: 'Schedule' },
    },
  ],
}

/** Every place in a value, as a path. */
function placesIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [path]
  const pairs = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...pairs.flatMap(([name, inner]) => placesIn(inner, [...path, name]))]
}

function changedAt(whole: unknown, [first, ...rest]: (string | number)[], to: unknown): unknown {
  if (first === undefined) return to
  const copy: unknown[] | Record<string, unknown> = Array.isArray(whole)
    ? [...whole]
    : { ...(whole as object) }
  const at = copy as Record<string | number, unknown>
  at[first] = changedAt(at[first], rest, to)
  return copy
}

const anything = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    'urn:uuid:nobody',
    'Patient?identifier=|',
    'Patient?',
    '#',
    `Patient?identifier=${system}|%E0%A4%A`,
    'W/"0"',
    '\u0000',
    '9999-99-99',
  ),
)
const oneOf = (whole: Bundle) =>
  fc
    .array(fc.record({ path: fc.constantFrom(...placesIn(whole).slice(1)), to: anything }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => changes.reduce<unknown>((bundle, { path, to }) => safely(bundle, path, to), whole))

/** A place that an earlier change took away is left alone. */
function safely(bundle: unknown, path: (string | number)[], to: unknown): unknown {
  try {
    return changedAt(bundle, path, to)
  } catch {
    return bundle
  }
}

const broken = () => app.logged.filter((entry) => entry['level'] === 'error')

test('messages', async () => {
  let n = 0
  await fc.assert(
    fc.asyncProperty(oneOf(message), async (bundle) => {
      const own =
        (bundle as Bundle).id === 'changed' ? { ...(bundle as Bundle), id: `changed-${n++}` } : bundle
      expect(await send('/$process-message', own), JSON.stringify(own)).toBeLessThan(500)
      expect(broken()).toEqual([])
    }),
    { numRuns: 250 },
  )
  expect(await send('/$process-message', { ...message, id: 'whole' })).toBe(200)
}, 120_000)

test.each(['transaction', 'batch'] as const)(
  '%s',
  async (type) => {
    await fc.assert(
      fc.asyncProperty(oneOf({ ...transaction, type }), async (bundle) => {
        expect(await send('', bundle), JSON.stringify(bundle)).toBeLessThan(500)
        expect(broken()).toEqual([])
      }),
      { numRuns: 250 },
    )
  },
  120_000,
)
