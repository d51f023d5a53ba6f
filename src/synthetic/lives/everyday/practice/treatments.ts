import type { ConditionId } from '../../../health/conditions.ts'
import type { MedicineId } from '../../../health/medicines.ts'

/** One line of treatment: what a share of those who have the condition take, once it is bad enough. */
export interface Line {
  /** Medicines and their weights; a person gets one of them and keeps it. */
  of: readonly (readonly [MedicineId, number])[]
  share: number
  /** Severity, 0 to 1, at which the line is added. */
  above?: number
  /** Share of cycles in which it is asked for: below 1 for what is taken when needed. */
  often?: number
}

const take = (medicine: MedicineId, share: number, rest: Partial<Line> = {}): Line => ({
  of: [[medicine, 1]],
  share,
  ...rest,
})
const either = (of: Partial<Record<MedicineId, number>>, share: number, rest: Partial<Line> = {}): Line => ({
  of: Object.entries(of) as [MedicineId, number][],
  share,
  ...rest,
})

const HIGH_STATIN = take('atorvastatin80', 0.85)
const RELIEVER = take('salbutamol', 0.9, { often: 0.4 })
const LAXATIVE = either({ macrogol: 3, lactulose: 1, senna: 2 }, 0.4, { often: 0.6 })

/**
 * First lines, then what is added as a condition gets worse. The order of lines and their choices follow the NICE guidelines named
 * beside them; shares are chosen so that items a person and their mix come near the Prescription Cost Analysis of 2023/24.
 */
