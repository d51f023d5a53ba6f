import { type ConditionId, conditionFacts } from '../../../health/conditions.ts'
import { isReadable, type Readable } from '../../body/reading.ts'
import type { Reason } from '../../happening.ts'

interface Care {
  icd10?: string
  /** Contacts a year about it beside its yearly review, when mild; twice as many when severe. */
  contacts: number
  /** Called in once a year, as the Quality and Outcomes Framework and the enhanced services ask. */
  review?: true
}

/** ICD-10 to four characters where the condition has one sure code. Contacts are chosen (Salisbury et al., BJGP 2018; 68: e1). */
const CARE: Partial<Record<ConditionId, Care>> = {
  hypertension: { icd10: 'I10X', contacts: 0.3, review: true },
  type2Diabetes: { icd10: 'E119', contacts: 0.6, review: true },
  type1Diabetes: { icd10: 'E109', contacts: 0.8, review: true },
  preDiabetes: { icd10: 'R730', contacts: 0.05, review: true },
  asthma: { icd10: 'J459', contacts: 0.4, review: true },
  copd: { icd10: 'J449', contacts: 1.2, review: true },
  atrialFibrillation: { icd10: 'I489', contacts: 0.6, review: true },
  heartFailure: { icd10: 'I509', contacts: 1.4, review: true },
  ischaemicHeartDisease: { icd10: 'I259', contacts: 0.6, review: true },
  stroke: { icd10: 'I694', contacts: 0.6, review: true },
  peripheralArterialDisease: { icd10: 'I739', contacts: 0.5, review: true },
  chronicKidneyDisease3: { icd10: 'N183', contacts: 0.3, review: true },
  chronicKidneyDisease45: { icd10: 'N184', contacts: 1, review: true },
  hypothyroidism: { icd10: 'E039', contacts: 0.2, review: true },
  depression: { icd10: 'F329', contacts: 1 },
  anxiety: { icd10: 'F419', contacts: 0.9 },
  schizophrenia: { icd10: 'F209', contacts: 1, review: true },
  bipolar: { icd10: 'F319', contacts: 1.1, review: true },
  personalityDisorder: { icd10: 'F609', contacts: 2 },
  dementia: { icd10: 'F03X', contacts: 1.2, review: true },
  epilepsy: { icd10: 'G409', contacts: 0.5, review: true },
  osteoarthritis: { icd10: 'M199', contacts: 0.6 },
  osteoporosis: { icd10: 'M819', contacts: 0.2 },
  parkinsons: { icd10: 'G20X', contacts: 1 },
  eczema: { icd10: 'L309', contacts: 0.3 },
  psoriasis: { icd10: 'L409', contacts: 0.3 },
  migraine: { icd10: 'G439', contacts: 0.4 },
  reflux: { icd10: 'K219', contacts: 0.25 },
  rheumatoidArthritis: { icd10: 'M069', contacts: 0.9, review: true },
  breastCancer: { icd10: 'C509', contacts: 1 },
  prostateCancer: { icd10: 'C61X', contacts: 0.7, review: true },
  lungCancer: { icd10: 'C349', contacts: 3 },
  bowelCancer: { icd10: 'C189', contacts: 1.2 },
  otherCancer: { contacts: 1.2 },
  learningDisability: { icd10: 'F799', contacts: 0.6, review: true },
  moderateFrailty: { icd10: 'R54X', contacts: 0.8 },
  severeFrailty: { icd10: 'R54X', contacts: 2.5, review: true },
  falls: { icd10: 'R296', contacts: 0.5 },
  chronicPain: { icd10: 'R522', contacts: 1.3 },
  irritableBowel: { icd10: 'K589', contacts: 0.4 },
  inflammatoryBowel: { icd10: 'K519', contacts: 0.7 },
  gout: { icd10: 'M109', contacts: 0.2, review: true },
  liverDisease: { icd10: 'K769', contacts: 0.9 },
  alcoholDependence: { icd10: 'F102', contacts: 1.2 },
  drugDependence: { icd10: 'F112', contacts: 1.5 },
  venousLegUlcer: { icd10: 'L97X', contacts: 2 },
  diabeticFootUlcer: { icd10: 'E115', contacts: 2 },
  multipleSclerosis: { icd10: 'G35X', contacts: 0.8 },
  cerebralPalsy: { icd10: 'G809', contacts: 0.8 },
  downs: { icd10: 'Q909', contacts: 0.4 },
  adhd: { icd10: 'F900', contacts: 0.5 },
  autism: { icd10: 'F840', contacts: 0.4 },
  eatingDisorder: { icd10: 'F509', contacts: 1.5 },
  selfHarm: { contacts: 0.6 },
}

/** What is the same for everyone with a condition, worked out once: nothing is built anew for each contact. */
interface Cared {
  contacts: number
  reviewed: boolean
  reason: Reason
  reviewReason: Reason
  found: Reason
  checks: readonly Readable[]
}

function cared(condition: ConditionId): Cared {
  const { text, code, checks } = conditionFacts(condition)
  const care = CARE[condition]
  const coded = { ...(care?.icd10 && { icd10: care.icd10 }), ...(code && { snomed: code }), condition }
  return {
    contacts: care?.contacts ?? 0,
    reviewed: care?.review ?? false,
    reason: { text, ...coded },
    reviewReason: { text: `${text}: yearly review`, ...coded },
    found: { text: `${text}: new diagnosis`, ...coded },
    checks: (checks ?? []).filter(isReadable),
  }
}

const CARED = new Map<ConditionId, Cared>()

export function careOf(condition: ConditionId): Cared {
  let known = CARED.get(condition)
  if (!known) {
    known = cared(condition)
    CARED.set(condition, known)
  }
  return known
}
