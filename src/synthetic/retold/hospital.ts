import type { Encounter } from '@medplum/fhirtypes'
import type { Dice } from '../dice.ts'
import type { IllnessFacts } from '../health/illnesses.ts'
import type { TestId } from '../health/tests.ts'
import type { Admission, Birth, EmergencyAttendance, Test } from '../lives/happening.ts'
import { dayOf, MINUTES_A_DAY, type Moment, momentOn } from '../lives/moment.ts'
import { fullName } from '../people/person.ts'
import { noteProcedure } from '../record/clinical.ts'
import { noteContact, type Stop } from '../record/contacts.ts'
import type { PersonFile, Written } from '../record/file.ts'
import { measure, takeVitals } from '../record/observations.ts'
import { fileDocument } from '../record/plans.ts'
import { HOSPITAL } from '../record/staff.ts'
import { inWords } from '../when.ts'
import { outpatient, referral } from './clinics.ts'
import { consultantFor, knownIllness, plainIllness } from './illness-of.ts'
import { instantOf } from './instant.ts'
import { operationName } from './operations.ts'
import { writeTest } from './practice.ts'
import { chapter, ended, type Telling } from './telling.ts'
import { visitNumberOf, wardOf } from './visits.ts'

const ref = (encounter: Written<Encounter>) => `Encounter/${encounter.id}`

/** A blood sample: each value moves from the first towards the last as the person mends. */
function bloods(
  file: PersonFile,
  dice: Dice,
  ill: IllnessFacts,
  share: number,
  at: Moment,
  encounter: string,
) {
  for (const [test, [first, last]] of Object.entries(ill.bloods)) {
    const value = (first + (last - first) * share) * (1 + dice.near(0, 0.06))
    measure(file, test as TestId, value, { on: instantOf(at), author: HOSPITAL.laboratory, encounter })
  }
}

function bedside(
  file: PersonFile,
  dice: Dice,
  ill: IllnessFacts,
  share: number,
  at: Moment,
  encounter: string,
) {
  const settle = (sick: number, well: number, spread: number) =>
    sick + (well - sick) * share + dice.near(0, spread)
  const systolic = Math.round(settle(ill.vitals.systolic, 130, 9))
  takeVitals(
    file,
    {
      breathing: Math.round(settle(ill.vitals.breathing, 17, 1)),
      oxygen: Math.min(Math.round(settle(ill.vitals.oxygen, ill.oxygenScale2 ? 91 : 96, 1)), 99),
      onOxygen: ill.vitals.oxygen < 93 && share < 0.4,
      scale2: ill.oxygenScale2 ?? false,
      systolic,
      diastolic: Math.round(systolic * 0.58),
      pulse: Math.round(settle(ill.vitals.pulse, 78, 6)),
      temperature: settle(ill.vitals.temperature, 36.8, 0.2),
    },
    { on: instantOf(at), author: share === 0 ? HOSPITAL.triage : HOSPITAL.wardNurse, encounter },
  )
}

const ARRIVALS: Record<EmergencyAttendance['arrival'], string> = {
  ambulance: 'Emergency attendance, by ambulance',
  'walked in': 'Emergency attendance, made own way',
  'sent by GP': 'Emergency attendance, sent by GP',
  'sent by 111': 'Emergency attendance, sent by NHS 111',
}

