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
