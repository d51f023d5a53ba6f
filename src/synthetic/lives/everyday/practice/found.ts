import type { ConditionId } from '../../../health/conditions.ts'
import type { Happening } from '../../happening.ts'
import { meet } from './appointments.ts'
import { careOf } from './condition-care.ts'
import type { Patient } from './patient.ts'
import { seenFrom } from './patient.ts'
import { testAll } from './testing.ts'

/**
 * The contact at which a practice finds, or takes over from hospital, each condition that is found within the window: with the tests
 * that show it some days before, where it is one that tests show.
 */
export function findConditions(patient: Patient): ReadonlyMap<ConditionId, Happening> {
  const found = new Map<ConditionId, Happening>()
  for (const illness of patient.living.health.illnesses) {
    if (illness.found === undefined || illness.found < patient.from) continue
    const { contacts, checks, found: reason } = careOf(illness.condition)
    if (contacts === 0) continue
    const day = seenFrom(patient, illness.found)
    if (day === undefined) continue
    const contact = meet(patient, 'GP', day, reason)
    contact.status = 'attended'
    if (checks.length > 0) testAll(patient, checks, contact)
    found.set(illness.condition, contact)
  }
  return found
}
