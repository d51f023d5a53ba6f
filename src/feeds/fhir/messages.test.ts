import type { Bundle, MessageHeader } from '@medplum/fhirtypes'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { fetchPatiently, systemToken } from '../../testing/http.ts'

/** FHIR messages of any sender, beside those of the Booking and Referral Standard. */

let app: TestApp
let owner: pg.Client
let hospital: string
let practice: string
beforeAll(async () => {
  app = await testApp()
  owner = new pg.Client({ connectionString: app.ownerUrl })
  await owner.connect()
  hospital = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
  practice = await systemToken(app.base, 'demo-practice', 'demo-practice-secret')
})
afterAll(async () => {
  await owner.end()
  await app.close()
})

async function send(token: string, message: string | object) {
  const answer = await fetchPatiently(`${app.base}/fhir/$process-message`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  })
  const text = await answer.text()
  const bundle = JSON.parse(text) as Bundle
  const header = bundle.entry?.[0]?.resource as MessageHeader
  return { status: answer.status, text, bundle, header }
}

const patient = 'urn:uuid:10000000-0000-4000-8000-000000000001'

/** A weight, told by message. */
function aWeight(id: string, headerId: string, kilograms: number, more: object = {}): Bundle {
  return {
    resourceType: 'Bundle',
    id,
    type: 'message',
    entry: [
      {
        fullUrl: `urn:uuid:${headerId}`,
        resource: {
          resourceType: 'MessageHeader',
          id: headerId,
          eventCoding: {
            system: 'http://terminology.hl7.org/CodeSystem/message-events',
            code: 'observation-provide',
          },
          source: { name: 'Ward scales', endpoint: 'https://scales.example' },
          focus: [{ reference: 'urn:uuid:10000000-0000-4000-8000-000000000002' }],
        },
      },
      {
        fullUrl: 'urn:uuid:10000000-0000-4000-8000-000000000002',
        resource: {
          resourceType: 'Observation',
          status: 'final',
          code: { text: 'Weight' },
          subject: { reference: patient },
          valueQuantity: { value: kilograms, unit: 'kg' },
          ...more,
        },
      },
      {
        fullUrl: patient,
        resource: {
          resourceType: 'Patient',
          identifier: [{ system: 'https://golden-thread.example/Id/test', value: 'weighed' }],
          name: [{ family: 'Weighed', given: ['Una'] }],
          birthDate: '1960-05-06',
        },
      },
    ],
  }
}

const states = async () =>
  (
    await owner.query(
      'select m.control_id as id, s.state, s.reason, s.place from feeds.message_state s join feeds.message m on m.id = s.message_id order by s.id',
    )
  ).rows
const versions = async (type: string) =>
  (await owner.query('select id, version from record.resource_history where type = $1', [type])).rows

const headerId = '20000000-0000-4000-8000-000000000001'

test('a message is applied once, whoever repeats it and in whatever envelope', async () => {
  const first = await send(hospital, aWeight('m1', headerId, 70))
  expect(first.status, first.text).toBe(200)
  expect(first.header.response).toEqual({ identifier: 'm1', code: 'ok' })
  expect(first.header.destination).toEqual([{ name: 'Ward scales', endpoint: 'https://scales.example' }])
  expect((await send(hospital, aWeight('m1', headerId, 70))).text).toBe(first.text)
  expect((await send(hospital, aWeight('m1-again', headerId, 70))).text).toBe(first.text)
  expect(await versions('Observation')).toHaveLength(1)
  expect((await states()).map(({ state }) => state)).toEqual(['applied', 'repeat', 'repeat'])
})

test('fifty repeats at once apply it once, and all are answered the same', async () => {
  const before = (await versions('Observation')).length
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      send(hospital, aWeight('m2', '20000000-0000-4000-8000-000000000002', 71)),
    ),
  )
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(await versions('Observation')).toHaveLength(before + 1)
}, 60_000)

test('the same id from another source is another message, kept apart', async () => {
  const answer = await send(practice, aWeight('m1', headerId, 70))
  expect(answer.status, answer.text).toBe(200)
  expect(new Set((await versions('Observation')).map(({ id }) => id)).size).toBe(2)
})

test('what cannot be kept is answered as fatal, kept with the reason, and resolves when it can be kept after all', async () => {
  const broken = aWeight('m3', '20000000-0000-4000-8000-000000000003', 72, {
    subject: { reference: 'Patient/not-yet-known' },
  })
  // Another weight than the first, which is about somebody else.
  Object.assign(
    broken,
    JSON.parse(
      JSON.stringify(broken).replaceAll(
        '10000000-0000-4000-8000-000000000002',
        '10000000-0000-4000-8000-000000000003',
      ),
    ),
  )
  const patients = (await versions('Patient')).length
  const refused = await send(hospital, broken)
  expect(refused.status).toBe(422)
  expect(refused.header.response).toMatchObject({ identifier: 'm3', code: 'fatal-error' })
  expect(refused.bundle.entry?.[1]?.resource).toMatchObject({
    resourceType: 'OperationOutcome',
    issue: [{ code: 'not-found', expression: ['Bundle.entry[1].resource.subject.reference'] }],
  })
  await send(hospital, broken)
  // The Patient of the refused message was not kept either.
  expect(await versions('Patient')).toHaveLength(patients)
  await fetch(`${app.base}/fhir/Patient/not-yet-known`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${hospital}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Patient', id: 'not-yet-known', name: [{ family: 'Known' }] }),
  })
  expect((await send(hospital, broken)).header.response?.code).toBe('ok')
  expect((await states()).filter(({ id }) => id === 'm3').map(({ state }) => state)).toEqual([
    'quarantined',
    'quarantined',
    'applied',
    'replayed',
  ])
})

test.each([
  ['not JSON', '{"resourceType"', 'structure'],
  ['nothing', '', 'structure'],
  ['a NUL', '{"resourceType":"Bundle","id":"\u0000"}', 'structure'],
  ['a list', '[]', 'structure'],
  ['entries that are none', '{"resourceType":"Bundle","type":"message","entry":{}}', 'value'],
  ['an entry that is null', '{"resourceType":"Bundle","type":"message","entry":[null]}', 'structure'],
])('%s is kept in quarantine, and answered', async (_name, body, reason) => {
  const before = (await states()).length
  const answer = await send(hospital, body)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.header.response?.code).toBe('fatal-error')
  expect((await states()).slice(before)).toMatchObject([{ state: 'quarantined', reason }])
  expect(app.logged.filter((entry) => entry['level'] === 'error')).toEqual([])
})
