import type { Dice } from '../dice.ts'
import type { IllnessFacts } from '../health/illnesses.ts'
import type { TestId } from '../health/tests.ts'
import { dayOf, MINUTES_A_DAY, type Moment, momentOn } from '../lives/moment.ts'
import type { PersonFile } from '../record/file.ts'
import { measure, takeVitals } from '../record/observations.ts'
import { type Settled, settling } from '../record/settling.ts'
import { HOSPITAL } from '../record/staff.ts'
import { instantOf } from './instant.ts'

/** How ill somebody is who lies there: blood and vital signs on the way in, and where they settle. */
export type Sickness = Pick<IllnessFacts, 'bloods' | 'vitals' | 'oxygenScale2'>

/** Who is ill, with what, at which visit. */
export interface Bedside {
  file: PersonFile
  dice: Dice
  age: number
  ill: Sickness
  /** Reference to the visit. */
  encounter: string
}

/** A blood sample: each value moves from the first towards the last as the person mends. Small children are pricked only when it helps. */
export function bloods({ file, dice, age, ill, encounter }: Bedside, share: number, at: Moment): void {
  if (age < 5) return
  for (const [test, [first, last]] of Object.entries(ill.bloods)) {
    const value = (first + (last - first) * share) * (1 + dice.near(0, 0.04))
    measure(file, test as TestId, value, { on: instantOf(at), author: HOSPITAL.laboratory, encounter })
  }
}

/** Breaths and heartbeats a minute of a well child up to each age (Advanced Paediatric Life Support, middle of the range). */
const WELL_CHILD: readonly (readonly [age: number, breathing: number, pulse: number])[] = [
  [1, 36, 130],
  [2, 30, 115],
  [5, 26, 105],
  [12, 20, 92],
  [16, 17, 80],
]

/** A child's observations. NEWS2 was made for those of 16 and over, so no score is written. */
function childVitals({ file, dice, age, ill, encounter }: Bedside, share: number, at: Moment): void {
  const [, breathing, pulse] = WELL_CHILD.find(([to]) => age < to) ?? [16, 17, 80]
  const taken = {
    on: instantOf(at),
    author: share === 0 ? HOSPITAL.triage : HOSPITAL.wardNurse,
    encounter,
  }
  const sick = 1 - share
  measure(file, 'breathing', Math.round(breathing * (1 + 0.3 * sick) + dice.near(0, 2)), taken)
  measure(file, 'oxygenSaturation', Math.min(Math.round(98 - 4 * sick + dice.near(0, 1)), 100), taken)
  measure(file, 'pulse', Math.round(pulse * (1 + 0.25 * sick) + dice.near(0, 5)), taken)
  const fever = Math.max(ill.vitals.temperature - 36.8, 0) * sick
  measure(file, 'temperature', 36.8 + fever + dice.near(0, 0.2), taken)
}

const SETTLED: Settled = {
  systolic: 130,
  spread: { systolic: 9, breathing: 1, oxygen: 1, pulse: 6, temperature: 0.2 },
}

/** @param share 0 on arrival to 1 when mended */
export function bedside(who: Bedside, share: number, at: Moment): void {
  if (who.age < 16) {
    childVitals(who, share, at)
    return
  }
  const { file, dice, ill, encounter } = who
  takeVitals(file, settling(ill, share, dice, SETTLED), {
    on: instantOf(at),
    author: share === 0 ? HOSPITAL.triage : HOSPITAL.wardNurse,
    encounter,
  })
}

/** One round of observations on the last morning, and bloods where the stay was long enough for them. */
export function rounds(who: Bedside, from: Moment, end: Moment, over: boolean): void {
  const share = over ? 1 : 0.6
  const morning = momentOn(dayOf(end), 6, 30)
  if (morning > from + 120 && morning <= end) bedside(who, share, morning)
  if (morning > from + 2 * MINUTES_A_DAY && morning <= end) bloods(who, share, morning + 20)
}

/** Signs of somebody who is going to die of it: low pressure, fast breaths, little oxygen. */
const FAILING = { breathing: 27, oxygen: 88, systolic: 92, pulse: 118, temperature: 36.1 } as const

/** The last round of somebody who dies there: on the second morning, or in the last hours. Later ones are left out, for comfort. */
export function lastRound(who: Bedside, from: Moment, end: Moment, now: Moment): void {
  const second = momentOn(dayOf(from) + 1, 6, 30)
  const at = second < end ? second : Math.floor((from + end) / 2)
  if (at > now) return
  const failing = { ...who, ill: { ...who.ill, vitals: FAILING } }
  bedside(failing, 0, at)
  bloods(failing, 0, at)
}
