import type { Happening } from '../happening.ts'
import type { Living } from '../living.ts'
import type { Day, Moment } from '../moment.ts'
import type { Problem } from './causes/problems.ts'
import type { ChildbirthStep } from './childbirth.ts'
import type { SettledStep } from './last-days.ts'
import type { ClinicStep } from './planned.ts'

interface CrisisStep {
  kind: 'crisis'
  day: Day
  problem: Problem
  because?: Happening
}

/** What is to come on a day. */
export type Step = CrisisStep | ClinicStep | ChildbirthStep | SettledStep

/** A life's way through hospitals while it is told, day after day: a step may put further steps ahead of itself. */
export interface Course {
  living: Living
  /** Latest first, so that the next is at the end. */
  steps: Step[]
  /** In a bed, a department or an ambulance until then: nothing else can begin. */
  free: Moment
  /** Days that no stay may reach, in order: a birth, the last days, the move into a care home, the move away, the window's end. */
  fixed: readonly Day[]
}

/** After all that is on the same day already. */
export function ahead({ steps }: Course, step: Step): void {
  let place = steps.length
  while (place > 0 && (steps[place - 1] as Step).day <= step.day) place--
  steps.splice(place, 0, step)
}

/** The day before which a stay that begins now must end. */
export function limitAfter({ fixed }: Course, day: Day): Day {
  for (const limit of fixed) if (limit > day) return limit
  return Number.POSITIVE_INFINITY
}

/** Living here, and not on the day of death: of that day only the end is told. */
export function isPresent({ living: { resident, fate } }: Course, day: Day): boolean {
  return day >= resident.present.from && day < (fate.end?.day ?? resident.present.until)
}

/** Whether a crisis of this day is over before what is settled for the next: nobody gives birth or dies in two places. */
export function hasRoom(course: Course, day: Day): boolean {
  const limit = limitAfter(course, day - 1)
  return limit - day >= 2 || limit === course.living.world.window.until
}
