import type { ConditionId } from '../../../health/conditions.ts'
import type { MedicineId } from '../../../health/medicines.ts'
import { type Readable, readingOf } from '../../body/reading.ts'
import type { GpContact, Reason } from '../../happening.ts'
import { isKnownOn } from '../../health.ts'
import { isAtHome } from '../../living.ts'
import { DAYS_A_YEAR, type Day, MINUTES_A_DAY } from '../../moment.ts'
import { dayOfContact, meet, wasSeen } from './appointments.ts'
import { careOf } from './condition-care.ts'
import { lists, type Patient, seenFrom, yearsOld } from './patient.ts'
import type { Repeat } from './repeats.ts'
import { test, testAll } from './testing.ts'

const HEALTH_CHECK: Reason = { text: 'NHS Health Check', icd10: 'Z000' }
const LEARNING: Reason = {
  text: 'Learning disability yearly health check',
  icd10: 'Z000',
  condition: 'learningDisability',
}
const SEVERE_MENTAL: Reason = { text: 'Severe mental illness yearly physical health check', icd10: 'Z000' }
const OVER_75: Reason = { text: 'Health check for people of 75 and over', icd10: 'Z000' }
const MEDICINES: Reason = { text: 'Medication review', icd10: 'Z768' }
const HOME_PRESSURE: Reason = { text: 'Home blood pressure readings', icd10: 'R030' }
const CERVICAL: Reason = { text: 'Cervical screening', icd10: 'Z124' }

const BODY: readonly Readable[] = ['bloodPressure', 'weight', 'bodyMass']
const CHECKED: readonly Readable[] = [...BODY, 'cholesterol', 'hba1c']

/**
 * Shares who come when called: reviews from QOF achievement 2023/24; severe mental illness and learning disability from NHS England,
 * Physical Health Checks (2024) and the borough's plan (up to 72%); health checks from Fingertips (2023/24); screening from the
 * programmes' coverage (2023/24). Each falls by `poorer` from the least to the most deprived neighbourhood.
 */
const UPTAKE = {
  review: { share: 0.88, poorer: 0.1 },
  learningDisability: { share: 0.76, poorer: 0.06 },
  severeMentalIllness: { share: 0.64, poorer: 0.08 },
  healthCheck: { share: 0.52, poorer: 0.2 },
  over75: { share: 0.35, poorer: 0 },
  medicines: { share: 0.55, poorer: 0 },
  cervical: { share: 0.76, poorer: 0.14 },
  bowel: { share: 0.76, poorer: 0.2 },
} as const

const comes = (patient: Patient, to: keyof typeof UPTAKE): boolean =>
  patient.living.dice.next() < UPTAKE[to].share - UPTAKE[to].poorer * patient.deprivation

/** Everything that any condition on the list is checked by, each once: at most a few conditions, so a plain search will do. */
function checksDue(patient: Patient, day: Day): { tests: Readable[]; first: ConditionId | undefined } {
  const tests: Readable[] = []
  let first: ConditionId | undefined
  for (const { condition } of patient.living.health.illnesses) {
    const { reviewed, checks } = careOf(condition)
    if (!reviewed || !lists(patient, condition, day)) continue
    first ??= condition
    for (const each of checks) if (!tests.includes(each)) tests.push(each)
  }
  if (tests.includes('weight') && !tests.includes('bodyMass')) tests.push('bodyMass')
  return { tests, first }
}

const HIGH = 140

/** Who has a monitor at home is asked for a week's readings when the surgery's are high (NICE NG136). */
function measureAtHome(patient: Patient, contact: GpContact): void {
  const { dice } = patient.living
  if (readingOf(patient.body, 'bloodPressure', dayOfContact(contact)) < HIGH || dice.next() > 0.7) return
  const first = dayOfContact(contact) + dice.whole(2, 10)
  const told = seenFrom(patient, first + 8)
  if (told === undefined || seenFrom(patient, first) === undefined) return
  for (let day = first; day < first + 7; day++) {
    if (!isAtHome(patient.living, day)) continue
    test(patient, 'bloodPressure', day * MINUTES_A_DAY + dice.whole(7 * 60, 9 * 60), 'home', contact)
  }
  meet(patient, 'results', told, HOME_PRESSURE, contact)
}

/** First the measuring and the blood, then, when results are back, the talk. */
function review(patient: Patient, day: Day, reason: Reason, tests: readonly Readable[]): void {
  const measured = meet(patient, 'measuring', day, reason)
  if (!wasSeen(measured)) return
  testAll(patient, tests, measured)
  if (lists(patient, 'hypertension', day)) measureAtHome(patient, measured)
  const next = seenFrom(patient, day + patient.living.dice.whole(7, 24))
  if (next !== undefined) meet(patient, 'review', next, reason, measured)
}

