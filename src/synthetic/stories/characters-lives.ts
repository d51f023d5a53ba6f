import { livingWith, PENICILLIN } from '../health/health.ts'
import { characters } from '../people/characters.ts'
import { noteCondition } from '../record/clinical.ts'
import { fileAt, type Life } from '../record/file.ts'
import { takeVitals } from '../record/observations.ts'
import { HOSPITAL } from '../record/staff.ts'
import { daysAgo, hoursAfter, hoursAgo } from '../when.ts'
import { birthStory, motherStory } from './birth.ts'
import { CLINICS, clinicVisit, minorEmergency, sexualHealthVisit } from './clinic.ts'
import { districtNursing } from './district-nursing.ts'
import { hospiceCare } from './hospice.ts'
import { hospitalAllergies } from './hospital-allergies.ts'
import { emergencyVisit, hospitalStay } from './hospital-stay.ts'
import { margaretsLife } from './margaret.ts'
import { communityMentalHealth } from './mental-health.ts'
import { practiceRecord } from './practice.ts'
import { carePackage, safeguardingConcern } from './social-care.ts'

type Story = (life: Life) => void

const haroldsLife: Story = (life) => {
  const health = livingWith(
    { copd: 11, hypertension: 15, type2Diabetes: 8, moderateFrailty: 2, venousLegUlcer: 0.4 },
    { allergies: [PENICILLIN], smoking: 'former' },
  )
  practiceRecord(life, health)
  hospitalStay(life, { illness: 'copdFlare', arrived: daysAgo(life.now, 410, 18, 5), days: 4 })
  districtNursing(life, { need: 'legUlcer', daysSince: 130, awaySince: 5, flag: 'Dog: ring before visiting' })
  hospitalStay(life, { illness: 'pneumonia', arrived: hoursAgo(life.now, 98), ward: 'A5' })
  hospitalAllergies(life, health)
}

const jeansLife: Story = (life) => {
  practiceRecord(
    life,
    livingWith({ heartFailure: 4, atrialFibrillation: 6, chronicKidneyDisease3: 5, mildFrailty: 2 }),
  )
  districtNursing(life, { need: 'heartFailure', daysSince: 64, awaySince: 2, weightChange: 0.4 })
  hospitalStay(life, { illness: 'heartFailure', arrived: hoursAgo(life.now, 19), ward: 'AMU' })
}

const stanislawsLife: Story = (life) => {
  practiceRecord(
    life,
    livingWith(
      { type2Diabetes: 19, ischaemicHeartDisease: 7, diabeticFootUlcer: 0.3 },
      { smoking: 'current' },
    ),
  )
  clinicVisit(life, CLINICS.diabetes, 150)
  districtNursing(life, { need: 'insulin', daysSince: 210, awaySince: 8 })
  hospitalStay(life, { illness: 'diabeticFoot', arrived: hoursAgo(life.now, 171), ward: 'B4' })
}

const mavissLife: Story = (life) => {
  practiceRecord(
    life,
    livingWith(
      { hypertension: 18, osteoporosis: 9, severeFrailty: 1, hearingLoss: 6 },
      { allergies: 'not recorded' },
    ),
  )
  carePackage(life, {
    daysSince: 400,
    need: 'Help with washing and dressing',
    calls: ['Morning call', 'Bedtime call'],
  })
  districtNursing(life, { need: 'legUlcer', daysSince: 95, awaySince: 13 })
  hospitalStay(life, { illness: 'stroke', arrived: hoursAgo(life.now, 290), ward: 'STROKE' })
}

const dereksLife: Story = (life) => {
  practiceRecord(
    life,
    livingWith({ hypertension: 9, reflux: 6, obesity: 10 }, { smoking: 'current', allergies: [PENICILLIN] }),
  )
  const arrived = hoursAgo(life.now, 2.5)
  const reason = { text: 'Chest pain', code: '29857009' }
  const seen = emergencyVisit(life, { arrived, reason, byAmbulance: true })
  takeVitals(
    fileAt(life, 'hospital'),
    { breathing: 19, oxygen: 96, systolic: 158, diastolic: 92, pulse: 96, temperature: 36.7 },
    { on: hoursAfter(arrived, 0.3, life.now), author: HOSPITAL.triage, encounter: `Encounter/${seen.id}` },
  )
}

const aaliyahsLife: Story = (life) => {
  practiceRecord(life, livingWith({ asthma: 2, eczema: 5 }, { smoking: 'not asked' }))
  clinicVisit(life, CLINICS.children, 240)
  const reason = { text: 'Asthma, wheezy and breathless', code: '195967001' }
  emergencyVisit(life, { arrived: hoursAgo(life.now, 1.2), reason })
}

