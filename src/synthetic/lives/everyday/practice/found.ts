import { meet } from './appointments.ts'
import { careOf } from './condition-care.ts'
import { type Patient, seenFrom } from './patient.ts'
import type { Repeat } from './repeats.ts'
import { testAll } from './testing.ts'

/**
 * The contact at which a practice writes down each condition that is found within the window, with the tests that show it; its
 * treatment follows from that contact.
 */
export function findConditions(patient: Patient, repeats: readonly Repeat[]): void {
  for (const { condition, found } of patient.living.health.illnesses) {
    if (found === undefined || found < patient.from) continue
    const { contacts, checks, found: reason } = careOf(condition)
    if (contacts === 0) continue
    const day = seenFrom(patient, found)
    if (day === undefined) continue
    const contact = meet(patient, 'GP', day, reason)
    contact.status = 'attended'
    testAll(patient, checks, contact)
    for (const repeat of repeats)
      if (repeat.for === condition) {
        repeat.from = Math.max(repeat.from, day)
        repeat.because = contact
      }
  }
}
