import type { ConditionId } from '../../../health/conditions.ts'
import type { MedicineId } from '../../../health/medicines.ts'

/** Of each list, somebody takes one at a time: they do the same, or do harm together (British National Formulary). */
const ONE_OF: readonly (readonly MedicineId[])[] = [
  ['ramipril', 'losartan', 'candesartan', 'sacubitril'],
  ['atorvastatin', 'atorvastatin80'],
  ['omeprazole', 'lansoprazole'],
  ['apixaban', 'apixabanLow', 'edoxaban', 'warfarin'],
  ['aspirin', 'clopidogrel', 'apixaban', 'edoxaban', 'warfarin'],
  ['sertraline', 'citalopram', 'fluoxetine', 'venlafaxine'],
  ['beclometasone', 'fostair', 'triple'],
  ['tiotropium', 'triple'],
  ['furosemide', 'furosemideTwice'],
  ['bisoprolol', 'propranolol'],
  ['empagliflozin', 'dapagliflozin'],
  ['semaglutide', 'tirzepatide', 'sitagliptin'],
  ['pillCombined', 'pillProgestogen', 'hrtPatch'],
  ['gabapentin', 'pregabalin'],
  ['paracetamol', 'coCodamol'],
  ['coCodamol', 'codeine', 'tramadol', 'buprenorphinePatch', 'morphineTablets'],
  ['colecalciferol', 'calciumWithVitaminD'],
  ['olanzapine', 'aripiprazole', 'risperidone', 'quetiapine'],
  ['macrogol', 'lactulose'],
]

const KIDNEYS: readonly ConditionId[] = ['chronicKidneyDisease3', 'chronicKidneyDisease45']
const BLEEDING_OR_HEART: readonly ConditionId[] = [
  'heartFailure',
  'atrialFibrillation',
  'ischaemicHeartDisease',
]
const CLOTS: readonly ConditionId[] = [
  'hypertension',
  'migraine',
  'stroke',
  'ischaemicHeartDisease',
  'breastCancer',
]

/** Not given to who has one of these on their list (British National Formulary; for the pill, UKMEC 2016). */
const AVOIDED: Partial<Record<MedicineId, readonly ConditionId[]>> = {
  naproxen: [...KIDNEYS, ...BLEEDING_OR_HEART],
  naproxenShort: [...KIDNEYS, ...BLEEDING_OR_HEART],
  nitrofurantoin: ['chronicKidneyDisease45'],
  trimethoprim: ['chronicKidneyDisease45'],
  metformin: ['chronicKidneyDisease45'],
  alendronicAcid: ['chronicKidneyDisease45'],
  propranolol: ['asthma', 'copd'],
  bisoprolol: ['asthma'],
  pillCombined: CLOTS,
  hrtPatch: ['breastCancer', 'stroke', 'ischaemicHeartDisease'],
  vaginalOestrogen: ['breastCancer'],
  sildenafil: ['ischaemicHeartDisease'],
}

const NOT_WITH = new Map<MedicineId, ReadonlySet<MedicineId>>()
for (const list of ONE_OF)
  for (const medicine of list) NOT_WITH.set(medicine, new Set([...(NOT_WITH.get(medicine) ?? []), ...list]))

/** Whether somebody who takes one does not take the other: the same medicine, or one of its kind. */
export const rulesOut = (taken: MedicineId, other: MedicineId): boolean =>
  taken === other || NOT_WITH.get(taken)?.has(other) === true

export const avoidedWith = (medicine: MedicineId): readonly ConditionId[] => AVOIDED[medicine] ?? []
