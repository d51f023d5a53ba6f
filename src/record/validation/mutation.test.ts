import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validate } from './index.ts'

const sound: Record<string, unknown>[] = [
  {
    resourceType: 'Patient',
    id: 'p1',
    meta: { versionId: '1', lastUpdated: '2024-01-01T00:00:00Z', tag: [{ system: 'urn:a', code: 'b' }] },
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Ada</p></div>' },
    extension: [{ url: 'urn:a', extension: [{ url: 'urn:b', valueCodeableConcept: { text: 'x' } }] }],
    name: [
      {
        use: 'official',
        family: 'Ward',
        given: ['Ada', null],
        _given: [{ id: 'g' }, { extension: [{ url: 'urn:b', valueCode: 'masked' }] }],
      },
    ],
    contact: [{ name: { text: 'x' }, period: { start: '2020', end: '2021' } }],
    generalPractitioner: [{ reference: 'Organization/1', identifier: { system: 'urn:a', value: '1' } }],
  },
  {
    resourceType: 'Observation',
    contained: [{ resourceType: 'Patient', id: 'p' }],
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
    subject: { reference: '#p' },
    effectivePeriod: { start: '2024-07-01T10:00:00Z', end: '2024-07-01T11:00:00Z' },
    component: [
      {
        code: { text: 'a' },
        valueQuantity: { value: 120, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
      },
    ],
  },
  {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { fullUrl: 'http://a.example/Patient/1', resource: { resourceType: 'Patient', birthDate: '1950' } },
    ],
  },
  {
    resourceType: 'Condition',
    subject: { reference: 'Patient/1' },
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    onsetAge: { value: 5, system: 'http://unitsofmeasure.org', code: 'a' },
  },
]

const hostile = JSON.parse(
  '[{"toString":1,"valueOf":1},{"__proto__":{"x":1}},{"constructor":{"prototype":[]}},{"length":-1},[[[]]],{"rawJSON":"1"}]',
) as unknown[]

const value = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue() },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      ...hostile,
      '',
      ' ',
      '#',
      'Patient/',
      '\u0000',
      null,
      -0,
      Number.POSITIVE_INFINITY,
      [],
    ),
  },
  fc.constantFrom<unknown>(
    '2021-02-31',
    '0000',
    '9999-12-31T23:59:60+14:00',
    'x'.repeat(10_000),
    '<'.repeat(10_000),
    '/A'.repeat(5000),
  ),
  fc.constantFrom<unknown>(
    '<div>'.repeat(2000),
    `<div ${'a="'.repeat(3000)}`,
    `urn:oid:${'1.'.repeat(4000)}`,
    'a '.repeat(5000),
  ),
)

type Change = { at: number; value: unknown; how: 'replace' | 'remove' | 'add' | 'wrap'; key: string }

/** Every place in a resource: the object or list it stands in, and its key there. */
function places(root: unknown): [holder: Record<string, unknown>, key: string][] {
  if (typeof root !== 'object' || root === null) return []
  const holder = root as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [Record<string, unknown>, string],
    ...places(holder[key]),
  ])
}

function changed(resource: unknown, changes: Change[]): unknown {
  const copy = structuredClone(resource)
  for (const { at, value: given, how, key } of changes) {
    // A value put into itself would make a ring, which JSON cannot.
    const next = structuredClone(given)
    const all = places(copy)
    const place = all[at % Math.max(1, all.length)]
    if (!place) continue
    const [holder, name] = place
    if (how === 'replace') holder[name] = next
    else if (how === 'remove') delete holder[name]
    else if (how === 'wrap') holder[name] = [holder[name], next]
    // A list in JSON has no names: what is added to one goes to its end.
    else if (Array.isArray(holder)) holder.push(next)
    else
      Object.defineProperty(holder, key, {
        value: next,
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return copy
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(500),
  value,
  how: fc.constantFrom('replace', 'remove', 'add', 'wrap'),
  key: fc.oneof(
    fc.string(),
    fc.constantFrom(
      '__proto__',
      'toString',
      'id',
      '_id',
      'resourceType',
      'extension',
      'contained',
      'valueString',
    ),
  ),
})

describe('whatever a resource is turned into', () => {
  it('gets an answer, quickly, and every issue is well formed', () => {
    for (const resource of sound) expect(validate(resource)).toEqual([])
    fc.assert(
      fc.property(
        fc.constantFrom(...sound),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (resource, changes) => {
          const started = performance.now()
          const issues = validate(changed(resource, changes))
          expect(performance.now() - started).toBeLessThan(500)
          for (const issue of issues)
            expect(issue).toMatchObject({ path: expect.any(String), words: expect.stringMatching(/\.$/) })
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('is judged alike however often it is asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sound), fc.array(change, { maxLength: 4 }), (resource, changes) => {
        const next = changed(resource, changes)
        expect(validate(next)).toEqual(validate(next))
      }),
      { numRuns: 300 },
    )
  })

  it('may be any JSON at all', () => {
    fc.assert(fc.property(fc.jsonValue(), (any) => Array.isArray(validate(any))))
  })

  it('may be very long', () => {
    const name = Array.from({ length: 200_000 }, () => ({ family: 'x' }))
    expect(validate({ resourceType: 'Patient', name })).toEqual([])
    const entry = Array.from({ length: 20_000 }, (_, at) => ({
      resource: { resourceType: 'Patient', id: `p${at}` },
    }))
    expect(validate({ resourceType: 'Bundle', type: 'collection', entry })).toEqual([])
  })

  it('may refer many times to many contained resources', () => {
    const ids = Array.from({ length: 5000 }, (_, at) => `p${at}`)
    const resource = {
      resourceType: 'Group',
      type: 'person',
      actual: true,
      contained: ids.map((id) => ({ resourceType: 'Patient', id })),
      member: ids.map((id) => ({ entity: { reference: `#${id}` } })),
    }
    const started = performance.now()
    expect(validate(resource)).toEqual([])
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
