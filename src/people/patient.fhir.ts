import type { Patient } from '@medplum/fhirtypes'
import type { Said } from './files.ts'
import { nhsNumberSystem } from './nhs-number.ts'

/** What a FHIR Patient says about who someone is. Without a local identifier its own id is one. */
export function saidBy(patient: Patient): Said {
  const name =
    patient.name?.find((each) => each.use === 'official') ??
    patient.name?.find((each) => each.use !== 'old' && each.use !== 'nickname') ??
    patient.name?.[0]
  const local = patient.identifier?.find(
    (each) => each.system !== nhsNumberSystem && each.system && each.value,
  )
  const address =
    patient.address?.find((each) => each.use === 'home' && !each.period?.end) ??
    patient.address?.find((each) => each.use !== 'old')
  const birthDate = patient.birthDate ?? null
  return {
    localSystem: local?.system ?? 'Patient.id',
    localValue: local?.value ?? patient.id ?? '',
    nhsNumber:
      patient.identifier?.find((each) => each.system === nhsNumberSystem)?.value?.replace(/\s/g, '') ?? null,
    family: name?.family ?? '',
    given: name?.given?.join(' ') ?? '',
    title: name?.prefix?.[0] ?? null,
    // A year or a month is no birth date to compare with; it stays in the resource.
    birthDate: birthDate !== null && /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? birthDate : null,
    gender: patient.gender ?? null,
    postcode: address?.postalCode ?? null,
    died: patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined,
  }
}
