import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Place } from '../../access/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { signIn, systemToken } from '../../testing/http.ts'
import { mustKnowExpected } from './expected.ts'
import { placeIn } from './places.ts'

let app: TestApp
let token: string
beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-practice', 'demo-practice-secret')
})
afterAll(() => app.close())

type Issue = {
  severity: string
  code: string
  diagnostics: string
  expression?: string[]
  extension?: { valueInteger: number }[]
}
async function post(path: string, body?: unknown, more: Record<string, string> = {}) {
  const answer = await fetch(`${app.base}/fhir${path === '' ? '' : '/'}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...more },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const json = (await answer.json()) as { issue: Issue[]; id?: string; resourceType: string }
  return { status: answer.status, json, issues: json.issue }
}
const brief = (issues: Issue[]) =>
  issues.map(({ severity, code, expression }) => [severity, code, expression?.[0]].filter(Boolean).join(' '))

const address = 'https://fhir.hl7.org.uk/StructureDefinition/'
const profile = (name: string) => ({ meta: { profile: [address + name] } })
const medication = { resourceType: 'Medication', ...profile('UKCore-Medication') }
const sound = { ...medication, code: { text: 'Amoxicillin' } }

describe('$validate', () => {
  it('says all is well, and what it could not look at', async () => {
    const { status, issues } = await post('Medication/$validate', sound)
    expect(status).toBe(200)
    expect(issues[0]).toEqual({ severity: 'information', code: 'informational', diagnostics: 'All OK' })
    const patient = await post('Patient/$validate', { resourceType: 'Patient', ...profile('UKCore-Patient') })
    expect(patient.issues[0]?.diagnostics).toBe('All OK')
    expect(patient.issues[1]?.diagnostics).toMatch(/^Not checked, of UK Core Patient: Patient\.maritalStatus/)
  })

  it('says in words what is wrong, and where, with line and column', async () => {
    const text =
      '{\n  "resourceType": "Patient",\n  "gender": "x",\n  "name": [\n    { "given": ["Ada", 5] }\n  ]\n}'
    const { status, issues } = await post('Patient/$validate', text)
    expect(status).toBe(200)
    expect(brief(issues)).toEqual([
      'error code-invalid Patient.gender',
      'error structure Patient.name[0].given[1]',
    ])
    const [, given] = issues
    expect(given?.diagnostics).toBe('This must be text, written as JSON text.')
    expect(given?.extension?.map((each) => each.valueInteger)).toEqual([5, 24])
    expect(JSON.stringify(issues)).not.toContain('Ada')
  })

  it.each<[string, object, string, string[]]>([
    ['a claimed profile', medication, 'Medication', ['error required Medication.code']],
    [
      'one that is named in Parameters',
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'resource', resource: { resourceType: 'Medication' } },
          { name: 'profile', valueUri: `${address}UKCore-Medication` },
          { name: 'mode', valueCode: 'create' },
        ],
      },
      'Medication',
      ['error required Medication.code'],
    ],
    ['any type at Resource', medication, 'Resource', ['error required Medication.code']],
    ['another type than the address takes', sound, 'Patient', ['error invalid resourceType']],
    [
      'each entry of a bundle',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          { resource: sound },
          { resource: medication },
          { resource: { resourceType: 'Patient', active: 1 } },
        ],
      },
      'Bundle',
      ['error required Bundle.entry[1].resource.code', 'error structure Bundle.entry[2].resource.active'],
    ],
    [
      'a profile that is not known',
      { resourceType: 'Medication', meta: { profile: ['urn:a'] } },
      'Medication',
      ['information informational', 'information not-found Medication.meta.profile[0]'],
    ],
  ])('looks at %s', async (_, body, type, issues) => {
    const answer = await post(`${type}/$validate`, body)
    expect([answer.status, brief(answer.issues)]).toEqual([200, issues])
  })

  it('takes the profile and the mode from the address as well', async () => {
    const { issues } = await post(`Medication/$validate?profile=${address}UKCore-Medication`, {
      resourceType: 'Medication',
    })
    expect(brief(issues)).toEqual(['error required Medication.code'])
  })

  it.each<[string, unknown, string]>([
    ['Medication/$validate?profile=urn:none', sound, 'profile'],
    ['Medication/$validate?mode=destroy', sound, 'mode'],
    ['Medication/$validate?colour=red', sound, 'colour'],
    ['Medication/$validate?mode=delete', sound, 'mode'],
    ['Medication/$validate', { resourceType: 'Parameters' }, 'Parameters.parameter'],
    [
      'Medication/$validate',
      { resourceType: 'Parameters', parameter: [{ name: 'usageContext', valueCode: 'x' }] },
      'Parameters.parameter[0]',
    ],
  ])('%s is refused by name', async (path, body, place) => {
    const { status, issues } = await post(path, body)
    expect([status, issues[0]?.expression]).toEqual([422, [place]])
  })

  it('looks at what is kept, for whoever may read it, and says when it is not there', async () => {
    const kept = await post('Medication', medication)
    expect(kept.status).toBe(201)
    const { issues } = await post(`Medication/${kept.json.id}/$validate`)
    expect(brief(issues)).toEqual(['error required Medication.code'])
    expect(brief((await post(`Medication/${kept.json.id}/$validate?mode=delete`)).issues)).toEqual([
      'information informational',
    ])
    expect((await post('Medication/nowhere/$validate')).status).toBe(404)
    const other = await post(`Medication/${kept.json.id}/$validate`, { ...sound, id: 'other' })
    expect(brief(other.issues)).toEqual(['error invalid Medication.id'])
  })

  it('keeps nothing', async () => {
    await post('Patient/$validate', { resourceType: 'Patient', id: 'not-kept' })
    const read = await fetch(`${app.base}/fhir/Patient/not-kept`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(read.status).toBe(404)
  })

  it('is for whoever may read, practitioners among them, and for nobody else', async () => {
    const headers = { 'content-type': 'application/fhir+json' }
    const asked = { method: 'POST', headers, body: JSON.stringify(sound) }
    expect((await fetch(`${app.base}/fhir/Medication/$validate`, asked)).status).toBe(401)
    const answer = await fetch(`${app.base}/fhir/metadata`)
    const json = (await answer.json()) as { rest: { resource: { operation?: { name: string }[] }[] }[] }
    expect(json.rest[0]?.resource[0]?.operation?.map(({ name }) => name)).toContain('validate')
    const cookie = await signIn(app.base, 'demo-gp')
    const practitioner = { ...asked, headers: { ...headers, cookie, origin: app.base } }
    expect((await fetch(`${app.base}/fhir/Medication/$validate`, practitioner)).status).toBe(200)
  })
})

describe('a resource that does not meet a profile it claims', () => {
  const entry = (resource: object, n: number) => ({
    fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${n}`,
    resource,
    request: { method: 'POST', url: 'Medication' },
  })
  const bundle = (type: string) => ({
    resourceType: 'Bundle',
    type,
    entry: [entry(sound, 1), entry(medication, 2)],
  })
  type Answer = { entry: { response: { status: string; outcome?: { issue: Issue[] } } }[] }

  it('is kept, with a warning, from a sender of whom the place says nothing', async () => {
    const { status, json } = await post('', bundle('transaction'))
    expect(status).toBe(200)
    const [first, second] = (json as unknown as Answer).entry
    expect(first?.response.outcome).toBeUndefined()
    expect(second?.response.status).toMatch(/^201/)
    expect(brief(second?.response.outcome?.issue ?? [])).toEqual([
      'warning required Bundle.entry[1].resource.code',
    ])
  })

  it('is kept alone with a warning for whoever asks for an outcome', async () => {
    const prefer = { prefer: 'return=OperationOutcome' }
    const { status, issues } = await post('Medication', medication, prefer)
    expect([status, brief(issues)]).toEqual([201, ['warning required Medication.code']])
    expect(brief((await post('Medication', sound, prefer)).issues)).toEqual(['information informational'])
  })

  it('is refused all the same where it breaks FHIR itself', async () => {
    expect((await post('Medication', { ...medication, status: 'x' })).status).toBe(422)
  })
})

