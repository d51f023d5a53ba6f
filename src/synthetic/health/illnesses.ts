import { type Author, HOSPITAL } from '../record/staff.ts'
import type { TestId } from './tests.ts'

/** What brings people into hospital: where they lie, what their blood shows on the way in and out, and the letter. */
export interface IllnessFacts {
  reason: { text: string; code?: string }
  ward: 'A1' | 'A5' | 'B4' | 'STROKE' | 'AMU'
  consultant: Author
  days: readonly [number, number]
  /** First value and last value; the middle lies between. */
  bloods: Partial<Record<TestId, readonly [number, number]>>
  /** Target saturation 88 to 92%. */
  oxygenScale2?: true
  vitals: { breathing: number; oxygen: number; systolic: number; pulse: number; temperature: number }
  letter: { story: string; changes: string; asks: string }
}

const ROUTINE = { sodium: [137, 138], potassium: [4.3, 4.2], creatinine: [88, 84] } as const

const ILLNESSES = {
  fall: {
    reason: { text: 'Fall at home, unable to get up' },
    ward: 'A1',
    consultant: HOSPITAL.olderPeople,
    days: [4, 11],
    bloods: { ...ROUTINE, haemoglobin: [112, 110], crp: [24, 8], whiteCells: [9.8, 7.4] },
    vitals: { breathing: 18, oxygen: 96, systolic: 108, pulse: 92, temperature: 36.2 },
    letter: {
      story:
        'Found on the kitchen floor by a neighbour after about two hours. No fracture on X-ray of hip and pelvis. CT of the head showed no bleed. Skin tear to the right shin cleaned and dressed. Blood pressure fell by 28 on standing. Walking with a frame and one person by discharge.',
      changes: 'Blood pressure tablets reduced because of dizziness on standing.',
      asks: 'Please repeat lying and standing blood pressure in two weeks, and U&E. Referred to the enablement service and district nurses.',
    },
  },
  pneumonia: {
    reason: { text: 'Community acquired pneumonia', code: '233604007' },
    ward: 'A5',
    consultant: HOSPITAL.chest,
    days: [3, 9],
    bloods: { ...ROUTINE, haemoglobin: [121, 119], crp: [186, 31], whiteCells: [17.2, 8.9] },
    vitals: { breathing: 24, oxygen: 92, systolic: 112, pulse: 108, temperature: 38.7 },
    letter: {
      story:
        'Four days of cough, fever and breathlessness. Chest X-ray showed right lower zone consolidation. Treated with intravenous then oral antibiotics and oxygen for two days. Eating and walking to the bathroom at discharge.',
      changes: 'To finish doxycycline at home, three more days.',
      asks: 'Please arrange a repeat chest X-ray in six weeks.',
    },
  },
  copdFlare: {
    reason: { text: 'Exacerbation of COPD' },
    ward: 'A5',
    consultant: HOSPITAL.chest,
    days: [2, 6],
    bloods: { ...ROUTINE, haemoglobin: [148, 146], crp: [62, 14], whiteCells: [13.4, 10.8] },
    oxygenScale2: true,
    vitals: { breathing: 26, oxygen: 85, systolic: 138, pulse: 112, temperature: 37.4 },
    letter: {
      story:
        'Three days of worsening breathlessness with green sputum. Wheeze throughout. Treated with nebulisers, prednisolone and doxycycline. Target saturation 88 to 92%. Inhaler technique checked by the respiratory nurse.',
      changes: 'Prednisolone 30mg each morning, two more days.',
      asks: 'Please review within two weeks and consider pulmonary rehabilitation again.',
    },
  },
  heartFailure: {
    reason: { text: 'Decompensated heart failure', code: '84114007' },
    ward: 'A5',
    consultant: HOSPITAL.heart,
    days: [5, 12],
    bloods: {
      ...ROUTINE,
      creatinine: [96, 106],
      kidney: [52, 46],
      haemoglobin: [113, 115],
      natriuretic: [4820, 2150],
      troponin: [22, 19],
      crp: [11, 6],
    },
    vitals: { breathing: 23, oxygen: 93, systolic: 118, pulse: 98, temperature: 36.6 },
    letter: {
      story:
        'Two weeks of swelling to the knees and breathlessness at night. Echocardiogram: ejection fraction 35%. Lost 6.2kg on intravenous furosemide. Kidney function dipped and then settled.',
      changes: 'Furosemide increased to 40mg twice a day.',
      asks: 'Please check U&E and weight in one week. Heart failure nurse will telephone.',
    },
  },
  stroke: {
    reason: { text: 'Stroke', code: '230690007' },
    ward: 'STROKE',
    consultant: HOSPITAL.stroke,
    days: [8, 25],
    bloods: {
      ...ROUTINE,
      haemoglobin: [138, 135],
      cholesterol: [5.9, 4.8],
      crp: [9, 5],
      whiteCells: [8.4, 7.1],
    },
    vitals: { breathing: 16, oxygen: 97, systolic: 176, pulse: 84, temperature: 36.8 },
    letter: {
      story:
        'Sudden weakness of the right arm and leg with slurred speech. CT showed a left middle cerebral artery infarct; outside the window for thrombolysis. Swallow safe for soft food. Walking with a stick and supervision at discharge.',
      changes: 'Clopidogrel 75mg and atorvastatin 80mg started.',
      asks: 'Please aim for blood pressure below 130/80. Early supported discharge team will visit.',
    },
  },
  hipFracture: {
    reason: { text: 'Fracture of neck of femur', code: '5913000' },
    ward: 'B4',
    consultant: HOSPITAL.bones,
    days: [9, 18],
    bloods: { ...ROUTINE, haemoglobin: [124, 98], crp: [18, 46], whiteCells: [11.9, 9.2], albumin: [36, 31] },
    vitals: { breathing: 18, oxygen: 95, systolic: 142, pulse: 96, temperature: 36.4 },
    letter: {
      story:
        'Tripped on a rug. Hemiarthroplasty the next morning. Seen by the orthogeriatrician. Walking ten metres with a frame and one person. Staples to come out fourteen days after the operation.',
      changes: 'Alendronic acid and colecalciferol started. Blood thinning injections for 28 days.',
      asks: 'Please check full blood count in two weeks. District nurses will give injections and remove staples.',
    },
  },
  urineInfection: {
    reason: { text: 'Delirium with urinary tract infection', code: '68566005' },
    ward: 'A1',
    consultant: HOSPITAL.olderPeople,
    days: [4, 10],
    bloods: { ...ROUTINE, sodium: [131, 136], creatinine: [124, 96], crp: [98, 17], whiteCells: [14.6, 8.1] },
    vitals: { breathing: 20, oxygen: 95, systolic: 104, pulse: 102, temperature: 38.3 },
    letter: {
      story:
        'More muddled than usual for three days and off food. Urine grew E. coli. Settled with antibiotics, fluids and familiar faces. Family say nearly back to usual self.',
      changes: 'Antibiotics finished in hospital. Nothing else changed.',
      asks: 'Please check memory again in three months, once fully recovered.',
    },
  },
  diabeticFoot: {
    reason: { text: 'Infected diabetic foot ulcer' },
    ward: 'B4',
    consultant: HOSPITAL.surgery,
    days: [6, 14],
    bloods: { ...ROUTINE, hba1c: [84, 84], haemoglobin: [119, 116], crp: [142, 24], whiteCells: [15.8, 8.8] },
    vitals: { breathing: 19, oxygen: 96, systolic: 134, pulse: 100, temperature: 38.2 },
    letter: {
      story:
        'Ulcer under the left great toe with spreading redness. X-ray showed no bone infection. Debrided at the bedside and treated with intravenous antibiotics. Offloading boot fitted by podiatry.',
      changes: 'Insulin started, to be given by the district nurses once a day.',
      asks: 'Please keep blood pressure below 140/80. Foot protection clinic weekly.',
    },
  },
  chestPain: {
    reason: { text: 'Chest pain', code: '29857009' },
    ward: 'AMU',
    consultant: HOSPITAL.acute,
    days: [1, 2],
    bloods: { ...ROUTINE, haemoglobin: [144, 143], troponin: [7, 8], whiteCells: [7.2, 7], crp: [3, 3] },
    vitals: { breathing: 18, oxygen: 97, systolic: 152, pulse: 94, temperature: 36.7 },
    letter: {
      story:
        'Tight central chest pain while carrying shopping. ECG normal. Two troponin tests did not rise. No further pain.',
      changes: 'None.',
      asks: 'Rapid access chest pain clinic requested.',
    },
  },
} as const satisfies Record<string, IllnessFacts>

export type IllnessId = keyof typeof ILLNESSES

export const illnessFacts = (id: IllnessId): IllnessFacts => ILLNESSES[id]
