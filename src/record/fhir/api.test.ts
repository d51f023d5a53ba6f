import type { Bundle } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../platform/index.ts'
import { testApp } from '../../testing/app.ts'
import { type FhirAnswered, fhirAs } from '../../testing/fhir-client.ts'
import { signIn, systemToken } from '../../testing/http.ts'

let app: Awaited<ReturnType<typeof testApp>>
let hospital: string
let practice: string
beforeAll(async () => {
  app = await testApp()
  hospital = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
  practice = await systemToken(app.base, 'demo-practice', 'demo-practice-secret')
})
afterAll(() => app.close())

type By = { token?: string; cookie?: string }
const ask = (
  method: string,
  path: string,
  by: By = {},
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<FhirAnswered> => fhirAs(app.base, by)(method, path.slice(1), body, headers)

const faults = (answer: FhirAnswered) =>
  (answer.json['issue'] as { expression?: string[]; diagnostics: string }[]).map(
    (issue) => issue.expression?.[0] ?? issue.diagnostics,
  )

const patientOf = (nhsNumber: string, more: object = {}) => ({
  resourceType: 'Patient',
  identifier: [
    { system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber },
    { system: 'https://golden-thread.example/Id/test', value: nhsNumber },
  ],
  name: [{ family: 'Tester', given: ['Una'] }],
  birthDate: '1960-05-06',
  ...more,
})

async function keptPatient(token: string, nhsNumber: string, more: object = {}): Promise<string> {
  const answer = await ask('POST', '/Patient', { token }, patientOf(nhsNumber, more))
  expect(answer.status, answer.text).toBe(201)
  return String(answer.json['id'])
}

describe('what a sending system may do', () => {
  test('create, read back, update and see the history', async () => {
    const id = await keptPatient(hospital, '9990000018')
    const condition = {
      resourceType: 'Condition',
      subject: { reference: `Patient/${id}` },
      code: { text: 'Asthma' },
    }
    const created = await ask('POST', '/Condition', { token: hospital }, condition)
    expect(created.status).toBe(201)
    expect(created.headers.get('etag')).toBe('W/"1"')
    const conditionId = String(created.json['id'])
    expect(created.headers.get('location')).toContain(`/fhir/Condition/${conditionId}/_history/1`)

    const read = await ask('GET', `/Condition/${conditionId}`, { token: hospital })
    expect(read.json).toMatchObject({ code: { text: 'Asthma' }, subject: { reference: `Patient/${id}` } })

    const changed = { ...read.json, code: { text: 'Severe asthma' } }
    const stale = await ask('PUT', `/Condition/${conditionId}`, { token: hospital }, changed, {
      'if-match': 'W/"7"',
    })
    expect(stale.status).toBe(412)
    const updated = await ask('PUT', `/Condition/${conditionId}`, { token: hospital }, changed, {
      'if-match': 'W/"1"',
    })
    expect(updated.status).toBe(200)
    expect(updated.headers.get('etag')).toBe('W/"2"')

    const history = await ask('GET', `/Condition/${conditionId}/_history`, { token: hospital })
    expect(
      (history.json['entry'] as { resource: { code: { text: string } } }[]).map(
        (entry) => entry.resource.code.text,
      ),
    ).toEqual(['Severe asthma', 'Asthma'])
  })

  test('decimals, extensions and contained resources come back as they were sent', async () => {
    const id = await keptPatient(hospital, '9990000026')
    const sent = `{"resourceType":"Observation","status":"final","code":{"text":"Weight"},"subject":{"reference":"Patient/${id}"},"valueQuantity":{"value":70.10,"unit":"kg"},"extension":[{"url":"https://example.org/x","valueDecimal":1.00}],"contained":[{"resourceType":"Device","id":"d"}],"device":{"reference":"#d"}}`
    const created = await ask('POST', '/Observation', { token: hospital }, sent)
    expect(created.status, created.text).toBe(201)
    const read = await ask('GET', `/Observation/${created.json['id']}`, { token: hospital })
    expect(read.text).toContain('"value":70.10')
    expect(read.text).toContain('"valueDecimal":1.00')
    expect(read.json['contained']).toEqual([{ resourceType: 'Device', id: 'd' }])
  })

  test('a transaction: references inside it are joined up', async () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: 'urn:uuid:1b4ae6a5-0000-4000-8000-000000000001',
          resource: patientOf('9990000034'),
          request: { method: 'POST', url: 'Patient' },
        },
        {
          resource: {
            resourceType: 'AllergyIntolerance',
            patient: { reference: 'urn:uuid:1b4ae6a5-0000-4000-8000-000000000001' },
            code: { text: 'Penicillin' },
            clinicalStatus: {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
                  code: 'active',
                },
              ],
            },
          },
          request: { method: 'POST', url: 'AllergyIntolerance' },
        },
      ],
    }
    const answer = await ask('POST', '', { token: hospital }, bundle)
    expect(answer.status, answer.text).toBe(200)
    const [patient, allergy] =
      (answer.json as unknown as Bundle).entry?.map(
        (entry) => entry.response?.location?.split('/_history')[0],
      ) ?? []
    const read = await ask('GET', `/${allergy}`, { token: hospital })
    expect(read.json).toMatchObject({ patient: { reference: patient } })
  })

  test('one bad entry refuses the whole transaction, names every place, and keeps nothing', async () => {
    const entry = (resource: unknown, method = 'POST', url?: string) => ({
      resource,
      request: { method, url: url ?? (resource as { resourceType: string }).resourceType },
    })
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        entry(patientOf('9990000042')),
        entry({
          resourceType: 'Condition',
          subject: { reference: 'urn:uuid:1b4ae6a5-0000-4000-8000-00000000000f' },
          code: { text: 'x' },
        }),
        entry({ resourceType: 'Encounter', status: 'nonsense', class: { code: 'IMP' }, subject: 5 }),
        entry({ resourceType: 'Condition' }, 'HEAD'),
      ],
    }
    const answer = await ask('POST', '', { token: hospital }, bundle)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const places = faults(answer)
    expect(places).toContain('Bundle.entry[2].resource.status')
    expect(places.some((place) => place.startsWith('Bundle.entry[2].resource.subject'))).toBe(true)
    expect(places).toContain('Bundle.entry[1].resource.subject')
    expect(places).toContain('Bundle.entry[3].request.method')
    const search = await ask('GET', '/Patient?identifier=9990000042', { token: hospital })
    expect(search.json['total']).toBe(0)
  })

  test('what another source sent may be neither changed nor read', async () => {
    const id = await keptPatient(practice, '9990000050')
    const sent = { ...patientOf('9990000050'), id }
    expect((await ask('PUT', `/Patient/${id}`, { token: hospital }, sent)).status).toBe(403)
    expect((await ask('GET', `/Patient/${id}`, { token: hospital })).status).toBe(404)
    expect((await ask('GET', '/Patient?identifier=9990000050', { token: hospital })).json['total']).toBe(0)
    expect((await ask('GET', '/Patient?identifier=9990000050', { token: practice })).json['total']).toBe(1)
  })

  test('nobody whom another source sent may be written about, and so nobody be reached by knowing an id', async () => {
    const id = await keptPatient(practice, '9990000069')
    const visit = {
      resourceType: 'Encounter',
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      subject: { reference: `Patient/${id}` },
    }
    const refused = await ask('POST', '/Encounter', { token: hospital }, visit)
    expect(refused.status).toBe(422)
    expect(refused.json['issue']).toMatchObject([
      { code: 'not-found', expression: ['Encounter.subject.reference'] },
    ])
    const kept = await ask('POST', '/Encounter', { token: practice }, visit)
    const follows = {
      resourceType: 'DetectedIssue',
      status: 'final',
      implicated: [{ reference: `Encounter/${kept.json['id']}` }],
    }
    expect((await ask('POST', '/DetectedIssue', { token: hospital }, follows)).status).toBe(422)
    expect((await ask('POST', '/DetectedIssue', { token: practice }, follows)).status).toBe(201)
  })
})

