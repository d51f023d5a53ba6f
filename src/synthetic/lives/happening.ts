import type { ConditionId } from '../health/conditions.ts'
import type { MedicineId } from '../health/medicines.ts'
import type { TestId } from '../health/tests.ts'
import type { Day, Moment } from './moment.ts'

/** What services do with people, one shape for each thing that a service would write down: both outputs are made from these alone. */
interface Happens {
  at: Moment
  /** When it is in the life itself, where it is played at another moment: see minuteOf. */
  lived?: Moment
  /** What led to it: the fall before the ambulance, the admission before the enablement service. */
  because?: Happening
}

/** What brings somebody to a service, in its own words, with an ICD-10 code where a diagnosis is made. */
export interface Reason {
  text: string
  icd10?: string
  snomed?: string
  /** The lasting condition it belongs to, where it belongs to one. */
  condition?: ConditionId
}

export interface GpContact extends Happens {
  kind: 'gp contact'
  practice: string
  mode: 'face to face' | 'telephone' | 'online' | 'home visit'
  by: 'GP' | 'practice nurse' | 'healthcare assistant' | 'pharmacist' | 'physiotherapist' | 'other'
  booked: Moment
  status: 'attended' | 'did not attend' | 'cancelled'
  minutes: number
  reason: Reason
  /** A yearly review of lasting conditions, a health check, a vaccination: what was planned rather than asked for. */
  planned: boolean
}

export interface Prescription extends Happens {
  kind: 'prescription'
  practice: string
  medicine: MedicineId
  /** In the medicine's own unit. */
  quantity: number
  repeat: boolean
  for?: ConditionId
}

export interface Test extends Happens {
  kind: 'test'
  test: TestId
  value: number
  /** Diastolic, where the test is blood pressure. */
  second?: number
  where: 'practice' | 'hospital' | 'home'
}

export interface Vaccination extends Happens {
  kind: 'vaccination'
  practice: string
  vaccine: string
}

/** A call to NHS 111, or to the place's own co-ordination centre. */
export interface Call extends Happens {
  kind: 'call'
  to: '111' | 'co-ordination centre'
  from:
    | 'self'
    | 'family'
    | 'GP'
    | 'ambulance'
    | 'ward'
    | 'care home'
    | 'community nurse'
    | 'social worker'
    | '111'
  reason: Reason
  /** Seconds until answered. */
  wait: number
  outcome:
    | 'advice'
    | 'signposted'
    | 'referred'
    | 'urgent response'
    | 'ambulance'
    | 'emergency department'
    | 'see a GP'
}

export interface AmbulanceCall extends Happens {
  kind: 'ambulance'
  category: 1 | 2 | 3 | 4
  reason: Reason
  /** Minutes from the call to arriving, on scene, and at the hospital door until handed over. */
  response: number
  onScene: number
  handover?: number
  outcome: 'advice by telephone' | 'treated at home' | 'taken to hospital' | 'referred' | 'died'
}

export interface EmergencyAttendance extends Happens {
  kind: 'emergency attendance'
  /** 1 a major department, 3 an urgent treatment centre. */
  department: 1 | 3
  arrival: 'ambulance' | 'walked in' | 'sent by GP' | 'sent by 111'
  acuity: 1 | 2 | 3 | 4 | 5
  reason: Reason
  seen: Moment
  /** When a decision to admit was made. */
  decided?: Moment
  left: Moment
  outcome: 'discharged' | 'admitted' | 'left before being seen' | 'died' | 'transferred'
  investigations: number
}

export type AdmissionMethod = 'emergency' | 'waiting list' | 'day case' | 'maternity' | 'birth' | 'regular'

/** One stay in hospital, from coming in to going home. */
export interface Admission extends Happens {
  kind: 'admission'
  method: AdmissionMethod
  specialty: string
  /** Main diagnosis first; ICD-10 codes of four characters without the dot. */
  diagnoses: readonly string[]
  /** OPCS-4 codes. */
  procedures: readonly string[]
  reason: Reason
  wards: readonly { ward: string; from: Moment }[]
  critical: boolean
  /** When the person no longer met the criteria to reside; for whoever leaves at once, the moment of leaving. */
  ready?: Moment
  /** Left undefined while the person is still there on the window's last day. */
  discharged?: Moment
  /** 0 home without help to 3 a care home for good. */
  pathway?: 0 | 1 | 2 | 3
  delay?: { reason: string; days: number }
  destination?: 'usual home' | 'care home' | 'another hospital' | 'hospice' | 'died'
  /** The waiting-list referral it ends. */
  referral?: Referral
}

