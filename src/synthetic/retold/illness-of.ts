import { illnessFacts } from '../health/illnesses.ts'
import type { Reason } from '../lives/happening.ts'
import { type Author, HOSPITAL } from '../record/staff.ts'
import type { Sickness } from './bedside.ts'

/** Who leads each specialty; what nobody leads by name is acute medicine's. */
const CONSULTANTS: Readonly<Record<string, Author>> = {
  'Breast surgery': HOSPITAL.breast,
  Cardiology: HOSPITAL.heart,
  'Clinical haematology': HOSPITAL.blood,
  'Colorectal surgery': HOSPITAL.bowel,
  Dermatology: HOSPITAL.skin,
  'Diabetic medicine': HOSPITAL.diabetes,
  'Ear, nose and throat': HOSPITAL.ears,
  'Emergency medicine': HOSPITAL.emergency,
  Endocrinology: HOSPITAL.glands,
  Gastroenterology: HOSPITAL.gut,
  'General surgery': HOSPITAL.surgery,
  'Geriatric medicine': HOSPITAL.olderPeople,
  Gynaecology: HOSPITAL.women,
  'Medical oncology': HOSPITAL.cancer,
  'Neonatal critical care': HOSPITAL.newborn,
  Neurology: HOSPITAL.nerves,
  Obstetrics: HOSPITAL.births,
  Ophthalmology: HOSPITAL.eyes,
  'Oral surgery': HOSPITAL.mouth,
  Paediatrics: HOSPITAL.children,
  'Pain management': HOSPITAL.pain,
  'Renal medicine': HOSPITAL.kidneys,
  'Respiratory medicine': HOSPITAL.chest,
  Rheumatology: HOSPITAL.joints,
  'Stroke medicine': HOSPITAL.stroke,
  'Trauma and orthopaedics': HOSPITAL.bones,
  Urology: HOSPITAL.waterworks,
  'Vascular surgery': HOSPITAL.vessels,
  'Well babies': HOSPITAL.midwife,
}

export const consultantFor = (specialty: string): Author => CONSULTANTS[specialty] ?? HOSPITAL.acute

const ROUTINE = { sodium: [138, 138], potassium: [4.2, 4.2], creatinine: [82, 80] } as const
const CALM = { breathing: 17, oxygen: 97, systolic: 128, pulse: 84, temperature: 36.9 } as const
const HOT = { breathing: 21, oxygen: 96, systolic: 112, pulse: 106, temperature: 38.4 } as const

const INFECTED: Sickness = {
  bloods: { ...ROUTINE, haemoglobin: [126, 124], crp: [138, 34], whiteCells: [15.2, 8.8] },
  vitals: HOT,
}

/**
 * How ill a diagnosis makes people, by its ICD-10 code; the first that fits. Values are middling ones for a stay: a troponin that rises
 * where a heart is damaged, a haemoglobin that falls where somebody bleeds.
 */
const BY_CODE: readonly (readonly [RegExp, Sickness])[] = [
  [/^S72/, illnessFacts('hipFracture')],
  [/^(W|R296)/, illnessFacts('fall')],
  [/^J44/, illnessFacts('copdFlare')],
  [/^J1[2-8]/, illnessFacts('pneumonia')],
  [/^(I50|I11)/, illnessFacts('heartFailure')],
  [/^(I6[0-4]|G45)/, illnessFacts('stroke')],
  [/^(N39|F05|N1[0-2])/, illnessFacts('urineInfection')],
  [/^(E1[014]5|L97|M86)/, illnessFacts('diabeticFoot')],
  [/^(R07|I20)/, illnessFacts('chestPain')],
  [
    /^I2[1-5]/,
    {
      bloods: { ...ROUTINE, troponin: [640, 310], cholesterol: [5.6, 5.6], haemoglobin: [138, 136] },
      vitals: { ...CALM, systolic: 138, pulse: 92 },
    },
  ],
  [
    /^I26|^I80/,
    {
      bloods: { ...ROUTINE, troponin: [16, 12], crp: [28, 14], haemoglobin: [134, 132] },
      vitals: { ...CALM, breathing: 22, oxygen: 93, pulse: 104 },
    },
  ],
  [
    /^J4[5-6]/,
    {
      bloods: { ...ROUTINE, whiteCells: [11.4, 10.2], crp: [14, 6] },
      vitals: { ...CALM, breathing: 26, oxygen: 93, pulse: 116 },
    },
  ],
  [/^(J|A4|L03|K8[01]|K35|N30|B)/, INFECTED],
  [
    /^K92|^D6[24]/,
    { bloods: { ...ROUTINE, haemoglobin: [86, 98] }, vitals: { ...CALM, systolic: 106, pulse: 104 } },
  ],
  [
    /^N17/,
    {
      bloods: { sodium: [136, 138], potassium: [5.6, 4.8], creatinine: [268, 138], kidney: [19, 42] },
      vitals: { ...CALM, systolic: 108, pulse: 94 },
    },
  ],
  [
    /^K7/,
    {
      bloods: {
        sodium: [128, 132],
        creatinine: [78, 74],
        albumin: [26, 27],
        haemoglobin: [104, 102],
        platelets: [92, 96],
      },
      vitals: { ...CALM, systolic: 104, pulse: 98 },
    },
  ],
  [
    /^E10/,
    {
      bloods: { sodium: [131, 138], potassium: [5.5, 4.1], creatinine: [118, 78], hba1c: [98, 98] },
      vitals: { ...CALM, breathing: 26, systolic: 108, pulse: 114 },
    },
  ],
  [/^O/, { bloods: { haemoglobin: [118, 108] }, vitals: CALM }],
]

const OTHERWISE: Sickness = {
  bloods: { ...ROUTINE, haemoglobin: [134, 132], crp: [8, 4], whiteCells: [8.6, 7.6] },
  vitals: CALM,
}

/** Whether a reason is of the kind for which blood is taken at the door, and how ill it makes people. */
export function sicknessOf(reason: Reason, main: string | undefined): Sickness {
  const code = main ?? reason.icd10 ?? ''
  return BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? OTHERWISE
}

export const isMarked = (reason: Reason): boolean => sicknessOf(reason, undefined) !== OTHERWISE