describe('bad input gets an answer that names the place', () => {
  test.each([
    ['a body that is not JSON', 'POST', '/Patient', '{"resourceType":"Patient",,}', 'line 1, column 27'],
    [
      'a resource that does not suit the address',
      'POST',
      '/Patient',
      { resourceType: 'Organization', name: 'x' },
      'resourceType',
    ],
    [
      'a birth date that does not exist',
      'POST',
      '/Patient',
      { resourceType: 'Patient', birthDate: '2021-02-31' },
      'Patient.birthDate',
    ],
    [
      'a Condition about nobody',
      'POST',
      '/Condition',
      { resourceType: 'Condition', code: { text: 'x' } },
      'Condition.subject',
    ],
    [
      'a Condition about somebody unknown',
      'POST',
      '/Condition',
      { resourceType: 'Condition', subject: { reference: 'Patient/none' } },
      'Condition.subject.reference',
    ],
    [
      'a bundle that is no transaction',
      'POST',
      '',
      { resourceType: 'Bundle', type: 'collection' },
      'Bundle.type',
    ],
  ])('%s', async (_words, method, path, body, place) => {
    const answer = await ask(method, path, { token: hospital }, body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(JSON.stringify(answer.json)).toContain(place)
  })
})

describe('what a practitioner may read', () => {
  test('nothing without signing in, and nothing written by one', async () => {
    expect((await ask('GET', '/Patient?identifier=9990000018')).status).toBe(401)
    const gp = await signIn(app.base, 'demo-gp')
    expect((await ask('POST', '/Patient', { cookie: gp }, patientOf('9990000069'))).status).toBe(403)
  })

  test('the registered practice reads every source; another practice finds nothing, and that is kept in the audit', async () => {
    const generalPractitioner = [
      { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'ZP001' } },
    ]
    await keptPatient(practice, '9990000077', { generalPractitioner })
    const atHospital = await keptPatient(hospital, '9990000077')
    const own = await signIn(app.base, 'demo-gp')
    const other = await signIn(app.base, 'demo-gp-other')
    expect((await ask('GET', '/Patient?identifier=9990000077', { cookie: own })).json['total']).toBe(2)
    expect((await ask('GET', `/Patient/${atHospital}`, { cookie: own })).status).toBe(200)
    expect((await ask('GET', '/Patient?identifier=9990000077', { cookie: other })).json).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 0,
      link: [{ relation: 'self', url: expect.stringContaining('/fhir/Patient?identifier=9990000077') }],
    })
    expect((await ask('GET', `/Patient/${atHospital}`, { cookie: other })).status).toBe(404)
    expect((await ask('GET', `/Patient/${atHospital}/_history`, { cookie: other })).status).toBe(404)

    const owner = openDatabase(app.ownerUrl, 1)
    const { rows } = await owner.transaction('owner', {}, (db) =>
      sql<{
        actor: string
        action: string
        outcome: string
      }>`select actor, action, outcome from access.audit where actor in ('demo-gp', 'demo-gp-other') order by id`.execute(
        db,
      ),
    )
    await owner.close()
    expect(
      rows.filter((row) => row.outcome === 'refused').map((row) => `${row.actor} ${row.action}`),
    ).toEqual(['demo-gp fhir.create', 'demo-gp-other fhir.read', 'demo-gp-other fhir.history'])
    expect(rows.filter((row) => row.action === 'fhir.search')).toHaveLength(3)
  })
})
