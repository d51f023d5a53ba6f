import type { ConditionId } from '../health/conditions.ts'
import { type Health, inventHealth } from '../health/health.ts'
import type { IllnessId } from '../health/illnesses.ts'
import { noteAllergy } from '../record/clinical.ts'
import type { Life } from '../record/file.ts'
import { HOSPITAL } from '../record/staff.ts'
import { ageAt, daysAgo, daysBetween, hoursAgo } from '../when.ts'
import { afterAFall, type Fall } from './after-a-fall.ts'
import { birthStory } from './birth.ts'
import { CLINICS, clinicVisit, minorEmergency, OPERATIONS, plannedOperation } from './clinic.ts'
import { districtNursing } from './district-nursing.ts'
import { hospiceCare } from './hospice.ts'
import { emergencyVisit, hospitalStay } from './hospital-stay.ts'
import { communityMentalHealth, memoryService } from './mental-health.ts'
import { practiceRecord } from './practice.ts'
import { carePackage } from './social-care.ts'

type Has = (id: ConditionId) => boolean

/** The hospital asks about allergies too, and finds what the practice already knew. */
export function hospitalAllergies(life: Life, health: Health): void {
  const file = life.files.get('hospital')
  if (!file || typeof health.allergies === 'string') return
  const on = file.resources
    .flatMap((r) => (r.resourceType === 'Encounter' ? [r.period?.start ?? ''] : []))
    .sort()[0]
  if (!on) return
  for (const allergy of health.allergies) noteAllergy(file, allergy, { on, author: HOSPITAL.triage })
}

/** Emergency stays that follow from what the person lives with. */
function emergencyStays(life: Life, age: number, has: Has): void {
  const { dice, now } = life
  const taken: number[] = []
  // Nobody lies in two beds: a stay that would fall close to another is left out.
  const free = (day: number) => {
    const apart = taken.every((other) => Math.abs(other - day) > 30)
    if (apart) taken.push(day)
    return apart
  }
  const stay = (illness: IllnessId, within: number) => {
    const day = dice.whole(30, within)
    if (!free(day)) return
    const arrived = daysAgo(now, day, dice.whole(5, 22), dice.whole(0, 59))
    hospitalStay(life, { illness, arrived, days: dice.whole(3, 9) })
  }
  if (has('copd') && dice.chance(0.4)) stay('copdFlare', 600)
  if (has('heartFailure') && dice.chance(0.5)) stay('heartFailure', 500)
  if (has('stroke') && dice.chance(0.5)) stay('stroke', 340)
  if (age >= 65 && dice.chance(0.14)) stay('pneumonia', 700)
  if (age >= 78 && dice.chance(0.14)) stay('urineInfection', 500)
  if (age >= 45 && dice.chance(0.08)) stay('chestPain', 700)
  const frail = has('moderateFrailty') || has('severeFrailty')
  const fell = dice.whole(35, 420)
  if (age < 75 || !dice.chance(frail ? 0.6 : 0.18) || !free(fell)) return
  const help = dice.weighted<Fall['help']>([
    ['none', 2],
    ['some', 4],
    ['lasting', frail ? 4 : 1],
  ])
  afterAFall(life, { daysBack: fell, nights: dice.whole(3, 12), help, broken: dice.chance(0.25) })
}

/** A few are in hospital at this very moment, so wards and the emergency department are never empty. */
function inHospitalNow(life: Life, age: number, has: Has): { awaySince?: number } {
  const { dice, now } = life
  if (age >= 70 && dice.chance(0.07)) {
    const hours = dice.whole(14, 150)
    const others = dice.pick(['pneumonia', 'urineInfection', 'fall'] as const)
    hospitalStay(life, {
      illness: has('heartFailure') ? 'heartFailure' : others,
      arrived: hoursAgo(now, hours),
    })
    return { awaySince: Math.ceil(hours / 24) + 1 }
  }
  if (dice.chance(0.008)) {
    const reason = { text: dice.pick(['Abdominal pain', 'Palpitations', 'Injured wrist']) }
    emergencyVisit(life, { arrived: hoursAgo(now, dice.whole(1, 5)), reason })
  }
  return {}
}

function plannedCare(life: Life, age: number, has: Has): void {
  const { dice } = life
  const fits: [boolean, keyof typeof CLINICS, number][] = [
    [has('atrialFibrillation') || has('ischaemicHeartDisease'), 'heart', 0.35],
    [has('type2Diabetes') || has('type1Diabetes'), 'diabetes', 0.25],
    [has('osteoarthritis'), 'bones', 0.25],
    [has('copd'), 'chest', 0.3],
    [has('chronicKidneyDisease3'), 'kidneys', 0.3],
    [has('cataract'), 'eyes', 0.5],
    [age >= 40, 'surgery', 0.04],
    [age < 14 && has('asthma'), 'children', 0.6],
  ]
  for (const [suits, clinic, chance] of fits) {
    if (suits && dice.chance(chance)) clinicVisit(life, CLINICS[clinic], dice.whole(8, 500))
  }
  if (age >= 50 && dice.chance(0.1)) plannedOperation(life, dice.pick(OPERATIONS), dice.whole(20, 900))
  if (age >= 1 && dice.chance(0.13)) minorEmergency(life, dice.whole(3, Math.min(700, age * 365)))
}

