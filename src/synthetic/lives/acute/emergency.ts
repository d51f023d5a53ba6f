import type { AmbulanceCall, Call, EmergencyAttendance, Happening } from '../happening.ts'
import { frailtyOn, livesInCareHomeOn, tell } from '../living.ts'
import { DAYS_A_YEAR, type Day, dayOf, type Moment, momentOn } from '../moment.ts'
import { FRACTURE_CLINIC } from './causes/every-cause.ts'
import type { Problem } from './causes/problems.ts'
import { returningWith } from './causes/returns.ts'
import { lognormal } from './chance.ts'
import { ahead, type Course, hasRoom, isPresent } from './course.ts'
import { sentTo } from './planned.ts'
import { hourBy, pressureOn } from './seasons.ts'
import { reasonOf, stay } from './stay.ts'

type Arrival = EmergencyAttendance['arrival']

/** How somebody came, and when the doors opened; undefined where it ended before the hospital. */
interface AtTheDoor {
  at: Moment
  arrival: Arrival
  because?: Happening
}

/**
 * Minutes from the call to an ambulance at the door, by category: middle and spread. Means of about 8 minutes for category 1 and 30
 * for category 2 (Yorkshire Ambulance Service, NHS England ambulance quality indicators 2024; national objective 12 of the plan of 2023).
 */
const RESPONSE: readonly (readonly [median: number, spread: number])[] = [
  [7.3, 0.45],
  [24, 0.62],
  [70, 0.85],
  [95, 0.8],
]

const chanceOfAmbulance = (problem: Problem, age: number, frailty: number): number =>
  Math.min(
    0.97,
    problem.ambulance * (age < 16 ? 0.75 : age < 60 ? 0.95 : 1 + (age - 60) * 0.012) * (1 + 0.8 * frailty),
  )

function categoryOf(course: Course, problem: Problem): 1 | 2 | 3 | 4 {
  const usual = problem.category ?? 3
  const { dice } = course.living
  if (usual <= 2 && dice.chance(problem.acuity === 1 ? 0.24 : 0.12)) return 1
  return usual === 3 && dice.chance(0.42) ? 2 : usual
}

/** Tells of the ambulance; where it took somebody is known from its outcome. */
export function ambulance(
  course: Course,
  problem: Problem,
  at: Moment,
  home: number,
  because?: Happening,
): AmbulanceCall {
  const { living } = course
  const { dice } = living
  const category = categoryOf(course, problem)
  const pressure = pressureOn(dayOf(at))
  const [median, spread] = RESPONSE[category - 1] ?? [60, 0.8]
  const stays = dice.chance(home)
  const byTelephone = stays && category >= 3 && dice.chance(0.35)
  const told: AmbulanceCall = {
    kind: 'ambulance',
    at,
    ...(because && { because }),
    category,
    reason: reasonOf(problem),
    response: byTelephone
      ? 0
      : Math.max(1, Math.round(lognormal(dice, median * (category === 1 ? 1 : pressure), spread))),
    onScene: byTelephone ? 0 : Math.round(lognormal(dice, stays ? 62 : 36, 0.4)),
    outcome: stays
      ? byTelephone
        ? 'advice by telephone'
        : dice.chance(0.25)
          ? 'referred'
          : 'treated at home'
      : 'taken to hospital',
  }
  if (!stays) told.handover = Math.max(4, Math.round(lognormal(dice, 19 * pressure, 0.6)))
  tell(living, told)
  course.free = at + told.response + told.onScene + 1
  return told
}

