import { workdayFrom } from '../bank-holidays.ts'
import type { Admission, Happening, OutpatientAppointment, Reason, Referral } from '../happening.ts'
import { livesInCareHomeOn, tell } from '../living.ts'
import { calendar, DAYS_A_YEAR, type Day, MINUTES_A_DAY, momentOn } from '../moment.ts'
import { diagnosesOf } from './also-known.ts'
import type { Clinic, Listed } from './causes/clinics.ts'
import { lognormal } from './chance.ts'
import { ahead, type Course, isPresent, limitAfter } from './course.ts'
import { DAY_SURGERY, DAY_UNIT, wardOf } from './specialties.ts'

/** One referral's way: first appointment, further ones, the waiting list, the operation. */
interface Journey {
  clinic: Clinic
  /** From before the window's first day for whoever waits already: then it is not among what is told, and still what the wait counts from. */
  referral?: Referral
  seen: boolean
  left: number
  missed: number
  treated: number
  last?: Happening
}

export interface ClinicStep {
  kind: 'clinic'
  day: Day
  journey: Journey
  what: 'referred' | 'seen' | 'treated'
  /** The attendance that led to the referral. */
  because?: Happening
}

const reasons = new Map<string, Reason>()
function reasonOf({ text, icd10, condition }: Clinic): Reason {
  let reason = reasons.get(text)
  if (!reason) {
    reason = { text, icd10, ...(condition && { condition }) }
    reasons.set(text, reason)
  }
  return reason
}

/** Waits grew until 2024 and have fallen since by about a tenth a year (trust's waits over 18 weeks, referral to treatment). */
function queue(day: Day): number {
  const { year, month } = calendar(day)
  const years = year + (month - 1) / 12 - 2024.5
  return years < 0 ? Math.max(1 + years * 0.05, 0.85) : Math.max(1 - years * 0.09, 0.8)
}

function referred(course: Course, step: ClinicStep): void {
  const { living } = course
  const { dice } = living
  const { clinic } = step.journey
  const kind = dice.next()
  const suspected = kind < (clinic.suspected ?? 0)
  const urgent = kind < (clinic.suspected ?? 0) + (clinic.urgent ?? 0)
  const day = workdayFrom(step.day)
  // Rates are worked out for months at a time, in which somebody may have grown up.
  if ((day - living.resident.born) / DAYS_A_YEAR >= (clinic.oldest ?? Number.POSITIVE_INFINITY) + 1) return
  const referral: Referral = {
    kind: 'referral',
    ...(step.because && { because: step.because }),
    at: momentOn(day, dice.whole(9, 17), dice.whole(0, 59)),
    specialty: clinic.specialty,
    from: clinic.from ?? (dice.chance(0.82) ? 'GP' : 'consultant'),
    priority: suspected ? 'suspected cancer' : urgent ? 'urgent' : 'routine',
    reason: reasonOf(clinic),
  }
  if (isPresent(course, day)) {
    tell(living, referral)
    step.journey.last = referral
  }
  step.journey.referral = referral
  // Two weeks for suspected cancer (NHS Constitution standard until October 2023, kept locally).
  const wait = suspected
    ? lognormal(dice, 10, 0.4)
    : urgent
      ? lognormal(dice, Math.min(clinic.wait, 30), 0.5)
      : lognormal(dice, clinic.wait * queue(day), 0.55)
  ahead(course, {
    kind: 'clinic',
    day: workdayFrom(day + 1 + Math.round(wait)),
    journey: step.journey,
    what: 'seen',
  })
}

/** Did not attend 8 in 100, cancelled by patient 5 and by hospital 7 (Hospital Outpatient Activity 2022-23); the poor miss more. */
function statusOf(course: Course, day: Day): OutpatientAppointment['status'] {
  const { living } = course
  if (momentOn(day, 12) < course.free || course.fixed.includes(day))
    return living.dice.chance(0.5) ? 'cancelled by patient' : 'cancelled by hospital'
  const drawn = living.dice.next()
  const age = (day - living.resident.born) / DAYS_A_YEAR
  const missed = age > 15 && age < 45 ? 0.108 : age > 70 ? 0.05 : 0.075
  if (drawn < missed) return 'did not attend'
  if (drawn < missed + 0.05) return 'cancelled by patient'
  return drawn < missed + 0.115 ? 'cancelled by hospital' : 'attended'
}

function outcomeOf(course: Course, journey: Journey, attended: boolean): OutpatientAppointment['outcome'] {
  const { dice } = course.living
  const { clinic } = journey
  if (!attended) return journey.missed >= 2 ? 'discharged' : 'another appointment'
  if (clinic.listed && journey.treated === 0 && dice.chance(clinic.listed.share))
    return 'added to waiting list'
  return journey.left > 0 ? 'another appointment' : 'discharged'
}

