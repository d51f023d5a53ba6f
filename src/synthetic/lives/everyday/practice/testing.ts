import { diastolicOn, type Readable, readingOf } from '../../body/reading.ts'
import type { Happening, Test } from '../../happening.ts'
import { tell } from '../../living.ts'
import { dayOf, type Moment } from '../../moment.ts'
import type { Patient } from './patient.ts'

/** One test, with the value that this person's body has on that day. */
export function test(
  patient: Patient,
  of: Readable,
  at: Moment,
  where: Test['where'],
  because?: Happening,
  raised = 0,
): Test {
  const day = dayOf(at)
  const value = readingOf(patient.body, of, day, raised)
  const told: Test = { kind: 'test', at, test: of, value, where }
  if (of === 'bloodPressure') told.second = diastolicOn(patient.body, day)
  if (because) told.because = because
  tell(patient.living, told)
  return told
}

const ADULTS_ONLY = new Set<Readable>([
  'bloodPressure',
  'weight',
  'bodyMass',
  'psa',
  'moodScore',
  'worryScore',
  'frailtyScale',
])
const GROWN = 16 * 365.25

/** What a bad infection adds to each reading; a lighter one adds a share. */
const INFECTED: Partial<Record<Readable, number>> = {
  temperature: 2.4,
  pulse: 24,
  oxygenSaturation: -4,
  crp: 110,
  whiteCells: 7,
}

/** A list of tests at one contact, of which what does not suit the person's age or sex is left out. */
export function testAll(
  patient: Patient,
  tests: readonly Readable[],
  because: Happening,
  infected = 0,
): void {
  const child = dayOf(because.at) - patient.born < GROWN
  for (const each of tests) {
    if (child && ADULTS_ONLY.has(each)) continue
    if (each === 'psa' && patient.female) continue
    test(patient, each, because.at, 'practice', because, infected * (INFECTED[each] ?? 0))
  }
}
