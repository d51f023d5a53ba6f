import type {
  AmbulanceCall,
  Call,
  EmergencyAttendance,
  GpContact,
  OutpatientAppointment,
} from '../../lives/happening.ts'
import { assumed, linkedModel, national, penceOf, type UnitCosts } from './unit-cost.ts'

const emergency = (what: string, pounds: number, currency: string) =>
  national(what, 'attendance', pounds, 'Emergency Care', currency)

const byWage = 'the GP’s figure, less in the proportion of pay'
const ofAll =
  'about what plain attendances cost in earlier collections; the one of 2024-25 read here leaves them out'

export const visitCosts = {
  'gp.face_to_face': linkedModel('GP, face to face', 'appointment', 51),
  'gp.telephone': linkedModel('GP, by telephone or online', 'appointment', 45),
  'gp.home_visit': assumed('GP, home visit', 'visit', 102, 'twice an appointment, for the way there'),
  'practice.nurse': assumed('Practice nurse', 'appointment', 20, byWage),
  'practice.healthcare_assistant': assumed('Healthcare assistant', 'appointment', 12, byWage),
  'practice.other': assumed('Pharmacist, physiotherapist or other', 'appointment', 24, byWage),
  'call.111': assumed('NHS 111', 'call', 15, 'what published contracts come to for a call'),
  'call.co_ordination': assumed('Co-ordination centre', 'call', 20, 'twenty minutes of a band 5'),
  'ambulance.by_telephone': national('Hear and treat', 'incident', 62.37, 'Ambulance', '01'),
  'ambulance.treated': national('See and treat', 'incident', 364.35, 'Ambulance', '02'),
  'ambulance.conveyed': national('See and convey', 'incident', 489.39, 'Ambulance', '03'),
  'emergency.none': emergency('No investigation and no significant treatment', 126.76, 'VB11Z'),
  'emergency.acuity_1': emergency(
    'Acuity 1: category 3 investigation, category 4 treatment',
    872.61,
    'VB02Z',
  ),
  'emergency.acuity_2': emergency(
    'Acuity 2: category 2 investigation, category 4 treatment',
    683.68,
    'VB04Z',
  ),
  'emergency.acuity_3': emergency(
    'Acuity 3: category 2 investigation, category 2 treatment',
    367.49,
    'VB07Z',
  ),
  'emergency.acuity_4': emergency(
    'Acuity 4: category 2 investigation, category 1 treatment',
    269.19,
    'VB08Z',
  ),
  'emergency.acuity_5': emergency(
    'Acuity 5: category 1 investigation, category 1 or 2 treatment',
    182.12,
    'VB09Z',
  ),
  'outpatient.first': assumed('First attendance', 'attendance', 205, ofAll),
  'outpatient.later': assumed('Later attendance', 'attendance', 145, ofAll),
  'outpatient.remote': assumed('Attendance by telephone or video', 'attendance', 110, ofAll),
  'outpatient.procedure': national(
    'Attendance with a procedure',
    'attendance',
    232.34,
    'Outpatient Procedures',
  ),
} as const satisfies UnitCosts

const pence = (id: keyof typeof visitCosts): number => penceOf(visitCosts[id])

const gp = {
  'face to face': pence('gp.face_to_face'),
  telephone: pence('gp.telephone'),
  online: pence('gp.telephone'),
  'home visit': pence('gp.home_visit'),
}
const others = {
  'practice nurse': pence('practice.nurse'),
  'healthcare assistant': pence('practice.healthcare_assistant'),
  pharmacist: pence('practice.other'),
  physiotherapist: pence('practice.other'),
  other: pence('practice.other'),
}

/** Pence. The time of somebody who did not come is spent; that of somebody who cancelled goes to another. */
export const costOfGpContact = ({ by, mode, status }: GpContact): number =>
  status === 'cancelled' ? 0 : by === 'GP' ? gp[mode] : others[by]

const calls = { '111': pence('call.111'), 'co-ordination centre': pence('call.co_ordination') }
export const costOfCall = ({ to }: Call): number => calls[to]

const ambulance = {
  'advice by telephone': pence('ambulance.by_telephone'),
  'treated at home': pence('ambulance.treated'),
  'taken to hospital': pence('ambulance.conveyed'),
  referred: pence('ambulance.treated'),
  died: pence('ambulance.treated'),
}
export const costOfAmbulance = ({ outcome }: AmbulanceCall): number => ambulance[outcome]

const untreated = pence('emergency.none')
const byAcuity = [
  pence('emergency.acuity_1'),
  pence('emergency.acuity_2'),
  pence('emergency.acuity_3'),
  pence('emergency.acuity_4'),
  pence('emergency.acuity_5'),
] as const
/** Pence. Urgency says roughly how much is done; whoever leaves, or needs nothing looked into at a treatment centre, gets the least. */
export function costOfAttendance({
  acuity,
  outcome,
  investigations,
  department,
}: EmergencyAttendance): number {
  if (outcome === 'left before being seen' || (department === 3 && investigations === 0)) return untreated
  return byAcuity[acuity - 1] ?? untreated
}

const [first, later, remote, procedure] = [
  pence('outpatient.first'),
  pence('outpatient.later'),
  pence('outpatient.remote'),
  pence('outpatient.procedure'),
]
export function costOfOutpatient(appointment: OutpatientAppointment): number {
  if (appointment.status === 'cancelled by patient' || appointment.status === 'cancelled by hospital')
    return 0
  if (appointment.procedure) return procedure
  if (appointment.mode !== 'face to face') return remote
  return appointment.first ? first : later
}
