import { type TestId, testFacts } from '../../health/tests.ts'
import type { Day } from '../moment.ts'
import * as blood from './blood.ts'
import type { Body } from './body.ts'
import * as outside from './outside.ts'

/** What can be read off any body on any day. Scores that nurses add up at a bedside are reckoned from these elsewhere. */
const READINGS = {
  hba1c: blood.sugar,
  kidney: blood.kidney,
  creatinine: blood.creatinine,
  sodium: blood.sodium,
  potassium: blood.potassium,
  haemoglobin: blood.haemoglobin,
  whiteCells: blood.whiteCells,
  platelets: blood.platelets,
  crp: blood.inflammation,
  albumin: blood.albumin,
  cholesterol: blood.cholesterol,
  albuminCreatinine: blood.albuminCreatinine,
  thyroid: blood.thyroid,
  ferritin: blood.ferritin,
  vitaminB12: blood.vitaminB12,
  liver: blood.liver,
  calcium: blood.calcium,
  urate: blood.urate,
  clotting: blood.clotting,
  bowelScreen: blood.bowelScreen,
  psa: blood.prostate,
  bloodPressure: outside.systolic,
  pulse: outside.pulse,
  breathing: outside.breathing,
  temperature: outside.temperature,
  oxygenSaturation: outside.oxygen,
  weight: outside.weight,
  bodyMass: outside.bodyMass,
  peakFlow: outside.peakFlow,
  frailtyScale: outside.frailtyScale,
  breathlessness: outside.breathlessness,
  moodScore: outside.moodScore,
  worryScore: outside.worryScore,
  memoryScore: outside.memory,
} as const satisfies Partial<Record<TestId, (body: Body, day: Day) => number>>

export type Readable = keyof typeof READINGS

const TENS: Partial<Record<Readable, number>> = {}
for (const test of Object.keys(READINGS) as Readable[]) TENS[test] = 10 ** (testFacts(test).decimals ?? 0)

export const isReadable = (test: TestId): test is Readable => test in READINGS

/** To as many places as the test is given in; systolic, where it is blood pressure. A passing illness may raise it. */
export function readingOf(body: Body, test: Readable, day: Day, raised = 0): number {
  const tens = TENS[test] ?? 1
  return Math.round((READINGS[test](body, day) + raised) * tens) / tens
}

export { diastolicOn } from './outside.ts'
