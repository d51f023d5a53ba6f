import type { Bundle, OperationOutcome } from '@medplum/fhirtypes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '../../testing/app.ts'
import { signIn, systemToken } from '../../testing/http.ts'

let app: Awaited<ReturnType<typeof testApp>>
let token: string
const nhs = 'https://fhir.nhs.uk/Id/nhs-number'
const loinc = 'http://loinc.org'

const kept = [
  {
    resourceType: 'Patient',
    id: 'ann',
    identifier: [
      { system: nhs, value: '9990000018' },
      { system: 'https://golden-thread.example/Id/test', value: 'H-1' },
    ],
    name: [
      { family: 'Müller-Smith', given: ['Ann'] },
      { use: 'maiden', family: 'O’Neil' },
    ],
    birthDate: '1950-03-04',
    telecom: [{ system: 'phone', value: '0114 496 0000' }],
    generalPractitioner: [
      { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'ZP001' } },
    ],
  },
  {
    resourceType: 'Patient',
    id: 'bob',
    identifier: [{ system: 'https://golden-thread.example/Id/test', value: 'H-2' }],
    name: [{ family: 'Smith' }],
    deceasedBoolean: true,
  },
  { resourceType: 'Practitioner', id: 'dr', name: [{ family: 'Jones', given: ['Di'] }] },
  {
    resourceType: 'Encounter',
    id: 'stay',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
    subject: { reference: 'Patient/ann' },
    participant: [{ individual: { reference: 'Practitioner/dr' } }],
    period: { start: '2026-10-24T10:00:00+01:00', end: '2026-10-26T10:00:00Z' },
  },
  {
    resourceType: 'Observation',
    id: 'sugar',
    status: 'final',
    code: { coding: [{ system: loinc, code: '4548-4' }] },
    subject: { reference: 'Patient/ann' },
    encounter: { reference: 'Encounter/stay' },
    performer: [{ reference: 'Practitioner/dr' }],
    effectiveDateTime: '2026-10-25',
    valueQuantity: { value: 5.4, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
    note: [{ text: 'kept' }],
  },
  {
    resourceType: 'Observation',
    id: 'smoking',
    status: 'preliminary',
    code: { coding: [{ system: loinc, code: 'a,b' }], text: 'Smoking' },
    subject: { reference: 'Patient/bob' },
    valueString: 'Never, ever',
  },
]

beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
  const entry = kept.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  }))
  const answer = await ask('', {
    method: 'POST',
    body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
  })
  expect(answer.status, await answer.text()).toBe(200)
})
afterAll(() => app.close())

const ask = (path: string, more: { method?: string; body?: string; type?: string; cookie?: string } = {}) =>
  fetch(`${app.base}/fhir${path}`, {
    method: more.method ?? 'GET',
    headers: {
      ...(more.cookie ? { cookie: more.cookie } : { authorization: `Bearer ${token}` }),
      ...(more.body !== undefined && { 'content-type': more.type ?? 'application/fhir+json' }),
    },
    ...(more.body !== undefined && { body: more.body }),
  })
const bundle = async (path: string) => {
  const answer = await ask(path)
  const text = await answer.text()
  expect(answer.status, `${path} ${text}`).toBe(200)
  return JSON.parse(text) as Bundle
}
const idsOf = ({ entry }: Bundle, mode = 'match') =>
  (entry ?? [])
    .filter(({ search }) => search?.mode === mode)
    .map(({ resource }) => resource?.id)
    .sort()

