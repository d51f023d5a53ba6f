import type { BundleEntry, DocumentReference } from '@medplum/fhirtypes'
import { expect } from 'vitest'
import type { aReportingPlace } from './reporting-place.ts'

type ReportingPlace = Awaited<ReturnType<typeof aReportingPlace>>

let sent = 0
/** The hospital sends a document, with a Binary of its own or its content inside. */
export async function hospitalDocument(
  place: ReportingPlace,
  patient: string,
  given: {
    type?: DocumentReference['type']
    title: string
    binary?: string
    meta?: DocumentReference['meta']
    url?: string
  },
  expected = 200,
): Promise<string> {
  const id = `hospital-document-${++sent}`
  const put = (resource: BundleEntry['resource'], fullUrl: string): BundleEntry => ({
    fullUrl,
    resource: resource as never,
    request: { method: 'PUT', url: `${resource?.resourceType}/${resource?.id}` },
  })
  const data = Buffer.from(`Secret of ${id}`).toString('base64')
  const resource: DocumentReference = {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    ...(given.meta ? { meta: given.meta } : {}),
    ...(given.type ? { type: given.type } : {}),
    subject: { reference: `Patient/${patient}` },
    date: '2026-10-01T09:00:00Z',
    content: [
      {
        attachment: {
          title: given.title,
          contentType: 'text/plain',
          ...(given.binary
            ? { url: 'urn:uuid:7a0c6f6e-0000-4000-8000-000000000001' }
            : given.url
              ? { url: given.url }
              : { data }),
        },
      },
    ],
  }
  const entry = [
    put(resource, 'urn:uuid:7a0c6f6e-0000-4000-8000-000000000002'),
    ...(given.binary
      ? [
          put(
            { resourceType: 'Binary', id: given.binary, contentType: 'text/plain', data },
            'urn:uuid:7a0c6f6e-0000-4000-8000-000000000001',
          ),
        ]
      : []),
  ]
  const answer = await place.fhir('', {
    method: 'POST',
    body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
  })
  expect([answer.status, await answer.text()]).toEqual([expected, expect.any(String)])
  return id
}
