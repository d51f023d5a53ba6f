import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { nhsNumberFor } from '../src/testing/world-bundles.ts'

const ods = 'https://fhir.nhs.uk/Id/ods-organization-code'

/** One person of practice ZP001 with `count - 1` resources, as a transaction of `count` entries. */
export function personBundle(n: number, count: number): Bundle {
  const patient = 'urn:uuid:11111111-1111-4111-8111-111111111111'
  const entry: BundleEntry[] = [
    {
      fullUrl: patient,
      request: { method: 'POST', url: 'Patient' },
      resource: {
        resourceType: 'Patient',
        identifier: [
          { system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumberFor(250_000 + n) },
          { system: 'https://golden-thread.example/Id/bench', value: String(n) },
        ],
        name: [{ use: 'official', family: familyOf(n), given: [givenOf(n)] }],
        gender: n % 2 ? 'female' : 'male',
        birthDate: `19${String(30 + (n % 60)).padStart(2, '0')}-0${1 + (n % 9)}-15`,
        address: [{ use: 'home', line: [`${n} Bench Street`], city: 'Rotherham', postalCode: postcodeOf(n) }],
        generalPractitioner: [
          { identifier: { system: ods, value: 'ZP001' }, display: 'Clifton Vale Surgery' },
        ],
      },
    },
  ]
  for (let index = 1; index < count; index++)
    entry.push({
      request: { method: 'POST', url: kinds[index % kinds.length] ?? '' },
      resource: resourceFor(n, index, patient),
    })
  return { resourceType: 'Bundle', type: 'transaction', entry }
}

/** As many families, given names and postcodes as a borough has, so that matching finds about as many alike as it would there. */
const starts = [
  'Bar',
  'Den',
  'Fal',
  'Gor',
  'Hal',
  'Kes',
  'Lin',
  'Mar',
  'Nor',
  'Pel',
  'Rud',
  'Sten',
  'Tam',
  'Wex',
]
const middles = ['a', 'ber', 'den', 'i', 'ling', 'ma', 'o', 'ster', 'ti', 'ver']
const ends = ['by', 'combe', 'dale', 'field', 'gill', 'ham', 'ley', 'ston', 'ton', 'worth']
const of = (all: readonly string[], n: number): string => all[n % all.length] ?? ''

const familyOf = (n: number): string =>
  of(starts, n) + of(middles, Math.floor(n / 14)) + of(ends, Math.floor(n / 140))
const givenOf = (n: number): string => of(starts, n * 5 + 3) + of(['a', 'en', 'ie', 'o'], n * 3)
const letters = 'ABDEFGHJLNPQRSTUWXYZ'
const postcodeOf = (n: number): string =>
  `S${60 + (n % 7)} ${Math.floor(n / 7) % 10}${letters[Math.floor(n / 70) % 20]}${letters[Math.floor(n / 1400) % 20]}`

const kinds = ['Observation', 'Condition', 'MedicationRequest', 'Observation', 'Encounter']

export function resourceFor(n: number, index: number, patient: string): Resource {
  const subject = { reference: patient }
  const day = `20${String(15 + (index % 11)).padStart(2, '0')}-0${1 + (n % 9)}-1${index % 9}`
  switch (kinds[index % kinds.length]) {
    case 'Condition':
      return {
        resourceType: 'Condition',
        subject,
        clinicalStatus: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
              code: index % 3 ? 'active' : 'resolved',
            },
          ],
        },
        code: {
          coding: [
            { system: 'http://snomed.info/sct', code: '44054006', display: 'Type 2 diabetes mellitus' },
          ],
          text: `Condition ${index}`,
        },
        onsetDateTime: day,
        recorder: { display: 'Dr Bench' },
      }
    case 'MedicationRequest':
      return {
        resourceType: 'MedicationRequest',
        subject,
        status: index % 4 ? 'active' : 'stopped',
        intent: 'order',
        medicationCodeableConcept: { text: `Medicine ${index} 5 mg tablets` },
        authoredOn: day,
        requester: { display: 'Dr Bench' },
        dosageInstruction: [{ text: 'One daily' }],
      }
    case 'Encounter':
      return {
        resourceType: 'Encounter',
        subject,
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        period: { start: `${day}T09:00:00+00:00`, end: `${day}T09:15:00+00:00` },
      }
    default:
      return {
        resourceType: 'Observation',
        subject,
        status: 'final',
        code: {
          coding: [{ system: 'http://snomed.info/sct', code: '43396009', display: 'HbA1c' }],
          text: `Test ${index % 8}`,
        },
        effectiveDateTime: day,
        valueQuantity: {
          value: 40 + (index % 30),
          unit: 'mmol/mol',
          system: 'http://unitsofmeasure.org',
          code: 'mmol/mol',
        },
      }
  }
}
