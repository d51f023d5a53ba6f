import type { Patient } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Invalid } from '../../platform/index.ts'
import { validate } from '../../record/index.ts'
import { parseMessage } from '../hl7/hl7.ts'
import { aReader } from '../reading/a-reader.ts'
import { readEnvelope } from '../reading/envelope.ts'
import { whoIn } from '../reading/who.ts'
import { type AdtSays, anAdt } from './an-adt.ts'
import { isAnotherPerson } from './another-person.ts'
import { patientSaid } from './patient.fhir.ts'
import { layPatient, nothingSaid } from './patient-fold.ts'

function patient(says: AdtSays, before?: Patient): Patient {
  const message = parseMessage(anAdt('A01', says))
  const envelope = readEnvelope(message, aReader.now)
  const said = patientSaid(message, whoIn(message, []), envelope, aReader)
  const known = { ...(before ?? { resourceType: 'Patient' as const }), id: 'p1' }
  const made = layPatient(known, nothingSaid, said, envelope.order).patient
  expect(validate(made as never).filter((issue) => issue.severity === 'error')).toEqual([])
  return made
}

test('everything that PID says', () => {
  expect(
    patient({
      name: 'Ashworth^Margaret^Anne Mary^^Mrs^^L~Peggy^^^^^^N~Dyson^Margaret^^^^^M',
      ethnicity: 'A',
      phone: '01632 960101^PRN^PH~07700 900101^PRN^CP~^NET^Internet^peggy@example.org',
    }),
  ).toEqual({
    resourceType: 'Patient',
    id: 'p1',
    identifier: [
      { use: 'official', system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990001235' },
      { use: 'secondary', system: 'https://golden-thread.example/Id/rfr-hospital-number', value: 'R1400017' },
    ],
    name: [
      { use: 'official', family: 'Ashworth', given: ['Margaret', 'Anne', 'Mary'], prefix: ['Mrs'] },
      { use: 'nickname', family: 'Peggy' },
      { use: 'maiden', family: 'Dyson', given: ['Margaret'] },
    ],
    birthDate: '1941-07-14',
    gender: 'female',
    address: [{ use: 'home', line: ['12 Barnacre Lane'], city: 'Wath upon Dearne', postalCode: 'S63 9ZA' }],
    telecom: [
      { system: 'phone', use: 'home', value: '01632 960101' },
      { system: 'phone', use: 'mobile', value: '07700 900101' },
      { system: 'email', use: 'home', value: 'peggy@example.org' },
    ],
    extension: [
      {
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory',
        valueCodeableConcept: {
          coding: [{ system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland', code: 'A' }],
        },
      },
    ],
  })
})

test.each<[string, AdtSays, Partial<Patient>]>([
  ['a birth date at midnight in summer', { born: '19870714000000' }, { birthDate: '1987-07-14' }],
  ['a birth date that passed through UTC', { born: '19870713230000+0000' }, { birthDate: '1987-07-14' }],
  ['only a year of birth', { born: '1941' }, { birthDate: '1941' }],
  ['sex M', { sex: 'M' }, { gender: 'male' }],
  ['sex in the NHS’s digits', { sex: '2' }, { gender: 'female' }],
  ['sex indeterminate', { sex: '9' }, { gender: 'other' }],
  ['sex unknown', { sex: 'U' }, { gender: 'unknown' }],
  [
    'death with its time',
    { died: '20260612101500', dead: 'Y' },
    { deceasedDateTime: '2026-06-12T10:15:00+01:00' },
  ],
  ['death without a time', { dead: 'Y' }, { deceasedBoolean: true }],
  [
    'a street in parts',
    { address: '&Barnacre Lane&12^^Wath^^s63 9za^^H' },
    { address: [{ use: 'home', line: ['12 Barnacre Lane'], city: 'Wath', postalCode: 'S63 9ZA' }] },
  ],
  [
    'a temporary address beside the home',
    { address: 'A^^^^S1 1AA^^H~B^^^^S2 2BB^^C' },
    {
      address: [
        { use: 'home', line: ['A'], postalCode: 'S1 1AA' },
        { use: 'temp', line: ['B'], postalCode: 'S2 2BB' },
      ],
    },
  ],
  [
    'a name with an escape',
    { name: 'O\\T\\Neil^Sam' },
    { name: [{ use: 'official', family: 'O&Neil', given: ['Sam'] }] },
  ],
])('%s', (_name, says, expected) => expect(patient(says)).toMatchObject(expected))

test('an ethnic category in words', () => {
  expect(patient({ ethnicity: 'Welsh^Welsh' }).extension?.[0]?.valueCodeableConcept).toEqual({
    text: 'Welsh',
  })
})

test.each<[string, AdtSays, string]>([
  ['no date', { born: '19411314' }, 'PID-7'],
  ['the future', { born: '20260613' }, 'PID-7'],
  ['a time of death that is none', { died: 'yesterday' }, 'PID-29'],
])('%s is refused', (_name, says, path) => {
  try {
    patient(says)
    expect.unreachable()
  } catch (problem) {
    expect((problem as Invalid).faults[0]?.path).toBe(path)
  }
})

const before: Patient = {
  resourceType: 'Patient',
  id: 'p1',
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
  identifier: [
    {
      use: 'official',
      system: 'https://fhir.nhs.uk/Id/nhs-number',
      value: '9990001235',
      extension: [{ url: 'https://example.org/x', valueString: 'y' }],
    },
  ],
  name: [
    { use: 'official', family: 'Ashworth', given: ['Margaret'] },
    { use: 'nickname', given: ['Peggy'] },
  ],
  birthDate: '1941-07-14',
  gender: 'female',
  telecom: [{ system: 'phone', use: 'home', value: '01632 960101' }],
  address: [{ use: 'home', line: ['Old'] }],
  contact: [{ name: { text: 'Susan Platts' } }],
  generalPractitioner: [
    { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'ZP001' } },
  ],
}

test('what PID does not say stays: above all the label of a protected address, and the practice', () => {
  expect(patient({ name: '', born: '', sex: '', address: '', phone: '' }, before)).toEqual({
    ...before,
    identifier: [
      ...(before.identifier ?? []),
      { use: 'secondary', system: 'https://golden-thread.example/Id/rfr-hospital-number', value: 'R1400017' },
    ],
  })
})

test('what PID says replaces what it is about, and nothing else', () => {
  const now = patient({ name: 'Ashworth-Hill^Margaret', phone: '01632 960999^PRN^PH' }, before)
  expect(now.name).toEqual([
    { use: 'official', family: 'Ashworth-Hill', given: ['Margaret'] },
    { use: 'nickname', given: ['Peggy'] },
  ])
  expect(now.telecom).toEqual([{ system: 'phone', use: 'home', value: '01632 960999' }])
  expect(now.address).toEqual([
    { use: 'home', line: ['12 Barnacre Lane'], city: 'Wath upon Dearne', postalCode: 'S63 9ZA' },
  ])
  expect(now.contact).toEqual(before.contact)
})

test('two quotation marks take away', () => {
  const now = patient({ address: '""', phone: '""' }, before)
  expect(now.address).toBeUndefined()
  expect(now.telecom).toBeUndefined()
})

test('a death that is denied later is taken back', () => {
  expect(patient({ dead: 'N' }, { ...before, deceasedDateTime: '2026-06-01' })).not.toHaveProperty(
    'deceasedDateTime',
  )
})

const someone = (
  nhs: string | undefined,
  born: string | undefined,
  family: string,
  given = 'Margaret',
): Patient => ({
  resourceType: 'Patient',
  ...(nhs && { identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhs }] }),
  ...(born && { birthDate: born }),
  name: [{ use: 'official', family, given: [given] }],
})
const margaret = someone('9990001235', '1941-07-14', 'Ashworth')

