import { type Dice, diceFor } from '../dice.ts'

/** Invented staff. A record says who wrote it and in what role; nothing else about them is known. */
export interface Author {
  name: string
  role: string
}

const author = (name: string, role: string): Author => ({ name, role })

const PRACTICE_STAFF: Record<string, readonly Author[]> = {
  ZP001: [
    author('Dr Priya Nair', 'GP'),
    author('Dr Hugh Selby', 'GP'),
    author('Carol Ince', 'Practice nurse'),
  ],
  ZP002: [
    author('Dr Owen Bell', 'GP'),
    author('Dr Sana Qureshi', 'GP'),
    author('Mandy Froggatt', 'Practice nurse'),
  ],
  ZP003: [
    author('Dr Lucy Arkwright', 'GP'),
    author('Dr Femi Balogun', 'GP'),
    author('Tess Ridley', 'Practice nurse'),
  ],
  ZP004: [
    author('Dr Colin Hague', 'GP'),
    author('Dr Ania Lis', 'GP'),
    author('Bev Stones', 'Practice nurse'),
  ],
  ZP005: [
    author('Dr Megan Royle', 'GP'),
    author('Dr Vikram Rao', 'GP'),
    author('Pam Shirt', 'Practice nurse'),
  ],
  ZP006: [
    author('Dr Alan Keppler', 'GP'),
    author('Dr Rose Amadi', 'GP'),
    author('Kim Wild', 'Practice nurse'),
  ],
}

/** Others whom a practice employs: one of each, the same every time. */
const COLLEAGUES = {
  'healthcare assistant': 'Healthcare assistant',
  pharmacist: 'Clinical pharmacist',
  physiotherapist: 'First contact physiotherapist',
  other: 'Advanced clinical practitioner',
} as const

export function practiceColleague(practice: string, does: keyof typeof COLLEAGUES): Author {
  const dice = diceFor(`staff/${practice}/${does}`)
  return author(`${dice.pick(GIVEN)} ${dice.pick(FAMILY)}`, COLLEAGUES[does])
}

const GIVEN = [
  'Anna',
  'Mohammed',
  'Ruth',
  'James',
  'Leila',
  'Peter',
  'Nadia',
  'Simon',
  'Grace',
  'Daniel',
  'Yusuf',
]
const FAMILY = [
  'Hallworth',
  'Iqbal',
  'Birkin',
  'Okoye',
  'Staniforth',
  'Patel',
  'Wragg',
  'Crookes',
  'Ghosh',
  'Marples',
]

/** A practice that is not the place's own, as on ground read from files, has staff by its code: the same ones every time. */
function staffOf(practice: string): readonly Author[] {
  const own = PRACTICE_STAFF[practice]
  if (own) return own
  const dice = diceFor(`staff/${practice}`)
  const [one, two, three] = dice.some(GIVEN, 3)
  const [a, b, c] = dice.some(FAMILY, 3)
  return [
    author(`Dr ${one} ${a}`, 'GP'),
    author(`Dr ${two} ${b}`, 'GP'),
    author(`${three} ${c}`, 'Practice nurse'),
  ]
}

export const aGp = (dice: Dice, practice: string): Author =>
  dice.pick(staffOf(practice).filter(({ role }) => role === 'GP'))
export const practiceNurse = (practice: string): Author =>
  staffOf(practice)[2] ?? author('Practice nurse on duty', 'Practice nurse')

