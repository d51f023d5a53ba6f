import type { MedicineId } from '../../../health/medicines.ts'

/** From which age on a medicine is given as adults have it, and what a younger child has instead; undefined is nothing. */
type Younger = readonly [from: number, instead: MedicineId | undefined]

/** British National Formulary for Children, and the licences of the products; children under twelve have liquids. */
const YOUNGER: Partial<Record<MedicineId, Younger>> = {
  amitriptyline: [18, undefined],
  amoxicillin: [12, 'amoxicillinChild'],
  clarithromycin: [12, 'clarithromycinChild'],
  codeineShort: [18, undefined],
  doxycycline: [12, 'amoxicillinChild'],
  flucloxacillin: [10, 'flucloxacillinChild'],
  naproxenShort: [16, undefined],
  nitrofurantoin: [12, 'trimethoprimChild'],
  phenoxymethylpenicillin: [12, 'phenoxymethylpenicillinChild'],
  prednisolone: [12, 'prednisoloneChild'],
  sumatriptan: [18, undefined],
  trimethoprim: [12, 'trimethoprimChild'],
}

/** Those who have grown out of a child's bottle have what adults have. */
const OLDER: Partial<Record<MedicineId, MedicineId>> = { amoxicillinChild: 'amoxicillin' }

/** What is really given to somebody of an age where this would be given to an adult. */
export function forAge(medicine: MedicineId, age: number): MedicineId | undefined {
  const younger = YOUNGER[medicine]
  if (younger && age < younger[0]) return younger[1]
  return age >= 12 ? (OLDER[medicine] ?? medicine) : medicine
}
