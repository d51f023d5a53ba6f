import { bodyOf } from '../../body/body.ts'
import type { Living } from '../../living.ts'
import { askForCare } from './asked.ts'
import { findConditions } from './found.ts'
import { openingIn } from './opening.ts'
import { patientFrom } from './patient.ts'
import { issueRepeats, repeatsOf } from './repeats.ts'

/** What a practice does with the people on its list: contacts asked for and planned, medicines, tests and vaccinations. */
export function practiceCare(living: Living): void {
  const { world, resident, health } = living
  const patient = patientFrom(living, openingIn(world.window), bodyOf(world, resident, health))
  if (!patient) return
  const foundBy = findConditions(patient)
  askForCare(patient)
  issueRepeats(patient, repeatsOf(patient, foundBy))
}
