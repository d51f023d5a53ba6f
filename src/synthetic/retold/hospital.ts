import type { Encounter } from '@medplum/fhirtypes'
import type { Admission, Birth, EmergencyAttendance, Test } from '../lives/happening.ts'
import { ageOn, dayOf, type Moment } from '../lives/moment.ts'
import { noteProcedure } from '../record/clinical.ts'
import { noteContact, type Stop } from '../record/contacts.ts'
import type { PersonFile, Written } from '../record/file.ts'
import { fileDocument } from '../record/plans.ts'
import { HOSPITAL } from '../record/staff.ts'
import { inWords } from '../when.ts'
import { type Bedside, bedside, bloods, lastRound, rounds } from './bedside.ts'
import { outpatient, referral } from './clinics.ts'
import { consultantFor, isMarked, sicknessOf } from './illness-of.ts'
import { instantOf } from './instant.ts'
import { DELIVERIES, deathLetter, maternityLetter, newbornLetter, operations, stayLetter } from './letters.ts'
import { writeTest } from './practice.ts'
import { chapter, ended, minuteOf, type Telling } from './telling.ts'
import { visitNumberOf, wardOf } from './visits.ts'
import { reasonSaid } from './words/said.ts'

const ageAt = ({ story }: Telling, at: Moment) => ageOn(story.resident.born, dayOf(at))

const ref = (encounter: Written<Encounter>) => `Encounter/${encounter.id}`

const ARRIVALS: Record<EmergencyAttendance['arrival'], string> = {
  ambulance: 'Emergency attendance, by ambulance',
  'walked in': 'Emergency attendance, made own way',
  'sent by GP': 'Emergency attendance, sent by GP',
  'sent by 111': 'Emergency attendance, sent by NHS 111',
}

function attendance(telling: Telling, seen: EmergencyAttendance): void {
  chapter(telling, 'hospital', `attendance/${minuteOf(seen)}`, (file, dice) => {
    const from = instantOf(seen.at)
    const until = ended(telling, seen.left) ? instantOf(seen.left) : undefined
    const location = seen.department === 1 ? 'RFR/AE' : 'RFR/UECC'
    const visit = noteContact(file, {
      kind: 'EMER',
      type: ARRIVALS[seen.arrival],
      from,
      until,
      reason: reasonSaid(telling.story, seen),
      author: HOSPITAL.emergency,
      stops: [{ location, from, until }],
      visitNumber: visitNumberOf(telling.story, seen),
    })
    if (!isMarked(seen.reason) || seen.acuity > 3 || telling.now < seen.at + 120) return
    const who = {
      file,
      dice,
      age: ageAt(telling, seen.at),
      ill: sicknessOf(seen.reason, undefined),
      encounter: ref(visit),
    }
    bedside(who, 0, seen.at + 18)
    bloods(who, 0, seen.at + 95)
  })
}

function beds(telling: Telling, stay: Admission, until: string | undefined): Stop[] {
  const wards = stay.wards.filter((each) => each.from <= telling.now)
  return wards.map((each, at): Stop => {
    const next = wards[at + 1]
    return {
      location: wardOf(telling.life.place, each.ward),
      from: instantOf(each.from),
      until: next ? instantOf(next.from) : until,
    }
  })
}

const METHODS: Record<Admission['method'], string> = {
  emergency: 'Emergency admission',
  'waiting list': 'Planned admission',
  'day case': 'Day case',
  maternity: 'Maternity admission',
  birth: 'Birth',
  regular: 'Regular day attendance',
}

const UK_CORE = 'https://fhir.hl7.org.uk/CodeSystem'
const DESTINATIONS = {
  'usual home': { code: '19', text: 'Usual place of residence' },
  'care home': { code: '54', text: 'NHS run care home' },
  'another hospital': { code: '51', text: 'NHS other hospital provider' },
  hospice: { code: '88', text: 'Non-NHS run hospice' },
  died: { code: '79', text: 'Not applicable: died' },
} as const

const coded = (system: string, { code, text }: { code: string; text: string }) => ({
  coding: [{ system: `${UK_CORE}/${system}`, code, display: text }],
  text,
})

function ward(telling: Telling, who: Bedside, stay: Admission, end: Moment, over: boolean): void {
  if (stay.destination === 'died' && stay.discharged !== undefined)
    lastRound(who, stay.at, stay.discharged, telling.now)
  else rounds(who, stay.at, end, over)
}

