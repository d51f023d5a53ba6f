import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mended } from '../../testing/uk-core.ts'
import { validate } from './index.ts'

const data = resolve(import.meta.dirname, '../../../../shared/data')
const filesIn = (folder: string) => {
  const path = resolve(data, folder)
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : []
}
const load = (folder: string, file: string) => JSON.parse(readFileSync(resolve(data, folder, file), 'utf8'))

const errorsIn = (resource: unknown) =>
  validate(resource, { most: 10_000 })
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path }) => `${code} ${path}`)

/**
 * What is truly wrong in published examples. They were turned from XML into JSON by a tool that wrote decimals as text
 * and kept comments in a property that FHIR dropped after DSTU2; and three references lack
 * the type before the id.
 */
const ukCoreFaults = [
  /^structure .*\.fhir_comments$/,
  /^structure .*\.(?:value|valueDecimal|period)$/,
  /^value MedicationDispense\.authorizingPrescription\[0\]\.reference$/,
]

describe.skipIf(filesIn('uk-core').length === 0)('the UK Core examples', () => {
  it.each(filesIn('uk-core'))('%s', (file) => {
    const resource = load('uk-core', file)
    expect(errorsIn(resource).filter((issue) => !ukCoreFaults.some((fault) => fault.test(issue)))).toEqual([])
    expect(errorsIn(mended(resource))).toEqual([])
  })
})

/** Each of these is wrong as published, for the reason given; the rest of the standard's examples are sound. */
const bookingFaults: Record<string, string> = {
  '_status.json': 'a health check, not a FHIR resource',
  'OperationOutcome__REC__500-REC_SERVER_ERROR-too costly.json':
    'the issue type is too costly, not too-costly',
  'invalid-base64.json': 'an HTTP status stands for the issue type',
  'unavailable.json': 'an HTTP status stands for the issue type',
  'appointment__PATCH-body.json': 'a fragment: no participant, no times',
  'document_reference__GET-success-empty.json': 'an empty list of entries',
  'message_definition__MessageDefinition_ServiceRequest-request_CaseTransfer.json':
    'a list for useContext.code',
  'process_message__POST-success.json': 'placeholders for ids, Schedule for schedule, no participant status',
  'process_message__response__Booking (HTTP Response) .json': 'the same message again',
  'process_message__response__ValidationRequest (HTTP Response) .json': 'bare ids for references',
  'service_request__GET-success.json': 'the resource lies in the entry itself',
  'service_request__POST-success.json': 'one object for basedOn, PatientInstruction for patientInstruction',
  'service_request__id__GET-success.json': 'the same resource again',
}

describe.skipIf(filesIn('booking-and-referral').length === 0)('the Booking and Referral examples', () => {
  it.each(filesIn('booking-and-referral'))('%s', (file) => {
    expect(errorsIn(load('booking-and-referral', file)).length > 0).toBe(file in bookingFaults)
  })
})

describe.skipIf(filesIn('synthea').length === 0)('the Synthea bundles', () => {
  it.each(filesIn('synthea'))('%s', (file) => {
    const bundle = load('synthea', file)
    expect(errorsIn(bundle)).toEqual([])
    for (const { resource } of bundle.entry) expect(errorsIn(resource)).toEqual([])
  })
})
