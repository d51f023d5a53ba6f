import type { Dice } from '../../dice.ts'
import { livesAloneOn } from '../../residents/resident.ts'
import type { Admission, AdmissionMethod, Happening } from '../happening.ts'
import { frailtyOn, livesInCareHomeOn, tell } from '../living.ts'
import { DAYS_A_YEAR, type Day, dayOf, MINUTES_A_DAY, type Moment, momentOn, weekday } from '../moment.ts'
import { diagnosesOf } from './also-known.ts'
import type { Problem } from './causes/problems.ts'
import { lognormal } from './chance.ts'
import { type Course, limitAfter } from './course.ts'
import { nightsReady, type Pathway, reasonFor } from './delays.ts'
import { pressureOn } from './seasons.ts'
import { assessedOn, CRITICAL, SAME_DAY, wardOf } from './specialties.ts'

/**
 * Spread of the lognormal of all stays. Half of all nights are of people there seven days or more, a fifth of those there 21 or more
 * (long length of stay, NHS England 2023-24): few long stays hold many nights, and most are short. The mean is 3 × the middle.
 */
const SPREAD = 1.5
/** The middle beside that in the tables, which were written for a narrower spread of the same mean. */
const MIDDLE = 0.53

const ageOf = ({ living }: Course, day: Day) => (day - living.resident.born) / DAYS_A_YEAR

/** Nights in hospital before somebody may leave; the old and frail mend slowly. */
function nightsNeeded(course: Course, problem: Problem, day: Day): number {
  const age = ageOf(course, day)
  const slow =
    MIDDLE *
    (1 + 0.7 * frailtyOn(course.living, day)) *
    (age < 16 ? 0.7 : age < 45 ? 0.68 : age < 70 ? 0.79 : 0.86)
  return Math.min(
    Math.max(1, Math.round(lognormal(course.living.dice, (problem.stay ?? 2) * slow, SPREAD))),
    150,
  )
}

/** Help needed on leaving: none, some at home, a bed for a while. A care home for good is settled by fate alone. */
function pathwayOf(course: Course, problem: Problem, day: Day, nights: number): Pathway {
  const { living } = course
  if (livesInCareHomeOn(course.living, day) || ageOf(course, day) < 18) return 0
  const need =
    frailtyOn(living, day) * 1.1 +
    (problem.disabling ? 0.22 : 0) +
    Math.min(nights, 20) * 0.006 +
    (ageOf(course, day) > 70 && livesAloneOn(living.resident, day) ? 0.07 : 0) -
    0.03
  if (need <= 0) return 0
  const { dice } = living
  if (!dice.chance(Math.min(need, 0.75))) return 0
  return dice.chance(problem.disabling ? 0.46 : 0.3) ? 2 : 1
}

/** At weekends few are looked at with a view to leaving: most who could are found on Monday. */
const seenReady = (dice: Dice, day: Day): Day =>
  weekday(day) >= 5 && dice.chance(0.5) ? day + 7 - weekday(day) : day

/** Fewer leave at weekends: 45 on a Saturday and 38 on a Sunday against 60 to 76 on weekdays (the trust's discharges, 2022 to 2025). */
function leavingDay(course: Course, day: Day, earliest: Day): Day {
  const nth = weekday(day)
  const { dice } = course.living
  if (nth < 5 || !dice.chance(0.42)) return day
  const friday = nth === 5 ? day - 1 : day - 2
  // Some are hurried home before the weekend, a few of them already on Thursday.
  if (friday > earliest && dice.chance(0.46)) return friday - (dice.chance(0.35) ? 1 : 0)
  // What was left undone on Friday is not all done on Monday.
  return friday + dice.whole(3, 7)
}

const wardsOf = (problem: Problem, at: Moment, nights: number, critical: boolean) => {
  const first = assessedOn(problem.specialty)
  const wards = [{ ward: first, from: at }]
  if (critical) wards.push({ ward: CRITICAL, from: at + 180 })
  const last = wardOf(problem.specialty)
  if (nights > 1 && (critical || last !== first))
    wards.push({ ward: last, from: at + (critical ? Math.min(nights * 0.4, 6) : 0.8) * MINUTES_A_DAY })
  return wards.map(({ ward, from }) => ({ ward, from: Math.floor(from) }))
}

export interface Coming {
  problem: Problem
  at: Moment
  method: AdmissionMethod
  because?: Happening
}

function begun(course: Course, { problem, at, method, because }: Coming, nights: number): Admission {
  const { dice } = course.living
  const day = dayOf(at)
  const critical = nights > 1 && dice.chance(problem.critical ?? 0)
  const [operation, share] = problem.operation ?? ['', 0]
  return {
    kind: 'admission',
    at,
    ...(because && { because }),
    method,
    specialty: problem.specialty,
    diagnoses: diagnosesOf(course.living, day, problem.icd10, problem.also),
    procedures: dice.chance(share) ? [operation] : [],
    reason: reasonOf(problem),
    wards: wardsOf(problem, at, nights, critical),
    critical,
  }
}