describe('each kind of parameter, each modifier', () => {
  test.each([
    ['Patient?family=muller', ['ann']],
    ['Patient?family=SMITH', ['bob']],
    ['Patient?family:contains=smith', ['ann', 'bob']],
    ['Patient?family:exact=Smith', ['bob']],
    ['Patient?family:exact=smith', []],
    ['Patient?name=o’n', ['ann']],
    ['Patient?family=o’neil&given=ann', ['ann']],
    ['Patient?family=jones,smith', ['bob']],
    ['Patient?birthdate=1950', ['ann']],
    ['Patient?birthdate=lt1950-03-05&birthdate=ge1950-03-04', ['ann']],
    ['Patient?birthdate:missing=true', ['bob']],
    ['Patient?deceased=true', ['bob']],
    ['Patient?deceased=false', ['ann']],
    ['Patient?telecom=0114 496 0000', ['ann']],
    ['Patient?identifier=9990000018', ['ann']],
    [`Patient?identifier=${nhs}|9990000018`, ['ann']],
    ['Patient?identifier=H-2', ['bob']],
    ['Patient?identifier=https://golden-thread.example/Id/test|H-1,H-2', ['ann', 'bob']],
    ['Patient?_id=ann,none', ['ann']],
    ['Patient?_lastUpdated=gt2020&family=smith', ['bob']],
    ['Patient?_lastUpdated=lt2020', []],
    ['Observation?code=4548-4', ['sugar']],
    [`Observation?code=${loinc}|4548-4`, ['sugar']],
    [`Observation?code=${loinc}|`, ['smoking', 'sugar']],
    ['Observation?code=|4548-4', []],
    ['Observation?code=a\\,b', ['smoking']],
    ['Observation?code:not=4548-4', ['smoking']],
    ['Observation?status=FINAL', ['sugar']],
    ['Observation?date=2026-10', ['sugar']],
    ['Observation?date=gt2026-10-25', []],
    ['Observation?date=sa2026-10-24', ['sugar']],
    ['Observation?value-quantity=5.4', ['sugar']],
    ['Observation?value-quantity=5', ['sugar']],
    ['Observation?value-quantity=5.40', ['sugar']],
    ['Observation?value-quantity=gt5.39|http://unitsofmeasure.org|mmol/L', ['sugar']],
    ['Observation?value-quantity=5.4||mmol/L', ['sugar']],
    ['Observation?value-quantity=5.4||mg', []],
    ['Observation?value-string=never', ['smoking']],
    ['Observation?subject=Patient/ann', ['sugar']],
    ['Observation?subject=ann', ['sugar']],
    ['Observation?subject:Patient=ann', ['sugar']],
    ['Observation?patient=Patient/ann,Patient/bob', ['smoking', 'sugar']],
    [`Observation?patient:identifier=${nhs}|9990000018`, ['sugar']],
    ['Encounter?date=2026-10-25', []],
    ['Encounter?date=gt2026-10-25', ['stay']],
    ['Encounter?date=eb2026-10-24', []],
    ['Encounter?class=IMP&participant=Practitioner/dr', ['stay']],
    ['Observation?subject:Patient.family=muller', ['sugar']],
    ['Observation?patient.identifier=H-2', ['smoking']],
    ['Observation?performer:Practitioner.name=jones', ['sugar']],
    ['Observation?encounter.class=IMP', ['sugar']],
    ['Patient?_has:Observation:patient:code=4548-4', ['ann']],
    ['Practitioner?_has:Observation:performer:status=final', ['dr']],
    ['Practitioner?_has:Encounter:practitioner:status=planned', []],
    ['Patient/ann/Observation?status=final', ['sugar']],
    ['Patient/ann/*', ['ann', 'stay', 'sugar']],
    ['Patient/bob/Encounter', []],
  ])('%s', async (path, ids) => {
    expect(idsOf(await bundle(`/${path.replaceAll(' ', '%20')}`))).toEqual(ids)
  })
})

describe('what is not supported is named', () => {
  test.each([
    ['Patient?favourite=1', 'favourite', 'not-supported'],
    ['Patient?_text=1', '_text', 'not-supported'],
    ['Patient?family:above=1', 'family:above', 'not-supported'],
    ['Observation?code:in=x', 'code:in', 'not-supported'],
    ['Observation?code-value-quantity=x$1', 'code-value-quantity', 'not-supported'],
    ['Observation?date=ap2026', 'date', 'not-supported'],
    ['Observation?date=yesterday', 'date', 'value'],
    ['Observation?value-quantity=much', 'value-quantity', 'value'],
    ['Observation?subject:Medication=1', 'subject:Medication', 'value'],
    ['Observation?subject.generalPractitioner.name=x', 'subject.generalPractitioner.name', 'not-supported'],
    ['Observation?encounter.service-provider.name=x', 'encounter.service-provider.name', 'not-supported'],
    ['Patient?_has:Observation:patient=x', '_has:Observation:patient', 'not-supported'],
    ['Patient?_include=Observation:subject', '_include', 'not-supported'],
    ['Patient?_revinclude=Observation:status', '_revinclude', 'not-supported'],
    ['Patient?_revinclude:iterate=Observation:subject', '_revinclude:iterate', 'not-supported'],
    ['Patient?_sort=favourite', '_sort', 'not-supported'],
    ['Patient?_summary=true', '_summary', 'not-supported'],
    ['Patient?_count=few', '_count', 'value'],
    ['Patient?_cursor=nonsense', '_cursor', 'value'],
    ['Patient?family=', 'family', 'value'],
    ['Basic?_id=1', 'Basic', 'not-supported'],
    ['Patient/ann/Organization', 'Organization', 'not-supported'],
    ['Group/g/Observation', 'Group', 'not-supported'],
  ])('%s', async (path, place, code) => {
    const answer = await ask(`/${path}`)
    expect(answer.status).toBe(400)
    const { issue } = (await answer.json()) as OperationOutcome
    expect(issue.map((each) => [each.expression?.[0], each.code])).toContainEqual([place, code])
  })
})

