import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Bundle, MessageHeader, OperationOutcome, Patient, Resource } from '@medplum/fhirtypes'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { signIn, systemToken } from '../../testing/http.ts'

/** The published examples of the Booking and Referral Standard, kept beside the project and not in it. */
const folder = resolve(import.meta.dirname, '../../../../shared/data/booking-and-referral')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
const example = (name: string): string => readFileSync(resolve(folder, name), 'utf8')

let app: TestApp
let owner: pg.Client
let token: string
beforeAll(async () => {
  app = await testApp()
  owner = new pg.Client({ connectionString: app.ownerUrl })
  await owner.connect()
  token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
})
afterAll(async () => {
  await owner.end()
  await app.close()
})

const target = Buffer.from(
  JSON.stringify({ system: 'https://fhir.nhs.uk/Id/dos-service-id', value: '2000099999' }),
)
const ids = {
  'x-request-id': 'c1ab3fba-6bae-4ba4-b257-5a87c44d4a91',
  'x-correlation-id': '9562466f-c982-4bd5-bb0e',
}

type Json = Omit<Bundle, 'resourceType'> & Omit<OperationOutcome, 'resourceType'> & { resourceType: string }
type Answer = { status: number; headers: Headers; text: string; json: Json }
async function ask(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(`${app.base}/fhir${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'nhsd-target-identifier': target.toString('base64'),
      ...ids,
      ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : {},
  }
}

const process = (message: string | object, headers?: Record<string, string>) =>
  ask('POST', '/$process-message', typeof message === 'string' ? message : JSON.stringify(message), headers)

type Entries = Pick<Bundle, 'entry'>
const headerOf = (bundle: Entries) => bundle.entry?.[0]?.resource as MessageHeader
const resourcesOf = (bundle: Entries, type: string): Resource[] =>
  (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource] : []))
const states = async (id: string) =>
  (
    await owner.query(
      'select s.state, s.reason, s.place from feeds.message_state s join feeds.message m on m.id = s.message_id where m.control_id = $1 order by s.id',
      [id],
    )
  ).rows
const raised = async () =>
  (
    await owner.query(
      "select type, payload from platform.event where type not in ('record changed', 'reason stated') order by id",
    )
  ).rows
const codesOf = ({ json }: Answer) =>
  json.issue.map(({ severity, code, details }) => ({ severity, code, rec: details?.coding?.[0]?.code }))

/** A message of the folder, changed. */
function changed(name: string, change: (bundle: Bundle) => void): Bundle {
  const bundle = JSON.parse(example(name)) as Bundle
  change(bundle)
  return bundle
}
const booking = 'process_message__request__Booking (POST).json'
const validation = 'process_message__request__ValidationRequest (POST) .json'
const validated = 'process_message__request__ValidationResponse (POST) .json'

describe.skipIf(files.length === 0)('the standard’s examples', () => {
  test('a booking is kept, answered with what was kept, and raises its event once however often it is sent', async () => {
    const answer = await process(example(booking))
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers.get('x-request-id')).toBe(ids['x-request-id'])
    expect(answer.headers.get('x-correlation-id')).toBe(ids['x-correlation-id'])
    expect(headerOf(answer.json).response).toEqual({
      identifier: '777a156c-af3c-4748-a8a3-7e95e4b0df9a',
      code: 'ok',
    })
    const sent = JSON.parse(example('process_message__response__Booking (HTTP Response) .json')) as Bundle
    for (const type of [
      'MessageHeader',
      'Appointment',
      'Patient',
      'Slot',
      'Schedule',
      'HealthcareService',
      'Location',
    ])
      expect(resourcesOf(answer.json, type), type).toHaveLength(resourcesOf(sent, type).length)
    const [appointment] = resourcesOf(answer.json, 'Appointment')
    const events = await raised()
    expect(events).toMatchObject([
      { type: 'booking received', payload: { resource: `Appointment/${appointment?.id}` } },
    ])
    // The same file under its other name: the same message.
    const again = await process(example('process_message__POST-body.json'))
    expect(again.text).toBe(answer.text)
    expect(await raised()).toEqual(events)
    expect(await states('777a156c-af3c-4748-a8a3-7e95e4b0df9a')).toMatchObject([
      { state: 'applied' },
      { state: 'repeat' },
    ])
    const read = await ask('GET', `/Appointment/${appointment?.id}`)
    expect(read.json).toMatchObject({ status: 'booked', description: 'Reason for calling-' })
    const { rows } = await owner.query('select body from feeds.message order by received_at limit 1')
    expect(rows[0].body).toBe(example(booking))
  })

  test('a validation request and its answer', async () => {
    const request = await process(example(validation))
    expect(request.status, request.text).toBe(200)
    const response = await process(example(validated))
    expect(response.status, response.text).toBe(200)
    expect((await raised()).map(({ type }) => type).slice(-2)).toEqual([
      'validation requested',
      'validation answered',
    ])
    // The flag is on a place; it is about whoever is at the encounter that it names.
    const [flag] = resourcesOf(request.json, 'Flag')
    expect((await ask('GET', `/Flag/${flag?.id}`)).status).toBe(200)
  })

  test('the same id with other content is refused, and kept in quarantine', async () => {
    const other = changed(booking, (bundle) => {
      Object.assign(bundle.entry?.[1]?.resource ?? {}, { description: 'Another reason' })
    })
    const answer = await process(other)
    expect(answer.status).toBe(409)
    expect(codesOf(answer)).toEqual(outcomeIn('OperationOutcome__REC__409-REC_CONFLICT-duplicate.json'))
    expect((await states(other.id ?? '')).at(-1)).toMatchObject({
      state: 'quarantined',
      reason: 'control id reused',
    })
  })

  const referral = (id: string, reason: string, status: string) =>
    changed(validation, (bundle) => {
      bundle.id = id
      const header = headerOf(bundle)
      header.definition = 'https://fhir.nhs.uk/MessageDefinition/bars-message-servicerequest-request-referral'
      header.reason = {
        coding: [{ system: 'https://fhir.nhs.uk/CodeSystem/message-reason-bars', code: reason }],
      }
      Object.assign(resourcesOf(bundle, 'ServiceRequest')[0] ?? {}, {
        status,
        category: [{ coding: [{ code: 'referral' }], text: 'Transfer of care' }],
        code: { text: 'Urgent community response' },
      })
      // Their own uuids, so that this is another referral than that of the example.
      const text = JSON.stringify(bundle).replaceAll(
        '236bb75d-90ef-461f-b71e-fde7f899802c',
        '336bb75d-90ef-461f-b71e-fde7f899802c',
      )
      Object.assign(bundle, JSON.parse(text))
    })

  test('a referral is received, changed and cancelled, and stands on the person’s record', async () => {
    const before = (await raised()).length
    const unknown = await process(referral('r0', 'update', 'active'))
    expect(unknown.status).toBe(404)
    expect(codesOf(unknown)).toEqual(outcomeIn('OperationOutcome__REC__404-REC_NOT_FOUND-not-found.json'))
    const made = await process(referral('r1', 'new', 'active'))
    expect(made.status, made.text).toBe(200)
    const [request] = resourcesOf(made.json, 'ServiceRequest')
    for (const [id, reason, status] of [
      ['r2', 'update', 'active'],
      ['r3', 'update', 'revoked'],
    ] as const) {
      const answer = await process(referral(id, reason, status))
      expect(resourcesOf(answer.json, 'ServiceRequest')[0]?.id).toBe(request?.id)
    }
    const events = (await raised()).slice(before)
    expect(events.map(({ type }) => type)).toEqual([
      'referral received',
      'referral changed',
      'referral cancelled',
    ])
    const history = await ask('GET', `/ServiceRequest/${request?.id}/_history`)
    expect(history.json.total).toBe(3)
    // One person, not one for each message.
    const nhsNumber = (resourcesOf(made.json, 'Patient')[0] as Patient).identifier?.find(
      ({ system }) => system === 'https://fhir.nhs.uk/Id/nhs-number',
    )?.value
    expect((await ask('GET', `/Patient?identifier=${nhsNumber}`)).json.total).toBe(1)
    const byNumber = await ask(
      'GET',
      `/ServiceRequest?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`,
    )
    expect(byNumber.json.entry?.some(({ resource }) => resource?.id === request?.id)).toBe(true)

    const nurse = await signIn(app.base, 'demo-emergency-nurse')
    const person = events[0].payload.person
    const form = (path: string, fields: Record<string, string>) =>
      fetch(app.base + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: nurse, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields),
      })
    await form(`/people/${person}/reason`, { reason: 'with me', words: 'In the department now' })
    const timeline = await fetch(`${app.base}/people/${person}/timeline`, { headers: { cookie: nurse } })
    expect(await timeline.text()).toContain('Urgent community response')
  })

  test('slots are found by start, state and service, with what they belong to', async () => {
    const bundle = JSON.parse(example('slots__GET-success.json')) as Bundle
    const transaction = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: bundle.entry?.map(({ fullUrl, resource }) => ({
        fullUrl,
        resource,
        request: { method: 'PUT', url: `${resource?.resourceType}/${resource?.id}` },
      })),
    }
    const kept = await ask('POST', '', JSON.stringify(transaction))
    expect(kept.status, kept.text).toBe(200)
    const found = await ask(
      'GET',
      '/Slot?start=ge2021-10-06T00:00:00%2B00:00&start=le2021-10-07T00:00:00%2B00:00&status=free&Schedule.actor:HealthcareService=2000099999&_include=Slot:schedule',
    )
    expect(found.status, found.text).toBe(200)
    const types = (from: Entries) => from.entry?.map(({ resource }) => resource?.resourceType).sort()
    expect(types(found.json)).toEqual(types(bundle))
    const elsewhere = await ask('GET', '/Slot?start=2021-10-06&Schedule.actor:HealthcareService=1')
    expect(elsewhere.json.entry).toEqual([])
  })

  test('ServiceRequest, Appointment and DocumentReference by REST', async () => {
    const patient = await ask('GET', '/Patient?identifier=9476719931')
    const about = `Patient/${patient.json.entry?.[0]?.resource?.id}`
    const appointment = JSON.parse(example('appointment__POST-success.json'))
    const nobody = await ask('POST', '/Appointment', JSON.stringify(appointment))
    expect([nobody.status, ...codesOf(nobody)]).toEqual([
      400,
      { severity: 'error', code: 'required', rec: 'REC_BAD_REQUEST' },
    ])
    appointment.participant[0].actor.reference = about
    const made = await ask('PUT', `/Appointment/${appointment.id}`, JSON.stringify(appointment))
    expect(made.status, made.text).toBe(201)
    // Its example of a change names the patient by a uuid that only the first message explained.
    const put = await ask('PUT', `/Appointment/${appointment.id}`, example('appointment__PUT-body.json'))
    expect(put.status, put.text).toBe(200)
    expect((await ask('GET', `/Appointment?patient=${about}`)).json.total).toBeGreaterThan(1)

    const document = JSON.parse(example('document_reference__POST-body.json'))
    document.subject.identifier.value = '9476719931'
    const pointer = await ask('POST', '/DocumentReference', JSON.stringify(document))
    expect(pointer.status, pointer.text).toBe(201)
    const pointers = await ask(
      'GET',
      '/DocumentReference?subject:identifier=https://fhir.nhs.uk/Id/nhs-number|9476719931',
    )
    expect(pointers.json.total).toBe(1)
    const pointerAgain = JSON.parse(example('document_reference__id__PUT-body.json'))
    pointerAgain.subject.identifier.value = '9476719931'
    const again = await ask('PUT', `/DocumentReference/${pointerAgain.id}`, JSON.stringify(pointerAgain))
    expect(again.status, again.text).toBe(201)
    const none = await ask(
      'GET',
      '/DocumentReference?subject:identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018',
    )
    expect(none.json.total).toBe(0)
    const known = await ask('GET', '/MessageDefinition')
    expect(known.json.entry?.map(({ resource }) => (resource as { url?: string }).url)).toContain(
      'https://fhir.nhs.uk/MessageDefinition/bars-message-servicerequest-request-referral',
    )
  })
})

/** What an example of an error says, in the fields that a sender’s program reads. */
function outcomeIn(name: string) {
  const { issue } = JSON.parse(example(name)) as OperationOutcome
  return issue.map(({ severity, code, details }) => ({ severity, code, rec: details?.coding?.[0]?.code }))
}

describe.skipIf(files.length === 0)('errors as the standard has them', () => {
  const rec = (name: string) => `OperationOutcome__REC__${name}.json`
  test.each([
    ['no body', '', undefined],
    ['an unknown event', unknownEvent(), rec('400-REC_BAD_REQUEST-not-supported')],
    [
      'no header',
      {
        resourceType: 'Bundle',
        id: 'e2',
        type: 'message',
        entry: [{ resource: { resourceType: 'Patient' } }],
      },
      rec('400-REC_BAD_REQUEST-required'),
    ],
    [
      'a bundle that is no message',
      { resourceType: 'Bundle', id: 'e3', type: 'collection' },
      rec('400-REC_BAD_REQUEST-value'),
    ],
  ] as const)('%s', async (_name, message, name) => {
    const answer = await process(message)
    expect(answer.status, answer.text).toBe(400)
    expect(answer.json.resourceType).toBe('OperationOutcome')
    expect(answer.json.issue[0]?.details?.coding?.[0]?.system).toBe(
      'https://fhir.nhs.uk/Codesystem/http-error-codes',
    )
    if (name) expect(codesOf(answer)).toEqual(outcomeIn(name))
  })

  function unknownEvent() {
    return {
      resourceType: 'Bundle',
      id: 'e1',
      type: 'message',
      entry: [
        {
          fullUrl: 'urn:uuid:00000000-0000-4000-8000-00000000000e',
          resource: {
            resourceType: 'MessageHeader',
            eventCoding: { system: 'urn:x', code: 'unheard-of' },
            source: { endpoint: 'urn:x' },
          },
        },
      ],
    }
  }

  test('what is not there, a wrong target, no token, a wrong method', async () => {
    const absent = await ask('GET', '/ServiceRequest/00000000-0000-4000-8000-000000000000')
    expect([absent.status, ...codesOf(absent)]).toEqual([404, ...outcomeIn('entity-not-found.json')])
    const notBase64 = await ask('GET', '/Slot?start=2021-10-06', undefined, {
      'nhsd-target-identifier': '%%%',
    })
    expect([notBase64.status, codesOf(notBase64)[0]?.rec]).toEqual([400, 'REC_BAD_REQUEST'])
    const noTarget = await ask('GET', '/Slot?start=2021-10-06', undefined, {
      'nhsd-target-identifier': Buffer.from('{"system":"x"}').toString('base64'),
    })
    expect([noTarget.status, ...codesOf(noTarget)]).toMatchObject([
      400,
      { code: 'structure', rec: 'REC_BAD_REQUEST' },
    ])
    const nobody = await ask('GET', '/ServiceRequest/x', undefined, { authorization: '' })
    expect([nobody.status, codesOf(nobody)[0]?.rec]).toEqual([401, 'REC_UNAUTHORIZED'])
    const method = await ask('PATCH', '/Appointment/x', example('appointment__PATCH-body.json'))
    expect([method.status, codesOf(method)[0]?.code]).toEqual([405, 'not-supported'])
    const read = JSON.parse(example('method-not-allowed.json')) as OperationOutcome
    expect(method.json.issue[0]?.severity).toBe(read.issue[0]?.severity)
    const stale = await ask(
      'PUT',
      '/Organization/o1',
      '{"resourceType":"Organization","id":"o1","name":"X"}',
      { 'if-match': 'W/"9"' },
    )
    expect([stale.status, ...codesOf(stale)]).toEqual([
      409,
      ...outcomeIn('OperationOutcome__REC__409-REC_CONFLICT-conflict.json'),
    ])
  })

  test('every other file of the folder that is a request is sent; those that are answers alone have no request', () => {
    const requests = files.filter((name) => /body|message__request__/.test(name))
    expect(requests.sort()).toEqual([
      'appointment__PATCH-body.json',
      'appointment__PUT-body.json',
      'document_reference__POST-body.json',
      'document_reference__id__PUT-body.json',
      'process_message__POST-body.json',
      booking,
      validation,
      validated,
    ])
  })
})
