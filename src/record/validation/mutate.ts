import fc from 'fast-check'

/** Small sound resources of many shapes, and changes that make them anything. For tests. */

export const sound: Record<string, unknown>[] = [
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
    resourceType: 'Bundle',
    type: 'batch-response',
    entry: [
      {
        response: {
          status: '404',
          outcome: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] },
        },
      },
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

export type Change = { at: number; value: unknown; how: 'replace' | 'remove' | 'add' | 'wrap'; key: string }

/** Every place in a resource: the object or list it stands in, and its key there. */
function places(root: unknown): [holder: Record<string, unknown>, key: string][] {
  if (typeof root !== 'object' || root === null) return []
  const holder = root as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [Record<string, unknown>, string],
    ...places(holder[key]),
  ])
}

export function changed(resource: unknown, changes: Change[]): unknown {
  const copy = structuredClone(resource)
  for (const { at, value: given, how, key } of changes) {
    // A value put into itself would make a ring, which JSON cannot.
    const next = structuredClone(given)
    const all = places(copy)
    const place = all[at % Math.max(1, all.length)]
    if (!place) continue
    const [holder, name] = place
    if (how === 'replace') holder[name] = next
    // A list in JSON has no holes.
    else if (how === 'remove' && Array.isArray(holder)) holder.splice(Number(name), 1)
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

export const change: fc.Arbitrary<Change> = fc.record({
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
