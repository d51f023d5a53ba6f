/**
 * Treatment functions (NHS Data Dictionary), and the ward on which their patients lie. Wards that the place
 * names as teams (places/rotherham/teams.json) are AMU, A1, A5, B4, STROKE and WHARNCLIFFE; the rest are invented.
 */
const SPECIALTIES = {
  'Acute internal medicine': 'A1',
  'Adult mental illness': 'A1',
  'Breast surgery': 'B5',
  Cardiology: 'CCU',
  'Clinical haematology': 'A7',
  'Colorectal surgery': 'B5',
  Dermatology: 'A7',
  'Diabetic medicine': 'A7',
  'Ear, nose and throat': 'B6',
  'Emergency medicine': 'AMU',
  Endocrinology: 'A7',
  Gastroenterology: 'A7',
  'General surgery': 'B5',
  'Geriatric medicine': 'A5',
  Gynaecology: 'B11',
  'Medical oncology': 'A7',
  Neurology: 'A1',
  Obstetrics: 'WHARNCLIFFE',
  Ophthalmology: 'B6',
  'Oral surgery': 'B6',
  Paediatrics: 'CHILDRENS',
  'Pain management': 'B6',
  'Renal medicine': 'A7',
  'Respiratory medicine': 'A2',
  Rheumatology: 'A7',
  'Stroke medicine': 'STROKE',
  'Trauma and orthopaedics': 'B4',
  Urology: 'B6',
  'Vascular surgery': 'B5',
  'Well babies': 'WHARNCLIFFE',
  'Neonatal critical care': 'SCBU',
} as const satisfies Record<string, string>

export type Specialty = keyof typeof SPECIALTIES

export const wardOf = (specialty: Specialty): string => SPECIALTIES[specialty]

/** Where everybody comes in or passes through. */
const ASSESSMENT = 'AMU'
const SURGICAL_ASSESSMENT = 'ASU'
export const SAME_DAY = 'SDEC'
export const CRITICAL = 'ICU'
export const LABOUR = 'LABOUR'
export const DAY_SURGERY = 'DAYSURGERY'
export const DAY_UNIT = 'DAYUNIT'

/** Every ward somebody may lie on. */
export const WARDS: readonly string[] = [
  ...new Set([
    ...Object.values(SPECIALTIES),
    ASSESSMENT,
    SURGICAL_ASSESSMENT,
    SAME_DAY,
    CRITICAL,
    LABOUR,
    DAY_SURGERY,
    DAY_UNIT,
  ]),
]

const SURGICAL: ReadonlySet<string> = new Set([
  'General surgery',
  'Urology',
  'Colorectal surgery',
  'Gynaecology',
])

export const assessedOn = (specialty: Specialty): string => {
  if (specialty === 'Paediatrics' || specialty === 'Stroke medicine') return wardOf(specialty)
  return SURGICAL.has(specialty) ? SURGICAL_ASSESSMENT : ASSESSMENT
}
