import type { Encounter, EncounterHospitalization } from '@medplum/fhirtypes'
import { type IllnessFacts, type IllnessId, illnessFacts } from '../health/illnesses.ts'
import type { TestId } from '../health/tests.ts'
import { fullName } from '../people/person.ts'
import { teamAt } from '../place.ts'
import { type Contact, noteContact, type Stop } from '../record/contacts.ts'
import { fileAt, type Life, type PersonFile, type Written } from '../record/file.ts'
import { lastKnown, measure, takeVitals } from '../record/observations.ts'
import { fileDocument } from '../record/plans.ts'
import { type Settled, settling } from '../record/settling.ts'
import { HOSPITAL } from '../record/staff.ts'
import { daysAfter, hoursAfter, inWords } from '../when.ts'

const UK_CORE = 'https://fhir.hl7.org.uk/CodeSystem'
const HOME = { code: '19', text: 'Usual place of residence' }

export interface Stay {
  illness: IllnessId
  arrived: string
  /** Days in hospital; left out while the person is still there. */
  days?: number
  /** In place of the ward where people with this illness usually lie. */
  ward?: string
  /** In place of the usual letter, where a story has one of its own. */
  letter?: Partial<IllnessFacts['letter']>
}

const visit = (encounter: Written<Encounter>) => `Encounter/${encounter.id}`

/**
 * Values for which people have a level of their own: an illness moves someone with poor kidneys up from where they
 * were, so its figures, written for someone with these levels, are scaled to what the practice last measured.
 */
const TYPICAL: Partial<Record<TestId, number>> = { creatinine: 84, kidney: 56, haemoglobin: 122, hba1c: 84 }

/** A blood sample: each value moves from the first to the last as the person mends. */
function bloods(
  life: Life,
  file: PersonFile,
  illness: IllnessFacts,
  share: number,
  on: string,
  encounter: string,
) {
  for (const [id, [first, last]] of Object.entries(illness.bloods)) {
    const test = id as TestId
    const typical = TYPICAL[test]
    const own = typical ? (lastKnown(life, test) ?? typical) / typical : 1
    const value = (first + (last - first) * share) * own * (1 + life.dice.near(0, 0.02))
    measure(file, test, value, { on, author: HOSPITAL.laboratory, encounter })
  }
}

const SETTLED: Settled = {
  systolic: 128,
  spread: { systolic: 5, breathing: 0.8, oxygen: 0.6, pulse: 4, temperature: 0.1 },
}

function bedside(
  life: Life,
  file: PersonFile,
  illness: IllnessFacts,
  share: number,
  on: string,
  encounter: string,
) {
  takeVitals(file, settling(illness, share, life.dice, SETTLED), {
    on,
    author: share === 0 ? HOSPITAL.triage : HOSPITAL.wardNurse,
    encounter,
  })
}

export interface EmergencyVisit {
  arrived: string
  /** Left out while the person is still in the department. */
  hours?: number
  reason: Contact['reason']
  location?: string
  byAmbulance?: boolean
}

export function emergencyVisit(life: Life, seen: EmergencyVisit): Written<Encounter> {
  const file = fileAt(life, 'hospital')
  const until = seen.hours === undefined ? undefined : hoursAfter(seen.arrived, seen.hours, life.now)
  return noteContact(file, {
    kind: 'EMER',
    type: seen.byAmbulance ? 'Emergency attendance, by ambulance' : 'Emergency attendance, made own way',
    from: seen.arrived,
    until,
    ...(seen.reason && { reason: seen.reason }),
    author: HOSPITAL.emergency,
    stops: [{ location: seen.location ?? 'RFR/AE', from: seen.arrived, until }],
  })
}