function calling111(
  course: Course,
  problem: Problem,
  at: Moment,
  outcome: Call['outcome'],
  because?: Happening,
): Call {
  const { living } = course
  const age = (dayOf(at) - living.resident.born) / DAYS_A_YEAR
  const told: Call = {
    kind: 'call',
    at,
    ...(because && { because }),
    to: '111',
    from: livesInCareHomeOn(course.living, dayOf(at))
      ? 'care home'
      : age < 14
        ? 'family'
        : age > 80 && living.dice.chance(0.5)
          ? 'family'
          : 'self',
    reason: reasonOf(problem),
    wait: Math.round(lognormal(living.dice, 70 * pressureOn(dayOf(at)), 1)),
    outcome,
  }
  tell(living, told)
  return told
}

/** From the first call to the hospital's door. */
function onTheWay(
  course: Course,
  problem: Problem,
  first: Moment,
  day: Day,
  because?: Happening,
): AtTheDoor | undefined {
  const { living } = course
  const { dice } = living
  const age = (day - living.resident.born) / DAYS_A_YEAR
  const byAmbulance = dice.chance(chanceOfAmbulance(problem, age, frailtyOn(living, day)))
  const attends = byAmbulance || dice.chance(problem.attends ?? 1)
  let cause = because
  let at = first
  const called = dice.chance(problem.calls ?? 0.16) || !attends
  if (called) {
    const else111 = dice.chance(0.6) ? 'see a GP' : 'advice'
    cause = calling111(
      course,
      problem,
      at,
      byAmbulance ? 'ambulance' : attends ? 'emergency department' : else111,
      because,
    )
    at += dice.whole(8, 30)
  }
  course.free = at + 1
  if (!attends) return undefined
  if (!byAmbulance) {
    if (called)
      return { at: at + dice.whole(20, 150), arrival: 'sent by 111', ...(cause && { because: cause }) }
    const byGp = problem.admitted > 0.25 && dice.chance(0.2)
    return { at, arrival: byGp ? 'sent by GP' : 'walked in', ...(cause && { because: cause }) }
  }
  const home =
    (problem.athome ?? 0.3) * (livesInCareHomeOn(course.living, day) && problem.admitted < 0.9 ? 1.15 : 1)
  const came = ambulance(course, problem, at, home, cause)
  if (came.outcome !== 'taken to hospital') return undefined
  const door = at + came.response + came.onScene + dice.whole(8, 30)
  return { at: door, arrival: 'ambulance', because: came }
}

/** Minutes until seen, and then until leaving for home, by acuity in the major department; the last row is urgent treatment. */
const PATIENCE: readonly (readonly [seen: number, treated: number])[] = [
  [4, 200],
  [38, 170],
  [85, 122],
  [91, 77],
  [85, 52],
]
const URGENT_TREATMENT: readonly [number, number] = [66, 40]

/** Evening queues are longest: about half as long again as at breakfast. */
const queueAt = (minute: number): number => {
  const hour = Math.floor(minute / 60)
  return hour < 3 ? 1.2 : hour < 10 ? 0.72 : hour < 16 ? 0.98 : 1.22
}

const chanceAdmitted = (problem: Problem, age: number, frailty: number): number =>
  Math.min(1, problem.admitted * (age < 16 ? 1 : Math.min(0.69 + age * 0.0069, 1.32)) * (1 + 0.5 * frailty))

/** Who left without being seen, of those who could: about one in twenty (ECDS 2023-24). */
const GIVES_UP = 0.07

