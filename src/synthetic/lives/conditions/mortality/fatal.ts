import type { ConditionId } from '../../../health/conditions.ts'

/** What an illness does to its bearer's chance of dying, and what is written on the certificate. */
export interface Fatal {
  /** Deaths it adds in 100 a year: the first, second and third year, and each one after. One figure is for all. */
  adds: readonly number[]
  /** How it grows with age, as a power of what age alone does; the figure is for 75. */
  withAge: 0 | 0.25 | 0.5
  /** Share seen coming for weeks. */
  expected: number
  causes: readonly (readonly [text: string, icd10: string, weight: number])[]
}

const ofAge = (adds: number, expected: number, ...causes: Fatal['causes']): Fatal => ({
  adds: [adds],
  withAge: 0.5,
  expected,
  causes,
})
const atAnyAge = (adds: number, expected: number, ...causes: Fatal['causes']): Fatal => ({
  ...ofAge(adds, expected, ...causes),
  withAge: 0,
})
/** Survival falls with age, less steeply than in other illness. */
const cancer = (adds: readonly number[], ...causes: Fatal['causes']): Fatal => ({
  adds,
  withAge: 0.25,
  expected: 0.9,
  causes,
})

/**
 * Cancers: by year since they began, from one- and five-year survival (NHS Digital, adults diagnosed 2016-2020). The rest:
 * cohorts from English practices (heart failure: Taylor 2019; stroke: SSNAP;
 * diabetic foot: NDFA; CKD: Gansevoort 2013; learning disability: LeDeR 2021; liver and dependence: OHID). Rounded; what
 * matters is their order and that together they leave the deaths of each age as the life table has them.
 */
export const FATAL: Partial<Record<ConditionId, Fatal>> = {
  lungCancer: cancer([70, 40, 22, 6], ['Cancer of lung', 'C349', 1]),
  bowelCancer: cancer([27, 15, 8, 2.3], ['Cancer of colon', 'C189', 7], ['Cancer of rectum', 'C20', 3]),
  breastCancer: cancer([3.5, 3.5, 3, 1.7], ['Cancer of breast', 'C509', 1]),
  prostateCancer: cancer([3, 2.6, 2.6, 2.4], ['Cancer of prostate', 'C61', 1]),
  otherCancer: {
    ...cancer(
      [46, 17, 8.5, 1.7],
      ['Cancer of pancreas', 'C259', 18],
      ['Cancer of oesophagus', 'C159', 13],
      ['Cancer of bladder', 'C679', 9],
      ['Cancer of kidney', 'C64', 8],
      ['Cancer of stomach', 'C169', 7],
      ['Cancer of brain', 'C719', 8],
      ['Leukaemia', 'C959', 8],
      ['Lymphoma', 'C859', 9],
      ['Cancer, primary site unknown', 'C809', 20],
    ),
    withAge: 0.5,
  },
  ischaemicHeartDisease: ofAge(
    0.65,
    0.12,
    ['Acute myocardial infarction', 'I219', 45],
    ['Chronic ischaemic heart disease', 'I259', 55],
  ),
  heartFailure: ofAge(2.9, 0.5, ['Heart failure', 'I509', 6], ['Ischaemic cardiomyopathy', 'I255', 4]),
  atrialFibrillation: ofAge(
    0.26,
    0.15,
    ['Atrial fibrillation', 'I48', 5],
    ['Cerebral infarction', 'I639', 5],
  ),
  stroke: {
    adds: [9, 1.7, 1, 0.8],
    withAge: 0.5,
    expected: 0.3,
    causes: [
      ['Stroke', 'I64', 5],
      ['Cerebral infarction', 'I639', 3],
      ['Intracerebral haemorrhage', 'I619', 2],
    ],
  },
  peripheralArterialDisease: ofAge(0.52, 0.3, ['Peripheral vascular disease', 'I739', 1]),
  chronicKidneyDisease3: ofAge(0.13, 0.2, ['Chronic kidney disease', 'N189', 1]),
  chronicKidneyDisease45: ofAge(2.3, 0.6, ['Chronic kidney disease, stage 5', 'N185', 1]),
  type1Diabetes: ofAge(0.98, 0.1, ['Type 1 diabetes mellitus', 'E109', 1]),
  type2Diabetes: ofAge(
    0.23,
    0.1,
    ['Type 2 diabetes mellitus', 'E119', 5],
    ['Acute myocardial infarction', 'I219', 5],
  ),
  diabeticFootUlcer: ofAge(
    2.3,
    0.2,
    ['Type 2 diabetes mellitus with circulatory complications', 'E115', 6],
    ['Sepsis', 'A419', 4],
  ),
  copd: ofAge(
    1.1,
    0.5,
    ['Chronic obstructive pulmonary disease with infection', 'J440', 6],
    ['Chronic obstructive pulmonary disease', 'J449', 4],
  ),
  asthma: ofAge(0.033, 0, ['Asthma', 'J459', 1]),
  dementia: ofAge(
    3.9,
    0.8,
    ['Unspecified dementia', 'F03', 5],
    ["Alzheimer's disease", 'G309', 4],
    ['Vascular dementia', 'F019', 2],
  ),
  parkinsons: ofAge(2, 0.7, ["Parkinson's disease", 'G20', 1]),
  multipleSclerosis: atAnyAge(0.6, 0.6, ['Multiple sclerosis', 'G35', 1]),
  epilepsy: ofAge(0.39, 0, ['Epilepsy', 'G409', 1]),
  learningDisability: ofAge(
    0.91,
    0.3,
    ['Aspiration pneumonia', 'J690', 5],
    ['Pneumonia', 'J189', 4],
    ['Congenital malformation', 'Q899', 2],
  ),
  downs: ofAge(2.6, 0.4, ['Down syndrome', 'Q909', 1]),
  cerebralPalsy: ofAge(0.98, 0.4, ['Cerebral palsy', 'G809', 1]),
  liverDisease: atAnyAge(
    1.5,
    0.5,
    ['Alcoholic cirrhosis of liver', 'K703', 6],
    ['Cirrhosis of liver', 'K746', 4],
  ),
  alcoholDependence: atAnyAge(
    0.3,
    0.15,
    ['Alcoholic cirrhosis of liver', 'K703', 5],
    ['Dependence on alcohol', 'F102', 3],
    ['Accidental poisoning by alcohol', 'X45', 2],
  ),
  drugDependence: atAnyAge(
    0.3,
    0,
    ['Accidental poisoning by narcotics', 'X42', 8],
    ['Dependence on opioids', 'F112', 2],
  ),
  schizophrenia: ofAge(
    0.59,
    0.1,
    ['Chronic ischaemic heart disease', 'I259', 5],
    ['Pneumonia', 'J189', 3],
    ['Intentional self-harm by hanging', 'X70', 1],
  ),
  selfHarm: atAnyAge(
    0.15,
    0,
    ['Intentional self-harm by hanging', 'X70', 6],
    ['Intentional self-poisoning', 'X61', 4],
  ),
  depression: atAnyAge(
    0.005,
    0,
    ['Intentional self-harm by hanging', 'X70', 7],
    ['Intentional self-poisoning', 'X61', 3],
  ),
  rheumatoidArthritis: ofAge(0.39, 0.2, ['Rheumatoid arthritis', 'M069', 1]),
  falls: ofAge(0.45, 0.2, ['Fall', 'W19', 1]),
}
