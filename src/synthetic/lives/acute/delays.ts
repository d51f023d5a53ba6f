import type { Dice } from '../../dice.ts'
import { lognormal } from './chance.ts'

export type Pathway = 0 | 1 | 2 | 3

/**
 * Why somebody who could leave is still there, in the national list’s words with how often the trust gave each (NHS England, acute
 * discharge situation report, Rotherham, June 2024 to May 2025, snapshot counts of people 7 or more days ready). Reasons that belong to a pathway are given only on it.
 */
const REASONS: readonly (readonly [reason: string, count: number, on: readonly Pathway[]])[] = [
  [
    'Care transfer hub process - Waiting for confirmation of immediate care needs and pathway',
    169,
    [1, 2, 3],
  ],
  ['Hospital process - Awaiting referral to care transfer hub for supported discharge', 50, [1, 2, 3]],
  ['Interface process - Out of area discharge arrangements requested but not completed', 28, [1, 2, 3]],
  [
    'Capacity - Home-based rehabilitation, reablement or recovery services not yet available (Pathway 1)',
    25,
    [1],
  ],
  [
    'Interface process - Bed-based rehabilitation, reablement or recovery service arrangements still underway (Pathway 2)',
    21,
    [2],
  ],
  ['Hospital process - Awaiting therapy review of need for supported discharge', 18, [0, 1, 2, 3]],
  ['Interface process - Residential/nursing home care arrangements still underway (Pathway 3)', 18, [3]],
  ['Hospital process - Awaiting formal decision to discharge (inc diagnostic test results)', 16, [0]],
  [
    'Interface process - Other home-based social care service arrangements still underway (Pathway 1)',
    15,
    [1],
  ],
  [
    'Interface process - End of life care inc Fast-Track CHC arrangement still underway (Pathway 1 or 3)',
    14,
    [1, 3],
  ],
  ['Capacity - Residential/nursing home care not yet available (Pathway 3)', 13, [3]],
  ['Hospital process - Awaiting medical review of need for supported discharge', 12, [0, 1]],
  [
    'Capacity - Bed-based rehabilitation, reablement or recovery services not yet available (Pathway 2)',
    11,
    [2],
  ],
  [
    'Interface process - Home based rehabilitation, reablement or recovery service arrangements still underway (Pathway 1)',
    10,
    [1],
  ],
  ['Capacity - Other home-based social care service not yet available (Pathway 1)', 8, [1]],
  ['Care transfer hub process - Awaiting confirmation of funding eligibility', 5, [3]],
  [
    'Interface process - Other home-based community health service arrangements still underway (Pathway 1)',
    5,
    [1],
  ],
  ['Capacity - Other home-based community health services not yet available (Pathway 1)', 4, [1]],
  ['Wellbeing concerns - Issues with discharge destination readiness', 3, [0, 1]],
  [
    'Hospital process - Awaiting medicines to take home, discharge letter or other discharge documentation',
    3,
    [0],
  ],
  ['Hospital process - Awaiting patient transport services', 2, [0]],
  ['Wellbeing concerns - Ongoing safeguarding concern', 1, [0, 1]],
  ['Interface process - Patient/family/carer choice discussions on package still underway', 1, [1, 3]],
  ['Capacity - Housing adaptations not yet completed (Pathway 1 or 3)', 1, [1, 3]],
  ['Capacity - Awaiting restart of existing social care arrangements (Pathway 0)', 1, [0]],
]

/** Of those counted above, shares by pathway (as drawn here): a reason given on several pathways is divided among them by these. */
const COUNTED: readonly number[] = [0.07, 0.31, 0.35, 0.27]

const BY_PATHWAY = ([0, 1, 2, 3] as const).map((pathway) =>
  REASONS.filter(([, , on]) => on.includes(pathway)).map(([reason, count, on]) => {
    const all = on.reduce<number>((sum, one) => sum + (COUNTED[one] ?? 0), 0)
    return [reason, (count * (COUNTED[pathway] ?? 0)) / all] as const
  }),
)

export const reasonFor = (dice: Dice, pathway: Pathway): string => dice.weighted(BY_PATHWAY[pathway] ?? [])

/**
 * Nights in hospital after being ready, by pathway: share that leaves the same day, and the lognormal of the others. Set so that at
 * night about 80 people are ready and by day, with those who leave that day, about 145, as the trust published for 2024 and 2025.
 */
const NIGHTS: readonly (readonly [sameDay: number, median: number, spread: number])[] = [
  [0.4, 1.35, 0.7],
  [0.16, 3.8, 0.75],
  [0.1, 5, 0.7],
  [0.03, 9, 0.7],
]

/** `pressure`: how full the hospital is beside its mean; the fuller, the slower help is found outside too. */
export function nightsReady(dice: Dice, pathway: Pathway, pressure: number): number {
  const [sameDay, median, spread] = NIGHTS[pathway] ?? [1, 1, 1]
  if (dice.chance(sameDay)) return 0
  return Math.max(1, Math.round(lognormal(dice, median * Math.sqrt(pressure), spread)))
}
