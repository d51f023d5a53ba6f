import { type MedicineId, medicineFacts } from '../../../health/medicines.ts'
import { severityOn } from '../../body/body.ts'
import type { GpContact } from '../../happening.ts'
import { isAtHome, tell } from '../../living.ts'
import { DAYS_A_YEAR, type Day } from '../../moment.ts'
import { dayOfContact, meet, wasSeen } from './appointments.ts'
import { bandOf, type Complaint, PANELS, SEASONS } from './complaint.ts'
import { COMPLAINTS } from './complaints.ts'
import { careOf } from './condition-care.ts'
import { forAge } from './for-children.ts'
import { dayOfDemand, demandAt, monthOf } from './opening.ts'
import { isAvoided, lists, type Patient, seenFrom, yearsOld } from './patient.ts'
import { testAll } from './testing.ts'

/** Cumulative rates of complaints, by band of age, sex and month: one throw and a search choose one. */
const CHOICES: Float64Array[] = []
/** Complaints a person-year, by band of age and sex. */
const BASE = new Float64Array(12)
for (let band = 0; band < 6; band++)
  for (let sex = 0; sex < 2; sex++)
    for (let month = 0; month < 12; month++) {
      const upto = new Float64Array(COMPLAINTS.length)
      let sum = 0
      COMPLAINTS.forEach(({ rates, women, men, season }, nth) => {
        const usual = ((rates[band] ?? 0) * (sex === 0 ? women : men)) / 1000
        sum += usual * (SEASONS[season][month] ?? 1)
        upto[nth] = sum
        BASE[band * 2 + sex] = (BASE[band * 2 + sex] ?? 0) + usual / 12
      })
      CHOICES.push(upto)
    }

function complaintOn(patient: Patient, day: Day): Complaint {
  const sex = patient.female ? 0 : 1
  const at = (bandOf(yearsOld(patient, day)) * 2 + sex) * 12 + monthOf(patient.opening, day)
  const upto = CHOICES[at] ?? new Float64Array()
  const thrown = patient.living.dice.next() * (upto[upto.length - 1] ?? 0)
  let low = 0
  let high = upto.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((upto[middle] ?? 0) > thrown) high = middle
    else low = middle + 1
  }
  const found = COMPLAINTS[low]
  if (!found) throw new Error('No complaint to choose from')
  return found
}

/** A short course, or one pack of what is otherwise taken on repeat. */
export function give(patient: Patient, usual: MedicineId, contact: GpContact): void {
  const medicine = forAge(usual, yearsOld(patient, dayOfContact(contact)))
  if (medicine === undefined || isAvoided(patient, medicine)) return
  tell(patient.living, {
    kind: 'prescription',
    at: contact.at + contact.minutes,
    because: contact,
    practice: patient.practice,
    medicine,
    quantity: medicineFacts(medicine).supply,
    repeat: false,
  })
}

/** Blood drawn a few days later and, where something must be said about it, the result a few days after that. */
function investigate(patient: Patient, panel: keyof typeof PANELS, contact: GpContact, infected = 0): void {
  const { dice } = patient.living
  const day = seenFrom(patient, dayOfContact(contact) + dice.whole(1, 9))
  if (day === undefined) return
  const drawn = meet(patient, 'bloods', day, contact.reason, contact)
  if (!wasSeen(drawn)) return
  // Some days later most of it has passed.
  testAll(patient, PANELS[panel], drawn, infected * 0.4)
  const told = dice.next() < 0.35 ? seenFrom(patient, day + dice.whole(2, 8)) : undefined
  if (told !== undefined) meet(patient, 'results', told, contact.reason, drawn)
}

function followUp(patient: Patient, complaint: Complaint, contact: GpContact): void {
  const { dice } = patient.living
  let last = contact
  for (let times = 0; times < 6 && dice.next() < complaint.again; times++) {
    const gap = complaint.again > 0.5 ? dice.whole(3, 8) : dice.whole(5, 28)
    const day = seenFrom(patient, dayOfContact(last) + gap)
    if (day === undefined) return
    last = meet(patient, complaint.by, day, complaint.reason, last)
  }
}

