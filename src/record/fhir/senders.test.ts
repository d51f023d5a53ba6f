import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { systemToken } from '../../testing/http.ts'

/** Bundles in the shape that large exports have: staff and places first, as a batch of conditional creates; then people who refer to them. */

let app: TestApp
let token: string
beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-practice', 'demo-practice-secret')
})
afterAll(() => app.close())

async function ask(path: string, body?: object) {
  const answer = await fetch(`${app.base}/fhir${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  return { status: answer.status, text, json: JSON.parse(text) }
}

const ids = { npi: 'http://hl7.org/fhir/sid/us-npi', export: 'https://exports.example/id' }
const by = (type: string, system: string, value: string) => ({
  reference: `${type}?identifier=${system}|${value}`,
})
const urn = (n: number) => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const at = (n: number) => ({ reference: urn(n) })
const text = (words: string) => ({ text: words })
const when = '2024-03-04T10:00:00+00:00'

const staff = (resource: object, system: string, value: string): BundleEntry => ({
  resource: { ...resource, identifier: [{ system, value }] } as Resource,
  request: {
    method: 'POST',
    url: (resource as Resource).resourceType,
    ifNoneExist: `identifier=${system}|${value}`,
  },
})
const staffBundle: Bundle = {
  resourceType: 'Bundle',
  type: 'batch',
  entry: [
    staff({ resourceType: 'Organization', name: 'Clifton Lane' }, ids.export, 'org'),
    staff(
      {
        resourceType: 'Location',
        name: 'Clifton Lane',
        managingOrganization: by('Organization', ids.export, 'org'),
      },
      ids.export,
      'loc',
    ),
    staff({ resourceType: 'Practitioner', name: [{ family: 'Pryce' }] }, ids.npi, '9999'),
    staff(
      { resourceType: 'PractitionerRole', practitioner: by('Practitioner', ids.npi, '9999') },
      ids.export,
      'role',
    ),
  ],
}

const who = by('Practitioner', ids.npi, '9999')
const subject = at(1)
const encounter = at(2)
const life: object[] = [
  {
    resourceType: 'Patient',
    identifier: [{ system: ids.export, value: 'life' }],
    name: [{ family: 'Exported' }],
  },
  {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [text('Check-up')],
    subject,
    participant: [{ individual: who }],
    location: [{ location: by('Location', ids.export, 'loc') }],
    serviceProvider: by('Organization', ids.export, 'org'),
  },
  {
    resourceType: 'CareTeam',
    status: 'active',
    subject,
    encounter,
    participant: [{ member: subject }, { member: who }],
  },
  { resourceType: 'Device', status: 'active', patient: subject, type: text('Stent') },
  {
    resourceType: 'SupplyDelivery',
    status: 'completed',
    patient: subject,
    suppliedItem: { itemCodeableConcept: text('Strips') },
  },
  {
    resourceType: 'ImagingStudy',
    status: 'available',
    subject,
    encounter,
    location: by('Location', ids.export, 'loc'),
  },
  { resourceType: 'Medication', code: text('Amoxicillin') },
  {
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject,
    medicationReference: at(7),
    requester: who,
  },
  {
    resourceType: 'MedicationAdministration',
    status: 'completed',
    subject,
    medicationReference: at(7),
    effectiveDateTime: when,
  },
  {
    resourceType: 'DocumentReference',
    status: 'current',
    subject,
    author: [who],
    content: [{ attachment: { contentType: 'text/plain', data: 'Tm90ZQ==' } }],
  },
  {
    resourceType: 'Claim',
    status: 'active',
    use: 'claim',
    type: text('professional'),
    patient: subject,
    created: when,
    provider: by('Organization', ids.export, 'org'),
    priority: text('normal'),
    insurance: [{ sequence: 1, focal: true, coverage: { display: 'NHS' } }],
    total: { value: 129.1, currency: 'GBP' },
  },
  {
    resourceType: 'Provenance',
    target: Array.from({ length: 11 }, (_, n) => at(n + 1)),
    recorded: when,
    agent: [{ who, onBehalfOf: by('Organization', ids.export, 'org') }],
  },
  // What names its person only by way of something else.
  {
    resourceType: 'Flag',
    status: 'active',
    code: text('Scene is safe'),
    subject: by('Location', ids.export, 'loc'),
    encounter,
  },
]
const lifeBundle: Bundle = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: life.map((resource, index) => ({
    fullUrl: urn(index + 1),
    resource: resource as Resource,
    request: { method: 'POST', url: (resource as Resource).resourceType },
  })),
}

const places = (json: Bundle) =>
  (json.entry ?? []).map(({ response }) => response?.location?.replace(/\/_history.*/, '') ?? '')

test('a life that refers to staff by identifier comes in once they are there, every element as it was sent', async () => {
  const before = await ask('', lifeBundle)
  expect(before.status).toBe(422)
  const first = await ask('', staffBundle)
  expect(first.json.entry.map(({ response }: BundleEntry) => response?.status)).toEqual(
    Array(4).fill('201 Created'),
  )
  const second = await ask('', staffBundle)
  expect(places(second.json)).toEqual(places(first.json))
  const { status, json, text: said } = await ask('', lifeBundle)
  expect(status, said).toBe(200)
  const [org, loc, practitioner] = places(first.json)
  const moved = new Map([
    ...places(json).map((place, index) => [urn(index + 1), place] as const),
    [by('Organization', ids.export, 'org').reference, org ?? ''] as const,
    [by('Location', ids.export, 'loc').reference, loc ?? ''] as const,
    [who.reference, practitioner ?? ''] as const,
  ])
  for (const [index, place] of places(json).entries()) {
    const { id: _id, meta: _meta, ...read } = (await ask(`/${place}`)).json
    const sent = JSON.parse(JSON.stringify(life[index]), (name, value) =>
      name === 'reference' ? (moved.get(value) ?? value) : value,
    )
    expect(read).toEqual(sent)
  }
})
