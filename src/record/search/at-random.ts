import type { Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'

/** For tests: resources and searches from so few words that they often meet. */
const one = <Value>(...values: Value[]) => fc.constantFrom(...values)
const maybe = <Value>(what: fc.Arbitrary<Value>) => fc.option(what, { nil: undefined })
const families = ['Smith', 'Smithers', 'Müller', 'muller', 'O’Neil', 'Van der Berg', 'Ünal']
const givens = ['Ann', 'Anna', 'Zoë', 'Zo', 'Béa, the 2nd']
const codes = ['8480-6', 'A1', 'a1', 'final', 'x|y']
const systems = ['http://loinc.org', 'http://snomed.info/sct', undefined]
const dates = [
  '2023',
  '2023-10',
  '2023-10-29',
  '2023-03-26',
  '2024-02-29',
  '2023-10-29T00:30:00Z',
  '2023-10-29T01:30:00+01:00',
  '2023-10-29T00:30:00.123Z',
  '2022-12-31',
]
const amounts = [5, 5.4, 5.44, 5.45, -1, 0, 100]
const units = ['mg', 'g']
const ucum = 'http://unitsofmeasure.org'

const coding = fc.record({ code: one(...codes.slice(0, 4)), system: one(...systems) })
const concept = fc.oneof(
  fc.record({ coding: fc.array(coding, { minLength: 1, maxLength: 2 }) }),
  fc.constant({ text: 'in words' }),
)
const name = fc.record({
  family: maybe(one(...families)),
  given: maybe(fc.array(one(...givens), { minLength: 1, maxLength: 2 })),
  text: fc.constant('Who'),
})
const identifier = fc.record({
  system: one('https://a.example', 'https://b.example'),
  value: one('1', '2', 'Ab', 'ab3'),
})
const period = fc
  .record({
    start: maybe(one('2022-12-31', '2023-10', '2023-03-26')),
    end: maybe(one('2023-10-29', '2024-02-29', '2024')),
  })
  .filter(({ start, end }) => start !== undefined || end !== undefined)
const quantity = fc
  .record({
    value: one(...amounts),
    unit: maybe(one(...units)),
    coded: maybe(one(...units)),
    comparator: maybe(one('<' as const, '>' as const)),
  })
  .map(({ coded, ...rest }) => ({ ...rest, ...(coded && { code: coded, system: ucum }) }))

/** Without what is empty. */
const tidy = (resource: object): Resource =>
  JSON.parse(
    JSON.stringify(resource, (_key, value) =>
      Array.isArray(value) && value.length === 0 ? undefined : value,
    ),
  ) as Resource
const reference = (type: string, ids: string[]) => one(...ids.map((id) => ({ reference: `${type}/${id}` })))

export const patientAt = (id: string, nhsNumber: string): fc.Arbitrary<Resource> =>
  fc
    .record({
      name: maybe(fc.array(name, { minLength: 1, maxLength: 2 })),
      birthDate: maybe(one('1950-03-04', '1950', '1950-03', '1961-10-29')),
      gender: maybe(one('male', 'female')),
      active: maybe(fc.boolean()),
      others: fc.array(identifier, { maxLength: 1 }),
      practitioner: maybe(one('p1', 'p2')),
    })
    .map(({ others, practitioner, ...rest }) =>
      tidy({
        resourceType: 'Patient',
        id,
        ...rest,
        identifier: [
          { system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber },
          { system: 'https://golden-thread.example/Id/test', value: id },
          ...others,
        ],
        ...(practitioner && { generalPractitioner: [{ reference: `Practitioner/${practitioner}` }] }),
      }),
    )

export const practitionerAt = (id: string): fc.Arbitrary<Resource> =>
  fc
    .record({
      name: fc.array(name, { minLength: 1, maxLength: 1 }),
      identifier: fc.array(identifier, { maxLength: 2 }),
    })
    .map((rest) => tidy({ resourceType: 'Practitioner', id, ...rest }))

export const encounterAt = (id: string, patient: string): fc.Arbitrary<Resource> =>
  fc
    .record({
      subject: reference('Patient', [patient]),
      status: one('planned', 'finished'),
      class: coding,
      period: maybe(period),
    })
    .map((rest) => tidy({ resourceType: 'Encounter', id, ...rest }))

/** Some name their patient by number only, and are then about whose file they lie in. `encounters` are those of the same patient. */
export const observationAt = (
  id: string,
  patient: string,
  encounters: string[],
  number: string,
): fc.Arbitrary<Resource> =>
  fc
    .record({
      subject: fc.oneof(
        { weight: 4, arbitrary: reference('Patient', [patient]) },
        {
          weight: 1,
          arbitrary: fc.constant({
            identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: number },
          }),
        },
      ),
      status: one('final', 'preliminary'),
      code: concept,
      category: maybe(fc.array(concept, { minLength: 1, maxLength: 2 })),
      effective: maybe(fc.oneof(one(...dates), period)),
      value: maybe(fc.oneof(quantity, one('Smithy', 'smoke, never'))),
      component: maybe(
        fc.constant([{ code: { coding: [{ code: 'C9', system: 'http://snomed.info/sct' }] } }]),
      ),
      encounter: maybe(reference('Encounter', encounters)),
      performer: maybe(
        fc
          .oneof(reference('Practitioner', ['p1', 'p2', 'p3']), fc.record({ identifier }))
          .map((each) => [each]),
      ),
    })
    .map(({ effective, value, ...rest }) =>
      tidy({
        resourceType: 'Observation',
        id,
        ...rest,
        ...(typeof effective === 'string'
          ? { effectiveDateTime: effective }
          : { effectivePeriod: effective }),
        ...(typeof value === 'string' ? { valueString: value } : { valueQuantity: value }),
      }),
    )

