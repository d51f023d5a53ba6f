import { type IllnessFacts, type IllnessId, illnessFacts } from '../health/illnesses.ts'
import type { Admission, Reason } from '../lives/happening.ts'
import { HOSPITAL } from '../record/staff.ts'

/** What a ward makes of a diagnosis, by its ICD-10 code; the first that fits. Words are tried where no code was given. */
const BY_CODE: readonly (readonly [RegExp, IllnessId])[] = [
  [/^S72/, 'hipFracture'],
  [/^(W|R296|R55)/, 'fall'],
  [/^J44/, 'copdFlare'],
  [/^J1[2-8]/, 'pneumonia'],
  [/^(I50|I11)/, 'heartFailure'],
  [/^(I6[0-4]|G45)/, 'stroke'],
  [/^(N39|F05|N1[0-2])/, 'urineInfection'],
  [/^(E1[014]5|L97|M86)/, 'diabeticFoot'],
  [/^(R07|I2[0-5])/, 'chestPain'],
]

export function knownIllness(reason: Reason, main: string | undefined): IllnessFacts | undefined {
  const code = main ?? reason.icd10 ?? ''
  const found = BY_CODE.find(([pattern]) => pattern.test(code))
  if (found) return illnessFacts(found[1])
  return /\bfall\b|\bfell\b/i.test(reason.text) ? illnessFacts('fall') : undefined
}

const CONSULTANTS: readonly (readonly [RegExp, IllnessFacts['consultant']])[] = [
  [/trauma|orthop/i, HOSPITAL.bones],
  [/cardio/i, HOSPITAL.heart],
  [/respir/i, HOSPITAL.chest],
  [/stroke/i, HOSPITAL.stroke],
  [/surg|urolog|gynae|ENT|ear/i, HOSPITAL.surgery],
  [/ophthal|eye/i, HOSPITAL.eyes],
  [/neph|renal/i, HOSPITAL.kidneys],
  [/diabet|endocr/i, HOSPITAL.diabetes],
  [/paed|child|neonat/i, HOSPITAL.children],
  [/geriat|older|elderly/i, HOSPITAL.olderPeople],
  [/midwif|obstet|matern/i, HOSPITAL.midwife],
]

export const consultantFor = (specialty: string): IllnessFacts['consultant'] =>
  CONSULTANTS.find(([pattern]) => pattern.test(specialty))?.[1] ?? HOSPITAL.acute

const ROUTINE = {
  sodium: [138, 138],
  potassium: [4.2, 4.2],
  creatinine: [82, 80],
  haemoglobin: [132, 128],
} as const

/** A stay for something nobody has described at length: ordinary values, and a letter that says what was done and no more. */
export function plainIllness(admission: Admission): IllnessFacts {
  const { reason, specialty, method } = admission
  const planned = method === 'waiting list' || method === 'day case' || method === 'regular'
  return {
    reason: { text: reason.text, ...(reason.snomed && { code: reason.snomed }) },
    ward: 'AMU',
    consultant: consultantFor(specialty),
    days: [1, 3],
    bloods: planned ? {} : { ...ROUTINE, crp: [28, 9], whiteCells: [10.4, 7.8] },
    vitals: { breathing: 17, oxygen: 97, systolic: 128, pulse: 84, temperature: 36.9 },
    letter: {
      story: planned
        ? `${reason.text}. No complications.`
        : `Came in with ${reason.text.charAt(0).toLowerCase()}${reason.text.slice(1)}. Assessed, treated and improved.`,
      changes: 'None.',
      asks: planned ? 'Please arrange removal of any stitches after ten days.' : 'No action needed.',
    },
  }
}