describe('a strict sender', () => {
  let strict: TestApp
  let own: string
  beforeAll(async () => {
    const fhir = {
      unresolvedReferences: 'strict' as const,
      profiles: 'strict' as const,
      expectedProfiles: { Location: `${address}UKCore-Location` },
    }
    strict = await testApp(undefined, undefined, {
      place: (place) => ({
        ...place,
        senders: place.senders.map((each) => (each.id === 'demo-practice' ? { ...each, fhir } : each)),
      }),
    })
    own = await systemToken(strict.base, 'demo-practice', 'demo-practice-secret')
  })
  afterAll(() => strict.close())
  const send = async (path: string, body: object) => {
    const answer = await fetch(`${strict.base}/fhir${path === '' ? '' : '/'}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${own}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, json: (await answer.json()) as { issue: Issue[] } }
  }

  it('is refused what does not meet a profile it claims, by its place', async () => {
    const { status, json } = await send('Medication', medication)
    expect([status, brief(json.issue)]).toEqual([422, ['error required Medication.code']])
    expect((await send('Medication', sound)).status).toBe(201)
  })

  it('is refused what does not meet one that is expected of it, claimed or not', async () => {
    const site = { system: 'https://fhir.nhs.uk/Id/ods-site-code' }
    const { status, json } = await send('Location', { resourceType: 'Location', identifier: [site] })
    expect([status, brief(json.issue)]).toEqual([422, ['error required Location.identifier[0].value']])
    expect(
      (await send('Location', { resourceType: 'Location', identifier: [{ ...site, value: 'RFR01' }] }))
        .status,
    ).toBe(201)
  })

  it('is refused a whole transaction, with each place', async () => {
    const at = (resource: object) => ({ resource, request: { method: 'POST', url: 'Medication' } })
    const { status, json } = await send('', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [at(sound), at(medication), at(medication)],
    })
    expect([status, brief(json.issue)]).toEqual([
      422,
      ['error required Bundle.entry[1].resource.code', 'error required Bundle.entry[2].resource.code'],
    ])
  })

  it('may send what claims nothing', async () => {
    expect((await send('Medication', { resourceType: 'Medication' })).status).toBe(201)
  })
})

describe('a place that expects a profile', () => {
  const expecting = (url: string): Place => ({
    ...app.place,
    senders: app.place.senders.map((each) => ({
      ...each,
      fhir: { unresolvedReferences: 'strict', profiles: 'strict', expectedProfiles: { Patient: url } },
    })),
  })
  it('starts if the profile is known, and names it if not', () => {
    expect(mustKnowExpected(expecting(`${address}UKCore-Patient`))).toBeUndefined()
    expect(() => mustKnowExpected(expecting(`${address}UKCore-Encounter`))).toThrow(
      /demo-hospital is to meet .*UKCore-Encounter, which is no profile of Patient that is known/,
    )
  })

  it('starts with no file among its profiles that is no JSON', () => {
    const folder = mkdtempSync(join(tmpdir(), 'place-'))
    mkdirSync(join(folder, 'profiles'))
    writeFileSync(join(folder, 'profiles', 'broken.json'), '{')
    expect(() => mustKnowExpected({ ...app.place, folder })).toThrow(/broken\.json cannot be read as JSON/)
    rmSync(folder, { recursive: true })
  })
})

describe('the place in a text', () => {
  const text = '{ "a": [ {"b": "x,\\"]}"}, [1, {"c": -1.5e3}] ],\n "d": null }'
  it.each<[string, number, number]>([
    ['', 1, 1],
    ['a', 1, 8],
    ['a[0].b', 1, 16],
    ['a[1][1].c', 1, 37],
    ['d', 2, 7],
    ['a[0].missing', 1, 10],
    ['missing', 1, 1],
    ['a[7]', 1, 8],
  ])('%s', (path, line, column) => expect(placeIn(text, path)).toEqual({ line, column }))
})
