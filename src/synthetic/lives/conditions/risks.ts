import type { Dice } from '../../dice.ts'
import type { Smoking } from '../health.ts'
import { byAge, type Row } from './by-age.ts'

/** What somebody brings into every chance of illness. Deprivation is 0 (least in England) to 1 (most). */
export interface Bearer {
  age: number
  sex: 'female' | 'male'
  deprivation: number
  southAsian: boolean
  /** How prone in body and in mind, normal with mean 0 and deviation 1. */
  body: number
  mind: number
}

/** Close to normal, never further than 3.5 from the middle. */
export const normal = (dice: Dice): number => dice.near(0, Math.sqrt(3))

/**
 * Shares who smoke, and of the rest who once did, by age. Annual Population Survey 2021 by age; level chosen so that 16.9 per
 * cent of Rotherham's adults smoke (facts, 2021), three times as many in the most deprived tenth as in the least.
 */
const SMOKING: readonly Row[] = [
  [15, 0, 0],
  [16, 0.04, 0.01],
  [18, 0.115, 0.05],
  [25, 0.17, 0.14],
  [35, 0.185, 0.22],
  [45, 0.172, 0.25],
  [55, 0.165, 0.3],
  [65, 0.125, 0.4],
  [75, 0.082, 0.46],
  [85, 0.048, 0.44],
]
const smoking = byAge(SMOKING, 1)
const stopped = byAge(SMOKING, 2)

export function smokingOf(dice: Dice, { age, sex, deprivation, mind }: Bearer): Smoking {
  const chance =
    smoking(age) * (sex === 'male' ? 1.12 : 0.88) * Math.exp(1.25 * (deprivation - 0.5) + 0.3 * mind - 0.11)
  const drawn = dice.next()
  if (drawn < chance) return 'current'
  return (drawn - chance) / (1 - chance) < stopped(age) * (sex === 'male' ? 1.1 : 0.9) ? 'former' : 'never'
}

/**
 * Body mass index: median and deviation of its logarithm. Adults: Health Survey for England 2021, raised so that 68.3 per cent
 * of Rotherham's are over 25 (facts, 2020/21). Children: the British 1990 reference, moved so that 26.6 per cent in reception
 * and 37.9 per cent in year 6 are above its 85th centile (facts, 2019/20).
 */
const BODY_MASS: readonly Row[] = [
  [0, 14.5, 0.09],
  [1, 17.2, 0.085],
  [3, 16.2, 0.085],
  [5, 15.9, 0.09],
  [8, 16.8, 0.125],
  [11, 19.0, 0.155],
  [15, 21.4, 0.16],
  [18, 23.2, 0.17],
  [25, 25.4, 0.19],
  [35, 27.2, 0.19],
  [45, 28.3, 0.187],
  [55, 28.6, 0.185],
  [65, 28.4, 0.175],
  [75, 27.6, 0.165],
  [85, 25.9, 0.16],
  [95, 24, 0.15],
]
const median = byAge(BODY_MASS, 1)
const spread = byAge(BODY_MASS, 2)

export function bodyMassOf(dice: Dice, { age, deprivation, body }: Bearer): number {
  const prone = 0.35 * body + 0.937 * normal(dice) + 0.35 * (deprivation - 0.5)
  return median(age) * Math.exp(spread(age) * prone)
}

/** Above the 95th centile of the British 1990 reference, in children; 30 kg/m² from 18. */
const OBESE: readonly Row[] = [
  [2, 19],
  [5, 17.9],
  [8, 19.6],
  [11, 21.4],
  [15, 25.6],
  [18, 30],
]
const obeseFrom = byAge(OBESE, 1)
export const isObese = (age: number, bodyMass: number): boolean => age >= 2 && bodyMass >= obeseFrom(age)

/** Metres: mean for boys and men, for girls and women. Royal College of Paediatrics growth charts; Health Survey for England. */
const HEIGHT: readonly Row[] = [
  [0, 0.51, 0.5],
  [1, 0.76, 0.74],
  [2, 0.87, 0.86],
  [5, 1.1, 1.09],
  [8, 1.28, 1.27],
  [11, 1.43, 1.44],
  [13, 1.56, 1.57],
  [15, 1.7, 1.62],
  [18, 1.765, 1.63],
  [45, 1.76, 1.625],
  [75, 1.71, 1.57],
  [95, 1.67, 1.52],
]
const tall = { male: byAge(HEIGHT, 1), female: byAge(HEIGHT, 2) }

export const heightOf = (dice: Dice, { age, sex }: Bearer): number =>
  tall[sex](age) * (1 + 0.039 * normal(dice))

/**
 * Units of alcohol a week: share who do not drink, and the median of those who do. Health Survey for England 2021 by age and
 * sex; level chosen so that 31.1 per cent of Rotherham's adults drink above 14 units (facts, 2015-18). Poorer areas hold more
 * abstainers and more who drink very much.
 */
const ALCOHOL: readonly Row[] = [
  [16, 0.75, 4],
  [18, 0.3, 6.6],
  [25, 0.2, 9],
  [45, 0.16, 10.8],
  [60, 0.16, 11.7],
  [75, 0.24, 8.4],
  [90, 0.42, 5],
]
const abstaining = byAge(ALCOHOL, 1)
const units = byAge(ALCOHOL, 2)

/** A bottle of spirits a day, which nobody lives with for long; the curve’s tail has no end of its own. */
const MOST_UNITS = 200

export function alcoholOf(dice: Dice, { age, sex, deprivation, southAsian, mind }: Bearer): number {
  const drawn = dice.next()
  const amount = normal(dice)
  if (age < 16) return 0
  const abstain = southAsian ? 0.85 : abstaining(age) + 0.16 * (deprivation - 0.5)
  if (drawn < abstain) return 0
  const usual = units(age) * (sex === 'male' ? 1.5 : 0.72)
  return Math.min(MOST_UNITS, usual * Math.exp((0.95 + 0.3 * deprivation) * (0.95 * amount + 0.3 * mind)))
}

/**
 * Shares who are not active (under 30 minutes a week). Active Lives 2020/21 by age; level: 25.2 per cent of Rotherham's adults
 * (facts).
 */
const INACTIVE: readonly Row[] = [
  [0, 0.3],
  [16, 0.3],
  [17, 0.15],
  [35, 0.16],
  [55, 0.185],
  [65, 0.22],
  [75, 0.3],
  [85, 0.52],
  [95, 0.85],
]
const inactive = byAge(INACTIVE, 1)

export const isActive = (dice: Dice, { age, deprivation }: Bearer, bodyMass: number): boolean =>
  dice.next() >= inactive(age) * Math.exp(0.9 * (deprivation - 0.5) + (age < 18 ? 0 : 0.03 * (bodyMass - 28)))
