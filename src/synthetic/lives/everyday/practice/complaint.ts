import type { MedicineId } from '../../../health/medicines.ts'
import type { Readable } from '../../body/reading.ts'
import type { Reason } from '../../happening.ts'

/** Blood drawn by a healthcare assistant some days later, by what was asked of the laboratory. */
export const PANELS = {
  tired: ['haemoglobin', 'whiteCells', 'ferritin', 'thyroid', 'hba1c', 'kidney', 'liver', 'vitaminB12'],
  general: [
    'haemoglobin',
    'whiteCells',
    'platelets',
    'kidney',
    'creatinine',
    'sodium',
    'potassium',
    'liver',
    'crp',
  ],
  joints: ['haemoglobin', 'crp', 'urate', 'kidney'],
  heart: ['haemoglobin', 'kidney', 'potassium', 'thyroid', 'cholesterol', 'hba1c'],
  bones: ['calcium', 'albumin', 'kidney'],
  memory: ['haemoglobin', 'thyroid', 'vitaminB12', 'calcium', 'kidney', 'hba1c'],
  prostate: ['psa', 'kidney'],
  sugar: ['hba1c', 'kidney', 'cholesterol', 'liver'],
} as const satisfies Record<string, readonly Readable[]>

export type Season = 'all year' | 'winter' | 'early summer' | 'summer'

/** How much of a year's falls in January to December, beside an even share. */
export const SEASONS: Record<Season, readonly number[]> = {
  'all year': [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  winter: [1.7, 1.4, 1.15, 0.85, 0.7, 0.55, 0.45, 0.4, 0.75, 1.1, 1.35, 1.6],
  'early summer': [0.1, 0.15, 0.5, 1.3, 2.7, 3.3, 2, 0.8, 0.5, 0.3, 0.2, 0.15],
  summer: [0.6, 0.6, 0.7, 0.9, 1.2, 1.5, 1.6, 1.5, 1.2, 0.9, 0.7, 0.6],
}

/** Who usually sees it. */
export type SeenBy =
  | 'whoever is free'
  | 'GP'
  | 'nurse'
  | 'pharmacist'
  | 'physiotherapist'
  | 'mental health worker'

export interface Complaint {
  reason: Reason
  /** Contacts a year for every 1,000 people aged 0 to 4, 5 to 15, 16 to 44, 45 to 64, 65 to 79, and 80 and over. */
  rates: readonly [number, number, number, number, number, number]
  /** What the rate is times for women and for men. */
  women: number
  men: number
  season: Season
  /** Short courses and their chance. */
  give: readonly (readonly [MedicineId, number])[]
  /** Taken there and then. */
  look: readonly Readable[]
  /** Asked for, and the chance of that. */
  panel?: keyof typeof PANELS
  asked: number
  /** Chance of being seen again about it within weeks. */
  again: number
  by: SeenBy
}

export const complaint = (
  text: string,
  icd10: string | undefined,
  rates: Complaint['rates'],
  rest: Partial<Omit<Complaint, 'reason' | 'rates'>> & { snomed?: string } = {},
): Complaint => {
  const { snomed, ...facts } = rest
  return {
    reason: { text, ...(icd10 && { icd10 }), ...(snomed && { snomed }) },
    rates,
    women: 1,
    men: 1,
    season: 'all year',
    give: [],
    look: [],
    asked: 0,
    again: 0.12,
    by: 'whoever is free',
    ...facts,
  }
}

/** Index of an age in the rates above. */
export const bandOf = (age: number): number =>
  age < 5 ? 0 : age < 16 ? 1 : age < 45 ? 2 : age < 65 ? 3 : age < 80 ? 4 : 5
