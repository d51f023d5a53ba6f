import type { Bundle, Patient } from '@medplum/fhirtypes'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import {
  booking,
  bookingSender,
  changed,
  codesIn,
  codesOf,
  example,
  examples,
  headerOf,
  requestIds,
  resourcesOf,
  typesOf,
  validated,
  validation,
} from '../../testing/booking.ts'
import { signIn, systemToken } from '../../testing/http.ts'

let app: TestApp
let owner: pg.Client
let ask: ReturnType<typeof bookingSender>
beforeAll(async () => {
  app = await testApp()
  owner = new pg.Client({ connectionString: app.ownerUrl })
  await owner.connect()
  ask = bookingSender(app.base, await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret'))
})
afterAll(async () => {
  await owner.end()
  await app.close()
})

const process = (message: string | object) =>
  ask('POST', '/$process-message', typeof message === 'string' ? message : JSON.stringify(message))
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

describe.skipIf(examples.length === 0)('the standard’s examples', () => {
  test('a booking is kept, answered with what was kept, and raises its event once however often it is sent', async () => {
    const answer = await process(example(booking))
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers.get('x-request-id')).toBe(requestIds['x-request-id'])
    expect(answer.headers.get('x-correlation-id')).toBe(requestIds['x-correlation-id'])
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
    expect(codesOf(answer)).toEqual(codesIn('OperationOutcome__REC__409-REC_CONFLICT-duplicate.json'))
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
    expect(codesOf(unknown)).toEqual(codesIn('OperationOutcome__REC__404-REC_NOT_FOUND-not-found.json'))
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
    expect(typesOf(found.json)).toEqual(typesOf(bundle))
    const elsewhere = await ask('GET', '/Slot?start=2021-10-06&Schedule.actor:HealthcareService=1')
    expect(elsewhere.json.entry).toBe(undefined)
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