export interface Referral extends Happens {
  kind: 'referral'
  specialty: string
  from: 'GP' | 'consultant' | 'emergency department' | 'optician' | 'screening'
  priority: 'routine' | 'urgent' | 'suspected cancer'
  reason: Reason
}

export interface OutpatientAppointment extends Happens {
  kind: 'outpatient'
  specialty: string
  first: boolean
  mode: 'face to face' | 'telephone' | 'video'
  status: 'attended' | 'did not attend' | 'cancelled by patient' | 'cancelled by hospital'
  outcome: 'discharged' | 'another appointment' | 'added to waiting list'
  referral?: Referral
  procedure?: string
}

/** Time on a community, mental health or hospice team's caseload. */
export interface Caseload extends Happens {
  kind: 'caseload'
  service: ServiceId
  from:
    | 'GP'
    | 'hospital'
    | 'ambulance'
    | 'self'
    | 'care home'
    | 'school'
    | 'social care'
    | 'co-ordination centre'
  reason: Reason
  accepted: boolean
  /** The day it truly began, where that is before the person's first day in the window; `at` is then that first day. */
  since?: Day
  closed?: Moment
}

export type ServiceId =
  | 'district nursing'
  | 'community matron'
  | 'urgent community response'
  | 'community therapy'
  | 'podiatry'
  | 'speech and language'
  | 'health visiting'
  | 'school nursing'
  | 'virtual ward'
  | 'intermediate care'
  | 'talking therapies'
  | 'community mental health'
  | 'crisis and home treatment'
  | 'memory service'
  | 'children’s mental health'
  | 'mental health inpatient'
  | 'learning disability'
  | 'substance use'
  | 'mental health liaison'
  | 'hospice community'
  | 'hospice inpatient'
  | 'social prescribing'
  | 'telecare'

export interface CareContact extends Happens {
  kind: 'care contact'
  caseload: Caseload
  mode: 'home' | 'clinic' | 'telephone' | 'video' | 'care home' | 'ward' | 'school'
  minutes: number
  status: 'attended' | 'did not attend' | 'cancelled'
  what: string
  /** An outcome score: PHQ-9, GAD-7, a goal. */
  scores?: readonly { test: TestId; value: number }[]
}

/**
 * What the council does for an adult, or for somebody who cares for one. A safeguarding concern belongs in no extract of social
 * care: only the record holds it. Costs are in pounds.
 */
export interface SocialCareEvent extends Happens {
  kind: 'social care'
  event: 'request' | 'assessment' | 'service' | 'review' | 'safeguarding concern'
  reason: Reason
  /** The primary support reason, by the codes of datasets/code-lists. */
  support: string
  /** The person is helped as a carer of somebody. */
  carer: boolean
  /** Where a request came from, and what came of a request, an assessment or a review, in words. */
  route?: string
  outcome?: string
  /** The type of service by the codes of datasets/code-lists, and its component in words. */
  service?: string
  component?: string
  /** As for a caseload. */
  since?: Day
  until?: Day
  weeklyCost?: number
  hoursAWeek?: number
}

export interface CareHomeStay extends Happens {
  kind: 'care home stay'
  home: string
  nursing: boolean
  funding: 'council' | 'self' | 'continuing healthcare'
  /** As for a caseload. */
  since?: Day
  until?: Day
}

/** A sensor or button at home, or a reading the person takes. */
export interface HomeSignal extends Happens {
  kind: 'home signal'
  device: 'pendant' | 'fall detector' | 'door sensor' | 'blood pressure monitor' | 'pulse oximeter' | 'scales'
  test?: TestId
  value?: number
  second?: number
  outcome?:
    | 'monthly test'
    | 'answered, no help needed'
    | 'family asked to call'
    | 'response sent'
    | 'ambulance called'
}

export interface Birth extends Happens {
  kind: 'birth'
  child: number
  weeks: number
  grams: number
  /** For the mother’s maternity record. */
  delivery: 'vaginal' | 'instrumental' | 'planned caesarean' | 'emergency caesarean'
}

export interface Death extends Happens {
  kind: 'death'
  where: 'home' | 'hospital' | 'care home' | 'hospice' | 'elsewhere'
  /** Underlying cause, ICD-10. */
  cause: Reason
}

export type Happening =
  | GpContact
  | Prescription
  | Test
  | Vaccination
  | Call
  | AmbulanceCall
  | EmergencyAttendance
  | Admission
  | Referral
  | OutpatientAppointment
  | Caseload
  | CareContact
  | SocialCareEvent
  | CareHomeStay
  | HomeSignal
  | Birth
  | Death