describe('what comes with the matches, and how much of them', () => {
  test('what they refer to, what refers to them, and what that refers to', async () => {
    const about = await bundle(
      '/Observation?code=4548-4&_include=Observation:subject&_include:iterate=Encounter:participant&_include=Observation:encounter',
    )
    expect(idsOf(about)).toEqual(['sugar'])
    expect(idsOf(about, 'include')).toEqual(['ann', 'dr', 'stay'])
    const back = await bundle(
      '/Patient?_id=ann&_revinclude=Observation:subject&_revinclude=Encounter:patient',
    )
    expect(idsOf(back, 'include')).toEqual(['stay', 'sugar'])
    expect(idsOf(await bundle('/Practitioner?_id=dr&_revinclude=Encounter:practitioner'), 'include')).toEqual(
      ['stay'],
    )
    expect(about.total).toBe(1)
  })

  test('sorted, in pages, with links that lead here and say what was understood', async () => {
    const ids: unknown[] = []
    let next: string | undefined = `${app.base}/fhir/Observation?_sort=-status,code&_count=1&_total=accurate`
    const first = await bundle(next.slice(`${app.base}/fhir`.length))
    expect(first.link?.[0]).toEqual({
      relation: 'self',
      url: `${app.base}/fhir/Observation?_sort=-status%2Ccode&_count=1&_total=accurate`,
    })
    while (next) {
      expect(next.startsWith(`${app.base}/fhir/Observation?`)).toBe(true)
      const page: Bundle = await bundle(next.slice(`${app.base}/fhir`.length))
      expect(page.total).toBe(2)
      ids.push(...(page.entry ?? []).map(({ resource }) => resource?.id))
      next = page.link?.find(({ relation }) => relation === 'next')?.url
    }
    // What changed since the first page comes once more at the end, and all of it was written a moment before.
    expect(ids.slice(0, 2)).toEqual(['smoking', 'sugar'])
  })

  test.each(['_summary=count', '_count=0'])('%s says only how many', async (query) => {
    const found = await bundle(`/Observation?${query}`)
    expect([found.total, found.entry]).toEqual([2, undefined])
  })

  test('some elements, with what must be there and a word that it is not all', async () => {
    const found = await bundle('/Observation?code=4548-4&_elements=value')
    const [sugar] = (found.entry ?? []).map(({ resource }) => resource as unknown as Record<string, unknown>)
    expect(Object.keys(sugar ?? {}).sort()).toEqual([
      'code',
      'id',
      'meta',
      'resourceType',
      'status',
      'valueQuantity',
    ])
    expect(JSON.stringify(sugar?.['meta'])).toContain('SUBSETTED')
  })

  test('by POST: the form and the address together', async () => {
    const form = { method: 'POST', body: 'code=4548-4', type: 'application/x-www-form-urlencoded' }
    const answer = await ask('/Observation/_search?status=preliminary', form)
    expect(((await answer.json()) as Bundle).total).toBe(0)
  })

  test('a practitioner finds by any part of a name whom they have a bond with, and nobody else', async () => {
    const cookie = await signIn(app.base, 'demo-gp')
    const found = (await (await ask('/Patient?family:contains=smith', { cookie })).json()) as Bundle
    expect(idsOf(found)).toEqual(['ann'])
    const observations = (await (
      await ask('/Observation?status:not=unknown&_include=Observation:subject', { cookie })
    ).json()) as Bundle
    expect([idsOf(observations), idsOf(observations, 'include')]).toEqual([['sugar'], ['ann']])
  })
})
