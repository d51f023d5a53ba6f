import type { MedicineId } from './medicines.ts'
import type { TestId } from './tests.ts'

/**
 * Long-term conditions and illnesses, in the words a practice uses. A SNOMED CT code is given only where it is
 * certain; the rest are text, as free text is common in real records too.
 */
export interface ConditionFacts {
  text: string
  code?: string
  /** Each list is one line of treatment; a person gets one medicine from each. */
  treatedWith?: readonly (readonly MedicineId[])[]
  /** Looked at every year once diagnosed. */
  checks?: readonly TestId[]
}

const CONDITIONS = {
  hypertension: {
    text: 'Hypertension',
    code: '38341003',
    treatedWith: [
      ['amlodipine', 'ramipril'],
      ['indapamide', 'losartan'],
    ],
    checks: ['bloodPressure', 'kidney', 'cholesterol'],
  },
  type2Diabetes: {
    text: 'Type 2 diabetes mellitus',
    code: '44054006',
    treatedWith: [['metformin'], ['gliclazide', 'empagliflozin'], ['atorvastatin']],
    checks: ['hba1c', 'bloodPressure', 'weight', 'kidney', 'albuminCreatinine', 'cholesterol'],
  },
  type1Diabetes: {
    text: 'Type 1 diabetes mellitus',
    code: '46635009',
    treatedWith: [['glargine'], ['aspart']],
    checks: ['hba1c', 'bloodPressure', 'weight', 'kidney'],
  },
  asthma: {
    text: 'Asthma',
    code: '195967001',
    treatedWith: [['salbutamol'], ['beclometasone']],
    checks: ['peakFlow'],
  },
  copd: {
    text: 'Chronic obstructive pulmonary disease',
    code: '13645005',
    treatedWith: [['salbutamol'], ['tiotropium'], ['fostair']],
    checks: ['oxygenSaturation', 'weight', 'breathlessness'],
  },
  atrialFibrillation: {
    text: 'Atrial fibrillation',
    code: '49436004',
    treatedWith: [['apixaban', 'edoxaban'], ['bisoprolol']],
    checks: ['pulse', 'bloodPressure', 'kidney'],
  },
  heartFailure: {
    text: 'Heart failure',
    code: '84114007',
    treatedWith: [['ramipril'], ['bisoprolol'], ['furosemide'], ['spironolactone']],
    checks: ['weight', 'bloodPressure', 'kidney', 'potassium', 'pulse'],
  },
  ischaemicHeartDisease: {
    text: 'Ischaemic heart disease',
    code: '414545008',
    treatedWith: [['aspirin', 'clopidogrel'], ['atorvastatin80'], ['bisoprolol'], ['gtn']],
    checks: ['bloodPressure', 'cholesterol', 'weight'],
  },
  chronicKidneyDisease3: {
    text: 'Chronic kidney disease stage 3',
    code: '433144002',
    checks: ['kidney', 'creatinine', 'albuminCreatinine', 'potassium', 'haemoglobin', 'bloodPressure'],
  },
  stroke: {
    text: 'Stroke',
    code: '230690007',
    treatedWith: [['clopidogrel'], ['atorvastatin80']],
    checks: ['bloodPressure', 'cholesterol'],
  },
  hypothyroidism: {
    text: 'Hypothyroidism',
    code: '40930008',
    treatedWith: [['levothyroxine']],
    checks: ['thyroid'],
  },
  depression: {
    text: 'Depression',
    code: '35489007',
    treatedWith: [['sertraline', 'mirtazapine', 'citalopram']],
  },
  anxiety: { text: 'Anxiety', code: '197480006', treatedWith: [['sertraline', 'propranolol']] },
  schizophrenia: {
    text: 'Schizophrenia',
    code: '58214004',
    treatedWith: [['olanzapine', 'aripiprazole']],
    checks: ['weight', 'bloodPressure', 'hba1c', 'cholesterol'],
  },
  bipolar: {
    text: 'Bipolar disorder',
    code: '13746004',
    treatedWith: [['quetiapine', 'olanzapine']],
    checks: ['weight', 'bloodPressure', 'thyroid', 'kidney'],
  },
  dementia: {
    text: 'Dementia',
    code: '52448006',
    treatedWith: [['donepezil', 'memantine']],
    checks: ['weight'],
  },
  mildCognitiveImpairment: { text: 'Mild cognitive impairment', code: '386805003' },
  epilepsy: { text: 'Epilepsy', code: '84757009', treatedWith: [['levetiracetam', 'lamotrigine']] },
  osteoarthritis: {
    text: 'Osteoarthritis',
    code: '396275006',
    treatedWith: [['paracetamol'], ['naproxen', 'ibuprofenGel', 'codeine']],
  },
  osteoporosis: {
    text: 'Osteoporosis',
    code: '64859006',
    treatedWith: [['alendronicAcid'], ['colecalciferol']],
  },
  parkinsons: { text: "Parkinson's disease", code: '49049000', treatedWith: [['coCareldopa']] },
  eczema: { text: 'Eczema', code: '43116000', treatedWith: [['emollient'], ['hydrocortisone']] },
  migraine: { text: 'Migraine', code: '37796009', treatedWith: [['sumatriptan']] },
  reflux: {
    text: 'Gastro-oesophageal reflux disease',
    code: '235595009',
    treatedWith: [['omeprazole', 'lansoprazole']],
  },
  obesity: { text: 'Obesity', code: '414916001', checks: ['weight'] },
  rheumatoidArthritis: {
    text: 'Rheumatoid arthritis',
    code: '69896004',
    treatedWith: [['methotrexate'], ['folicAcid']],
    checks: ['crp', 'haemoglobin', 'kidney'],
  },
  breastCancer: { text: 'Malignant neoplasm of breast', code: '254837009', treatedWith: [['letrozole']] },
  prostateCancer: { text: 'Prostate cancer', code: '399068003', checks: ['psa'] },
  lungCancer: {
    text: 'Non-small cell lung cancer',
    code: '254637007',
    treatedWith: [['morphineSolution'], ['senna']],
  },
  venousLegUlcer: { text: 'Venous leg ulcer' },
  diabeticFootUlcer: { text: 'Diabetic foot ulcer' },
  learningDisability: { text: 'Learning disability (moderate)', checks: ['weight', 'bloodPressure'] },
  hearingLoss: { text: 'Hearing loss, wears aids', code: '15188001' },
  cataract: { text: 'Cataract', code: '193570009' },
  mildFrailty: { text: 'Mild frailty', code: '925791000000100' },
  moderateFrailty: { text: 'Moderate frailty', code: '925831000000107', checks: ['frailtyScale'] },
  severeFrailty: { text: 'Severe frailty', code: '925861000000102', checks: ['frailtyScale', 'weight'] },
  falls: { text: 'Recurrent falls' },
  hipFracture: { text: 'Fracture of neck of femur', code: '5913000' },
  pneumonia: { text: 'Community acquired pneumonia', code: '233604007', treatedWith: [['doxycycline']] },
  urineInfection: { text: 'Urinary tract infection', code: '68566005', treatedWith: [['nitrofurantoin']] },
  cellulitis: { text: 'Cellulitis of lower leg', code: '128045006', treatedWith: [['flucloxacillin']] },
  chestInfection: { text: 'Chest infection', treatedWith: [['doxycycline']] },
  sinusitis: { text: 'Acute sinusitis', code: '36971009' },
  earInfection: { text: 'Otitis media', code: '65363002', treatedWith: [['paracetamolChild']] },
  coldOrFlu: { text: 'Upper respiratory tract infection', code: '54150009' },
  lowBackPain: { text: 'Low back pain', code: '279039007', treatedWith: [['naproxenShort', 'codeineShort']] },
  ankleSprain: { text: 'Sprain of ankle', code: '44465007' },
  hayFever: { text: 'Seasonal allergic rhinitis', code: '367498001', treatedWith: [['cetirizine']] },
  covid: { text: 'COVID-19', code: '840539006' },
  preDiabetes: { text: 'Non-diabetic hyperglycaemia', checks: ['hba1c', 'weight'] },
  peripheralArterialDisease: {
    text: 'Peripheral arterial disease',
    code: '399957001',
    treatedWith: [['clopidogrel'], ['atorvastatin80']],
  },
  chronicKidneyDisease45: {
    text: 'Chronic kidney disease stage 4 or 5',
    checks: ['kidney', 'potassium', 'haemoglobin'],
  },
  liverDisease: { text: 'Chronic liver disease', code: '328383001' },
  alcoholDependence: { text: 'Alcohol dependence', code: '66590003' },
  drugDependence: { text: 'Opioid dependence' },
  bowelCancer: { text: 'Bowel cancer' },
  otherCancer: { text: 'Cancer' },
  autism: { text: 'Autism spectrum disorder' },
  adhd: { text: 'Attention deficit hyperactivity disorder', code: '406506008' },
  personalityDisorder: { text: 'Personality disorder', code: '33449004' },
  eatingDisorder: { text: 'Eating disorder', code: '72366004' },
  selfHarm: { text: 'Self-harm' },
  chronicPain: { text: 'Chronic pain', code: '82423001', treatedWith: [['codeine']] },
  irritableBowel: { text: 'Irritable bowel syndrome', code: '10743008' },
  inflammatoryBowel: { text: 'Inflammatory bowel disease', code: '24526004' },
  psoriasis: { text: 'Psoriasis', code: '9014002', treatedWith: [['emollient']] },
  gout: { text: 'Gout', code: '90560007' },
  glaucoma: { text: 'Glaucoma', code: '23986001' },
  sightLoss: { text: 'Sight loss' },
  multipleSclerosis: { text: 'Multiple sclerosis', code: '24700007' },
  cerebralPalsy: { text: 'Cerebral palsy', code: '128188000' },
  downs: { text: 'Down syndrome', code: '41040004' },
  specialEducationalNeeds: { text: 'Special educational needs' },
  pregnancy: { text: 'Pregnancy', code: '77386006', treatedWith: [['folicAcidPregnancy']] },
} as const satisfies Record<string, ConditionFacts>

export type ConditionId = keyof typeof CONDITIONS

export const conditionFacts = (id: ConditionId): ConditionFacts => CONDITIONS[id]
export const conditionIds = Object.keys(CONDITIONS) as ConditionId[]