function complain(patient: Patient, day: Day): void {
  const { dice } = patient.living
  const complaint = complaintOn(patient, day)
  const contact = meet(patient, complaint.by, day, complaint.reason)
  if (!wasSeen(contact)) return
  // Temperature is taken of whoever may have an infection; most are light.
  const infected = complaint.look.includes('temperature') ? dice.next() * dice.next() : 0
  if (contact.mode !== 'telephone' && contact.mode !== 'online')
    testAll(patient, complaint.look, contact, infected)
  if (complaint.give.length > 0) {
    let thrown = dice.next()
    for (const [medicine, chance] of complaint.give) {
      if (thrown < chance) {
        give(patient, medicine, contact)
        break
      }
      thrown -= chance
    }
  }
  if (complaint.panel && dice.next() < complaint.asked)
    investigate(patient, complaint.panel, contact, infected)
  if (complaint.again > 0) followUp(patient, complaint, contact)
}

/** Contacts a year about one's own lasting conditions, in the middle of a span. */
function conditionRate(patient: Patient, day: Day): number {
  const { health } = patient.living
  let sum = 0
  for (const { condition } of health.illnesses) {
    const { contacts } = careOf(condition)
    if (contacts > 0 && lists(patient, condition, day))
      sum += contacts * (1 + (severityOn(health, condition, day) ?? 0))
  }
  return sum
}

function aboutCondition(patient: Patient, day: Day, rate: number): void {
  const { living } = patient
  let thrown = living.dice.next() * rate
  for (const { condition } of living.health.illnesses) {
    const { contacts, reason } = careOf(condition)
    if (contacts === 0 || !lists(patient, condition, day)) continue
    thrown -= contacts * (1 + (severityOn(living.health, condition, day) ?? 0))
    if (thrown >= 0) continue
    const contact = meet(patient, 'whoever is free', day, reason)
    if (wasSeen(contact)) conditionVisit(patient, contact)
    return
  }
}

const MOOD = ['moodScore', 'worryScore'] as const
const LUNGS = ['oxygenSaturation', 'peakFlow'] as const
const HEART = ['bloodPressure', 'pulse', 'weight'] as const

/** What is looked at, and given for a flare, at a contact about a lasting condition. */
function conditionVisit(patient: Patient, contact: GpContact): void {
  const { dice } = patient.living
  const { condition } = contact.reason
  const here = contact.mode === 'face to face' || contact.mode === 'home visit'
  if (condition === 'depression' || condition === 'anxiety') {
    if (dice.next() < 0.4) testAll(patient, MOOD, contact)
  } else if (condition === 'copd' || condition === 'asthma') {
    if (here) testAll(patient, LUNGS, contact)
    if (dice.next() < 0.4) {
      give(patient, 'prednisolone', contact)
      if (condition === 'copd') give(patient, dice.next() < 0.6 ? 'doxycycline' : 'amoxicillin', contact)
    }
  } else if (
    condition === 'heartFailure' ||
    condition === 'hypertension' ||
    condition === 'atrialFibrillation'
  ) {
    if (here) testAll(patient, HEART, contact)
    if (dice.next() < 0.25) investigate(patient, 'heart', contact)
  } else if (dice.next() < 0.12) investigate(patient, 'general', contact)
}

/**
 * What is asked for beside the sum of complaints and conditions, so that with all that is planned and all that follows a borough of
 * 267,000 makes 1.5 million appointments a year (the place plan of 2018, and GPAD since).
 */
const ASKING = 0.67

/** Contacts come as demand does: on Mondays and in winter more. Rates are taken anew each year. */
export function askForCare(patient: Patient): void {
  const { living, opening, from, until } = patient
  for (let start = from; start < until; start += 365) {
    const end = Math.min(start + 365, until)
    const middle = (start + end) >> 1
    const own = conditionRate(patient, middle)
    const base = BASE[bandOf(yearsOld(patient, middle)) * 2 + (patient.female ? 0 : 1)] ?? 0
    const perDay = ((base + own) * ASKING * living.health.propensity) / DAYS_A_YEAR
    const last = demandAt(opening, end)
    let asked = demandAt(opening, start)
    for (;;) {
      asked -= Math.log(1 - living.dice.next()) / perDay
      if (asked >= last) break
      const day = dayOfDemand(opening, asked)
      if (day < start || day >= end || !isAtHome(living, day)) continue
      if (living.dice.next() * (base + own) < own) aboutCondition(patient, day, conditionRate(patient, day))
      else complain(patient, day)
    }
  }
}
