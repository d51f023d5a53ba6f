import type { ConditionId } from '../../../health/conditions.ts'
import type { ClockName, SeasonName } from '../seasons.ts'
import type { Specialty } from '../specialties.ts'

/** Rates in the tables of this folder are given at these ages and drawn straight between them. */
export const AGES = [0, 3, 10, 20, 35, 50, 65, 75, 85, 95] as const
type AtAges = readonly [number, number, number, number, number, number, number, number, number, number]

/** How often something befalls people, before chance and how readily they seek help. */
export interface Rated {
  /** A year, per 1,000 men and boys without the conditions below and without frailty, at AGES. */
  rate: AtAges
  /** For women and girls, times as often; 0 where it cannot be. */
  women?: number
  /** 0 where it cannot be. */
  men?: number
  /** Nobody older, whatever they live with: a children's clinic sees no adults. */
  oldest?: number
  /** Added a year per 1,000 of those with the condition, of middling severity. */
  among?: Partial<Record<ConditionId, number>>
  /** Times as often with the condition. */
  times?: Partial<Record<ConditionId, number>>
  /** Added for each unit of frailty: 5 makes somebody with a quarter of all deficits fall ill 2¼ times as often. */
  frail?: number
  /** Times as often in the most deprived neighbourhood as in the least. */
  poor?: number
}

/** A sudden problem that somebody cannot leave until the surgery opens, and what hospitals then make of it. */
export interface Problem extends Rated {
  id: string
  text: string
  /** ICD-10, four characters without the dot. */
  icd10: string
  /** Further codes that go with it: how an injury came about. */
  also?: readonly string[]
  condition?: ConditionId
  specialty: Specialty
  season: SeasonName
  clock: ClockName
  acuity: 1 | 2 | 3 | 4 | 5
  /** Share for which 999 is called at the age of 40; older and frailer people call more. */
  ambulance: number
  category?: 1 | 2 | 3 | 4
  /** Share of the ambulance's patients who need not go to hospital. */
  athome?: number
  /** Share that rings 111 first. */
  calls?: number
  /** Share that goes to hospital at all; the rest is helped by telephone or sees a GP. */
  attends?: number
  /** Share seen in the urgent treatment centre rather than the major department. */
  minor?: number
  /** Share admitted at the age of 60 without frailty. */
  admitted: number
  /** Of those, share that goes home the same day from same-day emergency care. */
  sameDay?: number
  /** Length of stay in days of those who stay a night, before stay.ts spreads it. */
  stay?: number
  /** Share of stays with critical care. */
  critical?: number
  /** OPCS-4 code of the operation, and the share of stays that has it. */
  operation?: readonly [string, number]
  /** Share sent to the fracture clinic afterwards. */
  fractureClinic?: number
  /** Leaves many unable to manage at home as before. */
  disabling?: boolean
}
