import type { ConditionId } from '../../../health/conditions.ts'
import { type MedicineId, medicineFacts } from '../../../health/medicines.ts'
import { worsens } from '../../body/body.ts'
import type { Happening, Prescription } from '../../happening.ts'
import type { Illness } from '../../health.ts'
import { tell } from '../../living.ts'
import { DAYS_A_YEAR, type Day, dayOf, MINUTES_A_DAY } from '../../moment.ts'
import { ALSO_TAKEN } from './also-taken.ts'
import { rulesOut } from './avoided.ts'
import { isAvoided, type Patient, seenFrom, yearsOld } from './patient.ts'
import { type Line, TREATMENTS } from './treatments.ts'

/** One medicine that somebody takes from a day on, until another. */
export interface Repeat {
  medicine: MedicineId
  from: Day
  until: Day
  /** The day on which what was last supplied runs out: packs for three or six months are not issued every time. */
  lasts?: Day
  /** Share of cycles in which it is asked for. */
  often: number
  for?: ConditionId
  because?: Happening
}

const NEVER = Number.MAX_SAFE_INTEGER
/** Nobody asks for every item on every day that it is due. */
const ASKED_FOR = 0.98

function chosen(patient: Patient, line: Line): MedicineId {
  const { dice } = patient.living
  let left = 0
  for (const [, weight] of line.of) left += weight
  left *= dice.next()
  for (const [medicine, weight] of line.of) {
    left -= weight
    if (left < 0) return medicine
  }
  throw new Error('A line of treatment names no medicine')
}

/** The day on which a condition has become bad enough for a line; never before it is found. */
function neededFrom({ condition, found, severity }: Illness, line: Line): Day {
  if (found === undefined) return NEVER
  const lacking = (line.above ?? 0) - severity
  if (lacking <= 0) return found
  const yearly = worsens(condition)
  return yearly === 0 ? NEVER : found + Math.ceil((lacking / yearly) * DAYS_A_YEAR)
}

/** Nothing twice, nothing that another medicine on the list rules out, and nothing that a known condition forbids. */
export function add(patient: Patient, list: Repeat[], repeat: Repeat): void {
  for (const other of list)
    if (other.until > repeat.from && repeat.until > other.from && rulesOut(other.medicine, repeat.medicine)) {
      // Taken for two reasons, it is still one item: from the earlier day on.
      if (other.medicine === repeat.medicine && repeat.from < other.from && !other.because)
        other.from = repeat.from
      return
    }
  if (!isAvoided(patient, repeat.medicine)) list.push(repeat)
}

/** What is taken for known conditions, and beside them: chosen once and kept. */
export function repeatsOf(patient: Patient): Repeat[] {
  const { living, until } = patient
  const list: Repeat[] = []
  for (const illness of living.health.illnesses) {
    for (const line of TREATMENTS[illness.condition] ?? []) {
      if (living.dice.next() >= line.share) continue
      const medicine = chosen(patient, line)
      const from = neededFrom(illness, line)
      if (from >= until) continue
      add(patient, list, {
        medicine,
        from,
        until: illness.until ?? NEVER,
        often: line.often ?? 1,
        for: illness.condition,
      })
    }
  }
  alsoTaken(patient, list)
  return list
}

function alsoTaken(patient: Patient, list: Repeat[]): void {
  const { living, born, female, deprivation, from, until } = patient
  for (const line of ALSO_TAKEN) {
    if (line.sex && (line.sex === 'female') !== female) continue
    const begins = born + Math.round(line.from * DAYS_A_YEAR)
    const ends = born + Math.round(line.until * DAYS_A_YEAR)
    if (ends <= from || begins >= until) continue
    const share = line.share * (1 + (line.deprived - 1) * (2 * deprivation - 1))
    if (living.dice.next() >= share) continue
    // Who is old enough has mostly begun long ago; the rest begin somewhere in the window.
    const start =
      begins > from || living.dice.next() < 0.12 ? from + living.dice.whole(0, until - from) : from
    add(patient, list, {
      medicine: chosen(patient, line),
      from: Math.max(start, begins),
      until: ends,
      often: line.often ?? 1,
    })
  }
}

const MONTH = 28

function issue(patient: Patient, repeat: Repeat, at: number, cycles: number): void {
  const { supply, days } = medicineFacts(repeat.medicine)
  if (days > MONTH) repeat.lasts = dayOf(at) + days - MONTH / 2
  const item: Prescription = {
    kind: 'prescription',
    at,
    practice: patient.practice,
    medicine: repeat.medicine,
    quantity: days > MONTH ? supply : supply * cycles,
    repeat: true,
  }
  if (repeat.for) item.for = repeat.for
  if (repeat.because) {
    if (repeat.because.at > at) return
    item.because = repeat.because
  }
  tell(patient.living, item)
}

/** Most get them monthly, the old and those on many medicines above all; the rest every other month. */
function cyclesOf(patient: Patient, list: readonly Repeat[]): number {
  const old = yearsOld(patient, patient.from) >= 75 || list.length > 7
  return patient.living.dice.next() < (old ? 0.88 : 0.75) ? 1 : 2
}

/** Everything on repeat is issued together, every 28 or 56 days, on a day on which the surgery is open. */
export function issueRepeats(patient: Patient, list: readonly Repeat[]): void {
  if (list.length === 0) return
  const { living, from, until } = patient
  const { dice } = living
  const cycles = cyclesOf(patient, list)
  let before = -1
  for (let due = from + dice.whole(0, MONTH * cycles - 1); due < until; due += MONTH * cycles) {
    const day = seenFrom(patient, due)
    if (day === undefined) return
    if (day === before) continue
    before = day
    const at = day * MINUTES_A_DAY + dice.whole(8 * 60, 18 * 60)
    for (const repeat of list) {
      if (day < repeat.from || day >= repeat.until || day < (repeat.lasts ?? 0)) continue
      if (dice.next() < ASKED_FOR * repeat.often) issue(patient, repeat, at, cycles)
    }
  }
}