/** A day or so on the acute medical unit, then the ward; someone who came less than a day ago is still on the unit. */
function bedsOf(life: Life, stay: Stay, from: string, until: string | undefined): Stop[] {
  const ward = `RFR/${stay.ward ?? illnessFacts(stay.illness).ward}`
  if (ward === 'RFR/AMU') return [{ location: ward, from, until }]
  const moved = daysAfter(from, 1, life.dice.whole(9, 20), life.now)
  if (until === undefined && Date.parse(moved) >= life.now.getTime()) return [{ location: ward, from }]
  return [
    { location: 'RFR/AMU', from, until: moved },
    { location: ward, from: moved, until },
  ]
}

function admission(over: boolean): EncounterHospitalization {
  return {
    admitSource: {
      coding: [{ system: `${UK_CORE}/UKCore-SourceOfAdmissionEngland`, code: HOME.code, display: HOME.text }],
      text: HOME.text,
    },
    ...(over && {
      dischargeDisposition: {
        coding: [
          { system: `${UK_CORE}/UKCore-DischargeDestinationEngland`, code: HOME.code, display: HOME.text },
        ],
        text: HOME.text,
      },
    }),
  }
}

function dischargeLetter(
  life: Life,
  file: PersonFile,
  stay: Stay,
  inpatient: Written<Encounter>,
  until: string,
) {
  const illness = illnessFacts(stay.illness)
  const letter = { ...illness.letter, ...stay.letter }
  const last = inpatient.location?.at(-1)?.location.identifier?.value ?? ''
  fileDocument(file, {
    type: { text: 'Discharge summary', code: '373942005' },
    title: `Discharge summary, ${inWords(until)}`,
    on: hoursAfter(until, 1, life.now),
    author: HOSPITAL.ward,
    encounter: visit(inpatient),
    lines: [
      `${fullName(life.person)}, born ${inWords(life.person.born)}`,
      `In hospital from ${inWords(stay.arrived)} to ${inWords(until)}. ${teamAt(life.place, last).name}.`,
      `Consultant: ${illness.consultant.name}`,
      '',
      `Main reason: ${illness.reason.text}`,
      `What happened: ${letter.story}`,
      `Medicines changed: ${letter.changes}`,
      `For the GP: ${letter.asks}`,
      `Discharged to: ${HOME.text.toLowerCase()}`,
    ],
  })
}

/** From the ambulance doors to the letter home, or to this morning's round for someone still on the ward. */
export function hospitalStay(life: Life, stay: Stay): Written<Encounter> {
  const { dice, now } = life
  const file = fileAt(life, 'hospital')
  const illness = illnessFacts(stay.illness)
  const waited = dice.whole(3, 9)
  const emergency = emergencyVisit(life, {
    arrived: stay.arrived,
    hours: waited,
    reason: illness.reason,
    byAmbulance: true,
  })
  bedside(life, file, illness, 0, hoursAfter(stay.arrived, 0.4, now), visit(emergency))
  bloods(life, file, illness, 0, hoursAfter(stay.arrived, 1.5, now), visit(emergency))
  const from = hoursAfter(stay.arrived, waited, now)
  const until =
    stay.days === undefined ? undefined : daysAfter(stay.arrived, stay.days, dice.whole(10, 17), now)
  const inpatient = noteContact(file, {
    kind: 'IMP',
    type: 'Emergency admission',
    from,
    until,
    reason: illness.reason,
    author: illness.consultant,
    stops: bedsOf(life, stay, from, until),
    hospitalization: admission(until !== undefined),
  })
  const hours = (Date.parse(until ?? now.toISOString()) - Date.parse(from)) / 3_600_000
  const share = until ? 1 : 0.6
  const morning = daysAfter(from, Math.floor((hours * 0.8) / 24), 6.5, now)
  if (hours > 44) bloods(life, file, illness, share, morning, visit(inpatient))
  if (!until && hours > 12)
    bedside(life, file, illness, share * 0.5, hoursAfter(from, hours * 0.4, now), visit(inpatient))
  if (hours > 4) bedside(life, file, illness, share, hoursAfter(from, hours * 0.96, now), visit(inpatient))
  if (until) dischargeLetter(life, file, stay, inpatient, until)
  return inpatient
}
