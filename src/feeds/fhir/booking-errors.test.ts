import type { OperationOutcome } from '@medplum/fhirtypes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import {
  booking,
  bookingSender,
  codesIn,
  codesOf,
  example,
  examples,
  validated,
  validation,
} from '../../testing/booking.ts'
import { systemToken } from '../../testing/http.ts'

let app: TestApp
let ask: ReturnType<typeof bookingSender>
beforeAll(async () => {
  app = await testApp()
  ask = bookingSender(app.base, await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret'))
})
afterAll(async () => {
  await app.close()
})

const process = (message: string | object) =>
  ask('POST', '/$process-message', typeof message === 'string' ? message : JSON.stringify(message))

describe.skipIf(examples.length === 0)('errors as the standard has them', () => {
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
    if (name) expect(codesOf(answer)).toEqual(codesIn(name))
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
    expect([absent.status, ...codesOf(absent)]).toEqual([404, ...codesIn('entity-not-found.json')])
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
    const method = await ask('POST', '/Appointment/x', example('appointment__PATCH-body.json'))
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
      ...codesIn('OperationOutcome__REC__409-REC_CONFLICT-conflict.json'),
    ])
  })

  test('every other file of the folder that is a request is sent; those that are answers alone have no request', () => {
    const requests = examples.filter((name) => /body|message__request__/.test(name))
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
