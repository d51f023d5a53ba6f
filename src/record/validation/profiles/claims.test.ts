import { describe, expect, it } from 'vitest'
import { validate } from '../validate.ts'

const address = 'https://fhir.hl7.org.uk/StructureDefinition/'

const coding = (system: string, code: string) => ({ coding: [{ system, code }] })
const patient = (more: object) => ({ resourceType: 'Patient', ...more })
const of = (profile: string) => ({ meta: { profile: [address + profile] } })
const extension = (of: string, more: object) => ({ url: `${address}Extension-UKCore-${of}`, ...more })
const verified = (code: string) =>
  extension('NHSNumberVerificationStatus', {
    valueCodeableConcept: coding(
      'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland',
      code,
    ),
  })

/** The rules in FHIRPath, extensions, and whatever a reader of the profile would try first. */
const cases: [string, Record<string, unknown>, string[]][] = [
  [
    'two NHS numbers',
    patient({
      ...of('UKCore-Patient'),
      identifier: [1, 2].map((n) => ({
        system: 'https://fhir.nhs.uk/Id/nhs-number',
        value: `999000000${n}`,
      })),
    }),
    ['error structure Patient.identifier'],
  ],
  [
    'an NHS number without a value',
    patient({ ...of('UKCore-Patient'), identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number' }] }),
    ['error required Patient.identifier[0].value'],
  ],
  [
    'a verification status that is none',
    patient({ ...of('UKCore-Patient'), identifier: [{ value: '1', extension: [verified('99')] }] }),
    ['error code-invalid Patient.identifier[0].extension[0].valueCodeableConcept'],
  ],
  [
    'an extension on the wrong element',
    patient({ ...of('UKCore-Patient'), extension: [verified('01')] }),
    ['error structure Patient.extension[0]'],
  ],
  [
    'an extension with the wrong kind of value, on a primitive',
    patient({
      ...of('UKCore-Patient'),
      telecom: [
        {
          system: 'other',
          value: 'x',
          _system: { extension: [extension('OtherContactSystem', { valueString: 'x' })] },
        },
      ],
    }),
    ['error value Patient.telecom[0]._system.extension[0].valueString'],
  ],
  [
    'an ethnic category of the English list that the list does not have',
    patient({
      ...of('UKCore-Patient'),
      extension: [
        extension('EthnicCategory', {
          valueCodeableConcept: coding(
            'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland',
            'Q',
          ),
        }),
      ],
    }),
    ['warning code-invalid Patient.extension[0].valueCodeableConcept'],
  ],
  [
    'an ethnic category in another system, or in words',
    patient({
      ...of('UKCore-Patient'),
      extension: [
        extension('EthnicCategory', { valueCodeableConcept: { text: 'x', ...coding('urn:other', 'Q') } }),
      ],
    }),
    [],
  ],
  [
    'a part of an extension that is missing',
    patient({
      ...of('UKCore-Patient'),
      address: [
        {
          text: 'x',
          extension: [extension('AddressKey', { extension: [{ url: 'value', valueString: 'x' }] })],
        },
      ],
    }),
    ['error required Patient.address[0].extension[0].extension'],
  ],
  [
    'a vaccination that was not given, without a reason',
    {
      resourceType: 'Immunization',
      ...of('UKCore-Immunization'),
      status: 'not-done',
      vaccineCode: { text: 'x' },
      patient: { reference: 'Patient/1' },
      occurrenceDateTime: '2024-01-01',
    },
    ['error invariant Immunization'],
  ],
  [
    'a laboratory result with nothing in it',
    {
      resourceType: 'Observation',
      ...of('UKCore-Observation-Lab'),
      status: 'final',
      code: { text: 'x' },
      category: [coding('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
    },
    ['warning invariant Observation'],
  ],
  [
    'a group of laboratory results with a value',
    {
      resourceType: 'Observation',
      ...of('UKCore-Observation-Group-Lab'),
      status: 'final',
      code: { text: 'x' },
      valueString: 'x',
      category: [coding('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
    },
    ['warning invariant Observation'],
  ],
  [
    'a vital sign without a LOINC code',
    {
      resourceType: 'Observation',
      ...of('UKCore-Observation-VitalSigns'),
      status: 'final',
      code: coding('http://snomed.info/sct', '1'),
      subject: { reference: 'Patient/1' },
      effectiveDateTime: '2024-01-01',
      category: [coding('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs')],
    },
    ['error invariant Observation', 'error required Observation.code.coding'],
  ],
  [
    'a report of final results that does not say when it was issued',
    {
      resourceType: 'DiagnosticReport',
      ...of('UKCore-DiagnosticReport-Lab'),
      status: 'final',
      code: { text: 'x' },
      category: [coding('http://terminology.hl7.org/CodeSystem/v2-0074', 'LAB')],
    },
    ['warning invariant DiagnosticReport'],
  ],
  [
    'a report whose media stand in two places',
    {
      resourceType: 'DiagnosticReport',
      ...of('UKCore-DiagnosticReport'),
      status: 'final',
      code: { text: 'x' },
      media: [{ link: { reference: 'Media/1' } }],
      extension: [
        {
          url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-DiagnosticReport.media',
          valueString: 'x',
        },
      ],
    },
    ['error invariant DiagnosticReport'],
  ],
  [
    'a specimen collected by two',
    {
      resourceType: 'Specimen',
      ...of('UKCore-Specimen'),
      collection: {
        collector: {
          reference: 'Practitioner/1',
          extension: [
            {
              url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Specimen.collection.collector',
              valueString: 'x',
            },
          ],
        },
      },
    },
    ['error invariant Specimen.collection'],
  ],
  ['a profile of another type', patient(of('UKCore-Encounter')), ['error value Patient.meta.profile[0]']],
  [
    'a profile that nobody here knows',
    patient({ meta: { profile: ['https://a.example/StructureDefinition/Own'] } }),
    ['information not-found Patient.meta.profile[0]'],
  ],
  [
    'a version of a profile that is not the one here',
    patient({ meta: { profile: [`${address}UKCore-Patient|1.0.0`] } }),
    ['information not-found Patient.meta.profile[0]'],
  ],
  [
    'a contained resource that does not meet what it claims',
    {
      resourceType: 'Encounter',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: '#p' },
      contained: [patient({ id: 'p', ...of('UKCore-Patient'), extension: [verified('01')] })],
    },
    ['error structure Encounter.contained[0].extension[0]'],
  ],
  [
    'an entry of a bundle that does not meet what it claims',
    {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { resource: patient({}) },
        { resource: { resourceType: 'Medication', ...of('UKCore-Medication') } },
      ],
    },
    ['error required Bundle.entry[1].resource.code'],
  ],
]

describe('whoever claims a profile of UK Core', () => {
  it.each(cases)('hears of %s', (_, resource, faults) => {
    const issues = validate(resource, { profiles: {} })
    expect(issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(faults)
    expect(validate(resource).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('is told which profile asks for it', () => {
    const [issue] = validate({ resourceType: 'Medication', ...of('UKCore-Medication') }, { profiles: {} })
    expect(issue).toEqual({
      severity: 'error',
      code: 'required',
      path: 'Medication.code',
      words: 'This is missing, says UK Core Medication.',
      profile: `${address}UKCore-Medication`,
    })
  })

  it('hears nothing twice where FHIR itself asks for it as well', () => {
    const broken = {
      resourceType: 'AllergyIntolerance',
      ...of('UKCore-AllergyIntolerance'),
      code: 5,
      patient: { reference: 'Patient/1' },
    }
    const places = validate(broken, { profiles: {} }).map(({ code, path }) => `${code} ${path}`)
    expect(new Set(places).size).toBe(places.length)
  })
})
