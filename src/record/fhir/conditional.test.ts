import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { systemToken } from '../../testing/http.ts'

/** The demonstration’s hospital may refer to what it never sent; its practice may not. */
let app: TestApp
let lenient: string
let strict: string
beforeAll(async () => {
  app = await testApp()
  lenient = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
  strict = await systemToken(app.base, 'demo-practice', 'demo-practice-secret')
})
afterAll(() => app.close())

async function ask(token: string, method: string, path: string, body?: object, more: object = {}) {
  const answer = await fetch(`${app.base}/fhir${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...more },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  return { status: answer.status, headers: answer.headers, json: JSON.parse(await answer.text()) }
}

const system = 'https://golden-thread.example/Id/test'
const post = (resource: Resource, more: object = {}): BundleEntry => ({
  resource,
  request: { method: 'POST', url: resource.resourceType, ...more },
})
const bundle = (type: 'transaction' | 'batch', ...entry: BundleEntry[]): Bundle => ({
  resourceType: 'Bundle',
  type,
  entry,
})
const patient = (value: string, more: object = {}): Resource => ({
  resourceType: 'Patient',
  identifier: [{ system, value }],
  name: [{ family: 'Conditional', given: [value] }],
  ...more,
})
const practitioner = (value: string): Resource => ({
  resourceType: 'Practitioner',
  identifier: [{ system, value }],
  name: [{ family: 'Pryce' }],
})
const encounter = (who: string, whom: string): Resource => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: whom },
  participant: [
    { individual: { reference: `Practitioner?identifier=${system}|${who}`, display: 'Dr Pryce' } },
  ],
})
const places = (json: Bundle) =>
  (json.entry ?? []).map(({ response }) => response?.location?.replace(/\/_history.*/, '') ?? '')
const individual = async (token: string, place: string | undefined) =>
  (await ask(token, 'GET', `/${place}`)).json.participant[0].individual

describe('a conditional reference', () => {
  const whom = `Patient?identifier=${system}|c1`

  test('is found in the bundle, and in what the store shares and keeps for this source', async () => {
    const first = await ask(
      strict,
      'POST',
      '',
      bundle('transaction', post(practitioner('p1')), post(patient('c1')), post(encounter('p1', whom))),
    )
    expect(first.status, JSON.stringify(first.json)).toBe(200)
    const [who, person, contact] = places(first.json)
    expect((await individual(strict, contact)).reference).toBe(who)
    const second = await ask(strict, 'POST', '', bundle('transaction', post(encounter('p1', whom))))
    expect((await ask(strict, 'GET', `/${places(second.json)[0]}`)).json.subject.reference).toBe(person)
    // Who works here is shared; another source's patient is not.
    const others = await ask(lenient, 'POST', '', bundle('transaction', post(encounter('p1', whom))))
    expect(others.status).toBe(422)
  })

  test('that leads nowhere is an error that names its place', async () => {
    const { status, json } = await ask(
      strict,
      'POST',
      '',
      bundle('transaction', post(patient('c2')), post(encounter('p2', whom))),
    )
    expect(status).toBe(422)
    expect(json.issue).toMatchObject([
      { code: 'not-found', expression: ['Bundle.entry[1].resource.participant[0].individual'] },
    ])
    expect((await ask(strict, 'POST', '/Patient', patient('c2'))).json.meta.versionId).toBe('1')
  })

  test('that leads to several is an error too', async () => {
    await ask(strict, 'POST', '/Practitioner', practitioner('twice'))
    await ask(strict, 'POST', '/Practitioner', practitioner('twice'))
    const { status, json } = await ask(strict, 'POST', '/Encounter', encounter('twice', whom))
    expect(status).toBe(412)
    expect(json.issue).toMatchObject([
      { code: 'multiple-matches', expression: ['Encounter.participant[0].individual'] },
    ])
  })

  test('from a lenient sender is kept as an identifier, and noted', async () => {
    const { status, json } = await ask(
      lenient,
      'POST',
      '',
      bundle(
        'transaction',
        { ...post(patient('c3')), fullUrl: 'urn:uuid:00000000-0000-4000-8000-0000000000c3' },
        post(encounter('p3', 'urn:uuid:00000000-0000-4000-8000-0000000000c3')),
      ),
    )
    expect(status, JSON.stringify(json)).toBe(200)
    expect(await individual(lenient, places(json)[1])).toEqual({
      type: 'Practitioner',
      identifier: { system, value: 'p3' },
      display: 'Dr Pryce',
    })
    expect(json.entry[1].response.outcome.issue).toMatchObject([
      { severity: 'information', expression: ['Bundle.entry[1].resource.participant[0].individual'] },
    ])
  })

  test('by anything but an identifier is refused by name', async () => {
    const whoever = { ...encounter('p1', whom), subject: { reference: 'Patient?name=Smith' } } as Resource
    const { status, json } = await ask(strict, 'POST', '', bundle('transaction', post(whoever)))
    expect(status).toBe(422)
    expect(json.issue[0].expression).toEqual(['Bundle.entry[0].resource.subject'])
  })
})

describe('a conditional create', () => {
  const unless = (value: string) => ({ 'if-none-exist': `identifier=${system}|${value}` })

  test('makes one of many, at the same moment too', async () => {
    const all = await Promise.all(
      Array.from({ length: 12 }, () => ask(strict, 'POST', '/Patient', patient('once'), unless('once'))),
    )
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(new Set(all.map(({ json }) => json.id)).size).toBe(1)
  })

  test('in a transaction: what is there is left as it is, and what refers to it finds it', async () => {
    const made = await ask(strict, 'POST', '/Practitioner', practitioner('there'))
    const { status, json } = await ask(
      strict,
      'POST',
      '',
      bundle(
        'transaction',
        {
          ...post(practitioner('there'), { ifNoneExist: `identifier=${system}|there` }),
          fullUrl: 'urn:uuid:00000000-0000-4000-8000-0000000000aa',
        },
        { ...post(patient('c4')), fullUrl: 'urn:uuid:00000000-0000-4000-8000-0000000000c4' },
        post({
          ...encounter('there', 'urn:uuid:00000000-0000-4000-8000-0000000000c4'),
          participant: [{ individual: { reference: 'urn:uuid:00000000-0000-4000-8000-0000000000aa' } }],
        } as Resource),
      ),
    )
    expect(status, JSON.stringify(json)).toBe(200)
    expect(json.entry.map(({ response }: BundleEntry) => response?.status)).toEqual([
      '200 OK',
      '201 Created',
      '201 Created',
    ])
    expect((await individual(strict, places(json)[2])).reference).toBe(`Practitioner/${made.json.id}`)
    expect((await ask(strict, 'GET', `/Practitioner/${made.json.id}`)).json.meta.versionId).toBe('1')
  })

  test('where several are there is refused', async () => {
    await ask(strict, 'POST', '/Practitioner', practitioner('several'))
    await ask(strict, 'POST', '/Practitioner', practitioner('several'))
    expect(
      (await ask(strict, 'POST', '/Practitioner', practitioner('several'), unless('several'))).status,
    ).toBe(412)
  })
})

describe('a batch', () => {
  test('each entry by itself: one that is wrong keeps no other out, and leaves nothing of itself', async () => {
    const whom = `Patient?identifier=${system}|b1`
    const { status, json } = await ask(
      strict,
      'POST',
      '',
      bundle(
        'batch',
        post(patient('b1')),
        post({ ...encounter('nobody', whom), status: 'no such' } as unknown as Resource),
        post(encounter('nobody', whom)),
        { request: { method: 'GET', url: 'Patient/x' } },
        {
          resource: { ...patient('b1'), id: 'stale' },
          request: { method: 'PUT', url: 'Patient/stale', ifMatch: 'W/"4"' },
        },
        post(practitioner('b1')),
      ),
    )
    expect(status).toBe(200)
    expect(json.type).toBe('batch-response')
    expect(json.entry.map(({ response }: BundleEntry) => response?.status.slice(0, 3))).toEqual([
      '201',
      '422',
      '422',
      '404',
      '412',
      '201',
    ])
    expect(json.entry[1].response.outcome.issue[0].expression[0]).toMatch(
      /^Bundle\.entry\[1\]\.resource\.status/,
    )
    expect((await ask(strict, 'GET', '/Patient/stale')).status).toBe(404)
  })
})
