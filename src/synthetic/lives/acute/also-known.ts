import type { ConditionId } from '../../health/conditions.ts'
import { isKnownOn } from '../health.ts'
import { frailtyOn, type Living } from '../living.ts'
import type { Day } from '../moment.ts'

/** ICD-10 codes under which a coder writes down what a patient has besides, in the order in which they matter to a stay. */
const CODES: Partial<Record<ConditionId, string>> = {
  lungCancer: 'C349',
  bowelCancer: 'C189',
  otherCancer: 'C809',
  breastCancer: 'C509',
  prostateCancer: 'C61X',
  dementia: 'F03X',
  heartFailure: 'I509',
  chronicKidneyDisease45: 'N184',
  liverDisease: 'K769',
  copd: 'J449',
  parkinsons: 'G20X',
  multipleSclerosis: 'G35X',
  stroke: 'I694',
  ischaemicHeartDisease: 'I259',
  atrialFibrillation: 'I489',
  peripheralArterialDisease: 'I739',
  type1Diabetes: 'E109',
  type2Diabetes: 'E119',
  chronicKidneyDisease3: 'N183',
  epilepsy: 'G409',
  learningDisability: 'F719',
  downs: 'Q909',
  cerebralPalsy: 'G809',
  autism: 'F840',
  schizophrenia: 'F209',
  bipolar: 'F319',
  personalityDisorder: 'F609',
  alcoholDependence: 'F102',
  drugDependence: 'F112',
  asthma: 'J459',
  rheumatoidArthritis: 'M069',
  inflammatoryBowel: 'K519',
  osteoporosis: 'M819',
  osteoarthritis: 'M199',
  hypertension: 'I10X',
  hypothyroidism: 'E039',
  depression: 'F329',
  anxiety: 'F419',
  obesity: 'E669',
  sightLoss: 'H547',
  hearingLoss: 'H919',
  eatingDisorder: 'F509',
  gout: 'M109',
  reflux: 'K219',
  venousLegUlcer: 'I830',
  diabeticFootUlcer: 'E115',
}
const ORDER = new Map(Object.keys(CODES).map((condition, nth) => [condition, nth]))

/** A coder writes down about eight at most; frailty, delirium and smoking come with the rest. */
const MOST = 8

export function diagnosesOf(living: Living, day: Day, main: string, also: readonly string[] = []): string[] {
  const { health, dice } = living
  const codes = [main, ...also]
  const known = health.illnesses
    .filter(({ condition }) => ORDER.has(condition) && isKnownOn(health, condition, day))
    .sort((a, b) => (ORDER.get(a.condition) ?? 0) - (ORDER.get(b.condition) ?? 0))
  for (const { condition } of known) {
    const code = CODES[condition]
    if (code && !codes.includes(code) && codes.length < MOST) codes.push(code)
  }
  if (frailtyOn(living, day) > 0.24) {
    codes.push('R54X')
    if (main !== 'F059' && dice.chance(0.12)) codes.push('F059')
  }
  if (health.smoking === 'current') codes.push('F171')
  return codes
}
