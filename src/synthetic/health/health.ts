import type { Dice } from '../dice.ts'
import type { ConditionId } from './conditions.ts'
import type { MedicineId } from './medicines.ts'

export interface Problem {
  condition: ConditionId
  /** Years before now that it began, and ended if it has. */
  since: number
  until?: number
}

export interface Allergy {
  text: string
  code?: string
  category: 'medication' | 'food' | 'environment'
  criticality: 'high' | 'low'
  reaction: string
  reactionCode?: string
}

/**
 * 'none known' means someone asked and was told there are none. 'not recorded' means nobody has asked: the record
 * stays silent, and a reader must not take silence for safety.
 */
type Allergies = 'none known' | 'not recorded' | readonly Allergy[]

/** What is true of a person's health; each source then tells its part of it. */
export interface Health {
  problems: readonly Problem[]
  allergies: Allergies
  smoking: 'never' | 'former' | 'current' | 'not asked'
  /** Present weight in kilograms and height in centimetres, where a story gives them. */
  body?: { weight: number; height: number }
  /** The repeat medicines, and what each is for, where a story names them; otherwise chosen to suit the problems. */
  repeats?: readonly Repeat[]
}

export interface Repeat {
  medicine: MedicineId
  against: ConditionId
  dose?: string
}

/** Problems by how many years ago each began, for stories that say what is true. */
export function livingWith(years: Partial<Record<ConditionId, number>>, rest: Partial<Health> = {}): Health {
  const problems = Object.entries(years).map(([condition, since]) => ({
    condition: condition as ConditionId,
    since,
  }))
  return { problems, allergies: 'none known', smoking: 'never', ...rest }
}

const RASH = { reaction: 'Rash', reactionCode: '271807003' }
const ANAPHYLAXIS = { reaction: 'Anaphylaxis', reactionCode: '39579001' }
const medicine = (text: string, criticality: 'high' | 'low' = 'low') =>
  ({ text, category: 'medication', criticality }) as const

export const PENICILLIN: Allergy = { ...medicine('Allergy to penicillin'), code: '91936005', ...RASH }
export const PENICILLIN_SEVERE: Allergy = { ...PENICILLIN, criticality: 'high', ...ANAPHYLAXIS }
const SOMETIMES: readonly Allergy[] = [
  PENICILLIN,
  PENICILLIN,
  { ...medicine('Codeine'), reaction: 'Nausea and vomiting' },
  { ...medicine('Trimethoprim'), ...RASH },
  { ...medicine('Ibuprofen', 'high'), reaction: 'Wheeze' },
  { text: 'Allergy to peanut', code: '91935009', category: 'food', criticality: 'high', ...ANAPHYLAXIS },
  { text: 'Latex', category: 'environment', criticality: 'low', ...RASH },
]

/** How common a condition is at 30, 50, 70 and 85, roughly as practices report it; the ends are held level. */
const COMMON: readonly (readonly [ConditionId, readonly [number, number, number, number]])[] = [
  ['hypertension', [0.02, 0.16, 0.48, 0.6]],
  ['type2Diabetes', [0.01, 0.08, 0.19, 0.18]],
  ['asthma', [0.1, 0.08, 0.07, 0.06]],
  ['copd', [0, 0.03, 0.1, 0.11]],
  ['atrialFibrillation', [0, 0.01, 0.08, 0.2]],
  ['heartFailure', [0, 0.01, 0.04, 0.13]],
  ['ischaemicHeartDisease', [0, 0.03, 0.13, 0.18]],
  ['chronicKidneyDisease3', [0, 0.02, 0.12, 0.32]],
  ['stroke', [0, 0.01, 0.05, 0.1]],
  ['hypothyroidism', [0.02, 0.04, 0.08, 0.1]],
  ['depression', [0.14, 0.17, 0.1, 0.1]],
  ['anxiety', [0.12, 0.1, 0.06, 0.05]],
  ['schizophrenia', [0.008, 0.01, 0.008, 0.004]],
  ['bipolar', [0.006, 0.01, 0.006, 0.003]],
  ['dementia', [0, 0, 0.02, 0.16]],
  ['epilepsy', [0.01, 0.01, 0.01, 0.015]],
  ['osteoarthritis', [0, 0.12, 0.32, 0.42]],
  ['osteoporosis', [0, 0.01, 0.08, 0.18]],
  ['parkinsons', [0, 0, 0.01, 0.025]],
  ['eczema', [0.06, 0.04, 0.04, 0.03]],
  ['migraine', [0.08, 0.07, 0.02, 0.01]],
  ['reflux', [0.03, 0.1, 0.14, 0.15]],
  ['obesity', [0.1, 0.15, 0.12, 0.04]],
  ['rheumatoidArthritis', [0.002, 0.01, 0.02, 0.02]],
  ['hearingLoss', [0, 0.02, 0.12, 0.3]],
  ['cataract', [0, 0, 0.08, 0.2]],
  ['lungCancer', [0, 0.005, 0.025, 0.025]],
  ['learningDisability', [0.008, 0.006, 0.003, 0]],
]

