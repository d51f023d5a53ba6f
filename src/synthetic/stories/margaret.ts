import { livingWith, PENICILLIN_SEVERE } from '../health/health.ts'
import { noteAllergy, prescribe } from '../record/clinical.ts'
import { noteContact } from '../record/contacts.ts'
import { fileAt, type Life } from '../record/file.ts'
import { noteFinding } from '../record/observations.ts'
import { fileDocument, raiseFlag, requestService } from '../record/plans.ts'
import { aGp, COMMUNITY, HOSPITAL } from '../record/staff.ts'
import { daysAgo, hoursAfter, inWords, workingDaysAgo } from '../when.ts'
import { afterAFall } from './after-a-fall.ts'
import { CLINICS, clinicVisit } from './clinic.ts'
import { districtNursing } from './district-nursing.ts'
import { hospiceCare } from './hospice.ts'
import { emergencyVisit, hospitalStay } from './hospital-stay.ts'
import { memoryService } from './mental-health.ts'
import { practiceRecord } from './practice.ts'

const HEALTH = livingWith(
  {
    hypertension: 22,
    type2Diabetes: 16,
    osteoarthritis: 12,
    chronicKidneyDisease3: 9,
    atrialFibrillation: 4,
    heartFailure: 3.2,
    hearingLoss: 5,
    moderateFrailty: 1.8,
    falls: 0.74,
    mildCognitiveImpairment: 0.43,
  },
  {
    allergies: [PENICILLIN_SEVERE],
    smoking: 'former',
    body: { weight: 71, height: 158 },
    repeats: [
      { medicine: 'ramipril', against: 'heartFailure' },
      { medicine: 'bisoprolol', against: 'heartFailure' },
      { medicine: 'furosemideTwice', against: 'heartFailure' },
      { medicine: 'spironolactone', against: 'heartFailure' },
      { medicine: 'apixabanLow', against: 'atrialFibrillation' },
      {
        medicine: 'metformin',
        against: 'type2Diabetes',
        dose: 'One to be taken each morning with breakfast',
      },
      { medicine: 'atorvastatin', against: 'type2Diabetes' },
      { medicine: 'paracetamol', against: 'osteoarthritis' },
      { medicine: 'colecalciferol', against: 'falls' },
    ],
  },
)

/** Two years ago: pneumonia. Then the practice and clinics, with one short visit to the emergency department. */
function beforeTheFall(life: Life): void {
  const { now } = life
  const gp = fileAt(life, 'general-practice')
  hospitalStay(life, { illness: 'pneumonia', arrived: daysAgo(now, 706, 14, 20), days: 6 })
  clinicVisit(life, CLINICS.kidneys, 470)
  // Stopped when blood pressure fell on standing: the record should show what was stopped, and when.
  prescribe(gp, 'amlodipine', {
    on: workingDaysAgo(now, 310, 11),
    author: aGp(life.dice, 'ZP001'),
    stopped: `Stopped in hospital, ${inWords(daysAgo(now, 292))}: blood pressure falls on standing`,
  })
}

/** Last winter's fall, and the memory worries that came to light on the ward. */
function theFallAndAfter(life: Life): void {
  const { now } = life
  afterAFall(life, {
    daysBack: 300,
    nights: 9,
    help: 'lasting',
    changes: 'Amlodipine stopped because of dizziness on standing.',
    flag: 'Hard of hearing: ring, then knock loudly',
  })
  requestService(fileAt(life, 'general-practice'), {
    on: workingDaysAgo(now, 244, 12),
    author: aGp(life.dice, 'ZP001'),
    what: 'Referral to memory service',
    to: 'Memory Service',
    reason: 'Daughter worried about memory since the fall; missed tablets',
    status: 'completed',
  })
  memoryService(life, 'mildCognitiveImpairment', 216, true)
}

const ADHESIVE = {
  text: 'Elastoplast (adhesive dressing)',
  category: 'environment',
  criticality: 'low',
  reaction: 'Rash',
} as const

/** This summer: the heart. Ward A5, home with nurses, and the hospice team alongside the heart failure nurse. */
function theHeart(life: Life): void {
  const { now } = life
  hospitalStay(life, {
    illness: 'heartFailure',
    arrived: daysAgo(now, 124, 3, 35),
    days: 10,
    letter: {
      asks: 'Please check U&E and weight in one week. District nurses will weigh weekly. Hospice community team asked to meet Mrs Ashworth, who does not want to keep coming back into hospital.',
    },
  })
  noteAllergy(
    fileAt(life, 'hospital'),
    { ...ADHESIVE, reactionCode: '271807003' },
    {
      on: daysAgo(now, 119, 15),
      author: HOSPITAL.wardNurse,
    },
  )
  districtNursing(life, { need: 'heartFailure', daysSince: 112, weightChange: -0.2, waterlow: 16 })
  hospiceCare(life, {
    reason: 'Heart failure, getting worse despite full treatment',
    daysSince: 84,
    mattersMost: 'Staying in my own home with my cat, and being well enough for Sunday dinner with Susan.',
    preferredPlace: 'Home',
    resuscitation: 'do not attempt',
    focus: 'Hospital for what can be put right quickly, otherwise treat at home. Not for intensive care.',
  })
}

/** Three weeks ago: breathless at night, seen and sent home within hours because everyone knew the plan. */
function lastMonth(life: Life): void {
  const { now } = life
  const arrived = daysAgo(now, 20, 1, 15)
  const file = fileAt(life, 'hospital')
  const seen = emergencyVisit(life, {
    arrived,
    hours: 5,
    reason: { text: 'Breathlessness', code: '267036007' },
    byAmbulance: true,
  })
  fileDocument(file, {
    type: { text: 'Emergency department summary' },
    title: `Emergency department summary, ${inWords(arrived)}`,
    on: hoursAfter(arrived, 6, now),
    author: HOSPITAL.emergency,
    encounter: `Encounter/${seen.id}`,
    lines: [
      'Mrs Margaret Ashworth, born 14 July 1941',
      'Woke breathless. Extra furosemide given, settled over three hours, saturation 95% on air.',
      'Emergency care plan read: wishes to be treated at home where possible. Discussed with Susan by telephone.',
      'Home by ambulance. District nurses asked to visit today.',
    ],
  })
  visitSameDay(life)
  raiseFlag(fileAt(life, 'community'), {
    kind: 'clinical',
    text: 'Heart failure: ring the heart failure nurse if 2kg gained in three days',
    on: daysAgo(now, 20, 15),
    author: COMMUNITY.north,
  })
}

/** The district nurse comes the same day, as the emergency department asked. */
function visitSameDay(life: Life): void {
  const file = fileAt(life, 'community')
  const on = daysAgo(life.now, 20, 13, 30)
  const seen = noteContact(file, {
    kind: 'HH',
    type: 'Extra visit after emergency department',
    from: on,
    until: hoursAfter(on, 0.8, life.now),
    reason: { text: 'Breathlessness last night' },
    author: COMMUNITY.north,
  })
  noteFinding(
    file,
    'Swelling (oedema) assessment',
    'Ankles swollen, chest clear, sleeping on three pillows',
    {
      on,
      author: COMMUNITY.north,
      encounter: `Encounter/${seen.id}`,
      category: 'exam',
    },
  )
}

/** Mrs Margaret Ashworth: one story, told in pieces by six organisations. */
export function margaretsLife(life: Life): void {
  practiceRecord(life, HEALTH)
  beforeTheFall(life)
  theFallAndAfter(life)
  theHeart(life)
  lastMonth(life)
}