const prefix = one('', '', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb')
const any = (value: fc.Arbitrary<string>) =>
  fc.array(value, { minLength: 1, maxLength: 2 }).map((all) => all.join(','))
const missing = (name: string): fc.Arbitrary<[string, string]> =>
  one('true', 'false').map((value) => [`${name}:missing`, value])
const pair = (
  name: fc.Arbitrary<string> | string,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<[string, string]> => fc.tuple(typeof name === 'string' ? fc.constant(name) : name, value)

const token = (name: string) => {
  const code = one('8480-6', 'A1', 'a1', 'final', 'FINAL', 'planned', 'male', 'true', 'c9')
  const value = any(
    fc.oneof(
      code,
      code.map((each) => `http://loinc.org|${each}`),
      code.map((each) => `|${each}`),
      fc.constant('http://loinc.org|'),
    ),
  )
  return fc.oneof(
    { weight: 4, arbitrary: pair(one(name, name, `${name}:not`), value) },
    { weight: 1, arbitrary: missing(name) },
  )
}
const text = (name: string) => {
  const value = any(
    one('smi', 'Smith', 'müller', 'mull', 'ann', 'zo', 'unal', 'e', 'van der', 'Zoë', 'nobody', 'smithy'),
  )
  return fc.oneof(
    { weight: 4, arbitrary: pair(one(name, `${name}:exact`, `${name}:contains`), value) },
    { weight: 1, arbitrary: missing(name) },
  )
}
const date = (name: string) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: pair(
        name,
        any(fc.tuple(prefix, one(...dates, '1950-03-04', '1950', '1961-10')).map((parts) => parts.join(''))),
      ),
    },
    { weight: 1, arbitrary: missing(name) },
  )
const amount = (name: string) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: pair(
        name,
        fc
          .tuple(
            prefix,
            one('5', '5.4', '5.40', '5.45', '-1', '0', '100'),
            one('', '', `|${ucum}|mg`, '||mg', '||g'),
          )
          .map((parts) => parts.join('')),
      ),
    },
    { weight: 1, arbitrary: missing(name) },
  )
const number = (name: string) =>
  pair(name, any(one('https://a.example|1', 'https://b.example|Ab', '2', 'ab3', 'https://a.example|', '|1')))

const patientAsked = (ids: string[]) =>
  fc.oneof(
    text('family'),
    text('name'),
    text('given'),
    date('birthdate'),
    token('gender'),
    token('active'),
    number('identifier'),
    pair('_id', any(one(...ids, 'none'))),
    pair('general-practitioner', one('Practitioner/p1', 'p2')),
  )
const practitionerAsked = fc.oneof(text('family'), text('name'), number('identifier'))
const encounterAsked = (ids: string[]) =>
  fc.oneof(token('class'), token('status'), date('date'), pair('patient', one(...ids)))
const observationAsked = (ids: string[]) =>
  fc.oneof(
    token('code'),
    token('combo-code'),
    token('category'),
    token('status'),
    date('date'),
    amount('value-quantity'),
    text('value-string'),
    pair(
      one('subject', 'patient', 'subject:Patient'),
      any(one(...ids).chain((id) => one(id, `Patient/${id}`))),
    ),
    pair('performer', one('Practitioner/p1', 'p2')),
    missing('performer'),
    number('performer:identifier'),
  )

const led = (by: string, what: fc.Arbitrary<[string, string]>): fc.Arbitrary<[string, string]> =>
  what.map(([name, value]) => [`${by}${name}`, value])

/** A search of one type: one to three parameters, with one step along a reference or back now and then. */
export function searchAtRandom(
  patients: string[],
): fc.Arbitrary<{ type: string; query: [string, string][] }> {
  const of = {
    Patient: fc.oneof(
      { weight: 4, arbitrary: patientAsked(patients) },
      { weight: 2, arbitrary: led('_has:Observation:patient:', observationAsked(patients)) },
      { weight: 1, arbitrary: led('_has:Encounter:patient:', encounterAsked(patients)) },
      { weight: 1, arbitrary: led('general-practitioner:Practitioner.', practitionerAsked) },
    ),
    Observation: fc.oneof(
      { weight: 5, arbitrary: observationAsked(patients) },
      { weight: 1, arbitrary: led('subject:Patient.', patientAsked(patients)) },
      { weight: 1, arbitrary: led('patient.', patientAsked(patients)) },
      { weight: 1, arbitrary: led('performer:Practitioner.', practitionerAsked) },
      { weight: 1, arbitrary: led('encounter.', encounterAsked(patients)) },
    ),
    Encounter: fc.oneof(
      { weight: 4, arbitrary: encounterAsked(patients) },
      { weight: 1, arbitrary: led('_has:Observation:encounter:', observationAsked(patients)) },
      { weight: 1, arbitrary: led('patient.', patientAsked(patients)) },
    ),
    Practitioner: fc.oneof(
      { weight: 4, arbitrary: practitionerAsked },
      { weight: 1, arbitrary: led('_has:Observation:performer:', observationAsked(patients)) },
    ),
  }
  return one('Patient', 'Observation', 'Observation', 'Encounter', 'Practitioner').chain((type) =>
    fc
      .uniqueArray(of[type as keyof typeof of], { minLength: 1, maxLength: 3, selector: ([name]) => name })
      .map((query) => ({ type: type as string, query })),
  )
}