/** Years that people seldom live with a condition for longer than. */
const SHORTER: Partial<Record<ConditionId, number>> = {
  lungCancer: 1,
  dementia: 5,
  heartFailure: 7,
  stroke: 9,
}

function chanceAt(age: number, [at30, at50, at70, at85]: readonly [number, number, number, number]): number {
  const between = (from: number, to: number, low: number, high: number) =>
    from + ((to - from) * (Math.min(Math.max(age, low), high) - low)) / (high - low)
  if (age <= 30) return age < 16 ? 0 : at30
  if (age <= 50) return between(at30, at50, 30, 50)
  return age <= 70 ? between(at50, at70, 50, 70) : between(at70, at85, 70, 85)
}

function frailtyOf(dice: Dice, age: number, conditions: number): Problem[] {
  if (age < 70) return []
  const score = (age - 70) * 0.04 + conditions * 0.07 + dice.near(0, 0.25)
  if (score > 0.95) return [{ condition: 'severeFrailty', since: dice.whole(1, 3) }]
  if (score > 0.65) return [{ condition: 'moderateFrailty', since: dice.whole(1, 4) }]
  return score > 0.4 ? [{ condition: 'mildFrailty', since: dice.whole(1, 5) }] : []
}

function passingIllnesses(dice: Dice, age: number): Problem[] {
  if (age < 1) return []
  const child: ConditionId[] = ['earInfection', 'coldOrFlu', 'hayFever', 'eczema']
  const grown: ConditionId[] = [
    'chestInfection',
    'lowBackPain',
    'urineInfection',
    'sinusitis',
    'cellulitis',
    'covid',
  ]
  return dice.some(age < 16 ? child : grown, dice.whole(0, 3)).map((condition) => {
    const since = Math.min(dice.whole(1, 60) / 12, Math.max(age - 0.2, 0.05))
    return { condition, since, until: since - 0.06 }
  })
}

/** What a practice has written about allergies, for someone nobody has told a story about. */
export function inventAllergies(dice: Dice, age: number): Allergies {
  return dice.weighted<Allergies>([
    ['none known', 52],
    ['not recorded', age < 30 ? 35 : 18],
    [
      dice.some(
        SOMETIMES.slice(1),
        dice.weighted([
          [1, 5],
          [2, 1],
        ]),
      ),
      25,
    ],
  ])
}

/** The health of someone nobody has told a story about. */
export function inventHealth(dice: Dice, age: number): Health {
  const lasting = COMMON.filter(([, rates]) => dice.chance(chanceAt(age, rates))).map(
    ([condition]): Problem => {
      const longest = SHORTER[condition] ?? 15
      return { condition, since: Math.min(dice.whole(1, longest), Math.max(age - 16, 1)) }
    },
  )
  const childhood: Problem[] =
    age < 16 && age > 3 && dice.chance(0.12) ? [{ condition: 'asthma', since: 1 }] : []
  const frail = frailtyOf(dice, age, lasting.length)
  const allergies = inventAllergies(dice, age)
  return {
    problems: [...lasting, ...childhood, ...frail, ...passingIllnesses(dice, age)],
    allergies,
    smoking:
      age < 16
        ? 'not asked'
        : dice.weighted([
            ['never', 55],
            ['former', 28],
            ['current', 17],
          ]),
  }
}
