import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Validator, validatorFor } from '../validate.ts'

/** A place's own folder, with profiles as they are published: a package that was unpacked there. */
let place: string
let own: Validator
const url = 'https://rotherham.example/StructureDefinition/HomeVisit'
const write = (name: string, content: object) =>
  writeFileSync(join(place, 'profiles', 'package', name), JSON.stringify(content))

const homeVisit = {
  resourceType: 'StructureDefinition',
  url,
  version: '1.2.0',
  name: 'HomeVisit',
  title: 'Home visit',
  kind: 'resource',
  type: 'Encounter',
  derivation: 'constraint',
  baseDefinition: 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-Encounter',
  differential: {
    element: [
      {
        id: 'Encounter',
        path: 'Encounter',
        constraint: [
          {
            key: 'home-1',
            severity: 'error',
            human: 'A visit that is over says when it ended',
            expression: "status != 'finished' or period.end.exists()",
          },
          {
            key: 'home-2',
            severity: 'error',
            human: 'The person is known',
            expression: 'subject.resolve().exists()',
          },
        ],
      },
      { id: 'Encounter.class', path: 'Encounter.class', patternCoding: { code: 'HH' } },
      {
        id: 'Encounter.subject',
        path: 'Encounter.subject',
        min: 1,
        type: [{ code: 'Reference', targetProfile: ['http://hl7.org/fhir/StructureDefinition/Patient'] }],
      },
      {
        id: 'Encounter.type',
        path: 'Encounter.type',
        slicing: { discriminator: [{ type: 'pattern', path: '$this' }], rules: 'closed' },
      },
      {
        id: 'Encounter.type:first',
        path: 'Encounter.type',
        sliceName: 'first',
        max: '1',
        patternCodeableConcept: { coding: [{ system: 'urn:visits', code: 'first' }] },
      },
      {
        id: 'Encounter.type:next',
        path: 'Encounter.type',
        sliceName: 'next',
        patternCodeableConcept: { coding: [{ system: 'urn:visits', code: 'next' }] },
      },
      {
        id: 'Encounter.priority',
        path: 'Encounter.priority',
        binding: { strength: 'required', valueSet: 'https://rotherham.example/ValueSet/priority|1.0' },
      },
      { id: 'Encounter.reasonCode.text', path: 'Encounter.reasonCode.text', maxLength: 5 },
      { id: 'Encounter.length.value', path: 'Encounter.length.value', maxValueDecimal: 8 },
    ],
  },
}

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'place-'))
  mkdirSync(join(place, 'profiles', 'package'), { recursive: true })
  write('home-visit.json', homeVisit)
  write('priority.json', {
    resourceType: 'ValueSet',
    url: 'https://rotherham.example/ValueSet/priority',
    compose: { include: [{ system: 'urn:priority' }] },
  })
  write('priorities.json', {
    resourceType: 'CodeSystem',
    url: 'urn:priority',
    content: 'complete',
    concept: [{ code: 'soon' }, { code: 'later' }],
  })
  write('orphan.json', { ...homeVisit, url: `${url}2`, baseDefinition: 'https://elsewhere.example/Base' })
  write('package.json', { name: 'rotherham', version: '1.0.0' })
  own = validatorFor(place)
})
afterAll(() => rmSync(place, { recursive: true }))

const visit = {
  resourceType: 'Encounter',
  meta: { profile: [url] },
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HH' },
  subject: { reference: 'Patient/1' },
  period: { start: '2024-01-01', end: '2024-01-02' },
  type: [{ coding: [{ system: 'urn:visits', code: 'first', display: 'First' }] }],
  priority: { coding: [{ system: 'urn:priority', code: 'soon' }] },
}
const places = (resource: object) =>
  own.validate(resource, { profiles: {} }).map(({ severity, code, path }) => `${severity} ${code} ${path}`)

test('a visit that meets the place’s profile is sound', () => expect(places(visit)).toEqual([]))

const first = visit.type[0]
const wrong = { code: 'AMB' }
test.each<[string, object, string[]]>([
  ['a rule', { ...visit, period: { start: '2024-01-01' } }, ['error invariant Encounter']],
  ['a pattern', { ...visit, class: wrong }, ['error value Encounter.class']],
  ['what must be there', { ...visit, subject: undefined }, ['error required Encounter.subject']],
  [
    'what may be pointed at',
    { ...visit, subject: { reference: 'Group/1' } },
    ['error value Encounter.subject.reference'],
  ],
  ['a slice once', { ...visit, type: [first, first] }, ['error structure Encounter.type']],
  ['a closed list', { ...visit, type: [{ text: 'x' }] }, ['error structure Encounter.type[0]']],
  [
    'codes of its own',
    { ...visit, priority: { coding: [{ system: 'urn:priority', code: 'now' }] } },
    ['error code-invalid Encounter.priority'],
  ],
  [
    'a length',
    { ...visit, reasonCode: [{ text: 'longer' }] },
    ['error too-long Encounter.reasonCode[0].text'],
  ],
  [
    'what its base says',
    {
      ...visit,
      extension: [1, 2].map(() => ({
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DischargeMethod',
        valueCodeableConcept: { text: 'x' },
      })),
    },
    ['error structure Encounter.extension'],
  ],
])('it asks for %s', (_, resource, faults) =>
  expect(places(JSON.parse(JSON.stringify(resource)))).toEqual(faults),
)

test('what it says and nobody here can check is named', () => {
  expect(own.known.snapshot(url)?.notChecked).toEqual([
    'Encounter.length.value: maxValueDecimal',
    'Encounter: rule home-2, which we cannot work out',
  ])
})

test('a profile whose base is nowhere is refused by name', () => {
  expect(own.refused).toEqual([
    { url: `${url}2`, words: `${url}2 builds on https://elsewhere.example/Base, which is not known` },
  ])
})

test('the product’s own are known as well; without a folder there are no others', () => {
  expect(own.known.snapshot('https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient')).toBeDefined()
  expect(validatorFor().known.snapshot(url)).toBeUndefined()
  expect(validatorFor(join(place, 'profiles'))).toBe(validatorFor())
})

test('what was built is kept until a file changes, and a file that is no JSON is named', async () => {
  const { readOwnProfiles } = await import('./own.ts')
  const { loadDefinitions, loadProfiles } = await import('../definitions.ts')
  const folder = join(place, 'profiles')
  const read = () => readOwnProfiles(folder, loadDefinitions(), loadProfiles)
  const before = read()
  expect(read()).toEqual(before)
  write('home-visit.json', { ...homeVisit, title: 'Visit at home' })
  utimesSync(join(folder, 'package', 'home-visit.json'), 1, 1)
  expect(read()?.profiles[url]?.title).toBe('Visit at home')
  writeFileSync(join(folder, 'broken.json'), '{')
  expect(read).toThrow(/broken\.json cannot be read as JSON/)
})
