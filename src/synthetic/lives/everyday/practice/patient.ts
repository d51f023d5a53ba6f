import type { ConditionId } from '../../../health/conditions.ts'
import type { MedicineId } from '../../../health/medicines.ts'
import { householdOn } from '../../../residents/resident.ts'
import type { Body } from '../../body/body.ts'
import { illnessOn } from '../../health.ts'
import { isAtHome, type Living } from '../../living.ts'
import { DAYS_A_YEAR, type Day } from '../../moment.ts'
import { avoidedWith } from './avoided.ts'
import { type Opening, openFrom } from './opening.ts'

/** Somebody on a practice's list while what the practice does with them is told. */
export interface Patient {
  living: Living
  practice: string
  opening: Opening
  body: Body
  /** The days on which they can be seen; the day of their death is left to others. */
  from: Day
  until: Day
  /** Age on a day is (day - born) / 365.25, near enough for rates; what the law or a programme fixes goes by birthdays. */
  born: Day
  female: boolean
  /** 0 least to 1 most deprived neighbourhood. */
  deprivation: number
  /** The day from which they live in a care home, beyond any day where they never do. */
  inCareHome: Day
}

const NEVER = Number.MAX_SAFE_INTEGER

function careHomeFrom({ resident, fate }: Living): Day {
  if (fate.careHome) return fate.careHome.from
  for (const home of resident.homes) if (home.household.careHome !== undefined) return home.from
  return NEVER
}

export function patientFrom(living: Living, opening: Opening, body: Body): Patient | undefined {
  const { resident, fate } = living
  if (!resident.practice) return undefined
  const { from, until } = resident.present
  return {
    living,
    practice: resident.practice,
    opening,
    body,
    from,
    until: fate.end ? Math.min(fate.end.day, until) : until,
    born: resident.born,
    female: resident.sex === 'female',
    deprivation: householdOn(resident, from).neighbourhood.deprivation,
    inCareHome: careHomeFrom(living),
  }
}

export const yearsOld = ({ born }: Patient, day: Day): number => (day - born) / DAYS_A_YEAR

/** The first day from one on when surgeries are open and the person can come; undefined where none comes in time. */
export function seenFrom(patient: Patient, day: Day): Day | undefined {
  const wanted = Math.max(day, patient.from)
  let next = openFrom(patient.opening, wanted)
  // What would have fallen on a weekend is spread over the week: else every Monday would have three days' work.
  if (next !== wanted) next = openFrom(patient.opening, next + patient.living.dice.whole(0, 4))
  for (let tries = 0; next < patient.until && tries < 60; tries++) {
    if (isAtHome(patient.living, next)) return next
    next = openFrom(patient.opening, next + 1)
  }
  return undefined
}

/** Whether the practice has a condition on this person's list on a day. */
export function lists(patient: Patient, condition: ConditionId, day: Day): boolean {
  const found = illnessOn(patient.living.health, condition, day)?.found
  return found !== undefined && found <= day
}

/** Whether a medicine is one that somebody must not have: for what is known by the end, so that no treatment turns into a mistake. */
export function isAvoided(patient: Patient, medicine: MedicineId): boolean {
  for (const condition of avoidedWith(medicine))
    for (const illness of patient.living.health.illnesses)
      if (illness.condition === condition && illness.found !== undefined) return true
  return false
}