function yearlyReview(patient: Patient, day: Day, age: number): void {
  const { health } = patient.living
  const { tests, first } = checksDue(patient, day)
  if (age >= 14 && isKnownOn(health, 'learningDisability', day)) {
    if (comes(patient, 'learningDisability')) review(patient, day, LEARNING, [...tests, 'hba1c'])
  } else if (isKnownOn(health, 'schizophrenia', day) || isKnownOn(health, 'bipolar', day)) {
    if (comes(patient, 'severeMentalIllness')) review(patient, day, SEVERE_MENTAL, tests)
  } else if (first !== undefined) {
    if (comes(patient, 'review')) review(patient, day, careOf(first).reviewReason, tests)
  } else if (age >= 40 && age < 75 && Math.floor(age) % 5 === 0) {
    if (comes(patient, 'healthCheck')) check(patient, day, HEALTH_CHECK)
  } else if (age >= 75 && comes(patient, 'over75')) check(patient, day, OVER_75)
}

function check(patient: Patient, day: Day, reason: Reason): void {
  const contact = meet(patient, 'measuring', day, reason)
  if (wasSeen(contact)) testAll(patient, CHECKED, contact)
}

/** Every three years from 25 to 49 and every five from 50 to 64; kits for the bowel every two from 50 to 74. */
function screening(patient: Patient, day: Day, age: number): void {
  const { dice } = patient.living
  const whole = Math.floor(age)
  if (
    patient.female &&
    whole >= 25 &&
    whole < 65 &&
    (whole < 50 ? (whole - 25) % 3 === 0 : whole % 5 === 0)
  ) {
    const seen = comes(patient, 'cervical') ? seenFrom(patient, day + dice.whole(10, 120)) : undefined
    if (seen !== undefined) meet(patient, 'screening', seen, CERVICAL)
  }
  if (whole >= 50 && whole < 75 && whole % 2 === 0 && comes(patient, 'bowel')) {
    const kit = seenFrom(patient, day + dice.whole(10, 60))
    if (kit !== undefined) test(patient, 'bowelScreen', kit * MINUTES_A_DAY + dice.whole(420, 1300), 'home')
  }
}

/** Called about the birthday each year, as practices do to spread the work. */
export function planCare(patient: Patient): void {
  const { born, from, until, living } = patient
  const offset = living.dice.whole(-15, 20)
  let years = Math.max(0, Math.ceil((from - born) / DAYS_A_YEAR))
  for (; ; years++) {
    const due = born + Math.round(years * DAYS_A_YEAR) + offset
    if (due >= until) return
    const day = due < from ? undefined : seenFrom(patient, due)
    if (day === undefined) continue
    const age = Math.max(years, yearsOld(patient, day))
    yearlyReview(patient, day, age)
    screening(patient, day, age)
  }
}

/** Between yearly reviews: what is watched, and how often in days. From NICE and the British Society for Rheumatology (2017). */
const WATCHED: Partial<Record<ConditionId, { every: number; tests: readonly Readable[] }>> = {
  type2Diabetes: { every: 182, tests: ['hba1c'] },
  type1Diabetes: { every: 182, tests: ['hba1c'] },
  heartFailure: { every: 182, tests: ['kidney', 'potassium'] },
  chronicKidneyDisease45: { every: 91, tests: ['kidney', 'creatinine', 'potassium', 'haemoglobin'] },
  rheumatoidArthritis: { every: 91, tests: ['haemoglobin', 'whiteCells', 'platelets', 'liver', 'kidney'] },
}
const WATCHED_MEDICINES: Partial<Record<MedicineId, { every: number; tests: readonly Readable[] }>> = {
  warfarin: { every: 42, tests: ['clotting'] },
  lithium: { every: 91, tests: ['kidney', 'thyroid'] },
  apixaban: { every: 182, tests: ['kidney', 'haemoglobin'] },
  edoxaban: { every: 182, tests: ['kidney', 'haemoglobin'] },
}

function watch(
  patient: Patient,
  watched: { every: number; tests: readonly Readable[] },
  [start, end]: readonly [Day, Day],
  reason: Reason,
): void {
  const { dice } = patient.living
  let due = Math.max(start, patient.from) + dice.whole(10, watched.every)
  for (; due < Math.min(end, patient.until); due += watched.every) {
    if (dice.next() > 0.8) continue
    const day = seenFrom(patient, due)
    if (day === undefined || day >= end) return
    const contact = meet(patient, 'bloods', day, reason)
    if (wasSeen(contact)) testAll(patient, watched.tests, contact)
  }
}

const FOREVER = Number.MAX_SAFE_INTEGER
const MANY = 5

export function watchTreatment(patient: Patient, repeats: readonly Repeat[]): void {
  for (const { condition, found, until } of patient.living.health.illnesses) {
    const watched = WATCHED[condition]
    if (watched && found !== undefined)
      watch(patient, watched, [found, until ?? FOREVER], careOf(condition).reason)
  }
  for (const repeat of repeats) {
    const watched = WATCHED_MEDICINES[repeat.medicine]
    if (watched)
      watch(patient, watched, [repeat.from, repeat.until], repeat.for ? careOf(repeat.for).reason : MEDICINES)
  }
  if (repeats.length >= MANY) reviewMedicines(patient)
}

function reviewMedicines(patient: Patient): void {
  const { dice } = patient.living
  for (let due = patient.from + dice.whole(0, 364); due < patient.until; due += 365) {
    if (!comes(patient, 'medicines')) continue
    const day = seenFrom(patient, due)
    if (day !== undefined) meet(patient, 'medicines review', day, MEDICINES)
  }
}
