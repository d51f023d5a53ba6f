import type { AmbulanceCall, Call, EmergencyAttendance } from '../../lives/happening.ts'
import { costOfAmbulance, costOfAttendance, costOfCall } from '../costs/visits.ts'
import type { Pen } from './pen.ts'
import { writeReason } from './practice.ts'

export function writeCall(pen: Pen, call: Call, nth: number): void {
  const rows = pen.sheets.calls
  pen.begin(rows, nth)
  rows.text(call.to)
  rows.moment(call.at)
  rows.text(call.from)
  rows.whole(call.wait)
  rows.text(call.outcome)
  writeReason(rows, call.reason)
  pen.end(rows, call, costOfCall(call))
}

export function writeAmbulance(pen: Pen, call: AmbulanceCall, nth: number): void {
  const rows = pen.sheets.ambulance
  pen.begin(rows, nth)
  rows.moment(call.at)
  rows.whole(call.category)
  rows.whole(call.response)
  rows.whole(call.onScene)
  rows.whole(call.handover)
  rows.text(call.outcome)
  writeReason(rows, call.reason)
  pen.end(rows, call, costOfAmbulance(call))
}

export function writeAttendance(pen: Pen, attendance: EmergencyAttendance, nth: number): void {
  const rows = pen.sheets.emergency_care
  pen.begin(rows, nth)
  rows.whole(attendance.department)
  rows.moment(attendance.at)
  rows.text(attendance.arrival)
  rows.whole(attendance.acuity)
  rows.moment(attendance.seen)
  rows.moment(attendance.decided)
  rows.moment(attendance.left)
  rows.whole(attendance.left - attendance.at)
  rows.text(attendance.outcome)
  rows.whole(attendance.investigations)
  writeReason(rows, attendance.reason)
  pen.end(rows, attendance, costOfAttendance(attendance))
}
