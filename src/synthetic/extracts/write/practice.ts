import type { GpContact, Prescription, Reason, Test, Vaccination } from '../../lives/happening.ts'
import { costOfPrescription, costOfTest, costOfVaccination } from '../costs/practice.ts'
import { costOfGpContact } from '../costs/visits.ts'
import type { Pen } from './pen.ts'
import type { Rows } from './rows.ts'

export function writeReason(rows: Rows, reason: Reason): void {
  rows.text(reason.text)
  rows.text(reason.icd10)
  rows.text(reason.condition)
}

export function writeGpContact(pen: Pen, contact: GpContact, nth: number): void {
  const rows = pen.sheets.gp_appointments
  pen.begin(rows, nth)
  rows.text(contact.practice)
  rows.moment(contact.at)
  rows.moment(contact.booked)
  rows.text(contact.mode)
  rows.text(contact.by)
  rows.text(contact.status)
  rows.whole(contact.minutes)
  rows.is(contact.planned)
  writeReason(rows, contact.reason)
  pen.end(rows, contact, costOfGpContact(contact))
}

export function writePrescription(pen: Pen, prescription: Prescription, nth: number): void {
  const rows = pen.sheets.prescribing
  pen.begin(rows, nth)
  rows.text(prescription.practice)
  rows.moment(prescription.at)
  rows.text(prescription.medicine)
  rows.decimal(prescription.quantity, 10)
  rows.is(prescription.repeat)
  rows.text(prescription.for)
  pen.end(rows, prescription, costOfPrescription(prescription))
}

export function writeTest(pen: Pen, test: Test, nth: number): void {
  const rows = pen.sheets.tests
  pen.begin(rows, nth)
  rows.moment(test.at)
  rows.text(test.test)
  rows.decimal(test.value, 100)
  rows.decimal(test.second, 100)
  rows.text(test.where)
  pen.end(rows, test, costOfTest(test))
}

export function writeVaccination(pen: Pen, vaccination: Vaccination, nth: number): void {
  const rows = pen.sheets.vaccinations
  pen.begin(rows, nth)
  rows.text(vaccination.practice)
  rows.moment(vaccination.at)
  rows.text(vaccination.vaccine)
  pen.end(rows, vaccination, costOfVaccination)
}
