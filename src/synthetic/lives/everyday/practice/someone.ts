import { diceFor } from '../../../dice.ts'
import { drawGround } from '../../../ground/draw.ts'
import type { ConditionId } from '../../../health/conditions.ts'
import type { Resident } from '../../../residents/resident.ts'
import { householdsOf } from '../../../residents/settle.ts'
import type { Admission, Happening } from '../../happening.ts'
import type { Illness } from '../../health.ts'
import { type Living, tell } from '../../living.ts'
import { dayFrom, momentOn } from '../../moment.ts'
import type { World } from '../../world.ts'
import { practiceCare } from './practice.ts'

export const FROM = dayFrom('2023-10-01')
const UNTIL = dayFrom('2026-10-01')
const WORLD: World = {
  seed: '1',
  ground: drawGround({ people: 5000, seed: '1' }),
  window: { from: FROM, until: UNTIL },
}
function anyResident(): Resident {
  for (const { members, careHome } of householdsOf(WORLD, 0))
    for (const { cares: _, ...member } of members)
      if (!careHome && member.practice) return { ...member, givesBirth: [] }
  throw new Error('Nobody in the first neighbourhood has a practice')
}
const USUAL = anyResident()

/** Somebody told of on their own, for tests: no more is true of them than what is said. */
export interface Someone {
  age: number
  sex?: 'female' | 'male'
  illnesses?: Illness[]
  resident?: Partial<Resident>
  fate?: Living['fate']
  /** Stays in hospital, first and last day. */
  stays?: [string, string][]
  diagnoses?: string[]
}

export const illness = (condition: ConditionId, found = '2015-01-01', severity = 0.5): Illness => ({
  condition,
  since: dayFrom(found) - 200,
  found: dayFrom(found),
  severity,
})

const stay = (from: string, until: string, diagnoses: string[]): Admission => ({
  kind: 'admission',
  at: momentOn(dayFrom(from), 11),
  method: 'emergency',
  specialty: 'General medicine',
  diagnoses,
  procedures: [],
  reason: { text: 'Unwell' },
  wards: [],
  critical: false,
  discharged: momentOn(dayFrom(until), 15),
})

export function livingAs(someone: Someone, nth: number): Living {
  const { age, sex = 'female', illnesses = [], fate = {}, stays = [], diagnoses = ['J189'] } = someone
  const born = FROM - Math.round(age * 365.25)
  const present = { from: FROM, until: UNTIL }
  const living: Living = {
    world: WORLD,
    resident: { ...USUAL, serial: nth, born, sex, present, ...someone.resident },
    health: {
      illnesses,
      propensity: 1,
      smoking: 'never',
      bodyMass: 27,
      height: 1.7,
      alcohol: 5,
      active: true,
      frailty: 0.1,
      frailtyGrowth: 0.01,
    },
    fate,
    dice: diceFor(`practice/${nth}`),
    happenings: [],
    away: [],
  }
  for (const [from, until] of stays) tell(living, stay(from, until, diagnoses))
  practiceCare(living)
  return living
}

/** So many people alike, each with chance of their own. */
export const alike = (count: number, someone: Someone): Living[] =>
  Array.from({ length: count }, (_, nth) => livingAs(someone, nth))

export const of = <K extends Happening['kind']>(lives: readonly Living[], kind: K) =>
  lives.flatMap((living) =>
    living.happenings.filter((h): h is Extract<Happening, { kind: K }> => h.kind === kind),
  )

export const OLD_AND_ILL: Someone = {
  age: 78,
  illnesses: [
    illness('hypertension'),
    illness('type2Diabetes'),
    illness('chronicKidneyDisease3'),
    illness('copd'),
  ],
}
