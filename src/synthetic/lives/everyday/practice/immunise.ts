import type { ConditionId } from '../../../health/conditions.ts'
import {
  CHILDHOOD,
  COVID,
  INFLUENZA,
  PERTUSSIS,
  PNEUMOCOCCAL,
  RSV,
  SHINGLES,
  SHINGLES_SECOND,
} from '../../../health/vaccines.ts'
import type { GpContact, Reason } from '../../happening.ts'
import { isKnownOn } from '../../health.ts'
import { tell } from '../../living.ts'
import { ageOn, calendar, DAYS_A_YEAR, type Day, dayFrom, MINUTES_A_DAY } from '../../moment.ts'
import { meet, wasSeen } from './appointments.ts'
import { type Patient, seenFrom } from './patient.ts'

const IMMUNISATION: Reason = { text: 'Immunisation', icd10: 'Z269' }
/** Given at school from this age in days on; before it, by the practice's nurse. */
const AT_SCHOOL = 12 * 365

/** Conditions that put somebody in a clinical risk group for influenza and COVID-19 (Green Book, chapters 19 and 14a). */
const AT_RISK: readonly ConditionId[] = [
  'asthma',
  'copd',
  'type1Diabetes',
  'type2Diabetes',
  'heartFailure',
  'ischaemicHeartDisease',
  'stroke',
  'atrialFibrillation',
  'chronicKidneyDisease3',
  'chronicKidneyDisease45',
  'liverDisease',
  'learningDisability',
  'multipleSclerosis',
  'parkinsons',
  'rheumatoidArthritis',
  'inflammatoryBowel',
  'downs',
  'cerebralPalsy',
  'schizophrenia',
  'bipolar',
]

function isAtRisk(patient: Patient, day: Day): boolean {
  for (const condition of AT_RISK) if (isKnownOn(patient.living.health, condition, day)) return true
  return false
}

function vaccinate(patient: Patient, vaccine: string, at: number, contact?: GpContact): void {
  if (contact)
    tell(patient.living, {
      kind: 'vaccination',
      at: contact.at,
      because: contact,
      practice: patient.practice,
      vaccine,
    })
  else tell(patient.living, { kind: 'vaccination', at, practice: patient.practice, vaccine })
}

/** Given by the practice's nurse, or by a pharmacy, a school team or a midwife who tell the practice. */
function given(patient: Patient, vaccine: string, due: Day, byPractice: number): Day | undefined {
  const { dice } = patient.living
  const day = seenFrom(patient, due)
  if (day === undefined) return undefined
  if (dice.next() >= byPractice) vaccinate(patient, vaccine, day * MINUTES_A_DAY + dice.whole(540, 1020))
  else {
    const contact = meet(patient, 'vaccination', day, IMMUNISATION)
    if (!wasSeen(contact)) return undefined
    vaccinate(patient, vaccine, contact.at, contact)
  }
  return day
}

/**
 * The childhood programme: parents mostly take all of it or little, fewer in poorer areas (COVER 2023/24: 92% at 12 months, 89% for
 * MMR at 24 months; school-age vaccines near 75%).
 */
function inChildhood(patient: Patient): void {
  const { dice } = patient.living
  const oldest = patient.from - patient.born
  if (oldest > 16 * DAYS_A_YEAR) return
  const willing = dice.next() < 0.98 - 0.06 * patient.deprivation
  let contact: GpContact | undefined
  let visit = -1
  for (const { text, due } of CHILDHOOD) {
    const missed = dice.next() >= (willing ? (due > AT_SCHOOL ? 0.78 : 0.995 - due / 60_000) : 0.25)
    if (due < oldest) continue
    if (due !== visit) {
      visit = due
      const day = seenFrom(patient, patient.born + due + dice.whole(0, due < 400 ? 21 : 60))
      if (day === undefined) return
      // Schools close in August, and their team writes to the practice.
      contact = due > AT_SCHOOL || missed ? undefined : meet(patient, 'vaccination', day, IMMUNISATION)
      // Whoever does not come is sent for again.
      const again = contact && !wasSeen(contact) ? seenFrom(patient, day + 21) : undefined
      if (again !== undefined) contact = meet(patient, 'vaccination', again, IMMUNISATION)
      if (due > AT_SCHOOL && !missed) vaccinate(patient, text, day * MINUTES_A_DAY + dice.whole(560, 880))
    } else if (due > AT_SCHOOL && !missed) given(patient, text, patient.born + due + dice.whole(0, 60), 0)
    if (!missed && contact && wasSeen(contact)) vaccinate(patient, text, contact.at, contact)
  }
}

/**
 * Uptake of influenza and COVID-19 vaccine in autumn, falling by deprivation (UKHSA, seasonal uptake 2023/24 and 2024/25: influenza
 * 78 and 75% at 65 and over, 41% in risk groups, 44% at 2 and 3 years, near half at school; COVID-19 near 65 and 55% of those invited).
 */
