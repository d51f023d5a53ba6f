import type { Clinic } from './clinics.ts'
import { CLINICS_OF_BONES_AND_SENSES } from './clinics-of-bones-and-senses.ts'
import { CLINICS_OF_MEDICINE } from './clinics-of-medicine.ts'
import { CLINICS_OF_SURGERY } from './clinics-of-surgery.ts'
import type { Problem } from './problems.ts'
import { PROBLEMS_OF_ACCIDENTS } from './problems-of-accidents.ts'
import { PROBLEMS_OF_CHILDHOOD } from './problems-of-childhood.ts'
import { PROBLEMS_OF_FALLS } from './problems-of-falls.ts'
import { PROBLEMS_OF_HEART_AND_LUNGS } from './problems-of-heart-and-lungs.ts'
import { PROBLEMS_OF_THE_BELLY } from './problems-of-the-belly.ts'
import { PROBLEMS_OF_THE_BODY } from './problems-of-the-body.ts'
import { PROBLEMS_OF_THE_MIND } from './problems-of-the-mind.ts'
import { PROBLEMS_SETTLED_BY_TELEPHONE } from './problems-settled-by-telephone.ts'

export const PROBLEMS: readonly Problem[] = [
  ...PROBLEMS_OF_HEART_AND_LUNGS,
  ...PROBLEMS_OF_THE_BELLY,
  ...PROBLEMS_OF_THE_BODY,
  ...PROBLEMS_OF_FALLS,
  ...PROBLEMS_OF_ACCIDENTS,
  ...PROBLEMS_OF_THE_MIND,
  ...PROBLEMS_OF_CHILDHOOD,
  ...PROBLEMS_SETTLED_BY_TELEPHONE,
]

export const CLINICS: readonly Clinic[] = [
  ...CLINICS_OF_BONES_AND_SENSES,
  ...CLINICS_OF_SURGERY,
  ...CLINICS_OF_MEDICINE,
]

const fractures = CLINICS.find(({ text }) => text === 'Fracture follow-up')
if (!fractures) throw new Error('No clinic sees fractures')
export const FRACTURE_CLINIC: Clinic = fractures

export function problemNamed(id: string): Problem {
  const found = PROBLEMS.find((problem) => problem.id === id)
  if (!found) throw new Error(`No problem is called ${id}`)
  return found
}
