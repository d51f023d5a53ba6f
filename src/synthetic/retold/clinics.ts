import type { OutpatientAppointment, Referral } from '../lives/happening.ts'
import { MINUTES_A_DAY } from '../lives/moment.ts'
import { fullName } from '../people/person.ts'
import { noteContact } from '../record/contacts.ts'
import { fileDocument, requestService } from '../record/plans.ts'
import { inWords } from '../when.ts'
import { consultantFor } from './illness-of.ts'
import { instantOf } from './instant.ts'
import { chapter, type Telling } from './telling.ts'
import { visitNumberOf } from './visits.ts'

export function outpatient(telling: Telling, seen: OutpatientAppointment): void {
  if (seen.status !== 'attended' || seen.at + 20 > telling.now) return
  chapter(telling, 'hospital', `outpatient/${seen.at}`, (file) => {
    const author = consultantFor(seen.specialty)
    const visit = noteContact(file, {
      kind: seen.mode === 'face to face' ? 'AMB' : 'VR',
      type: `${seen.specialty} clinic, ${seen.first ? 'first visit' : 'follow-up'}`,
      from: instantOf(seen.at),
      until: instantOf(seen.at + 20),
      ...(seen.referral && { reason: { text: seen.referral.reason.text } }),
      author,
      visitNumber: visitNumberOf(telling.story, seen.at),
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

const NEXT: Record<OutpatientAppointment['outcome'], string> = {
  discharged: 'No further appointment is needed. Please refer again if things change.',
  'another appointment': 'We will see them again in this clinic.',
  'added to waiting list': 'They agreed to treatment and have been added to the waiting list.',
}

function clinicLines(telling: Telling, seen: OutpatientAppointment): string[] {
  const { person } = telling.life
  return [
    `${fullName(person)}, born ${inWords(person.born)}`,
    `Seen in the ${seen.specialty} clinic on ${inWords(instantOf(seen.at))}.`,
    ...(seen.referral ? [`Referred with: ${seen.referral.reason.text}`] : []),
    NEXT[seen.outcome],
  ]
}

export function referral(telling: Telling, sent: Referral, seen: boolean): void {
  chapter(telling, 'hospital', `referral/${sent.at}`, (file) => {
    requestService(file, {
      on: instantOf(sent.at),
      author: { name: 'Referral received', role: sent.from },
      what: `${sent.specialty} outpatient referral`,
      to: sent.specialty,
      reason: sent.reason.text,
      status: seen ? 'completed' : 'active',
      urgent: sent.priority !== 'routine',
    })
  })
}