function attendance(telling: Telling, seen: EmergencyAttendance): void {
  chapter(telling, 'hospital', `attendance/${seen.at}`, (file, dice) => {
    const from = instantOf(seen.at)
    const until = ended(telling, seen.left) ? instantOf(seen.left) : undefined
    const location = seen.department === 1 ? 'RFR/AE' : 'RFR/UECC'
    const visit = noteContact(file, {
      kind: 'EMER',
      type: ARRIVALS[seen.arrival],
      from,
      until,
      reason: { text: seen.reason.text, ...(seen.reason.snomed && { code: seen.reason.snomed }) },
      author: HOSPITAL.emergency,
      stops: [{ location, from, until }],
      visitNumber: visitNumberOf(telling.story, seen.at),
    })
    const ill = knownIllness(seen.reason, undefined)
    if (!ill || seen.acuity > 3 || telling.now < seen.at + 120) return
    bedside(file, dice, ill, 0, seen.at + 18, ref(visit))
    bloods(file, dice, ill, 0, seen.at + 95, ref(visit))
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

const PATHWAYS = [
  'Home without new help.',
  'Home with support (pathway 1).',
  'To a bed for intermediate care (pathway 2).',
  'To a care home (pathway 3).',
] as const

function letterLines(telling: Telling, stay: Admission, ill: IllnessFacts, until: Moment): string[] {
  const { person } = telling.life
  const delay =
    stay.delay && stay.delay.days > 0
      ? [`Waited to leave: ${stay.delay.reason}, ${stay.delay.days} days.`]
      : []
  const operations = stay.procedures.map((code) => operationName(code)).filter(Boolean)
  return [
    `${fullName(person)}, born ${inWords(person.born)}`,
    `In hospital from ${inWords(instantOf(stay.at))} to ${inWords(instantOf(until))}. ${stay.specialty}.`,
    `Consultant: ${ill.consultant.name}`,
    '',
    `Main reason: ${stay.reason.text}`,
    `What happened: ${ill.letter.story}`,
    ...(operations.length > 0 ? [`Operation: ${operations.join('; ')}`] : []),
    `Medicines changed: ${ill.letter.changes}`,
    ...delay,
    `For the GP: ${ill.letter.asks}`,
    `Discharged: ${PATHWAYS[stay.pathway ?? 0]}`,
  ]
}

function discharge(
  telling: Telling,
  stay: Admission,
  ill: IllnessFacts,
  until: Moment,
  file: PersonFile,
  visit: string,
) {
  if (stay.method === 'regular' || stay.method === 'birth' || until + 60 > telling.now) return
  const died = stay.destination === 'died'
  fileDocument(file, {
    type: { text: 'Discharge summary', code: '373942005' },
    title: `Discharge summary, ${inWords(instantOf(until))}`,
    on: instantOf(until + 60),
    author: HOSPITAL.ward,
    encounter: visit,
    lines: died
      ? [
          `${fullName(telling.life.person)}, born ${inWords(telling.life.person.born)}`,
          `Died in hospital on ${inWords(instantOf(until))}.`,
          `Main reason for the stay: ${stay.reason.text}`,
        ]
      : letterLines(telling, stay, ill, until),
  })
}

function admission(telling: Telling, stay: Admission): void {
  if (stay.method === 'birth' && stay.at > telling.now) return
  chapter(telling, 'hospital', `admission/${stay.at}`, (file, dice) => {
    const known = knownIllness(stay.reason, stay.diagnoses[0])
    const ill = known ?? plainIllness(stay)
    const until = ended(telling, stay.discharged) ? stay.discharged : undefined
    const to = DESTINATIONS[stay.destination ?? 'usual home']
    const visit = noteContact(file, {
      kind: 'IMP',
      type: METHODS[stay.method],
      from: instantOf(stay.at),
      until: until === undefined ? undefined : instantOf(until),
      reason: { text: stay.reason.text, ...(stay.reason.snomed && { code: stay.reason.snomed }) },
      author: known ? ill.consultant : consultantFor(stay.specialty),
      stops: beds(telling, stay, until === undefined ? undefined : instantOf(until)),
      visitNumber: visitNumberOf(telling.story, stay.at),
      hospitalization: {
        admitSource: coded('UKCore-SourceOfAdmissionEngland', DESTINATIONS['usual home']),
        ...(until !== undefined && { dischargeDisposition: coded('UKCore-DischargeDestinationEngland', to) }),
      },
    })
    for (const code of stay.procedures) {
      const name = operationName(code)
      const on = Math.min(stay.at + 180, until ?? telling.now, telling.now)
      if (name)
        noteProcedure(
          file,
          { text: name },
          { on: instantOf(on), author: ill.consultant, encounter: ref(visit) },
        )
    }
    const end = until ?? telling.now
    if (stay.method !== 'day case' && stay.method !== 'regular' && stay.method !== 'birth')
      rounds(file, dice, ill, stay.at, end, until !== undefined, ref(visit))
    if (until !== undefined) discharge(telling, stay, ill, until, file, ref(visit))
  })
}

/** One round of observations on the last morning, and bloods where the stay was long enough for them. */
function rounds(
  file: PersonFile,
  dice: Dice,
  ill: IllnessFacts,
  from: Moment,
  end: Moment,
  over: boolean,
  visit: string,
) {
  const share = over ? 1 : 0.6
  const morning = momentOn(dayOf(end), 6, 30)
  if (morning > from + 120 && morning <= end) bedside(file, dice, ill, share, morning, visit)
  if (morning > from + 2 * MINUTES_A_DAY && morning <= end)
    bloods(file, dice, ill, share, morning + 20, visit)
}

function hospitalTest(telling: Telling, test: Test): void {
  chapter(telling, 'hospital', `test/${test.test}/${test.at}`, (file) =>
    writeTest(file, test, HOSPITAL.laboratory),
  )
}

function birth(telling: Telling, born: Birth): void {
  chapter(telling, 'hospital', `birth/${born.at}/${born.child}`, (file) => {
    noteProcedure(
      file,
      { text: DELIVERIES[born.delivery] },
      { on: instantOf(born.at), author: HOSPITAL.midwife },
    )
  })
}

const DELIVERIES: Record<Birth['delivery'], string> = {
  vaginal: 'Spontaneous vaginal delivery',
  instrumental: 'Instrumental delivery',
  'planned caesarean': 'Planned caesarean section',
  'emergency caesarean': 'Emergency caesarean section',
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
