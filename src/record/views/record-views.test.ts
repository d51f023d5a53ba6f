import { describe, expect, it } from 'vitest'
import { allViews } from './index.ts'
import { rowsOf } from './rows-of.ts'

const snomed = (code: string, display: string) => ({
  coding: [{ system: 'http://snomed.info/sct', code, display }],
})
const ukCore = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-'

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [
    {
      system: 'https://fhir.nhs.uk/Id/nhs-number',
      value: '9990001235',
      extension: [
        {
          url: `${ukCore}NHSNumberVerificationStatus`,
          valueCodeableConcept: { coding: [{ code: 'number-present-and-verified' }] },
        },
      ],
    },
  ],
  extension: [
    { url: `${ukCore}EthnicCategory`, valueCodeableConcept: { coding: [{ code: 'A', display: 'British' }] } },
    { url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true },
  ],
  name: [
    { use: 'old', family: 'Before' },
    { use: 'official', family: 'Ward', given: ['Ada', 'May'], prefix: ['Ms'] },
    { use: 'nickname', given: ['Addie'] },
  ],
  birthDate: '1950-06',
  gender: 'female',
  deceasedDateTime: '2024-05-01',
  telecom: [
    { system: 'phone', value: '01709 000001', use: 'home' },
    { system: 'phone', value: '07700 900001', use: 'mobile' },
    { system: 'email', value: 'ada@example.org' },
  ],
  address: [
    {
      use: 'home',
      line: ['1 High Street', 'Maltby'],
      city: 'Rotherham',
      postalCode: 'S66 8AA',
      period: { start: '2019-07' },
    },
    { use: 'old', text: 'The Farm' },
  ],
  generalPractitioner: [
    {
      identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'C87001' },
      display: 'High Street Surgery',
    },
  ],
}

