import { type MedicineId, medicineFacts, medicineIds } from '../../health/medicines.ts'
import { testFacts } from '../../health/tests.ts'
import type { Prescription, Test } from '../../lives/happening.ts'
import { assumed, national, penceOf, type UnitCost, type UnitCosts } from './unit-cost.ts'

const FEE = assumed('Dispensing', 'item', 1.27, 'the single activity fee, to the nearest we know')
/** See the formulary: near the tariff, and exact in none. */
const priceOf = (medicine: MedicineId): UnitCost => {
  const { text, supply, unit, pence } = medicineFacts(medicine)
  return assumed(
    text,
    `supply of ${supply} ${unit}`,
    pence / 100,
    'near what the Drug Tariff and the Prescription Cost Analysis showed in 2024 and 2025',
  )
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
  ...Object.fromEntries(medicineIds.map((medicine) => [`prescribing.${medicine}`, priceOf(medicine)])),
  vaccination: VACCINE,
  'test.biochemistry': BIOCHEMISTRY,
  'test.haematology': HAEMATOLOGY,
}

export const costOfVaccination = penceOf(VACCINE)

const fee = penceOf(FEE)
/** Pence: the amount supplied beside what is supplied at a time, and the fee. */
export function costOfPrescription({ medicine, quantity }: Prescription): number {
  const { pence, supply } = medicineFacts(medicine)
  return Math.round((pence * quantity) / supply) + fee
}

const bloodCounts: ReadonlySet<string> = new Set(['haemoglobin', 'whiteCells', 'platelets'])
/** Pence. What is done at home or within an appointment or a stay is paid for there: only a practice's laboratory tests cost by themselves. */
export function costOfTest({ test, where }: Test): number {
  if (where !== 'practice' || testFacts(test).category !== 'laboratory') return 0
  return penceOf(bloodCounts.has(test) ? HAEMATOLOGY : BIOCHEMISTRY)
}
