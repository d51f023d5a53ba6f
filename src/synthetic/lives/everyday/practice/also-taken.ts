import type { MedicineId } from '../../../health/medicines.ts'
import type { Line } from './treatments.ts'

/** What people of an age take without a lasting condition of its own on the list; shares of all such people. */
export interface AlsoTaken extends Line {
  sex?: 'female' | 'male'
  from: number
  until: number
  /** What the share is times, in the most deprived neighbourhood, beside the mean. */
  deprived: number
}

const also = (
  medicine: MedicineId,
  share: number,
  [from, until]: readonly [number, number],
  rest: Partial<AlsoTaken> = {},
): AlsoTaken => ({ of: [[medicine, 1]], share, from, until, deprived: 1, ...rest })

/** Shares chosen near the number of identified patients by medicine and age (NHSBSA, Medicines Used, 2023/24). */
export const ALSO_TAKEN: readonly AlsoTaken[] = [
  also('pillProgestogen', 0.12, [15, 45], { sex: 'female' }),
  also('pillCombined', 0.09, [15, 40], { sex: 'female' }),
  also('hrtPatch', 0.15, [45, 66], { sex: 'female', deprived: 0.7 }),
  also('progesterone', 0.08, [45, 66], { sex: 'female', deprived: 0.7 }),
  also('vaginalOestrogen', 0.09, [52, 90], { sex: 'female' }),
  also('omeprazole', 0.09, [40, 65], { deprived: 1.5 }),
  also('lansoprazole', 0.24, [65, 105], { deprived: 1.3 }),
  also('atorvastatin', 0.1, [50, 65]),
  also('atorvastatin', 0.27, [65, 90]),
  also('colecalciferol', 0.12, [65, 105]),
  also('amitriptyline', 0.06, [35, 105], { deprived: 1.6 }),
  also('tamsulosin', 0.16, [60, 105], { sex: 'male' }),
  also('finasteride', 0.09, [65, 105], { sex: 'male' }),
  also('solifenacin', 0.06, [60, 105], { sex: 'female' }),
  also('mirabegron', 0.05, [60, 105]),
  also('sildenafil', 0.08, [45, 75], { sex: 'male', often: 0.5 }),
  also('macrogol', 0.07, [70, 105], { often: 0.7 }),
  also('ferrousFumarate', 0.04, [20, 105]),
  also('hydroxocobalamin', 0.03, [45, 105]),
  also('folicAcid', 0.02, [55, 105]),
  also('paracetamol', 0.1, [65, 105], { often: 0.5, deprived: 1.4 }),
  also('coCodamol', 0.05, [45, 105], { often: 0.6, deprived: 1.7 }),
  also('carmellose', 0.07, [65, 105], { often: 0.6 }),
  also('fexofenadine', 0.03, [10, 60], { often: 0.4 }),
  also('nasalSteroid', 0.05, [10, 75], { often: 0.35 }),
  also('emollient', 0.05, [0, 10], { often: 0.3 }),
  also('adapalene', 0.03, [13, 25], { often: 0.4 }),
  also('furosemide', 0.06, [75, 105]),
  also('bisoprolol', 0.04, [60, 105]),
  also('denosumab', 0.015, [68, 105], { sex: 'female' }),
  also('dressings', 0.05, [65, 105], { often: 0.7 }),
  also('continencePads', 0.045, [65, 105]),
  also('foodSupplement', 0.035, [70, 105], { often: 0.8 }),
  also('stomaBags', 0.003, [35, 105]),
  also('lidocainePlaster', 0.006, [45, 105], { often: 0.7 }),
  also('buprenorphinePatch', 0.008, [60, 105], { deprived: 1.6 }),
]
