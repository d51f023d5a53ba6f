/**
 * Treatment functions (NHS Data Dictionary) with their codes, and the ward on which their patients lie. Wards that the place
 * names as teams (places/rotherham/teams.json) are AMU, A1, A5, B4, STROKE and WHARNCLIFFE; the rest are invented.
 */
const SPECIALTIES = {
  'Acute internal medicine': ['326', 'A1'],
  'Adult mental illness': ['710', 'A1'],
  'Breast surgery': ['103', 'B5'],
  Cardiology: ['320', 'CCU'],
  'Clinical haematology': ['303', 'A7'],
  'Colorectal surgery': ['104', 'B5'],
  Dermatology: ['330', 'A7'],
  'Diabetic medicine': ['307', 'A7'],
  'Ear, nose and throat': ['120', 'B6'],
  'Emergency medicine': ['180', 'AMU'],
  Endocrinology: ['302', 'A7'],
  Gastroenterology: ['301', 'A7'],
  'General surgery': ['100', 'B5'],
  'Geriatric medicine': ['430', 'A5'],
  Gynaecology: ['502', 'B11'],
  'Medical oncology': ['370', 'A7'],
  Neurology: ['400', 'A1'],
  Obstetrics: ['501', 'WHARNCLIFFE'],
  Ophthalmology: ['130', 'B6'],
  'Oral surgery': ['140', 'B6'],
  Paediatrics: ['420', 'CHILDRENS'],
  'Pain management': ['191', 'B6'],
  'Renal medicine': ['361', 'A7'],
  'Respiratory medicine': ['340', 'A2'],
  Rheumatology: ['410', 'A7'],
  'Stroke medicine': ['328', 'STROKE'],
  'Trauma and orthopaedics': ['110', 'B4'],
  Urology: ['101', 'B6'],
  'Vascular surgery': ['107', 'B5'],
  'Well babies': ['424', 'WHARNCLIFFE'],
  'Neonatal critical care': ['422', 'SCBU'],
} as const satisfies Record<string, readonly [string, string]>

export type Specialty = keyof typeof SPECIALTIES

export const wardOf = (specialty: Specialty): string => SPECIALTIES[specialty][1]
export const codeOf = (specialty: Specialty): string => SPECIALTIES[specialty][0]

/** Where everybody comes in or passes through. */
export const ASSESSMENT = 'AMU'
export const SURGICAL_ASSESSMENT = 'ASU'
export const SAME_DAY = 'SDEC'
export const CRITICAL = 'ICU'
export const LABOUR = 'LABOUR'
export const DAY_SURGERY = 'DAYSURGERY'
export const DAY_UNIT = 'DAYUNIT'

/** Every ward somebody may lie on. */
export const WARDS: readonly string[] = [
  ...new Set([
    ...Object.values(SPECIALTIES).map(([, ward]) => ward),
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