test.each<[string, Patient, boolean]>([
  ['the same', margaret, false],
  ['a name changed', someone('9990001235', '1941-07-14', 'Hill'), false],
  ['a birth date corrected', someone('9990001235', '1941-07-15', 'Ashworth'), false],
  ['an NHS number corrected', someone('9990001308', '1941-07-14', 'Ashworth'), false],
  ['nothing said but another name', someone(undefined, undefined, 'Hill', 'Jean'), false],
  ['another number and birth date', someone('9990001308', '1950-01-01', 'Ashworth'), true],
  ['another number and name', someone('9990001308', undefined, 'Hill', 'Jean'), true],
  ['another birth date and name', someone(undefined, '1950-01-01', 'Hill', 'Jean'), true],
  ['capitals are no difference', someone('9990001308', '1941-07-14', 'ASHWORTH', 'MARGARET'), false],
])('under the same hospital number: %s', (_name, said, expected) =>
  expect(isAnotherPerson(margaret, said)).toBe(expected),
)

/** What several messages come to, in the order in which they arrive. */
function after(...messages: AdtSays[]): Patient {
  let patient: Patient & { id: string } = { resourceType: 'Patient', id: 'p1' }
  let memory = nothingSaid
  for (const says of messages) {
    const message = parseMessage(anAdt('A31', { control: 'M1', ...says }))
    const envelope = readEnvelope(message, aReader.now)
    const said = patientSaid(message, whoIn(message, []), envelope, aReader)
    const laid = layPatient(patient, memory, said, envelope.order)
    patient = laid.patient
    memory = laid.memory
  }
  return patient
}

test('any order of arrival comes to the same Patient', () => {
  const minute = fc.integer({ min: 10, max: 20 }).map((at) => `2026061214${at}00`)
  const says = fc.record({
    recorded: minute,
    name: fc.constantFrom(
      '',
      'Ashworth^Margaret',
      'Hill^Margaret~Peggy^^^^^^N',
      'Ashworth^Margaret~Dyson^^^^^^M',
    ),
    address: fc.constantFrom('', '""', 'A^^^^S1 1AA^^H', 'B^^^^S2 2BB^^C~C^^^^S3 3CC^^H'),
    phone: fc.constantFrom('', '""', '01709 960101', '07700 900101^PRN^CP~^NET^Internet^p@example.org'),
    identifiers: fc.constantFrom(
      'R1^^^RFR^MR',
      '9990001235^^^NHS^NH~R1^^^RFR^MR',
      '9990001308^^^NHS^NH~R1^^^RFR^MR',
    ),
    died: fc.constantFrom('', '20260611'),
    dead: fc.constantFrom('', 'Y', 'N'),
    ethnicity: fc.constantFrom('', 'A', 'B'),
  })
  const lives = fc.uniqueArray(says, { selector: ({ recorded }) => recorded, minLength: 1, maxLength: 6 })
  const shuffled = lives.chain((life) =>
    fc.tuple(fc.constant(life), fc.shuffledSubarray(life, { minLength: life.length }), fc.subarray(life)),
  )
  fc.assert(
    fc.property(shuffled, ([life, order, again]) => {
      const inOrder = life.toSorted((one, other) => (one.recorded < other.recorded ? -1 : 1))
      expect(after(...order, ...again)).toEqual(after(...inOrder))
    }),
  )
})
