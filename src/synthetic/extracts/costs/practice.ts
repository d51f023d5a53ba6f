import { type MedicineId, medicineFacts } from '../../health/medicines.ts'
import { testFacts } from '../../health/tests.ts'
import type { Prescription, Test } from '../../lives/happening.ts'
import { assumed, national, penceOf, type UnitCost, type UnitCosts } from './unit-cost.ts'

const FEE = assumed('Dispensing', 'item', 1.27, 'the single activity fee, to the nearest we know')
const CHEAP = assumed('Any other medicine', 'supply', 1.8, 'most tablets out of patent cost £1 to £3 for 28')
const listPrice = (medicine: MedicineId, pounds: number): UnitCost =>
  assumed(
    medicineFacts(medicine).text,
    'supply',
    pounds,
    'about the list price of 2024, rounded; not checked against the Drug Tariff',
  )

/** What costs much more than the ordinary tablet, for the amount that is supplied at a time. */
const dear: Partial<Record<MedicineId, number>> = {
  empagliflozin: 36.6,
  edoxaban: 49,
  apixaban: 4,
  apixabanLow: 4,
  glargine: 37,
  aspart: 30,
  salbutamol: 2.5,
  beclometasone: 8,
  tiotropium: 33,
  fostair: 29,
  coCareldopa: 14,
  emollient: 7,
  morphineSolution: 2.5,
  nitrofurantoin: 8,
  gtn: 3.5,
  levetiracetam: 4,
  memantine: 3,
}

const VACCINE = assumed(
  'Vaccination: the fee and the dose',
  'dose',
  20,
  'the item of service of £10.06, and a dose of influenza vaccine',
)
const BIOCHEMISTRY = national('Biochemistry', 'test', 1.55, 'Directly Accessed Pathology Services', 'PATH04')
const HAEMATOLOGY = national('Haematology', 'test', 2.78, 'Directly Accessed Pathology Services', 'PATH05')

export const practiceCosts: UnitCosts = {
  'prescribing.fee': FEE,
  'prescribing.other': CHEAP,
  ...Object.fromEntries(
    (Object.keys(dear) as MedicineId[]).map((medicine) => [
      `prescribing.${medicine}`,
      listPrice(medicine, dear[medicine] ?? CHEAP.pounds),
    ]),
  ),
  vaccination: VACCINE,
  'test.biochemistry': BIOCHEMISTRY,
  'test.haematology': HAEMATOLOGY,
}

export const costOfVaccination = penceOf(VACCINE)

/** Pence: the amount supplied beside what is supplied at a time, and the fee. */
export const costOfPrescription = ({ medicine, quantity }: Prescription): number =>
  Math.round(((dear[medicine] ?? CHEAP.pounds) * quantity * 100) / medicineFacts(medicine).supply) +
  penceOf(FEE)

const bloodCounts: ReadonlySet<string> = new Set(['haemoglobin', 'whiteCells', 'platelets'])
/** Pence. What is done at home or within an appointment or a stay is paid for there: only a practice's laboratory tests cost by themselves. */
export function costOfTest({ test, where }: Test): number {
  if (where !== 'practice' || testFacts(test).category !== 'laboratory') return 0
  return penceOf(bloodCounts.has(test) ? HAEMATOLOGY : BIOCHEMISTRY)
}
