import type { Dice } from '../dice.ts'
import type { Admission, OutpatientAppointment, Referral } from '../lives/happening.ts'
import { MINUTES_A_DAY } from '../lives/moment.ts'
import { fullName } from '../people/person.ts'
import { noteContact } from '../record/contacts.ts'
import { fileDocument, requestService } from '../record/plans.ts'
import { type Author, aGp, HOSPITAL } from '../record/staff.ts'
import { inWords } from '../when.ts'
import { consultantFor } from './illness-of.ts'
import { instantOf } from './instant.ts'
import { operations } from './letters.ts'
import { chapter, minuteOf, type Telling } from './telling.ts'
import { visitNumberOf } from './visits.ts'
import { CLINIC_FINDINGS } from './words/clinic-findings.ts'
import { saidOf, sideOf } from './words/said.ts'

export function outpatient(telling: Telling, seen: OutpatientAppointment): void {
  if (seen.status !== 'attended' || seen.at + 20 > telling.now) return
  chapter(telling, 'hospital', `outpatient/${minuteOf(seen)}`, (file) => {
    const author = consultantFor(seen.specialty)
    const visit = noteContact(file, {
      kind: seen.mode === 'face to face' ? 'AMB' : 'VR',
      type: `${seen.specialty} clinic, ${seen.first ? 'first visit' : 'follow-up'}`,
      from: instantOf(seen.at),
      until: instantOf(seen.at + 20),
      ...(seen.referral && { reason: { text: saidOf(telling.story, seen, seen.referral.reason) } }),
      author,
      visitNumber: visitNumberOf(telling.story, seen),
    })
    if (!seen.first || seen.at + 2 * MINUTES_A_DAY > telling.now) return
    fileDocument(file, {
      type: { text: 'Clinic letter' },
      title: `${seen.specialty} clinic letter, ${inWords(instantOf(seen.at))}`,
      on: instantOf(seen.at + 2 * MINUTES_A_DAY),
      author,
      encounter: `Encounter/${visit.id}`,
      lines: clinicLines(telling, seen),
    })
  })
}

/** How an antenatal clinic goes; weeks are what the midwife writes in the notes, not here. */
const ANTENATAL = [
  'Blood pressure and urine normal. Baby growing along its centile, heart heard.',
  'Booking bloods taken, scan dates given, vitamin D advised. Whooping cough and flu vaccines discussed.',
  'Scan normal, placenta high. Movements felt.',
] as const

/** What is decided: by what becomes of the appointment, and for whom is listed by the operation that follows. */
function decided({ story }: Telling, seen: OutpatientAppointment, plan: string, said: string): string {
  if (seen.outcome === 'discharged') return `${plan} Back to the care of the practice.`
  if (seen.outcome === 'another appointment') return `${plan} We will see them again.`
  const listed = story.happenings.find(
    (each): each is Admission =>
      each.kind === 'admission' &&
      each.at > seen.at &&
      each.referral !== undefined &&
      each.referral === seen.referral,
  )
  const [operation] = listed ? operations(listed, said) : []
  return operation
    ? `Listed for: ${operation}. Risks and benefits gone through.`
    : 'Treatment agreed, and put on the waiting list.'
}

function clinicLines(telling: Telling, seen: OutpatientAppointment): string[] {
  const { story, life } = telling
  const dice = telling.diceFor(`clinic letter/${minuteOf(seen)}`)
  const head = [
    `${fullName(life.person)}, born ${inWords(life.person.born)}`,
    `Seen in the ${seen.specialty} clinic on ${inWords(instantOf(seen.at))}${seen.mode === 'face to face' ? '' : `, by ${seen.mode}`}.`,
  ]
  const reason = seen.referral?.reason
  if (!reason) return [...head, seen.specialty === 'Obstetrics' ? dice.pick(ANTENATAL) : 'Seen for review.']
  const said = saidOf(story, seen, reason)
  const finding = CLINIC_FINDINGS.find(({ when }) => when.test(said))
  const side = sideOf(story, seen, reason)
  const one = (all: readonly string[]) => dice.pick(all).replaceAll('{side}', side)
  return [
    ...head,
    `Diagnosis: ${said}`,
    `Findings: ${finding ? one(finding.found) : 'Examination without surprises.'}`,
    `Plan: ${decided(telling, seen, finding ? one(finding.plan) : 'Advice given.', said)}`,
  ]
}

/** Who sent somebody: their own GP by name, or the department that saw them. */
function referrer({ story }: Telling, { from, specialty }: Referral, dice: Dice): Author {
  const { practice } = story.resident
  if (from === 'GP' && practice !== null) return aGp(dice, practice)
  if (from === 'emergency department') return HOSPITAL.emergency
  if (from === 'consultant') return consultantFor(specialty)
  return { name: from === 'optician' ? 'Optician' : 'Screening programme', role: 'Referrer' }
}

export function referral(telling: Telling, sent: Referral, seen: boolean): void {
  chapter(telling, 'hospital', `referral/${minuteOf(sent)}`, (file, dice) => {
    requestService(file, {
      on: instantOf(sent.at),
      author: referrer(telling, sent, dice),
      what: `${sent.specialty} outpatient referral`,
      to: sent.specialty,
      reason: saidOf(telling.story, sent, sent.reason),
      status: seen ? 'completed' : 'active',
      urgent: sent.priority !== 'routine',
    })
  })
}