const reasons = new Map<
  string,
  { text: string; icd10: string; condition?: NonNullable<Problem['condition']> }
>()

/** One reason for each problem, shared by all who have it. */
export function reasonOf({ id, text, icd10, condition }: Problem) {
  let reason = reasons.get(id)
  if (!reason) {
    reason = { text, icd10, ...(condition && { condition }) }
    reasons.set(id, reason)
  }
  return reason
}

/** Home the same day, from same-day emergency care. */
function goneTheSameDay(course: Course, coming: Coming): Admission {
  const { dice } = course.living
  const last = momentOn(dayOf(coming.at) + 1, 0) - 1
  const discharged = Math.min(coming.at + dice.whole(150, 600), last)
  const told: Admission = {
    ...begun(course, coming, 0),
    wards: [{ ward: SAME_DAY, from: coming.at }],
    ready: discharged,
    discharged,
    pathway: 0,
    destination: livesInCareHomeOn(course.living, dayOf(coming.at)) ? 'care home' : 'usual home',
  }
  tell(course.living, told)
  course.free = discharged + 1
  return told
}

/** Who leaves before five in the afternoon, of emergencies; with planned stays half of all do (trust's discharges, 2022 to 2024). */
const BY_FIVE = 0.42

const DESTINATIONS = ['usual home', 'usual home', 'another hospital', 'care home'] as const

/** Wards are planned for as long as somebody is expected to lie there: a move after they have left, or after the window, is not made. */
function tellStay({ living }: Course, told: Admission): void {
  const ends = told.discharged ?? momentOn(living.world.window.until, 0)
  told.wards = told.wards.filter(({ from }) => from < ends)
  tell(living, told)
}

/** An emergency stay of somebody who leaves alive. Undefined where there is no room for one before a birth, a death or a move. */
export function stay(course: Course, coming: Coming): Admission | undefined {
  const { living } = course
  const { dice } = living
  const day = dayOf(coming.at)
  const limit = limitAfter(course, day)
  if (dice.chance(coming.problem.sameDay ?? 0) && coming.at % MINUTES_A_DAY < 1200)
    return goneTheSameDay(course, coming)
  const ends = limit === living.world.window.until
  if (limit - day < 2 && !ends) return undefined
  const nights = nightsNeeded(course, coming.problem, day)
  let readyDay = day + nights
  const pathway = pathwayOf(course, coming.problem, day, nights)
  let leaves = leavingDay(course, readyDay + nightsReady(dice, pathway, pressureOn(day)), day + 1)
  if (leaves >= limit && !ends) leaves = limit - 1
  if (pathway === 0 && readyDay < leaves && leaves - readyDay <= 3 && dice.chance(0.2)) readyDay = leaves
  readyDay = Math.min(seenReady(dice, readyDay), leaves)
  const told = begun(course, coming, nights)
  if (readyDay < limit) told.ready = momentOn(readyDay, dice.whole(8, 11), dice.whole(0, 59))
  told.pathway = pathway
  if (leaves >= limit) {
    delete told.pathway
    course.free = momentOn(limit, 0)
  } else {
    left(course, told, readyDay, leaves, pathway)
  }
  tellStay(course, told)
  return told
}

function left(course: Course, told: Admission, readyDay: Day, leaves: Day, pathway: Pathway): void {
  const { dice } = course.living
  told.discharged = momentOn(
    leaves,
    dice.chance(BY_FIVE) ? dice.whole(12, 16) : dice.whole(17, 21),
    dice.whole(0, 59),
  )
  told.destination = livesInCareHomeOn(course.living, leaves) ? 'care home' : DESTINATIONS[pathway]
  if (leaves > readyDay) told.delay = { reason: reasonFor(dice, pathway), days: leaves - readyDay }
  course.free = told.discharged + 1
}

/** A stay whose end is settled: the last one, or the one from which somebody moves into a care home. */
export function settledStay(course: Course, coming: Coming, ends: Moment, died: boolean): Admission {
  const { living } = course
  const nights = dayOf(ends) - dayOf(coming.at)
  const told = begun(course, coming, nights)
  told.discharged = ends
  if (died) {
    told.destination = 'died'
  } else {
    const delay = Math.min(nightsReady(living.dice, 3, pressureOn(dayOf(ends))), Math.max(nights - 2, 0))
    const readyDay = dayOf(ends) - delay
    told.ready = Math.max(Math.min(momentOn(readyDay, living.dice.whole(8, 11)), ends), coming.at)
    told.pathway = 3
    told.destination = 'care home'
    if (delay > 0) told.delay = { reason: reasonFor(living.dice, 3), days: delay }
  }
  tellStay(course, told)
  course.free = ends + 1
  return told
}
