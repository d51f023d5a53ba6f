/**
 * Medicines as a practice prints them. A dm+d code is given only for the few that were checked; a wrong code on a
 * medicine would be worse than none.
 */
export interface MedicineFacts {
  text: string
  code?: string
  dose: string
  /** Amount supplied at a time, in `unit`. */
  supply: number
  unit: string
  days: number
  /** Short courses are issued once; everything else is on repeat. */
  short?: true
}

const tablets = (text: string, dose: string, perDay = 1): MedicineFacts => ({
  text,
  dose,
  supply: 28 * perDay,
  unit: 'tablet',
  days: 28,
})
const capsules = (text: string, dose: string, perDay = 1): MedicineFacts => ({
  ...tablets(text, dose, perDay),
  unit: 'capsule',
})
const pack = (text: string, dose: string, supply: number, unit: string): MedicineFacts => ({
  text,
  dose,
  supply,
  unit,
  days: 28,
})
const course = (text: string, dose: string, supply: number, unit: string, days: number): MedicineFacts => ({
  text,
  dose,
  supply,
  unit,
  days,
  short: true,
})

const MEDICINES = {
  amlodipine: { ...tablets('Amlodipine 5mg tablets', 'One to be taken each day'), code: '319283006' },
  ramipril: capsules('Ramipril 5mg capsules', 'One to be taken each day'),
  losartan: tablets('Losartan 50mg tablets', 'One to be taken each day'),
  indapamide: tablets('Indapamide 2.5mg tablets', 'One to be taken each morning'),
  metformin: {
    ...tablets('Metformin 500mg tablets', 'One to be taken twice a day with meals', 2),
    code: '325278007',
  },
  gliclazide: tablets('Gliclazide 80mg tablets', 'One to be taken each morning with breakfast'),
  empagliflozin: tablets('Empagliflozin 10mg tablets', 'One to be taken each day'),
  atorvastatin: tablets('Atorvastatin 20mg tablets', 'One to be taken at night'),
  atorvastatin80: tablets('Atorvastatin 80mg tablets', 'One to be taken at night'),
  glargine: pack(
    'Insulin glargine 100units/ml 3ml pre-filled pens',
    'As directed, once a day at bedtime',
    5,
    'pen',
  ),
  aspart: pack('Insulin aspart 100units/ml 3ml pre-filled pens', 'As directed, with each meal', 5, 'pen'),
  salbutamol: pack(
    'Salbutamol 100micrograms/dose inhaler',
    'Two puffs when needed for breathlessness',
    1,
    'inhaler',
  ),
  beclometasone: pack('Beclometasone 100micrograms/dose inhaler', 'Two puffs twice a day', 1, 'inhaler'),
  tiotropium: pack(
    'Tiotropium 18microgram inhalation powder capsules',
    'One to be inhaled each day',
    30,
    'capsule',
  ),
  fostair: pack(
    'Beclometasone 100micrograms/dose / Formoterol 6micrograms/dose inhaler',
    'Two puffs twice a day',
    1,
    'inhaler',
  ),
  apixaban: tablets('Apixaban 5mg tablets', 'One to be taken twice a day', 2),
  apixabanLow: tablets('Apixaban 2.5mg tablets', 'One to be taken twice a day', 2),
  edoxaban: tablets('Edoxaban 60mg tablets', 'One to be taken each day'),
  bisoprolol: tablets('Bisoprolol 2.5mg tablets', 'One to be taken each morning'),
  furosemide: tablets('Furosemide 40mg tablets', 'One to be taken each morning'),
  furosemideTwice: tablets('Furosemide 40mg tablets', 'One to be taken in the morning and one at midday', 2),
  spironolactone: tablets('Spironolactone 25mg tablets', 'One to be taken each day'),
  aspirin: tablets('Aspirin 75mg dispersible tablets', 'One to be taken each day'),
  clopidogrel: tablets('Clopidogrel 75mg tablets', 'One to be taken each day'),
  gtn: pack(
    'Glyceryl trinitrate 400micrograms/dose spray',
    'One or two sprays under the tongue for chest pain',
    1,
    'spray',
  ),
  levothyroxine: tablets(
    'Levothyroxine sodium 75microgram tablets',
    'One to be taken each morning before food',
  ),
  sertraline: tablets('Sertraline 50mg tablets', 'One to be taken each day'),
  citalopram: tablets('Citalopram 20mg tablets', 'One to be taken each day'),
  mirtazapine: tablets('Mirtazapine 15mg tablets', 'One to be taken at night'),
  propranolol: tablets('Propranolol 10mg tablets', 'One to be taken up to three times a day when needed'),
  olanzapine: tablets('Olanzapine 10mg tablets', 'One to be taken at night'),
  aripiprazole: tablets('Aripiprazole 10mg tablets', 'One to be taken each morning'),
  quetiapine: tablets('Quetiapine 100mg tablets', 'One to be taken at night'),
  donepezil: tablets('Donepezil 10mg tablets', 'One to be taken at night'),
  memantine: tablets('Memantine 20mg tablets', 'One to be taken each day'),
  levetiracetam: tablets('Levetiracetam 500mg tablets', 'One to be taken twice a day', 2),
  lamotrigine: tablets('Lamotrigine 100mg tablets', 'One to be taken twice a day', 2),
  paracetamol: {
    ...pack('Paracetamol 500mg tablets', 'Two to be taken up to four times a day when needed', 100, 'tablet'),
    code: '322236009',
  },
  naproxen: tablets('Naproxen 250mg tablets', 'One to be taken twice a day with food', 2),
  ibuprofenGel: pack('Ibuprofen 5% gel', 'Apply to the sore joint up to three times a day', 100, 'g'),
  codeine: pack('Codeine 30mg tablets', 'One to be taken up to four times a day when needed', 28, 'tablet'),
  alendronicAcid: pack(
    'Alendronic acid 70mg tablets',
    'One to be taken once a week, as directed',
    4,
    'tablet',
  ),
  colecalciferol: capsules('Colecalciferol 800unit capsules', 'One to be taken each day'),
  coCareldopa: tablets('Co-careldopa 25mg/100mg tablets', 'One to be taken three times a day', 3),
  emollient: pack('Zeroderm ointment', 'Apply when needed', 500, 'g'),
  hydrocortisone: pack('Hydrocortisone 1% cream', 'Apply thinly once or twice a day', 30, 'g'),
  sumatriptan: pack('Sumatriptan 50mg tablets', 'One to be taken at the start of a migraine', 6, 'tablet'),
  omeprazole: capsules('Omeprazole 20mg gastro-resistant capsules', 'One to be taken each day'),
  lansoprazole: capsules('Lansoprazole 15mg gastro-resistant capsules', 'One to be taken each morning'),
  methotrexate: pack(
    'Methotrexate 2.5mg tablets',
    'Six to be taken once a week, on the same day',
    24,
    'tablet',
  ),
  folicAcid: pack(
    'Folic acid 5mg tablets',
    'One to be taken once a week, not on methotrexate day',
    4,
    'tablet',
  ),
  folicAcidPregnancy: course('Folic acid 400microgram tablets', 'One to be taken each day', 90, 'tablet', 90),
  letrozole: tablets('Letrozole 2.5mg tablets', 'One to be taken each day'),
  morphineSolution: pack('Morphine sulfate 10mg/5ml oral solution', '2.5ml when needed for pain', 100, 'ml'),
  senna: tablets('Senna 7.5mg tablets', 'Two to be taken at night', 2),
  doxycycline: course(
    'Doxycycline 100mg capsules',
    'Two on the first day, then one each day',
    6,
    'capsule',
    5,
  ),
  nitrofurantoin: course(
    'Nitrofurantoin 100mg modified-release capsules',
    'One to be taken twice a day',
    6,
    'capsule',
    3,
  ),
  flucloxacillin: course(
    'Flucloxacillin 500mg capsules',
    'One to be taken four times a day',
    28,
    'capsule',
    7,
  ),
  paracetamolChild: course(
    'Paracetamol 120mg/5ml oral suspension',
    'As directed on the bottle',
    100,
    'ml',
    5,
  ),
  naproxenShort: course('Naproxen 250mg tablets', 'One to be taken twice a day with food', 28, 'tablet', 14),
  codeineShort: course(
    'Codeine 15mg tablets',
    'One to be taken up to four times a day when needed',
    28,
    'tablet',
    7,
  ),
  cetirizine: course('Cetirizine 10mg tablets', 'One to be taken each day', 30, 'tablet', 30),
  prednisolone: course('Prednisolone 5mg tablets', 'Six to be taken each morning', 30, 'tablet', 5),
} as const satisfies Record<string, MedicineFacts>

export type MedicineId = keyof typeof MEDICINES

export const medicineFacts = (id: MedicineId): MedicineFacts => MEDICINES[id]
export const medicineIds = Object.keys(MEDICINES) as MedicineId[]
