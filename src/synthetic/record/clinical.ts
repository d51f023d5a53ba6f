import type {
  AllergyIntolerance,
  Condition,
  Immunization,
  MedicationRequest,
  Procedure,
} from '@medplum/fhirtypes'
import { type ConditionId, conditionFacts } from '../health/conditions.ts'
import type { Allergy } from '../health/health.ts'
import { type MedicineId, medicineFacts } from '../health/medicines.ts'
import { SPECIALLY_PROTECTED } from '../identifiers.ts'
import { dateOf } from '../when.ts'
import { hl7, snomed } from './concepts.ts'
import { by, type PersonFile, refTo, type Written, write } from './file.ts'
import type { Author } from './staff.ts'

interface Noted {
  on: string
  author: Author
}

export function noteCondition(
  file: PersonFile,
  id: ConditionId,
  noted: Noted & { until?: string; comment?: string },
): Written<Condition> {
  const { text, code } = conditionFacts(id)
  return write(file, {
    resourceType: 'Condition',
    clinicalStatus: hl7('condition-clinical', noted.until ? 'resolved' : 'active'),
    verificationStatus: hl7('condition-ver-status', 'confirmed'),
    category: [hl7('condition-category', 'problem-list-item', 'Problem List Item')],
    code: snomed(text, code),
    subject: file.patient,
    onsetDateTime: dateOf(noted.on),
    ...(noted.until && { abatementDateTime: dateOf(noted.until) }),
    recordedDate: noted.on,
    recorder: by(noted.author),
    ...(noted.comment && { note: [{ text: noted.comment }] }),
  })
}

export function noteAllergy(file: PersonFile, allergy: Allergy, noted: Noted): Written<AllergyIntolerance> {
  return write(file, {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
    type: 'allergy',
    category: [allergy.category],
    criticality: allergy.criticality,
    code: snomed(allergy.text, allergy.code),
    patient: file.patient,
    recordedDate: noted.on,
    recorder: by(noted.author),
    reaction: [
      {
        manifestation: [snomed(allergy.reaction, allergy.reactionCode)],
        severity: allergy.criticality === 'high' ? 'severe' : 'mild',
      },
    ],
  })
}

/** Somebody asked, and the answer was no. Not the same as an empty list. */
export function noteNoKnownAllergy(file: PersonFile, noted: Noted): Written<AllergyIntolerance> {
  return write(file, {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
    verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
    code: snomed('No known allergy', '716186003'),
    patient: file.patient,
    recordedDate: noted.on,
    recorder: by(noted.author),
  })
}

interface Prescribed extends Noted {
  reason?: Written<Condition> | undefined
  /** What it is for in words, where it is for nothing on the list. */
  because?: string | undefined
  /** Issued once and finished; left out, a short course of the formulary's. */
  finished?: boolean
  /** Why it was stopped, where it was. */
  stopped?: string
  /** Takes the place of the usual dose. */
  dose?: string
}

export function prescribe(file: PersonFile, id: MedicineId, order: Prescribed): Written<MedicationRequest> {
  const { text, code, dose, supply, unit, days, short } = medicineFacts(id)
  return write(file, {
    resourceType: 'MedicationRequest',
    status: order.stopped ? 'stopped' : (order.finished ?? short) ? 'completed' : 'active',
    ...(order.stopped && { statusReason: { text: order.stopped }, note: [{ text: order.stopped }] }),
    intent: 'order',
    category: [hl7('medicationrequest-category', 'community', 'Community')],
    medicationCodeableConcept: snomed(text, code),
    subject: file.patient,
    authoredOn: order.on,
    requester: by(order.author),
    ...(order.reason && {
      reasonReference: [{ ...refTo(order.reason), display: order.reason.code?.text ?? '' }],
    }),
    ...(!order.reason && order.because && { reasonCode: [{ text: order.because }] }),
    courseOfTherapyType:
      order.finished !== undefined || short
        ? hl7('medicationrequest-course-of-therapy', 'acute', 'Short course (acute) therapy')
        : hl7('medicationrequest-course-of-therapy', 'continuous', 'Continuous long term therapy'),
    dosageInstruction: [{ text: order.dose ?? dose }],
    dispenseRequest: {
      quantity: { value: supply, unit },
      expectedSupplyDuration: { value: days, unit: 'day', system: 'http://unitsofmeasure.org', code: 'd' },
    },
  })
}

export function vaccinate(file: PersonFile, vaccine: string, noted: Noted): Written<Immunization> {
  return write(file, {
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: { text: vaccine },
    patient: file.patient,
    occurrenceDateTime: noted.on,
    recorded: noted.on,
    primarySource: true,
    performer: [{ actor: by(noted.author) }],
  })
}

export function declineVaccine(file: PersonFile, vaccine: string, noted: Noted): Written<Immunization> {
  return write(file, {
    resourceType: 'Immunization',
    status: 'not-done',
    statusReason: hl7('v3-ActReason', 'PATOBJ', 'patient objection'),
    vaccineCode: { text: vaccine },
    patient: file.patient,
    occurrenceDateTime: noted.on,
    recorded: noted.on,
    performer: [{ actor: by(noted.author) }],
  })
}

export function noteProcedure(
  file: PersonFile,
  what: { text: string; code?: string },
  noted: Noted & { outcome?: string; encounter?: string | undefined; speciallyProtected?: boolean },
): Written<Procedure> {
  return write(file, {
    resourceType: 'Procedure',
    ...(noted.speciallyProtected && { meta: { security: [SPECIALLY_PROTECTED] } }),
    status: 'completed',
    code: snomed(what.text, what.code),
    subject: file.patient,
    ...(noted.encounter && { encounter: { reference: noted.encounter } }),
    performedDateTime: noted.on,
    recorder: by(noted.author),
    performer: [{ actor: by(noted.author) }],
    ...(noted.outcome && { outcome: { text: noted.outcome } }),
  })
}
