import type { Death, Happening } from '../happening.ts'
import { type Living, tell } from '../living.ts'
import { DAYS_A_YEAR, type Day, dayOf, MINUTES_A_DAY, type Moment, momentOn } from '../moment.ts'
import type { Problem } from './causes/problems.ts'
import { lognormal } from './chance.ts'
import type { Course } from './course.ts'
import { ambulance, attendance, decide } from './emergency.ts'
import { settledStay } from './stay.ts'

/** Something settled before anything else is told: the last days, or a stay from which somebody moves into a care home. */
export interface SettledStep {
  kind: 'settled'
  day: Day
  problem: Problem
  ends: Moment
  /** Where somebody dies; undefined for whoever moves into a care home. */
  dies?: Death['where']
  /** A newborn who never leaves the hospital dies in the stay that began with birth. */
  sinceBirth?: boolean
}

/** Which crisis a cause of death comes with, by the beginning of its ICD-10 code; the first that fits. */
const CRISIS_OF: readonly (readonly [code: string, problem: string])[] = [
  ['I21', 'heart attack'],
  ['I22', 'heart attack'],
  ['I25', 'heart attack'],
  ['I50', 'heart failure'],
  ['I6', 'stroke'],
  ['I', 'heart failure'],
  ['J44', 'COPD flare'],
  ['J45', 'asthma attack'],
  ['J', 'pneumonia'],
  ['A4', 'sepsis'],
  ['C', 'cancer crisis'],
  ['F1', 'drugs'],
  ['F', 'pneumonia'],
  ['G', 'pneumonia'],
  ['K7', 'liver failure'],
  ['K', 'gastric bleed'],
  ['E1', 'ketoacidosis'],
  ['N', 'kidney injury'],
  ['S72', 'hip fracture'],
  ['W', 'fall, injured'],
  ['V', 'road accident'],
  ['X4', 'drugs'],
  ['X', 'overdose'],
  ['U07', 'flu'],
]

export const crisisOf = (icd10: string | undefined): string =>
  CRISIS_OF.find(([code]) => icd10?.startsWith(code))?.[1] ?? 'sepsis'

type Chances = readonly (readonly [Death['where'], number])[]

/**
 * Where people die: about 45 in 100 in hospital, 28 at home, 20 in care homes and 5 in hospices (OHID Fingertips, palliative and end
 * of life care profiles, Rotherham 2022), by whether they live in a care home and whether it was seen coming.
 */
const WHERE: Record<'care home' | 'expected' | 'sudden', Chances> = {
  'care home': [
    ['care home', 92],
    ['hospital', 8],
  ],
  expected: [
    ['hospital', 39],
    ['home', 43],
    ['hospice', 18],
  ],
  sudden: [
    ['hospital', 57],
    ['home', 40],
    ['elsewhere', 3],
  ],
}

/** Days in which a baby counts as newborn. */
const NEWBORN = 28

export function lastStep(
  living: Living,
  problem: Problem,
  livesInCareHome: boolean,
): SettledStep | undefined {
  const { fate, resident, dice } = living
  if (!fate.end) return undefined
  const { day, expected } = fate.end
  const baby = day - resident.born < DAYS_A_YEAR
  const where = baby
    ? 'hospital'
    : dice.weighted(WHERE[livesInCareHome ? 'care home' : expected ? 'expected' : 'sudden'])
  const ends = momentOn(day, dice.whole(0, 23), dice.whole(0, 59))
  const { arrived, mother, born } = resident
  if (arrived === 'born' && mother && day - born < NEWBORN)
    return { kind: 'settled', day, problem, ends, dies: 'hospital', sinceBirth: true }
  let days = 0
  if (where === 'hospital' && !dice.chance(0.07)) days = Math.min(Math.round(lognormal(dice, 6, 1)), 60)
  return { kind: 'settled', day: Math.max(day - days, resident.present.from), problem, ends, dies: where }
}

/** Half of those who move into a care home for good move in from hospital, after weeks of waiting there. */
const FROM_HOSPITAL = 0.5

export function moveStep(
  { fate, resident, dice }: Living,
  problem: Problem,
  before: Day,
): SettledStep | undefined {
  const { careHome } = fate
  if (!careHome || !dice.chance(FROM_HOSPITAL)) return undefined
  const day = careHome.from - Math.min(Math.max(10, Math.round(lognormal(dice, 24, 0.5))), 90)
  if (day <= resident.present.from || careHome.from >= Math.min(before, resident.present.until))
    return undefined
  return {
    kind: 'settled',
    day,
    problem,
    ends: momentOn(careHome.from, dice.whole(10, 16), dice.whole(0, 59)),
  }
}

/** Into hospital by ambulance and the emergency department, as most who die there come. */
function intoHospital(course: Course, step: SettledStep): void {
  const { living } = course
  const last = step.ends - 1
  const earliest = Math.max(course.free, momentOn(living.resident.present.from, 0))
  const wished = step.day * MINUTES_A_DAY + living.dice.whole(0, 1100)
  const at = Math.max(earliest, Math.min(wished, last - 360))
  const called = ambulance(course, step.problem, at, 0)
  const door = Math.min(at + called.response + called.onScene + 10, last)
  const came = attendance(course, step.problem, { at: door, arrival: 'ambulance', because: called })
  decide(course, came)
  const room = step.ends - came.left
  if (room < 60) {
    came.seen = Math.min(came.seen, step.ends)
    delete came.decided
    came.left = step.ends
    came.outcome = 'died'
    if (step.dies === undefined) came.outcome = 'discharged'
    tell(living, came)
    return
  }
  tell(living, came)
  const coming = { problem: step.problem, at: came.left, method: 'emergency', because: came } as const
  settledStay(course, coming, step.ends, step.dies !== undefined)
}

function foundAtHome(course: Course, step: SettledStep): Happening {
  const { living } = course
  const at = Math.max(step.ends - living.dice.whole(15, 70), momentOn(dayOf(step.ends), 0))
  const told: Happening = {
    kind: 'ambulance',
    at,
    category: 1,
    reason: { text: 'Cardiac arrest', icd10: 'I469' },
    response: Math.min(living.dice.whole(4, 12), step.ends - at),
    onScene: living.dice.whole(30, 60),
    outcome: 'died',
  }
  tell(living, told)
  return told
}

export function settled(course: Course, step: SettledStep): void {
  const { living } = course
  const { end } = living.fate
  let because: Happening | undefined
  if (step.dies === undefined || (step.dies === 'hospital' && !step.sinceBirth)) intoHospital(course, step)
  if (!step.dies || !end) return
  if (!end.expected && (step.dies === 'home' || step.dies === 'elsewhere'))
    because = foundAtHome(course, step)
  const death = { kind: 'death', at: step.ends, where: step.dies, cause: end.cause } as const
  tell(living, because ? { ...death, because } : death)
  course.free = Number.POSITIVE_INFINITY
}