export const HOSPITAL = {
  emergency: author('Dr Niamh Corrigan', 'Consultant in emergency medicine'),
  triage: author('Sam Okafor', 'Emergency nurse'),
  acute: author('Dr Tom Wainwright', 'Consultant in acute medicine'),
  olderPeople: author('Dr Farah Siddiqui', 'Consultant physician, medicine for older people'),
  heart: author('Dr Gethin Pryce', 'Consultant cardiologist'),
  chest: author('Dr Lena Hoffmann', 'Consultant respiratory physician'),
  stroke: author('Dr Ravi Menon', 'Consultant stroke physician'),
  bones: author('Miss Ruth Calder', 'Consultant orthopaedic surgeon'),
  surgery: author('Mr Adrian Pike', 'Consultant surgeon'),
  eyes: author('Mr Jonah Levy', 'Consultant ophthalmologist'),
  kidneys: author('Dr Isobel Kerr', 'Consultant nephrologist'),
  diabetes: author('Dr Amit Bose', 'Consultant diabetologist'),
  children: author('Dr Helen Ackroyd', 'Consultant paediatrician'),
  midwife: author('Donna Tranter', 'Midwife'),
  skin: author('Dr Maya Kaur', 'Consultant dermatologist'),
  nerves: author('Dr Piers Langdon', 'Consultant neurologist'),
  gut: author('Dr Yetunde Adeyemi', 'Consultant gastroenterologist'),
  waterworks: author('Mr Dominic Frane', 'Consultant urologist'),
  women: author('Miss Orla Keane', 'Consultant gynaecologist'),
  births: author('Miss Shazia Anwar', 'Consultant obstetrician'),
  ears: author('Mr Lewis Garbutt', 'Consultant ear, nose and throat surgeon'),
  mouth: author('Mr Imran Sadiq', 'Consultant oral surgeon'),
  joints: author('Dr Bridget Oakes', 'Consultant rheumatologist'),
  blood: author('Dr Tunde Alabi', 'Consultant haematologist'),
  cancer: author('Dr Harriet Voss', 'Consultant oncologist'),
  pain: author('Dr Neil Cawthorne', 'Consultant in pain medicine'),
  vessels: author('Mr Kofi Mensah', 'Consultant vascular surgeon'),
  bowel: author('Miss Jane Thorley', 'Consultant colorectal surgeon'),
  breast: author('Mrs Anita Deol', 'Consultant breast surgeon'),
  glands: author('Dr Claire Rushby', 'Consultant endocrinologist'),
  newborn: author('Dr Samir Haddad', 'Consultant neonatologist'),
  sexualHealth: author('Dr Leon Carty', 'Consultant in sexual health'),
  laboratory: author('Rotherham Hospital', 'Pathology laboratory'),
  ward: author('Dr Ellie Strand', 'Resident doctor'),
  wardNurse: author('Mel Cuthbert', 'Staff nurse'),
  discharge: author('Gary Nuttall', 'Discharge co-ordinator'),
} as const

export const COMMUNITY = {
  north: author('Jo Hartley', 'District nurse'),
  central: author('Alison Peat', 'District nurse'),
  south: author('Denise Rowbotham', 'District nurse'),
  matron: author('Sheila Brough', 'Community matron'),
  physio: author('Ben Askew', 'Physiotherapist'),
  therapist: author('Nia Morgan', 'Occupational therapist'),
  rapid: author('Craig Dutton', 'Advanced clinical practitioner'),
  virtualWard: author('Hayley Oldfield', 'Virtual ward nurse'),
  podiatrist: author('Zara Hussain', 'Podiatrist'),
  speech: author('Lucy Penn', 'Speech and language therapist'),
  healthVisitor: author('Janet Rowley', 'Health visitor'),
  schoolNurse: author('Mo Akhtar', 'School nurse'),
} as const

export function districtNurse(team: string): Author {
  if (team === 'rfr-matrons') return COMMUNITY.matron
  return team.endsWith('north')
    ? COMMUNITY.north
    : team.endsWith('central')
      ? COMMUNITY.central
      : COMMUNITY.south
}

export const MENTAL_HEALTH = {
  psychiatrist: author('Dr Karen Thwaites', 'Consultant psychiatrist'),
  olderAdults: author('Dr Paul Desai', 'Consultant in old age psychiatry'),
  nurse: author('Wes Clarke', 'Community mental health nurse'),
  memoryNurse: author('Angela Frith', 'Memory nurse'),
  crisis: author('Toni Maddox', 'Crisis practitioner'),
  talking: author('Rachel Swift', 'Psychological therapist'),
  children: author('Imogen Hale', 'CAMHS practitioner'),
  liaison: author('Jamie Holt', 'Mental health liaison nurse'),
  learningDisability: author('Kev Barstow', 'Learning disability nurse'),
  wardNurse: author('Grace Ndlovu', 'Mental health nurse'),
} as const

export const SOCIAL_CARE = {
  socialWorker: author('Leanne Marsh', 'Social worker'),
  second: author('Dev Chauhan', 'Social worker'),
  reablement: author('Sue Garside', 'Enablement co-ordinator'),
  therapist: author('Rob Hallam', 'Occupational therapist'),
  duty: author('Claire Boden', 'Duty social worker'),
} as const

export const HOSPICE = {
  nurse: author('Marie Tolland', 'Palliative care nurse specialist'),
  doctor: author('Dr Stephen Ewart', 'Consultant in palliative medicine'),
} as const