const rebeccasLife: Story = (life) => {
  practiceRecord(life, livingWith({ anxiety: 3, migraine: 8 }, { allergies: 'not recorded' }))
  minorEmergency(life, 190)
  carePackage(life, {
    daysSince: 180,
    need: 'Support to live safely after leaving home',
    wish: 'Wants a quiet, settled home for herself and the children.',
    calls: [
      'Weekly visit by a support worker',
      'Help with benefits and school places',
      'Safety plan reviewed monthly',
    ],
  })
}

/** Her sources stop on the day she died: everything open is closed, and nothing comes later. */
const doreensLife: Story = (life) => {
  practiceRecord(life, livingWith({ lungCancer: 1, copd: 12, severeFrailty: 1 }, { smoking: 'former' }))
  hospitalStay(life, { illness: 'pneumonia', arrived: daysAgo(life.now, 120, 9, 15), days: 7 })
  districtNursing(life, { need: 'palliative', daysSince: 70, daysUntil: 0 })
  hospiceCare(life, {
    reason: 'Lung cancer, treatment stopped at her wish',
    daysSince: 80,
    daysUntil: 0,
    mattersMost: 'Being at home with Alan, window open, radio on.',
    preferredPlace: 'Home',
    resuscitation: 'do not attempt',
    focus: 'Comfort only, at home.',
  })
}

const edithsLife: Story = (life) => {
  practiceRecord(life, livingWith({ dementia: 2, hypertension: 12, mildFrailty: 3 }))
  carePackage(life, {
    daysSince: 320,
    need: 'Help with meals, medicines and shopping',
    calls: ['Lunch call, 30 minutes', 'Tea-time call, 30 minutes', 'Shopping on Thursdays'],
    keySafe: true,
  })
  safeguardingConcern(life, 26, 'Concern: money missing from the house; enquiry under way')
}

/** A wrist, a plaster, and home to New Zealand: nobody else here has heard of him. */
const liamsLife: Story = (life) => {
  const arrived = daysAgo(life.now, 38, 13, 10)
  emergencyVisit(life, { arrived, hours: 4, reason: { text: 'Broken wrist after a fall' } })
  noteCondition(fileAt(life, 'hospital'), 'asthma', { on: arrived, author: HOSPITAL.emergency })
}

const babysLife =
  (weight: number): Story =>
  (life) => {
    practiceRecord(life, livingWith({}, { allergies: 'not recorded', smoking: 'not asked' }))
    birthStory(life, weight)
  }

const chloesLife: Story = (life) => {
  practiceRecord(life, livingWith({ asthma: 12 }))
  const babies = characters(life.now).filter((c) => c.person.birthOrder !== undefined)
  motherStory(
    life,
    babies.map((c) => c.person),
  )
}

const LIVES: Record<string, Story> = {
  'margaret-ashworth': margaretsLife,
  'harold-bramwell': haroldsLife,
  'jean-ogley': jeansLife,
  'stanislaw-nowak': stanislawsLife,
  'mavis-thorpe': mavissLife,
  'derek-wragg': dereksLife,
  'aaliyah-hussain': aaliyahsLife,
  'rebecca-lisle': rebeccasLife,
  'trevor-sykes': (life) => {
    practiceRecord(life, livingWith({ bipolar: 14, hypertension: 3 }, { smoking: 'current' }))
    communityMentalHealth(life, { condition: 'bipolar', daysSince: 600, crisisDaysAgo: 210 })
    minorEmergency(life, 90)
  },
  'callum-firth': (life) => {
    practiceRecord(life, livingWith({ hayFever: 9 }))
    minorEmergency(life, 300)
    sexualHealthVisit(life, 45)
  },
  'doreen-cutts': doreensLife,
  'ivy-hadfield': babysLife(2.4),
  'arlo-hadfield': babysLife(2.6),
  'chloe-hadfield': chloesLife,
  'liam-fairweather': liamsLife,
  'patricia-housley': (life) => {
    practiceRecord(life, livingWith({ type2Diabetes: 6, osteoarthritis: 5 }))
    clinicVisit(life, CLINICS.bones, 80)
  },
  'edith-pell': edithsLife,
  'joanne-cartwright': (life) => {
    practiceRecord(life, livingWith({ hypothyroidism: 7 }))
  },
  'darren-stott': (life) => {
    practiceRecord(life, livingWith({ lowBackPain: 0.5 }, { allergies: 'not recorded', smoking: 'current' }))
  },
  'david-taylor-thrybergh': (life) => {
    practiceRecord(life, livingWith({ epilepsy: 20 }))
    minorEmergency(life, 260)
  },
  'david-taylor-maltby': (life) => {
    practiceRecord(life, livingWith({ ischaemicHeartDisease: 3, hypertension: 8 }, { smoking: 'former' }))
    clinicVisit(life, CLINICS.heart, 70)
  },
  'nasreen-akhtar': (life) => {
    practiceRecord(life, livingWith({ type2Diabetes: 4, migraine: 10 }))
  },
}

export function tellCharacter(id: string, life: Life): void {
  const story = LIVES[id]
  if (!story) throw new Error(`Nobody has told the life of ${id}`)
  story(life)
}
