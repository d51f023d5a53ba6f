/** What is measured: SNOMED CT codes as UK practices and laboratories send them, UCUM units, adult ranges. */
export interface TestFacts {
  text: string
  code?: string
  category: 'laboratory' | 'vital-signs' | 'survey' | 'exam'
  /** UCUM code; `shown` where people write it another way. Scores have none. */
  unit?: string
  shown?: string
  low?: number
  high?: number
  decimals?: number
}

const lab = (text: string, unit: string, rest: Partial<TestFacts> = {}): TestFacts => ({
  text,
  category: 'laboratory',
  unit,
  ...rest,
})
const vital = (text: string, unit: string, rest: Partial<TestFacts> = {}): TestFacts => ({
  text,
  category: 'vital-signs',
  unit,
  ...rest,
})

const TESTS = {
  hba1c: lab('HbA1c', 'mmol/mol', { code: '999791000000106', high: 48 }),
  kidney: lab('eGFR (CKD-EPI)', 'mL/min/{1.73_m2}', {
    code: '1011481000000105',
    low: 60,
    shown: 'mL/min/1.73m²',
  }),
  creatinine: lab('Serum creatinine', 'umol/L', {
    code: '1000731000000107',
    low: 45,
    high: 105,
    shown: 'µmol/L',
  }),
  sodium: lab('Serum sodium', 'mmol/L', { code: '1000661000000107', low: 133, high: 146 }),
  potassium: lab('Serum potassium', 'mmol/L', { code: '1000651000000109', low: 3.5, high: 5.3, decimals: 1 }),
  haemoglobin: lab('Haemoglobin', 'g/L', { code: '1022431000000105', low: 115, high: 165 }),
  whiteCells: lab('Total white cell count', '10*9/L', {
    code: '1022541000000102',
    low: 4,
    high: 11,
    decimals: 1,
    shown: '10⁹/L',
  }),
  platelets: lab('Platelet count', '10*9/L', {
    code: '1022651000000100',
    low: 150,
    high: 400,
    shown: '10⁹/L',
  }),
  crp: lab('C-reactive protein', 'mg/L', { code: '1001371000000100', high: 5 }),
  albumin: lab('Serum albumin', 'g/L', { code: '1000821000000103', low: 35, high: 50 }),
  cholesterol: lab('Serum cholesterol', 'mmol/L', { code: '1005671000000105', high: 5, decimals: 1 }),
  albuminCreatinine: lab('Urine albumin to creatinine ratio', 'mg/mmol', { high: 3, decimals: 1 }),
  thyroid: lab('Thyroid stimulating hormone', 'm[IU]/L', {
    low: 0.3,
    high: 4.2,
    decimals: 1,
    shown: 'mIU/L',
  }),
  troponin: lab('High-sensitivity troponin', 'ng/L', { high: 14 }),
  natriuretic: lab('NT-proBNP', 'ng/L', { high: 400 }),
  psa: lab('Prostate specific antigen', 'ug/L', {
    code: '1030791000000100',
    high: 6.5,
    decimals: 1,
    shown: 'µg/L',
  }),
  ferritin: lab('Serum ferritin', 'ug/L', { low: 15, high: 300, shown: 'µg/L' }),
  vitaminB12: lab('Serum vitamin B12', 'ng/L', { low: 200, high: 900 }),
  liver: lab('Serum alanine aminotransferase', 'U/L', { high: 45 }),
  calcium: lab('Serum adjusted calcium', 'mmol/L', { low: 2.2, high: 2.6, decimals: 2 }),
  urate: lab('Serum urate', 'umol/L', { low: 140, high: 430, shown: 'µmol/L' }),
  clotting: lab('International normalised ratio', '{INR}', { decimals: 1, shown: 'INR' }),
  /** From the kit of the bowel screening programme; England asks for a colonoscopy at 120 µg/g and over. */
  bowelScreen: lab('Faecal haemoglobin', 'ug/g', { high: 119, shown: 'µg/g' }),
  bloodPressure: vital('Blood pressure', 'mm[Hg]', { code: '75367002', shown: 'mmHg' }),
  pulse: vital('Pulse rate', '/min', { code: '78564009', low: 51, high: 90, shown: 'beats per minute' }),
  breathing: vital('Respiratory rate', '/min', {
    code: '86290005',
    low: 12,
    high: 20,
    shown: 'breaths per minute',
  }),
  oxygenSaturation: vital('Oxygen saturation', '%', { code: '431314004', low: 94 }),
  temperature: vital('Temperature', 'Cel', {
    code: '276885007',
    low: 36.1,
    high: 38,
    decimals: 1,
    shown: '°C',
  }),
  weight: vital('Weight', 'kg', { code: '27113001', decimals: 1 }),
  height: vital('Height', 'cm', { code: '50373000' }),
  bodyMass: vital('Body mass index', 'kg/m2', { code: '60621009', decimals: 1, shown: 'kg/m²' }),
  peakFlow: vital('Peak expiratory flow', 'L/min', {}),
  news2: { text: 'NEWS2 total score', code: '1104051000000101', category: 'survey' },
  waterlow: { text: 'Waterlow pressure ulcer risk score', code: '278897004', category: 'survey' },
  malnutrition: { text: 'MUST malnutrition score', category: 'survey' },
  frailtyScale: { text: 'Clinical frailty scale', code: '763264000', category: 'survey' },
  breathlessness: { text: 'MRC breathlessness scale', category: 'survey' },
  moodScore: { text: 'PHQ-9 depression score', category: 'survey' },
  worryScore: { text: 'GAD-7 anxiety score', category: 'survey' },
  memoryScore: { text: 'ACE-III cognitive score (out of 100)', category: 'survey' },
  wellbeing: { text: 'Short Warwick-Edinburgh mental wellbeing score (7 to 35)', category: 'survey' },
  performance: { text: 'Palliative performance scale', unit: '%', category: 'survey' },
} as const satisfies Record<string, TestFacts>

export type TestId = keyof typeof TESTS

export const testFacts = (id: TestId): TestFacts => TESTS[id]
export const testIds = Object.keys(TESTS) as TestId[]
