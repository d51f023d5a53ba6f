import { bodyOf } from '../../body/body.ts'
import type { Living } from '../../living.ts'
import { askForCare } from './asked.ts'
import { findConditions } from './found.ts'
import { immunise } from './immunise.ts'
import { openingIn } from './opening.ts'
import { patientFrom } from './patient.ts'
import { planCare, watchTreatment } from './planned.ts'
import { issueRepeats, repeatsOf } from './repeats.ts'
import { careForDying, careForPregnancy, followHospital, visitCareHome } from './turning-points.ts'

/** What a practice does with the people on its list: contacts asked for and planned, medicines, tests and vaccinations. */
export function practiceCare(living: Living): void {
  const { world, resident, health } = living
  const patient = patientFrom(living, openingIn(world.window), bodyOf(world, resident, health))
  if (!patient) return
  const repeats = repeatsOf(patient)
  followHospital(patient, living.happenings, repeats)
  findConditions(patient, repeats)
  askForCare(patient)
  planCare(patient)
  watchTreatment(patient, repeats)
  visitCareHome(patient)
  careForPregnancy(patient)
  careForDying(patient)
  immunise(patient)
  issueRepeats(patient, repeats)
}