function nursing(life: Life, age: number, has: Has, away: { awaySince?: number }): void {
  const { dice } = life
  const flag = dice.weighted<string | undefined>([
    [undefined, 6],
    ['Two to visit', 1],
    ['Dog: ring before visiting', 1],
    ['Key safe: ask office', 2],
  ])
  const extra = { ...away, ...(flag && { flag }) }
  if (age >= 68 && dice.chance(0.13))
    districtNursing(life, { need: 'legUlcer', daysSince: dice.whole(30, 160), ...extra })
  else if (has('type2Diabetes') && age >= 75 && dice.chance(0.25)) {
    districtNursing(life, { need: 'insulin', daysSince: dice.whole(40, 300), ...extra })
  } else if (has('heartFailure') && dice.chance(0.3)) {
    districtNursing(life, {
      need: 'heartFailure',
      daysSince: dice.whole(20, 120),
      weightChange: -0.3,
      ...extra,
    })
  }
}

function minds(life: Life, health: Health, has: Has): void {
  const { dice } = life
  const dementia = health.problems.find((p) => p.condition === 'dementia')
  // The practice learns of it from the clinic's letter, so the assessment began some months earlier.
  if (dementia) memoryService(life, 'dementia', Math.round(dementia.since * 365) + 190, dementia.since === 1)
  if (ageAt(life.person.born, life.now) < 18) return
  for (const condition of ['schizophrenia', 'bipolar', 'depression', 'anxiety'] as const) {
    const severe = condition === 'schizophrenia' || condition === 'bipolar'
    if (!has(condition) || !dice.chance(severe ? 1 : 0.28)) continue
    const daysSince = dice.whole(120, 700)
    communityMentalHealth(life, {
      condition,
      daysSince,
      ...(!severe && dice.chance(0.5) && { daysUntil: Math.round(daysSince / 3) }),
      ...(dice.chance(0.35) && { crisisDaysAgo: dice.whole(20, daysSince - 30) }),
    })
    return
  }
}

function lastingCare(life: Life, has: Has): void {
  const { dice, person } = life
  if (has('learningDisability')) {
    carePackage(life, {
      daysSince: dice.whole(300, 1500),
      need: 'Support to live in a shared house and get to work',
      wish: 'Wants more friends and a paid job.',
      calls: ['Support worker, 14 hours a week', 'Travel training', 'Help with letters and money'],
    })
  } else if ((has('dementia') || has('severeFrailty') || has('parkinsons')) && dice.chance(0.75)) {
    carePackage(life, {
      daysSince: dice.whole(60, 700),
      need: 'Help with personal care, meals and medicines',
      calls: ['Four calls a day', 'Medicines prompted from a blister pack', 'Day centre on Tuesdays'],
      keySafe: person.livesAlone,
      ...(dice.chance(0.2) && { flag: 'Two to visit' }),
    })
  }
}

const WISHES = ['Being at home with the dog, and seeing the grandchildren.', 'Peace, my music, and no fuss.']

function lastMonths(life: Life, has: Has): void {
  const { dice } = life
  if (!has('lungCancer')) return
  const daysSince = dice.whole(30, 150)
  hospiceCare(life, {
    reason: 'Lung cancer, no longer having treatment to cure it',
    daysSince,
    mattersMost: dice.pick(WISHES),
    preferredPlace: dice.pick(['Home', 'Hospice']),
    resuscitation: 'do not attempt',
    focus: 'Comfort first; hospital only for what cannot be treated at home.',
  })
  districtNursing(life, { need: 'palliative', daysSince: daysSince - 10 })
}

/** A whole invented life: health first, then what each service saw of it. */
export function ordinaryLife(life: Life): void {
  const { dice, now, person } = life
  const age = ageAt(person.born, now)
  const health = inventHealth(dice, age)
  const has: Has = (id) => health.problems.some((p) => p.condition === id && p.until === undefined)
  practiceRecord(life, health)
  if (daysBetween(person.born, now) < 365) birthStory(life, dice.near(3.4, 0.4))
  emergencyStays(life, age, has)
  plannedCare(life, age, has)
  nursing(life, age, has, inHospitalNow(life, age, has))
  minds(life, health, has)
  lastingCare(life, has)
  lastMonths(life, has)
  hospitalAllergies(life, health)
}
