import { describe, expect, it } from 'vitest'
import { validate } from './index.ts'
import type { Issue } from './issue.ts'
import { deep, encounter, errorsIn, extension, found, observation, patient } from './samples.ts'

/** Leaves out properties that are undefined, as JSON does; numbers kept as digits stay. */
const withoutUndefined = (resource: object) =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined))

describe('a sound resource', () => {
  it.each<[string, object]>([
    ['the least of an encounter', encounter],
    [
      'a reference of each kind',
      {
        ...encounter,
        subject: { reference: 'Group/a' },
        partOf: { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' },
      },
    ],
    [
      'a reference to elsewhere',
      { ...encounter, subject: { reference: 'https://other.example/fhir/Patient/1/_history/2' } },
    ],
    [
      'a reference by identifier alone',
      { ...encounter, subject: { identifier: { value: '1' }, display: 'A person' } },
    ],
    [
      'a period of mixed precision',
      { ...encounter, period: { start: '2024-07-01T10:00:00+01:00', end: '2024-07' } },
    ],
    ['a period within a day', { ...encounter, period: { start: '2024-07-01T10:00:00Z', end: '2024-07-01' } }],
    [
      'a period over two offsets',
      { ...encounter, period: { start: '2024-07-01T10:30:00+01:00', end: '2024-07-01T10:00:00Z' } },
    ],
    ['an id for a value', { ...patient, active: true, _active: { id: 'a' } }],
    ['a leap day', { ...patient, birthDate: '2024-02-29' }],
    [
      'a missing primitive with its reason',
      { ...patient, _birthDate: { extension: [{ url: 'urn:why', valueCode: 'unknown' }] } },
    ],
    [
      'a gap in a list with its reason',
      {
        ...patient,
        name: [
          { given: ['Ada', null], _given: [null, { extension: [{ url: 'urn:b', valueCode: 'masked' }] }] },
        ],
      },
    ],
    [
      'a required element known only by extension',
      { ...encounter, status: undefined, _status: { extension: [{ url: 'urn:a', valueCode: 'unknown' }] } },
    ],
    [
      'a contained resource in use',
      { ...encounter, contained: [{ resourceType: 'Patient', id: 'p' }], subject: { reference: '#p' } },
    ],
    [
      'a number kept as digits',
      {
        ...observation,
        valueQuantity: { value: (JSON as never as { rawJSON: (text: string) => unknown }).rawJSON('1.50') },
      },
    ],
    ['extensions in extensions', extension({ extension: [{ url: 'urn:b', valueBoolean: false }] })],
    [
      'a narrative',
      {
        ...patient,
        text: {
          status: 'generated',
          div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Ada &amp; co<br/></p></div>',
        },
      },
    ],
  ])('%s', (_, resource) => {
    expect(errorsIn(withoutUndefined(resource))).toEqual([])
  })
})

describe('what the earlier validator let through', () => {
  it.each<[string, unknown, string]>([
    ['a subject that is a number', { ...encounter, subject: 5 }, 'structure Encounter.subject'],
    [
      'a period that ends before it starts',
      { ...encounter, period: { start: '2024-07-02', end: '2024-07-01' } },
      'invariant Encounter.period.start',
    ],
    ['a status that is no status', { ...encounter, status: 'nonsense' }, 'code-invalid Encounter.status'],
    ['empty text', { ...encounter, text: '' }, 'structure Encounter.text'],
    ['an empty string', { ...patient, name: [{ text: '' }] }, 'value Patient.name[0].text'],
    ['31 February', { ...patient, birthDate: '2021-02-31' }, 'value Patient.birthDate'],
    [
      'a reference to the wrong type',
      { ...encounter, subject: { reference: 'Medication/1' } },
      'value Encounter.subject.reference',
    ],
  ])('%s', (_, resource, issue) => expect(found(resource)).toEqual([issue]))
})

describe('the structure', () => {
  it.each<[string, unknown, string]>([
    ['is no object', 'Patient', 'structure '],
    ['is a list', [patient], 'structure '],
    ['is nothing', null, 'structure '],
    ['has no type', {}, 'required .resourceType'],
    ['has an unknown type', { resourceType: 'Invoice2' }, 'structure .resourceType'],
    ['has an abstract type', { resourceType: 'DomainResource' }, 'structure .resourceType'],
    [
      'has a type that is only inherited',
      Object.create({ resourceType: 'Patient' }),
      'required .resourceType',
    ],
    ['has an unknown property', { ...patient, hobby: 'x' }, 'structure Patient.hobby'],
    [
      'has a property named after a prototype',
      JSON.parse('{"resourceType":"Patient","__proto__":{"a":1}}'),
      'structure Patient.__proto__',
    ],
    ['has a property named constructor', { ...patient, constructor: 1 }, 'structure Patient.constructor'],
    ['has a property that may be data', { ...patient, 'Ada Ward 9990001235': 1 }, 'structure Patient.?'],
    [
      'has a property of another level',
      { ...patient, name: [{ active: true }] },
      'structure Patient.name[0].active',
    ],
    [
      'lacks what is required',
      { ...encounter, status: undefined, class: { code: 'A' } },
      'structure Encounter.status',
    ],
    ['has one where a list is due', { ...patient, name: { family: 'x' } }, 'structure Patient.name'],
    ['has a list where one is due', { ...patient, gender: ['male'] }, 'structure Patient.gender'],
    ['has an empty list', { ...patient, name: [] }, 'structure Patient.name'],
    ['has an empty object', { ...patient, name: [{}] }, 'structure Patient.name[0]'],
    ['has an object with only an id', { ...patient, name: [{ id: 'a' }] }, 'structure Patient.name[0]'],
    [
      'has an id for a value that is not there',
      { ...patient, _active: { id: 'a' } },
      'structure Patient._active',
    ],
    ['has nothing beside a value', { ...patient, active: true, _active: {} }, 'structure Patient._active'],
    ['has null', { ...patient, active: null }, 'structure Patient.active'],
    [
      'has null in a list',
      { ...patient, name: [{ given: ['a', null] }] },
      'structure Patient.name[0].given[1]',
    ],
    ['has null in a list of objects', { ...patient, name: [null] }, 'structure Patient.name[0]'],
    [
      'has two kinds of a choice',
      { ...patient, deceasedBoolean: true, deceasedDateTime: '2024' },
      'structure Patient.deceased',
    ],
    [
      'has a choice of a kind not allowed',
      { ...patient, deceasedString: 'x' },
      'structure Patient.deceasedString',
    ],
    ['is nested too deeply', deep(100), 'too-costly'],
  ])('%s', (_, resource, issue) => expect(found(resource).join('\n')).toContain(issue))

  it('says each required element that is missing', () => {
    expect(found({ resourceType: 'Encounter' })).toEqual([
      'required Encounter.status',
      'required Encounter.class',
    ])
    expect(found({ resourceType: 'MedicationRequest', substitution: {} })).toContain(
      'required MedicationRequest.substitution.allowed',
    )
  })

  it('compares a list with the list of its extensions', () => {
    const name = [{ given: ['a', 'b'], _given: [{ id: 'x' }] }]
    expect(found({ ...patient, name })).toContain('structure Patient.name[0].given')
  })

  it('does not run out of stack however deep the nesting', () => {
    expect(found(deep(20_000)).length).toBeGreaterThan(0)
  })
})

describe('resources in a Bundle', () => {
  const entry = (resource: unknown, fullUrl?: string) => ({
    ...(fullUrl && { fullUrl }),
    resource,
    request: { method: 'POST', url: 'x' },
  })
  const bundle = (...entries: unknown[]) => ({ resourceType: 'Bundle', type: 'transaction', entry: entries })
  const uuid = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'

  it('are checked, each in its place', () => {
    expect(
      found(bundle(entry(patient), entry({ ...encounter, status: 'x' }), entry({ resourceType: 'X' }))),
    ).toEqual([
      'code-invalid Bundle.entry[1].resource.status',
      'structure Bundle.entry[2].resource.resourceType',
    ])
  })

  it('are the outcomes of its entries as well', () => {
    const answered = (outcome: unknown) => ({
      resourceType: 'Bundle',
      type: 'batch-response',
      entry: [{ response: { status: '404 Not Found', outcome } }],
    })
    const issue = { severity: 'error', code: 'not-found' }
    expect(found(answered({ resourceType: 'OperationOutcome', issue: [issue] }))).toEqual([])
    expect(found(answered({ resourceType: 'OperationOutcome', issue: [{ ...issue, code: 'x' }] }))).toEqual([
      'code-invalid Bundle.entry[0].response.outcome.issue[0].code',
    ])
  })

  it('may refer to one another, to the right type', () => {
    const visit = { ...encounter, subject: { reference: uuid } }
    expect(found(bundle(entry(patient, uuid), entry(visit)))).toEqual([])
    expect(found(bundle(entry(observation, uuid), entry(visit)))).toEqual([
      'value Bundle.entry[1].resource.subject.reference',
    ])
  })

  it('may refer by search where they are to be stored together', () => {
    expect(found(bundle(entry({ ...encounter, subject: { reference: 'Patient?identifier=1' } })))).toEqual([])
  })

  it('do not see what another of them contains', () => {
    const holder = {
      ...encounter,
      contained: [{ resourceType: 'Patient', id: 'p' }],
      subject: { reference: '#p' },
    }
    expect(found(bundle(entry(holder), entry({ ...encounter, subject: { reference: '#p' } })))).toEqual([
      'not-found Bundle.entry[1].resource.subject.reference',
    ])
  })
})

describe('the words of an issue', () => {
  it('never repeat the data', () => {
    const secret = 'Zanzibar'
    const resource = {
      resourceType: 'Patient',
      id: `${secret}!`,
      gender: secret,
      birthDate: secret,
      name: [{ use: secret, given: secret }],
      telecom: [{ system: secret }],
      link: [{ type: secret, other: { reference: secret } }],
      text: { status: secret, div: secret },
      [`${secret} Street`]: secret,
    }
    const issues: Issue[] = validate(resource)
    expect(issues.length).toBeGreaterThan(8)
    expect(JSON.stringify(issues)).not.toContain(secret)
    for (const { words } of issues) expect(words).toMatch(/^[A-Z].*\.$/)
  })

  it('stop at a hundred, or where one asks', () => {
    const name = Array.from({ length: 500 }, () => ({ use: 'x' }))
    expect(validate({ ...patient, name })).toHaveLength(100)
    expect(validate({ ...patient, name }, { most: 3 })).toHaveLength(3)
  })
})
