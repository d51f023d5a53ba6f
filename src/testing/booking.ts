import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Bundle, MessageHeader, OperationOutcome, Resource } from '@medplum/fhirtypes'
import { fetchPatiently } from './http.ts'

/** The published examples of the Booking and Referral Standard, kept beside the project and not in it. */
const folder = resolve(import.meta.dirname, '../../../shared/data/booking-and-referral')
export const examples = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
export const example = (name: string): string => readFileSync(resolve(folder, name), 'utf8')

export const booking = 'process_message__request__Booking (POST).json'
export const validation = 'process_message__request__ValidationRequest (POST) .json'
export const validated = 'process_message__request__ValidationResponse (POST) .json'

/** A message of the folder, changed. */
export function changed(name: string, change: (bundle: Bundle) => void): Bundle {
  const bundle = JSON.parse(example(name)) as Bundle
  change(bundle)
  return bundle
}

const target = Buffer.from(
  JSON.stringify({ system: 'https://fhir.nhs.uk/Id/dos-service-id', value: '2000099999' }),
)
export const requestIds = {
  'x-request-id': 'c1ab3fba-6bae-4ba4-b257-5a87c44d4a91',
  'x-correlation-id': '9562466f-c982-4bd5-bb0e',
}

type Json = Omit<Bundle, 'resourceType'> & Omit<OperationOutcome, 'resourceType'> & { resourceType: string }
type Answer = { status: number; headers: Headers; text: string; json: Json }
type Ask = (method: string, path: string, body?: string, headers?: Record<string, string>) => Promise<Answer>

/** Asks as a sender of the standard does, with its headers. */
export const bookingSender =
  (base: string, token: string): Ask =>
  async (method, path, body, headers = {}) => {
    const answer = await fetchPatiently(`${base}/fhir${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'nhsd-target-identifier': target.toString('base64'),
        ...requestIds,
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    const text = await answer.text()
    const json = (text.startsWith('{') ? JSON.parse(text) : {}) as Json
    return { status: answer.status, headers: answer.headers, text, json }
  }

type Entries = Pick<Bundle, 'entry'>
export const headerOf = (bundle: Entries) => bundle.entry?.[0]?.resource as MessageHeader
export const resourcesOf = (bundle: Entries, type: string): Resource[] =>
  (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource] : []))
export const typesOf = (from: Entries) => from.entry?.map(({ resource }) => resource?.resourceType).sort()

const fieldsOf = ({ issue }: Pick<OperationOutcome, 'issue'>) =>
  issue.map(({ severity, code, details }) => ({ severity, code, rec: details?.coding?.[0]?.code }))
/** What an error says, in the fields that a sender’s program reads; and what an example of one does. */
export const codesOf = ({ json }: Answer) => fieldsOf(json)
export const codesIn = (name: string) => fieldsOf(JSON.parse(example(name)) as OperationOutcome)
