import type { HumanName, Identifier, Patient } from '@medplum/fhirtypes'
import type { Said } from './files.ts'
import { nhsNumberSystem } from './nhs-number.ts'

/** What a FHIR Patient says about who someone is. Without a local identifier its own id is one. */
export function saidBy(patient: Patient): Said {
  const name =
    patient.name?.find((each) => each.use === 'official') ??
    patient.name?.find((each) => !former(each) && each.use !== 'nickname') ??
    patient.name?.[0]
  const local = patient.identifier?.find(
    (each) => each.system !== nhsNumberSystem && each.system && each.value,
  )
  const nhs = patient.identifier?.find((each) => each.system === nhsNumberSystem)
  const address =
    patient.address?.find((each) => each.use === 'home' && !each.period?.end) ??
    patient.address?.find((each) => each.use !== 'old')
  const birthDate = patient.birthDate ?? null
  return {
    localSystem: local?.system ?? 'Patient.id',
    localValue: local?.value ?? patient.id ?? '',
    nhsNumber: nhs?.value?.replace(/\s/g, '') ?? null,
    numberVerified: verified(nhs),
    family: name?.family ?? '',
    given: name?.given?.join(' ') ?? '',
    formerFamilies: (patient.name ?? []).flatMap((each) =>
      each !== name && former(each) && each.family && each.family !== name?.family ? [each.family] : [],
    ),
    title: name?.prefix?.[0] ?? null,
    // A year or a month is no birth date to compare with; it stays in the resource.
    birthDate: birthDate !== null && /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? birthDate : null,
    gender: patient.gender ?? null,
    postcode: address?.postalCode ?? null,
    addressLine: address?.line?.[0] ?? null,
    phone:
      patient.telecom?.find((each) => each.system === 'phone' && each.value && each.use !== 'old')?.value ??
      null,
    practice: patient.generalPractitioner?.find((each) => each.identifier?.value)?.identifier?.value ?? null,
    died: patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined,
  }
}

const former = (name: HumanName): boolean => name.use === 'old' || name.use === 'maiden'

/**
 * UK Core's NHS number status: "number-present-and-verified", or 01 as HL7 v2 and the data sets write it. Any other says that it was not
 * traced; none says nothing.
 */
function verified(nhs: Identifier | undefined): boolean | null {
  const status = nhs?.extension?.find((each) => each.url.endsWith('UKCore-NHSNumberVerificationStatus'))
  const code = status?.valueCodeableConcept?.coding?.[0]?.code
  return code === undefined ? null : code === 'number-present-and-verified' || code === '01'
}
