import type {
  Admission,
  Birth,
  EmergencyAttendance,
  Happening,
  OutpatientAppointment,
  Referral,
} from '../../lives/happening.ts'
import { dayOf, MINUTES_A_DAY } from '../../lives/moment.ts'
import { costOfStay } from '../costs/stays.ts'
import { costOfOutpatient } from '../costs/visits.ts'
import type { Pen } from './pen.ts'
import { writeReason } from './practice.ts'
import type { Rows } from './rows.ts'

/** The attendance that an admission came from, straight or by way of something else. */
function attendanceBefore(happening: Happening | undefined): EmergencyAttendance | undefined {
  let before = happening
  while (before && before.kind !== 'emergency attendance') before = before.because
  return before
}

function codes(rows: Rows, list: readonly string[]): void {
  if (list.length === 0) rows.none()
  else rows.text(list.length === 1 ? list[0] : list.join(' '))
}

export function writeAdmission(pen: Pen, stay: Admission, nth: number): void {
  const rows = pen.sheets.admitted_care
  const until = stay.discharged ?? pen.world.window.until * MINUTES_A_DAY
  pen.begin(rows, nth)
  rows.moment(stay.at)
  rows.text(stay.method)
  rows.text(stay.specialty)
  rows.text(stay.diagnoses[0])
  codes(rows, stay.diagnoses)
  codes(rows, stay.procedures)
  rows.is(stay.critical)
  rows.moment(stay.ready)
  rows.moment(stay.discharged)
  rows.whole(dayOf(until) - dayOf(stay.at))
  rows.whole(stay.pathway)
  rows.text(stay.delay?.reason)
  rows.whole(stay.delay?.days)
  rows.text(stay.destination)
  pen.event(rows, attendanceBefore(stay.because))
  pen.event(rows, stay.referral)
  writeReason(rows, stay.reason)
  pen.end(rows, stay, costOfStay(stay, until))
  writeWards(pen, stay)
}

function writeWards(pen: Pen, stay: Admission): void {
  const rows = pen.sheets.ward_stays
  for (let n = 0; n < stay.wards.length; n++) {
    pen.event(rows, stay)
    pen.numbers(rows)
    rows.whole(n + 1)
    rows.text(stay.wards[n]?.ward)
    rows.moment(stay.wards[n]?.from)
    rows.moment(stay.wards[n + 1]?.from ?? stay.discharged)
    rows.end()
  }
}

export function writeReferral(pen: Pen, referral: Referral, nth: number): void {
  const rows = pen.sheets.referrals
  pen.begin(rows, nth)
  rows.moment(referral.at)
  rows.text(referral.specialty)
  rows.text(referral.from)
  rows.text(referral.priority)
  writeReason(rows, referral.reason)
  pen.end(rows, referral, 0)
}

export function writeOutpatient(pen: Pen, appointment: OutpatientAppointment, nth: number): void {
  const rows = pen.sheets.outpatients
  pen.begin(rows, nth)
  rows.moment(appointment.at)
  rows.text(appointment.specialty)
  rows.is(appointment.first)
  rows.text(appointment.mode)
  rows.text(appointment.status)
  rows.text(appointment.outcome)
  rows.text(appointment.procedure)
  pen.event(rows, appointment.referral)
  pen.end(rows, appointment, costOfOutpatient(appointment))
}

export function writeBirth(pen: Pen, birth: Birth, nth: number): void {
  const rows = pen.sheets.births
  pen.begin(rows, nth)
  rows.moment(birth.at)
  rows.whole(birth.child)
  rows.whole(birth.weeks)
  rows.whole(birth.grams)
  rows.text(birth.delivery)
  pen.end(rows, birth, 0)
}
