import type { Admission } from '../../lives/happening.ts'
import { dayOf } from '../../lives/moment.ts'
import { assumed, national, penceOf, type UnitCost, type UnitCosts } from './unit-cost.ts'

/** Means of the collection's stays, weighted by activity: a short emergency stay, a long one, a planned one, a day case. Pounds. */
type Means = readonly [short: number, long: number, planned: number, day: number]

/**
 * The collection is by HRG, a life by diagnosis: the HRG chapters that hold most stays with a main diagnosis of that ICD-10 chapter are
 * taken together. Where a chapter has too few planned stays, and for neoplasms, which every chapter holds, it is the mean of all.
 */
const chapters: Readonly<Record<string, { letters: string; hrg: string; planned?: string; means: Means }>> = {
  infections: { letters: 'AB', hrg: 'WJ', means: [721, 4608, 5269, 629] },
  neoplasms: { letters: 'C', hrg: '', means: [825, 5417, 6685, 1077] },
  blood: { letters: 'D', hrg: 'SA', means: [740, 6007, 8077, 604] },
  endocrine: { letters: 'E', hrg: 'KA KB KC', means: [640, 4047, 5072, 380] },
  mental: { letters: 'F', hrg: 'WD', planned: '', means: [661, 5222, 6685, 1077] },
  nervous: { letters: 'G', hrg: 'AA', means: [748, 6287, 8786, 721] },
  eyeAndEar: { letters: 'H', hrg: 'CA CB', planned: 'BZ', means: [673, 4565, 4361, 1440] },
  circulatory: { letters: 'I', hrg: 'EB EC ED EY', means: [714, 4883, 8669, 1967] },
  respiratory: { letters: 'J', hrg: 'DZ', means: [686, 4167, 6158, 837] },
  digestive: { letters: 'K', hrg: 'FD FE FF GA GB GC', means: [806, 5035, 6851, 987] },
  skin: { letters: 'L', hrg: 'JC JD', means: [752, 4639, 3100, 996] },
  musculoskeletal: { letters: 'M', hrg: 'HC HD HN', means: [680, 7156, 8830, 1539] },
  genitourinary: { letters: 'N', hrg: 'LA LB MA MB', means: [785, 4702, 5964, 1464] },
  childbirth: { letters: 'O', hrg: 'NZ', means: [1171, 7094, 5523, 407] },
  newborn: { letters: 'P', hrg: 'PB', planned: '', means: [947, 3004, 6685, 1077] },
  injuries: { letters: 'ST', hrg: 'HE HT VA WH', means: [1005, 7065, 3174, 904] },
  anyOther: { letters: 'QRUVWXYZ', hrg: '', means: [825, 5417, 6685, 1077] },
}

const KINDS = [
  ['short', 'emergency stay of at most a night', 'Non-Elective Inpatient - Short Stay'],
  ['long', 'emergency stay of two nights or more', 'Non-Elective Inpatient - Long Stay'],
  ['planned', 'planned stay', 'Elective Inpatients'],
  ['day', 'day case', 'Daycase'],
] as const

const REGULAR = national('Regular attendance', 'attendance', 446, 'Regular Day or Night Admissions')
const DIALYSIS = national('Haemodialysis', 'session', 197, 'Renal Dialysis', 'LD')
const CRITICAL = national('Critical care', 'bed day', 2027, 'Critical care')
const NIGHTS_OF_A_LONG_STAY = 9
const CRITICAL_DAYS = 4

export const stayCosts: UnitCosts = {
  ...Object.fromEntries(
    Object.entries(chapters).flatMap(([name, { letters, hrg, planned = hrg, means }]) =>
      KINDS.map(([kind, words, department], nth): [string, UnitCost] => [
        `stay.${name}.${kind}`,
        national(
          `${words}, main diagnosis of ICD-10 ${letters}`,
          'stay',
          means[nth] ?? 0,
          department,
          nth < 2 ? hrg : planned,
        ),
      ]),
    ),
  ),
  'stay.regular': REGULAR,
  'stay.dialysis': DIALYSIS,
  'stay.critical_care_day': CRITICAL,
  'stay.critical_care': assumed(
    'Critical care in a stay that has any',
    'stay',
    CRITICAL.pounds * CRITICAL_DAYS,
    `${CRITICAL_DAYS} bed days of critical care`,
  ),
}

const byLetter = new Map<string, Means>(
  Object.values(chapters).flatMap(({ letters, means }) =>
    [...letters].map((letter): [string, Means] => [letter, means]),
  ),
)
const ALL: Means = [825, 5417, 6685, 1077]

/**
 * Pence. A long emergency stay costs in proportion to its nights, so that one of nine, about the mean, costs the collection's mean: whoever
 * waits three weeks for a care home costs more than whoever goes home on the third day.
 * @param until the moment of leaving, or the end of the window
 */
export function costOfStay(stay: Admission, until: number): number {
  const [short, long, planned, day] = byLetter.get((stay.diagnoses[0] ?? '').charAt(0)) ?? ALL
  const nights = dayOf(until) - dayOf(stay.at)
  const critical = stay.critical ? penceOf(CRITICAL) * CRITICAL_DAYS : 0
  switch (stay.method) {
    case 'regular':
      return penceOf(stay.diagnoses[0]?.startsWith('N18') ? DIALYSIS : REGULAR)
    case 'day case':
      return day * 100 + critical
    case 'waiting list':
      return planned * 100 + critical
    default:
      if (nights < 2) return short * 100 + critical
      return Math.round((short + ((long - short) * nights) / NIGHTS_OF_A_LONG_STAY) * 100) + critical
  }
}