function discharge(telling: Telling, stay: Admission, until: Moment, file: PersonFile, visit: string): void {
  const died = stay.destination === 'died'
  // Nothing is written later than the day of a death: its summary is the ward's last entry.
  const at = died ? until : until + 60
  if (stay.method === 'regular' || at > telling.now) return
  const dice = telling.diceFor(`letter/${minuteOf(stay)}`)
  const born = stay.method === 'birth'
  const [type, lines] = died
    ? ['Discharge summary', deathLetter(telling, stay, until, file, dice)]
    : born
      ? ['Newborn discharge summary', newbornLetter(telling, stay, until, dice)]
      : stay.method === 'maternity'
        ? ['Maternity discharge summary', maternityLetter(telling, stay, until, dice)]
        : ['Discharge summary', stayLetter(telling, stay, until, file, dice)]
  const midwife = born || stay.method === 'maternity'
  fileDocument(file, {
    type: { text: 'Discharge summary', code: '373942005' },
    title: `${type}, ${inWords(instantOf(until))}`,
    on: instantOf(at),
    author: midwife ? HOSPITAL.midwife : HOSPITAL.ward,
    encounter: visit,
    lines,
  })
}

function admission(telling: Telling, stay: Admission): void {
  if (stay.method === 'birth' && stay.at > telling.now) return
  chapter(telling, 'hospital', `admission/${minuteOf(stay)}`, (file, dice) => {
    const consultant = consultantFor(stay.specialty)
    const reason = reasonSaid(telling.story, stay)
    const until = ended(telling, stay.discharged) ? stay.discharged : undefined
    const to = DESTINATIONS[stay.destination ?? 'usual home']
    const visit = noteContact(file, {
      kind: 'IMP',
      type: METHODS[stay.method],
      from: instantOf(stay.at),
      until: until === undefined ? undefined : instantOf(until),
      reason,
      author: consultant,
      stops: beds(telling, stay, until === undefined ? undefined : instantOf(until)),
      visitNumber: visitNumberOf(telling.story, stay),
      hospitalization: {
        admitSource: coded('UKCore-SourceOfAdmissionEngland', DESTINATIONS['usual home']),
        ...(until !== undefined && { dischargeDisposition: coded('UKCore-DischargeDestinationEngland', to) }),
      },
    })
    const on = instantOf(Math.min(stay.at + 180, until ?? telling.now, telling.now))
    for (const text of operations(stay, reason.text))
      noteProcedure(file, { text }, { on, author: consultant, encounter: ref(visit) })
    const end = until ?? telling.now
    const ill = sicknessOf(stay.reason, stay.diagnoses[0])
    const who = { file, dice, age: ageAt(telling, stay.at), ill, encounter: ref(visit) }
    if (stay.method !== 'day case' && stay.method !== 'regular' && stay.method !== 'birth')
      ward(telling, who, stay, end, until !== undefined)
    if (until !== undefined) discharge(telling, stay, until, file, ref(visit))
  })
}

function hospitalTest(telling: Telling, test: Test): void {
  chapter(telling, 'hospital', `test/${test.test}/${minuteOf(test)}`, (file) =>
    writeTest(file, test, HOSPITAL.laboratory),
  )
}

function birth(telling: Telling, born: Birth): void {
  chapter(telling, 'hospital', `birth/${minuteOf(born)}/${born.child}`, (file) => {
    noteProcedure(
      file,
      { text: DELIVERIES[born.delivery] },
      { on: instantOf(born.at), author: HOSPITAL.midwife },
    )
  })
}

/** What the hospital has written by now. */
export function retellHospital(telling: Telling): void {
  const { happenings } = telling.story
  const seen = new Set(
    happenings.flatMap((each) =>
      each.kind === 'outpatient' && each.at <= telling.now ? [each.referral] : [],
    ),
  )
  for (const happening of happenings) {
    if (happening.at > telling.now) break
    if (happening.kind === 'emergency attendance') attendance(telling, happening)
    else if (happening.kind === 'admission') admission(telling, happening)
    else if (happening.kind === 'outpatient') outpatient(telling, happening)
    else if (happening.kind === 'referral') referral(telling, happening, seen.has(happening))
    else if (happening.kind === 'test' && happening.where === 'hospital') hospitalTest(telling, happening)
    else if (happening.kind === 'birth') birth(telling, happening)
  }
}
