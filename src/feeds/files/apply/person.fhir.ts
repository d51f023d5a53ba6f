import type { Identifier, Patient } from '@medplum/fhirtypes'
import type { Said } from '../../../datasets/index.ts'
import { nhsNumberSystem } from '../../../people/index.ts'
import type { HeldFact } from './apply.queries.ts'

const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code'

/**
 * What the source's sets say of who a person is: of each column the newest value there is. Files in any order give the same, since it is
 * worked out anew from all that is held.
 */
export function whoIs(facts: readonly HeldFact[]): Said {
  const inOrder = [...facts].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
  return Object.assign({}, ...inOrder.map((fact) => pick(fact.said)))
}

const orderOf = ({ extractDate, dataset, key }: HeldFact): string => `${extractDate} ${dataset} ${key}`

const whoColumns = [
  'nhs_number',
  'family_name',
  'given_name',
  'date_of_birth',
  'date_of_death',
  'gender',
  'address',
  'postcode',
]

const pick = (said: Said): Said =>
  Object.fromEntries(Object.entries(said).filter(([name]) => whoColumns.includes(name)))

/** The practice at which a person is registered, by the newest list that has them. */
export const practiceOf = (facts: readonly HeldFact[]): string | undefined =>
  facts.find((fact) => fact.dataset === 'gp-registrations' && fact.ended === undefined)?.said['practice_code']

const genders: Record<string, Patient['gender']> = { '1': 'male', '2': 'female', '9': 'other', X: 'unknown' }

/** The Patient that files make where the source's own system sends none. */
export function patientFrom(
  who: Said,
  about: { id: string; local: { system: string; value: string } | undefined; practice: string | undefined },
): Patient & { id: string } {
  const { nhs_number, family_name, given_name, date_of_birth, date_of_death, gender, address, postcode } = who
  const identifier: Identifier[] = [
    ...(nhs_number ? [{ use: 'official' as const, system: nhsNumberSystem, value: nhs_number }] : []),
    ...(about.local
      ? [{ use: nhs_number ? ('secondary' as const) : ('usual' as const), ...about.local }]
      : []),
  ]
  return {
    resourceType: 'Patient',
    id: about.id,
    identifier,
    name: [
      {
        use: 'official',
        ...(family_name && { family: family_name }),
        ...(given_name && { given: given_name.split(/\s+/) }),
      },
    ],
    ...(date_of_birth && { birthDate: date_of_birth }),
    ...(gender && genders[gender] && { gender: genders[gender] }),
    ...(date_of_death && { deceasedDateTime: date_of_death }),
    ...((address || postcode) && {
      address: [
        {
          use: 'home',
          ...(address && { line: address.split(/,\s*/) }),
          ...(postcode && { postalCode: postcode }),
        },
      ],
    }),
    ...(about.practice && { generalPractitioner: practiceReference(about.practice) }),
  }
}

const practiceReference = (code: string): NonNullable<Patient['generalPractitioner']> => [
  { identifier: { system: odsSystem, value: code } },
]

/** A practice's list says where a person is registered, and nothing else about a Patient whom its own system sends. */
export function registeredAt(patient: Patient, practice: string | undefined): Patient {
  const registered = patient.generalPractitioner?.[0]?.identifier?.value
  if (registered === practice) return patient
  const { generalPractitioner: _, ...rest } = patient
  return { ...rest, ...(practice && { generalPractitioner: practiceReference(practice) }) }
}