describe('the view of', () => {
  it('a patient', () => {
    expect(rowsOf('patient', patient)).toEqual([
      {
        id: 'p1',
        family: 'Ward',
        given: 'Ada May',
        prefix: 'Ms',
        preferred_name: 'Addie',
        birth_date: '1950-06',
        gender: 'female',
        deceased: '2024-05-01',
        nhs_number: '9990001235',
        nhs_number_status: 'number-present-and-verified',
        phone: '07700 900001',
        email: 'ada@example.org',
        interpreter: true,
        ethnicity_code: 'A',
        ethnicity: 'British',
      },
    ])
  })

  it('a patient of whom little is known', () => {
    expect(rowsOf('patient', { resourceType: 'Patient' })).toEqual([{}])
    expect(
      rowsOf('patient', { ...patient, deceasedDateTime: undefined, deceasedBoolean: true } as never),
    ).toMatchObject([{ deceased: 'true' }])
  })

  it('addresses and practices', () => {
    expect(rowsOf('patient_address', patient)).toEqual([
      {
        use: 'home',
        lines: '1 High Street, Maltby',
        city: 'Rotherham',
        postcode: 'S66 8AA',
        period_start: '2019-07',
      },
      { use: 'old', lines: 'The Farm' },
    ])
    expect(rowsOf('patient_practice', patient)).toEqual([
      { ods_code: 'C87001', display: 'High Street Surgery' },
    ])
  })

  const encounter = {
    resourceType: 'Encounter',
    identifier: [{ system: 'https://hospital.example/Id/spell', value: 'S1' }],
    status: 'finished',
    class: { code: 'IMP', display: 'inpatient' },
    type: [{ text: 'Emergency admission' }],
    reasonCode: [snomed('1', 'Fall')],
    period: { start: '2024-07-01T10:00:00+01:00', end: '2024-07-03' },
    participant: [
      { individual: { display: 'Nurse' } },
      { type: [{ coding: [{ code: 'ATND' }] }], individual: { display: 'Dr Hill' } },
    ],
    hospitalization: { admitSource: { text: 'Home' }, dischargeDisposition: { text: 'Care home' } },
    location: [
      {
        location: {
          identifier: { system: 'https://golden-thread.example/Id/location', value: 'A1' },
          display: 'Ward A1',
        },
        period: { start: '2024-07-01' },
      },
      { location: { display: 'Ward B2' } },
    ],
    serviceProvider: { identifier: { value: 'RFR' }, display: 'Rotherham General' },
  }

  it('an encounter, which does not say where', () => {
    expect(rowsOf('encounter', encounter)).toEqual([
      {
        status: 'finished',
        class_code: 'IMP',
        class_display: 'inpatient',
        type_text: 'Emergency admission',
        reason_text: 'Fall',
        started: '2024-07-01T10:00:00+01:00',
        ended: '2024-07-03',
        admission_source: 'Home',
        discharge_disposition: 'Care home',
        spell_identifier: 'S1',
        author_display: 'Dr Hill',
      },
    ])
  })

  it('where an encounter was', () => {
    const provider = { provider_code: 'RFR', provider_display: 'Rotherham General' }
    expect(rowsOf('encounter_location', encounter)).toEqual([
      { location_code: 'A1', location_display: 'Ward A1', started: '2024-07-01', ...provider },
      { location_display: 'Ward B2', ...provider },
    ])
    expect(rowsOf('encounter_location', { ...encounter, location: undefined } as never)).toEqual([provider])
    expect(rowsOf('encounter_location', { resourceType: 'Encounter' })).toEqual([])
  })

  it('a prescription by each way a medicine can be named', () => {
    const request = (more: object) =>
      rowsOf('medication_request', { resourceType: 'MedicationRequest', ...more })[0]
    const contained = [
      { resourceType: 'Medication', id: 'm', code: snomed('322236009', 'Paracetamol 500 mg tablets') },
    ]
    expect(request({ contained, medicationReference: { reference: '#m' } })).toMatchObject({
      code: '322236009',
      title: 'Paracetamol 500 mg tablets',
    })
    expect(request({ medicationReference: { reference: 'Medication/1', display: 'Aspirin' } })).toEqual({
      title: 'Aspirin',
    })
    expect(
      request({ medicationCodeableConcept: { text: 'Aspirin 75', ...snomed('1', 'Aspirin') } }),
    ).toMatchObject({
      title: 'Aspirin 75',
    })
  })

  it('medicines prescribed and taken alike', () => {
    const columns = (name: string) => allViews.find((view) => view.name === name)?.columns
    expect(columns('medication_request')).toEqual(columns('medication_statement'))
    const dosage = [
      {
        text: 'One at night',
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
        route: { text: 'Oral' },
        asNeededBoolean: false,
        doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }],
      },
    ]
    const statement = {
      resourceType: 'MedicationStatement',
      effectivePeriod: { start: '2020', end: '2021' },
      dosage,
    }
    expect(rowsOf('medication_statement', statement)).toEqual([
      {
        dosage_text: 'One at night',
        dose: '5 mg',
        frequency: '1 every 1 d',
        route: 'Oral',
        as_needed: false,
        started: '2020',
        ended: '2021',
      },
    ])
  })

  it('an observation by each kind of value', () => {
    const value = (more: object) => rowsOf('observation', { resourceType: 'Observation', ...more })[0]
    expect(value({ valueQuantity: { value: 6.1, unit: 'mmol/L', comparator: '<' } })).toEqual({
      value_number: 6.1,
      unit: 'mmol/L',
      comparator: '<',
    })
    expect(value({ valueCodeableConcept: snomed('1', 'Never smoked') })).toEqual({
      value_text: 'Never smoked',
    })
    expect(value({ valueString: 'clear' })).toEqual({ value_text: 'clear' })
    expect(value({ valueBoolean: false })).toEqual({ value_text: 'false' })
    expect(value({ valueRange: { low: { value: 1 }, high: { value: 2, unit: 'cm' } } })).toEqual({
      value_text: '1 to 2 cm',
    })
  })

  it('a blood pressure, one row for each part', () => {
    const part = (code: string, value: number) => ({
      code: { coding: [{ code }] },
      valueQuantity: { value, unit: 'mmHg' },
    })
    const pressure = { resourceType: 'Observation', component: [part('sys', 120), part('dia', 70)] }
    expect(rowsOf('observation_component', pressure)).toEqual([
      { code: 'sys', value_number: 120, unit: 'mmHg' },
      { code: 'dia', value_number: 70, unit: 'mmHg' },
    ])
  })

  it('an allergy with its worst reaction', () => {
    const reaction = [
      { manifestation: [{ text: 'Rash' }, snomed('1', 'Wheeze')], severity: 'mild' },
      { manifestation: [{ text: 'Collapse' }], severity: 'severe' },
    ]
    expect(
      rowsOf('allergy', {
        resourceType: 'AllergyIntolerance',
        category: ['food', 'medication'],
        reaction,
      } as never),
    ).toEqual([
      { category_code: 'food', manifestations: 'Rash, Wheeze, Collapse', reaction_severity: 'severe' },
    ])
  })
})