export const TREATMENTS: Partial<Record<ConditionId, readonly Line[]>> = {
  // NG136
  hypertension: [
    either({ amlodipine: 5, ramipril: 4, losartan: 2, candesartan: 1 }, 0.92),
    either({ indapamide: 5, amlodipine: 4, ramipril: 3 }, 0.85, { above: 0.35 }),
    take('atorvastatin', 0.3),
    take('doxazosin', 0.25, { above: 0.75 }),
  ],
  // NG28
  type2Diabetes: [
    take('metformin', 0.78),
    take('atorvastatin', 0.7),
    either({ gliclazide: 2, sitagliptin: 2, empagliflozin: 4, dapagliflozin: 4 }, 0.8, { above: 0.3 }),
    either({ ramipril: 3, losartan: 1 }, 0.35),
    either({ semaglutide: 3, tirzepatide: 2, glargine: 3 }, 0.75, { above: 0.5 }),
    take('glucoseSensor', 0.3, { above: 0.75 }),
    take('testStrips', 0.3, { above: 0.4, often: 0.5 }),
  ],
  // NG17
  type1Diabetes: [
    take('glargine', 1, { often: 0.8 }),
    take('aspart', 0.97, { often: 0.9 }),
    take('glucoseSensor', 0.8),
    take('penNeedles', 0.9, { often: 0.7 }),
    take('testStrips', 0.4, { often: 0.4 }),
  ],
  // NG245
  asthma: [
    RELIEVER,
    either({ beclometasone: 2, fostair: 6, triple: 0.7 }, 0.75, { often: 0.75 }),
    take('montelukast', 0.35, { above: 0.5 }),
  ],
  // NG115
  copd: [
    take('salbutamol', 0.95, { often: 0.6 }),
    either({ tiotropium: 2, triple: 4, fostair: 2 }, 0.9, { often: 0.9 }),
    take('carbocisteine', 0.5, { above: 0.5 }),
  ],
  // NG196
  atrialFibrillation: [either({ apixaban: 4, edoxaban: 6, warfarin: 1 }, 0.9), take('bisoprolol', 0.7)],
  // NG106
  heartFailure: [
    either({ ramipril: 5, losartan: 2, sacubitril: 1 }, 0.8),
    take('bisoprolol', 0.8),
    either({ furosemide: 3, furosemideTwice: 1 }, 0.75),
    take('spironolactone', 0.6, { above: 0.45 }),
    take('dapagliflozin', 0.7, { above: 0.2 }),
  ],
  // CG126, NG185
  ischaemicHeartDisease: [
    either({ aspirin: 3, clopidogrel: 1 }, 0.9),
    HIGH_STATIN,
    take('bisoprolol', 0.7),
    take('ramipril', 0.6),
    take('gtn', 0.7, { often: 0.12 }),
    take('ezetimibe', 0.25, { above: 0.3 }),
    take('isosorbide', 0.5, { above: 0.6 }),
  ],
  // NG128
  stroke: [take('clopidogrel', 0.85), HIGH_STATIN, take('ramipril', 0.3)],
  // CG147
  peripheralArterialDisease: [take('clopidogrel', 0.85), HIGH_STATIN],
  // NG203
  chronicKidneyDisease3: [take('atorvastatin', 0.5), take('dapagliflozin', 0.4), take('ramipril', 0.3)],
  chronicKidneyDisease45: [take('atorvastatin', 0.7), take('furosemide', 0.5), take('ferrousFumarate', 0.3)],
  hypothyroidism: [take('levothyroxine', 0.97)],
  // NG222
  depression: [
    either({ sertraline: 6, citalopram: 3, fluoxetine: 3, mirtazapine: 4, venlafaxine: 1 }, 0.55),
    take('mirtazapine', 0.3, { above: 0.7 }),
  ],
  anxiety: [
    either({ sertraline: 4, citalopram: 1, propranolol: 4 }, 0.4, { often: 0.8 }),
    take('pregabalin', 0.25, { above: 0.6 }),
  ],
  // CG178, CG185
  schizophrenia: [either({ olanzapine: 4, aripiprazole: 4, risperidone: 2, quetiapine: 2 }, 0.85)],
  bipolar: [either({ quetiapine: 4, olanzapine: 3, lithium: 3 }, 0.85), take('lamotrigine', 0.3)],
  // NG97
  dementia: [either({ donepezil: 3, memantine: 2 }, 0.5)],
  // NG217
  epilepsy: [either({ levetiracetam: 4, lamotrigine: 4 }, 0.9)],
  // NG226
  osteoarthritis: [
    take('paracetamol', 0.4, { often: 0.5 }),
    either({ naproxen: 3, ibuprofenGel: 3, coCodamol: 4 }, 0.5, { often: 0.45 }),
    take('lansoprazole', 0.2),
  ],
  osteoporosis: [take('alendronicAcid', 0.55), either({ colecalciferol: 2, calciumWithVitaminD: 3 }, 0.6)],
  parkinsons: [take('coCareldopa', 0.95), LAXATIVE],
  eczema: [take('emollient', 0.7, { often: 0.3 }), take('hydrocortisone', 0.4, { often: 0.15 })],
  psoriasis: [
    take('emollient', 0.4, { often: 0.3 }),
    either({ calcipotriol: 2, betamethasone: 2 }, 0.5, { often: 0.25 }),
  ],
  migraine: [
    take('sumatriptan', 0.45, { often: 0.3 }),
    take('propranolol', 0.25),
    take('amitriptyline', 0.1),
  ],
  reflux: [either({ omeprazole: 3, lansoprazole: 3 }, 0.8, { often: 0.85 })],
  rheumatoidArthritis: [take('methotrexate', 0.6), take('folicAcid', 0.6), take('hydroxychloroquine', 0.3)],
  breastCancer: [take('letrozole', 0.55)],
  lungCancer: [take('morphineSolution', 0.4), take('senna', 0.3)],
  bowelCancer: [take('stomaBags', 0.3)],
  otherCancer: [take('omeprazole', 0.2), take('codeine', 0.2, { often: 0.5 })],
  venousLegUlcer: [take('dressings', 0.8, { often: 0.6 })],
  diabeticFootUlcer: [take('dressings', 0.8, { often: 0.6 })],
  pneumonia: [],
  learningDisability: [take('macrogol', 0.25, { often: 0.7 })],
  severeFrailty: [
    take('colecalciferol', 0.35),
    take('foodSupplement', 0.2),
    LAXATIVE,
    take('paracetamol', 0.4, { often: 0.6 }),
    take('continencePads', 0.12),
  ],
  moderateFrailty: [take('colecalciferol', 0.25), LAXATIVE, take('paracetamol', 0.25, { often: 0.5 })],
  alcoholDependence: [take('thiamine', 0.5)],
  drugDependence: [take('methadone', 0.15)],
  adhd: [either({ methylphenidate: 3, lisdexamfetamine: 1 }, 0.4), take('melatonin', 0.25)],
  autism: [take('melatonin', 0.12)],
  chronicPain: [
    either({ coCodamol: 5, codeine: 3, tramadol: 2, buprenorphinePatch: 1 }, 0.65, { often: 0.8 }),
    either({ amitriptyline: 4, gabapentin: 3, pregabalin: 3 }, 0.55, { above: 0.3 }),
    take('naproxen', 0.2, { often: 0.5 }),
    take('morphineTablets', 0.4, { above: 0.85 }),
  ],
  irritableBowel: [take('mebeverine', 0.4, { often: 0.5 })],
  inflammatoryBowel: [take('mesalazine', 0.6)],
  gout: [take('allopurinol', 0.5)],
  glaucoma: [take('latanoprost', 0.85)],
  multipleSclerosis: [take('gabapentin', 0.3), take('solifenacin', 0.25)],
  cerebralPalsy: [take('macrogol', 0.4), take('foodSupplement', 0.15)],
}