function seen(course: Course, step: ClinicStep): void {
  const { living } = course
  const { dice } = living
  const { journey, day } = step
  const { clinic, referral } = journey
  if (!journey.seen)
    journey.left = Math.min(Math.floor(-Math.log(1 - dice.next()) * (clinic.again + 0.5)), 40)
  const status = statusOf(course, day)
  const attended = status === 'attended'
  if (!attended) journey.missed++
  else if (journey.seen) journey.left--
  const outcome = outcomeOf(course, journey, attended)
  if (isPresent(course, day)) {
    const told: OutpatientAppointment = {
      kind: 'outpatient',
      at: momentOn(day, dice.whole(8, 16), dice.whole(0, 11) * 5),
      ...(journey.last && { because: journey.last }),
      specialty: clinic.specialty,
      first: !journey.seen,
      mode: dice.chance(clinic.remote ?? 0.02) ? (dice.chance(0.9) ? 'telephone' : 'video') : 'face to face',
      status,
      outcome,
      ...(referral && { referral }),
    }
    tell(living, told)
    journey.last = told
  }
  if (attended) journey.seen = true
  if (outcome === 'another appointment') {
    const apart = attended ? lognormal(dice, clinic.apart, 0.35) : dice.whole(14, 50)
    ahead(course, { kind: 'clinic', day: workdayFrom(day + 1 + Math.round(apart)), journey, what: 'seen' })
  } else if (outcome === 'added to waiting list' && clinic.listed) {
    const wait = lognormal(
      dice,
      clinic.listed.wait * queue(day) * (referral?.priority === 'routine' ? 1 : 0.5),
      0.5,
    )
    ahead(course, { kind: 'clinic', day: workdayFrom(day + 2 + Math.round(wait)), journey, what: 'treated' })
  }
}

function stayFor(
  course: Course,
  listed: Listed,
  day: Day,
  at: number,
): Partial<Admission> & { method: Admission['method'] } {
  const { dice, world } = course.living
  const repeated = (listed.times ?? 1) > 1
  if (repeated || dice.chance(listed.dayCase)) {
    const discharged = at + dice.whole(repeated ? 120 : 200, 480)
    return { method: repeated ? 'regular' : 'day case', ready: discharged, discharged }
  }
  const limit = limitAfter(course, day)
  const nights = Math.max(1, Math.round(lognormal(dice, listed.nights ?? 1.5, 0.6)))
  const leaves = limit === world.window.until ? day + nights : Math.min(day + nights, limit - 1)
  if (leaves >= limit) return { method: 'waiting list' }
  const discharged = momentOn(leaves, dice.whole(10, 17), dice.whole(0, 59))
  return { method: 'waiting list', ready: discharged, discharged }
}

function treated(course: Course, step: ClinicStep): void {
  const { living } = course
  const { dice } = living
  const { journey, day } = step
  const { clinic, referral } = journey
  const { listed } = clinic
  if (!listed) return
  journey.treated++
  const at = momentOn(day, dice.chance(0.6) ? 7 : 12, dice.whole(0, 59))
  const limit = limitAfter(course, day - 1)
  const impossible = at < course.free || (limit - day < 2 && limit !== living.world.window.until)
  if (isPresent(course, day) && !impossible) tellTreatment(course, journey, listed, day, at)
  if (journey.treated < (listed.times ?? 1))
    ahead(course, { kind: 'clinic', day: workdayFrom(day + (listed.apart ?? 21)), journey, what: 'treated' })
  else if (impossible && journey.treated < 3 && referral)
    ahead(course, { kind: 'clinic', day: workdayFrom(day + 28), journey, what: 'treated' })
  else if (clinic.again >= 0.6 || dice.chance(0.5))
    ahead(course, { kind: 'clinic', day: workdayFrom(day + dice.whole(35, 60)), journey, what: 'seen' })
}

function tellTreatment(course: Course, journey: Journey, listed: Listed, day: Day, at: number): void {
  const { living } = course
  const { clinic, referral, last } = journey
  const lies = stayFor(course, listed, day, at)
  const ward =
    lies.method === 'day case' ? DAY_SURGERY : lies.method === 'regular' ? DAY_UNIT : wardOf(clinic.specialty)
  const told: Admission = {
    kind: 'admission',
    at,
    ...(last && { because: last }),
    specialty: clinic.specialty,
    diagnoses: diagnosesOf(living, day, clinic.icd10),
    procedures: [listed.opcs],
    reason: reasonOf(clinic),
    wards: [{ ward, from: at }],
    critical: false,
    ...lies,
    ...(referral && { referral }),
  }
  if (told.discharged !== undefined) {
    told.pathway = 0
    told.destination = livesInCareHomeOn(course.living, day) ? 'care home' : 'usual home'
  }
  tell(living, told)
  journey.last = told
  course.free =
    told.discharged === undefined ? living.world.window.until * MINUTES_A_DAY : told.discharged + 1
}

export function clinic(course: Course, step: ClinicStep): void {
  if (step.what === 'referred') referred(course, step)
  else if (step.what === 'seen') seen(course, step)
  else treated(course, step)
}

/** Sent to a clinic; what follows is settled step by step. */
export const sentTo = (clinic: Clinic, day: Day, because?: Happening): ClinicStep => ({
  kind: 'clinic',
  day,
  journey: { clinic, seen: false, left: 0, missed: 0, treated: 0 },
  what: 'referred',
  ...(because && { because }),
})