export function attendance(course: Course, problem: Problem, door: AtTheDoor): EmergencyAttendance {
  const { living } = course
  const { dice } = living
  const urgent = door.arrival !== 'ambulance' && dice.chance(problem.minor ?? 0)
  const slip = dice.next()
  const acuity = Math.min(5, Math.max(1, problem.acuity + (slip < 0.12 ? -1 : slip > 0.8 ? 1 : 0))) as
    | 1
    | 2
    | 3
    | 4
    | 5
  const pressure = pressureOn(dayOf(door.at)) ** 1.15 * queueAt(door.at % 1440)
  const [waits, treated] = (urgent ? URGENT_TREATMENT : PATIENCE[acuity - 1]) ?? URGENT_TREATMENT
  const seen = door.at + Math.max(1, Math.round(lognormal(dice, waits * (acuity === 1 ? 1 : pressure), 0.62)))
  const gone = seen + Math.max(5, Math.round(lognormal(dice, treated * Math.sqrt(pressure), 0.6)))
  const told: EmergencyAttendance = {
    kind: 'emergency attendance',
    at: door.at,
    ...(door.because && { because: door.because }),
    department: urgent ? 3 : 1,
    arrival: door.arrival,
    acuity,
    reason: reasonOf(problem),
    seen,
    left: gone,
    outcome: 'discharged',
    investigations: Math.min(Math.floor(dice.next() * (7 - acuity)) + (acuity < 4 ? 1 : 0), 6),
  }
  if (acuity >= 3 && door.arrival !== 'ambulance' && dice.chance(GIVES_UP)) {
    told.outcome = 'left before being seen'
    told.left = seen
    told.investigations = 0
  }
  return told
}

/** A bed is awaited for longer the fuller the hospital is; a quarter of those admitted waited over four hours in 2024-25. */
export function decide(course: Course, told: EmergencyAttendance): void {
  const { dice } = course.living
  told.decided = told.seen + Math.max(10, Math.round(lognormal(dice, 88, 0.5)))
  const bed = lognormal(dice, 135 * pressureOn(dayOf(told.at)) ** 3, 0.9)
  told.left = told.decided + Math.max(5, Math.min(Math.round(bed), 2000))
  told.outcome = 'admitted'
}

/** Nothing is told of the minutes after somebody has gone or the window has closed. */
function within(course: Course, told: EmergencyAttendance): EmergencyAttendance {
  const last = momentOn(course.living.resident.present.until, 0) - 1
  told.seen = Math.min(told.seen, last)
  told.left = Math.min(told.left, last)
  if (told.decided !== undefined) told.decided = Math.min(told.decided, last)
  return told
}

/** Readmission within 30 days to the whole is 14 in 100 (NHS England, emergency readmissions 2022-23); some would have come anyway. */
function maybeBack(course: Course, problem: Problem, because: Happening, home: Moment, day: Day): void {
  const { living } = course
  const chance = 0.3 + 0.5 * frailtyOn(living, day)
  if (!living.dice.chance(chance)) return
  const after = 1 + Math.floor(28 * living.dice.next() ** 1.7)
  const returns = returningWith(problem, living.dice)
  ahead(course, { kind: 'crisis', day: dayOf(home) + after, problem: returns, because })
}

export function crisis(course: Course, problem: Problem, day: Day, because?: Happening): void {
  const { living } = course
  const { dice } = living
  const first = momentOn(day, hourBy(problem.clock, dice), dice.whole(0, 59))
  if (first < course.free || !isPresent(course, day) || !hasRoom(course, day)) return
  const door = onTheWay(course, problem, first, day, because)
  if (!door || !isPresent(course, dayOf(door.at))) return
  const told = attendance(course, problem, door)
  const age = (day - living.resident.born) / DAYS_A_YEAR
  const admits =
    told.outcome === 'discharged' && dice.chance(chanceAdmitted(problem, age, frailtyOn(living, day)))
  if (admits) decide(course, told)
  tell(living, within(course, told))
  course.free = told.left + 1
  if (admits && isPresent(course, dayOf(told.left))) admit(course, problem, told, day)
  if (told.outcome !== 'left before being seen' && dice.chance(problem.fractureClinic ?? 0))
    ahead(course, sentTo(FRACTURE_CLINIC, dayOf(course.free) + 1, told))
}

function admit(course: Course, problem: Problem, told: EmergencyAttendance, day: Day): void {
  const admitted = stay(course, { problem, at: told.left, method: 'emergency', because: told })
  if (!admitted) told.outcome = 'discharged'
  else if (admitted.discharged !== undefined) maybeBack(course, problem, admitted, admitted.discharged, day)
}