function fluUptake(patient: Patient, age: number, day: Day): number {
  if (age >= 65) return age >= 75 ? 0.95 : 0.88
  if (age === 2 || age === 3) return 0.48
  if (age >= 4 && age < 16) return 0.5
  if (isAtRisk(patient, day) && age > 0) return 0.45
  return patient.living.resident.cares && age >= 18 ? 0.35 : 0
}

/** Autumn 2023 and 2024: 65 and over and risk groups; from 2025, 75 and over only, and all in care homes throughout (JCVI). */
function covidUptake(patient: Patient, age: number, day: Day, year: number): number {
  if (day >= patient.inCareHome) return 0.8
  if (age >= 75) return 0.68
  if (year >= 2025) return 0
  if (age >= 65) return 0.57
  return age >= 18 && isAtRisk(patient, day) ? 0.22 : 0
}

/** A day of every year, each reckoned once. */
function yearly(date: string): (year: number) => Day {
  const known = new Map<number, Day>()
  return (year) => {
    let day = known.get(year)
    if (day === undefined) {
      day = dayFrom(`${year}-${date}`)
      known.set(year, day)
    }
    return day
  }
}
const autumnOf = yearly('09-01')
const springOf = yearly('04-15')

function inAutumn(patient: Patient, year: number, faith: number): void {
  const { dice, resident } = patient.living
  const start = autumnOf(year)
  const poorer = 1 - 0.16 * patient.deprivation
  const age = ageOn(resident.born, start + 29)
  if (age < 0) return
  const child = age < 16
  // Clinics begin on 1 September for children and in October for adults, and most is done by the end of November.
  const due = start + (child ? dice.whole(5, 100) : 32 + Math.floor(70 * dice.next() * dice.next()))
  if (due >= patient.from && faith < fluUptake(patient, age, due) * poorer)
    given(patient, INFLUENZA, due, age >= 4 && child ? 0 : age < 4 ? 0.97 : 0.62)
  const later = start + 34 + Math.floor(80 * dice.next() * dice.next())
  if (later >= patient.from && faith < covidUptake(patient, age, later, year) * poorer)
    given(patient, COVID, later, 0.2)
}

/** Spring boosters for those of 75 and over and care-home residents. */
function inSpring(patient: Patient, year: number, faith: number): void {
  const { dice, resident } = patient.living
  const due = springOf(year) + dice.whole(0, 60)
  if (due < patient.from || due >= patient.until) return
  if (ageOn(resident.born, due) < 75 && due < patient.inCareHome) return
  if (faith < 0.6 * (1 - 0.16 * patient.deprivation)) given(patient, COVID, due, 0.2)
}

const RSV_BEGAN = dayFrom('2024-09-01')
const birthday = (patient: Patient, age: number): Day => patient.born + Math.round(age * DAYS_A_YEAR) + 1

/** Once in later life: pneumococcal at 65, shingles at 65 and 70, twice, RSV at 75 and until 80 from September 2024. */
function onceOld(patient: Patient, faith: number): void {
  const { dice } = patient.living
  const within = (day: Day) => day >= patient.from && day < patient.until
  if (within(birthday(patient, 65)) && faith < 0.7)
    given(patient, PNEUMOCOCCAL, birthday(patient, 65) + dice.whole(10, 200), 0.95)
  for (const age of [65, 70]) {
    if (!within(birthday(patient, age)) || faith >= 0.55) continue
    const first = given(patient, SHINGLES, birthday(patient, age) + dice.whole(10, 250), 0.95)
    if (first !== undefined && dice.next() < 0.85)
      given(patient, SHINGLES_SECOND, first + dice.whole(185, 300), 0.95)
  }
  const offered = Math.max(birthday(patient, 75), RSV_BEGAN)
  if (within(offered) && offered < birthday(patient, 80) && faith < 0.6)
    given(patient, RSV, offered + dice.whole(5, 150), 0.9)
}

/** In pregnancy: pertussis from 16 weeks, RSV from 28; midwives give half. */
function inPregnancy(patient: Patient): void {
  const { dice, resident } = patient.living
  for (const birth of resident.givesBirth) {
    const sixteen = birth - 165
    const twentyEight = birth - 80
    if (sixteen >= patient.from && dice.next() < 0.72 - 0.15 * patient.deprivation)
      given(patient, PERTUSSIS, sixteen + dice.whole(0, 50), 0.5)
    if (twentyEight >= Math.max(patient.from, RSV_BEGAN) && dice.next() < 0.55)
      given(patient, RSV, twentyEight + dice.whole(0, 40), 0.5)
  }
}

export function immunise(patient: Patient): void {
  inChildhood(patient)
  inPregnancy(patient)
  // How much somebody trusts vaccines is the same every year: who came last autumn comes this autumn.
  const faith = patient.living.dice.next()
  const last = calendar(patient.until).year
  for (let year = calendar(patient.from).year; year <= last; year++) {
    inSpring(patient, year, faith)
    inAutumn(patient, year, faith)
  }
  onceOld(patient, faith)
}
