import { fullName } from '../people/person.ts'
import { noteProcedure } from '../record/clinical.ts'
import { noteContact } from '../record/contacts.ts'
import { fileAt, type Life } from '../record/file.ts'
import { noteFinding } from '../record/observations.ts'
import { fileDocument, requestService } from '../record/plans.ts'
import { type Author, aGp, HOSPITAL } from '../record/staff.ts'
import { hoursAfter, inWords, workingDaysAgo } from '../when.ts'
import { emergencyVisit } from './hospital-stay.ts'

export interface Clinic {
  name: string
  reason: string
  consultant: Author
  letter: string
  procedure?: { text: string; code?: string }
}

export const CLINICS = {
  heart: {
    name: 'Cardiology clinic',
    reason: 'Palpitations',
    consultant: HOSPITAL.heart,
    letter: 'Echocardiogram shows normal pump function. 24-hour tape requested. No change to medicines.',
    procedure: { text: 'Echocardiogram', code: '40701008' },
  },
  diabetes: {
    name: 'Diabetes clinic',
    reason: 'HbA1c above target',
    consultant: HOSPITAL.diabetes,
    letter: 'We talked about food, walking and what matters most. Please consider adding a second tablet.',
  },
  bones: {
    name: 'Fracture and orthopaedic clinic',
    reason: 'Knee pain',
    consultant: HOSPITAL.bones,
    letter: 'X-ray shows moderate wear. Physiotherapy first; listed for review in six months.',
    procedure: { text: 'Plain X-ray of knee' },
  },
  chest: {
    name: 'Respiratory clinic',
    reason: 'Breathlessness on exertion',
    consultant: HOSPITAL.chest,
    letter:
      'Spirometry fits with moderate airflow obstruction. Inhalers rationalised. Pulmonary rehabilitation offered.',
    procedure: { text: 'Spirometry' },
  },
  kidneys: {
    name: 'Kidney clinic',
    reason: 'Falling eGFR',
    consultant: HOSPITAL.kidneys,
    letter:
      'Slow decline over three years in keeping with age and diabetes. Avoid anti-inflammatory tablets.',
  },
  eyes: {
    name: 'Eye clinic',
    reason: 'Cloudy vision in the right eye',
    consultant: HOSPITAL.eyes,
    letter: 'Cataract in the right eye. Listed for surgery under local anaesthetic.',
  },
  surgery: {
    name: 'Surgical clinic',
    reason: 'Groin lump',
    consultant: HOSPITAL.surgery,
    letter: 'Reducible inguinal hernia. Happy to watch and wait; return if painful.',
  },
  children: {
    name: "Children's clinic",
    reason: 'Wheeze at night',
    consultant: HOSPITAL.children,
    letter: 'Likely asthma. Spacer technique taught. Preventer inhaler started.',
  },
} as const satisfies Record<string, Clinic>

/** Referred by the practice, seen some weeks later, and a letter back. */
export function clinicVisit(life: Life, clinic: Clinic, daysBack: number): void {
  const { dice, now, person } = life
  const gp = fileAt(life, 'general-practice')
  const file = fileAt(life, 'hospital')
  requestService(gp, {
    on: workingDaysAgo(now, daysBack + dice.whole(28, 120), 11),
    author: aGp(dice, gp.organisation.code),
    what: `Referral to ${clinic.name.toLowerCase()}`,
    to: 'Rotherham Hospital',
    reason: clinic.reason,
    status: 'completed',
  })
  const on = workingDaysAgo(now, daysBack, dice.whole(9, 15), 30)
  const seen = noteContact(file, {
    kind: 'AMB',
    type: clinic.name,
    from: on,
    until: hoursAfter(on, 0.5, now),
    reason: { text: clinic.reason },
    author: clinic.consultant,
  })
  const encounter = `Encounter/${seen.id}`
  if (clinic.procedure) noteProcedure(file, clinic.procedure, { on, author: clinic.consultant, encounter })
  fileDocument(file, {
    type: { text: 'Clinic letter' },
    title: `${clinic.name} letter, ${inWords(on)}`,
    on: hoursAfter(on, 30, now),
    author: clinic.consultant,
    encounter,
    lines: [
      `${fullName(person)}, born ${inWords(person.born)}`,
      `Seen in ${clinic.name.toLowerCase()} on ${inWords(on)} because of: ${clinic.reason}.`,
      clinic.letter,
    ],
  })
}

const MISHAPS = [
  ['Twisted ankle', 'Ankle sprain. No fracture on X-ray. Rest, ice and gradual return to activity.'],
  [
    'Cut hand while cooking',
    'Wound cleaned and closed with five stitches. Practice nurse to remove in seven days.',
  ],
  ['Bang to the head at football', 'Fully alert, no vomiting. Head injury advice given.'],
  ['Abdominal pain', 'Settled with simple pain relief. Bloods and urine normal.'],
  ['Fever', 'Viral illness. Drinking well. Advice on when to come back.'],
] as const

/** A few hours in the urgent and emergency care centre, and home with advice. */
export function minorEmergency(life: Life, daysBack: number): void {
  const { dice, now, person } = life
  const [reason, advice] = dice.pick(MISHAPS)
  const arrived = workingDaysAgo(now, daysBack, dice.whole(9, 21), dice.whole(0, 59))
  const hours = dice.whole(2, 5)
  const seen = emergencyVisit(life, { arrived, hours, reason: { text: reason }, location: 'RFR/UECC' })
  fileDocument(fileAt(life, 'hospital'), {
    type: { text: 'Emergency department summary' },
    title: `Emergency department summary, ${inWords(arrived)}`,
    on: hoursAfter(arrived, hours + 0.5, now),
    author: HOSPITAL.emergency,
    encounter: `Encounter/${seen.id}`,
    lines: [`${fullName(person)}, born ${inWords(person.born)}`, `Came because of: ${reason}.`, advice],
  })
}

/** Every item of a sexual health visit is specially protected: the visit, the swab and the letter. */
export function sexualHealthVisit(life: Life, daysBack: number): void {
  const { now, person } = life
  const file = fileAt(life, 'hospital')
  const on = workingDaysAgo(now, daysBack, 16, 30)
  const author = HOSPITAL.sexualHealth
  const seen = noteContact(file, {
    kind: 'AMB',
    type: 'Sexual health clinic',
    from: on,
    until: hoursAfter(on, 0.5, now),
    reason: { text: 'Screening' },
    author,
    speciallyProtected: true,
  })
  const encounter = `Encounter/${seen.id}`
  const later = hoursAfter(on, 70, now)
  noteFinding(file, 'Chlamydia test', 'Detected', {
    on: later,
    author: HOSPITAL.laboratory,
    encounter,
    speciallyProtected: true,
  })
  fileDocument(file, {
    type: { text: 'Clinic letter' },
    title: `Sexual health clinic letter, ${inWords(on)}`,
    on: hoursAfter(later, 2, now),
    author,
    encounter,
    speciallyProtected: true,
    lines: [`${fullName(person)}`, 'Treated with doxycycline for seven days. Asked not to tell the GP.'],
  })
}
