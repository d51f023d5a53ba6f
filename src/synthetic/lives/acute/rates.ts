import type { Dice } from '../../dice.ts'
import type { ConditionId } from '../../health/conditions.ts'
import { householdOn } from '../../residents/resident.ts'
import { frailtyOn, type Living } from '../living.ts'
import { DAYS_A_YEAR, type Day } from '../moment.ts'
import { AGES, type Rated } from './causes/problems.ts'

interface Effect {
  row: number
  by: number
}

/** A table of rates, made ready to be read for one person in one go. */
export interface RateTable {
  size: number
  /** Yearly rates of one person by row: by sex, age and row. */
  base: Float64Array
  among: ReadonlyMap<ConditionId, readonly Effect[]>
  times: ReadonlyMap<ConditionId, readonly Effect[]>
  frail: Float64Array
  poor: Float64Array
  oldest: Float64Array
  /** Worked out for whoever is looked at; overwritten for the next. */
  now: Float64Array
}

const OLDEST = 100

function at(rate: Rated['rate'], age: number): number {
  let upper = 1
  while (upper < AGES.length - 1 && (AGES[upper] ?? 0) < age) upper++
  const [low, high] = [AGES[upper - 1] ?? 0, AGES[upper] ?? 0]
  const share = Math.min((age - low) / (high - low), 1)
  return (rate[upper - 1] ?? 0) * (1 - share) + (rate[upper] ?? 0) * share
}

function effects(rows: readonly Rated[], of: (row: Rated) => Rated['among'], unit: number) {
  const found = new Map<ConditionId, Effect[]>()
  rows.forEach((rated, row) => {
    for (const [condition, by] of Object.entries(of(rated) ?? {})) {
      const list = found.get(condition as ConditionId)
      if (list) list.push({ row, by: by / unit })
      else found.set(condition as ConditionId, [{ row, by: by / unit }])
    }
  })
  return found
}

/** `poor`: how many times as often those in the most deprived neighbourhood come as those in the least, whatever the row; beside the row's own. */
export function rateTable(rows: readonly Rated[], whatever: { poor: number; times: number }): RateTable {
  const size = rows.length
  const base = new Float64Array(2 * (OLDEST + 1) * size)
  for (let age = 0; age <= OLDEST; age++)
    rows.forEach(({ rate, women = 1, men = 1 }, row) => {
      base[age * size + row] = (at(rate, age) * men * whatever.times) / 1000
      base[(OLDEST + 1 + age) * size + row] = (at(rate, age) * women * whatever.times) / 1000
    })
  return {
    size,
    base,
    among: effects(rows, (row) => row.among, 1000 / whatever.times),
    times: effects(rows, (row) => row.times, 1),
    frail: Float64Array.from(rows, ({ frail = 0 }) => frail),
    oldest: Float64Array.from(rows, ({ oldest = OLDEST }) => oldest),
    // From 1 in the middle to the ratio's root at either end, so that the borough's sum stays.
    poor: Float64Array.from(rows, ({ poor = 1 }) => Math.log(poor * whatever.poor)),
    now: new Float64Array(size),
  }
}

/** Fills `table.now` with what this person may expect in a year around the day, and returns the sum. */
export function ratesOn(table: RateTable, living: Living, day: Day): number {
  const { size, base, now, frail, poor, oldest } = table
  const { resident, health } = living
  const age = Math.min(Math.max(Math.floor((day - resident.born) / DAYS_A_YEAR), 0), OLDEST)
  const from = ((resident.sex === 'female' ? OLDEST + 1 : 0) + age) * size
  for (let row = 0; row < size; row++) now[row] = base[from + row] as number
  for (const { condition, since, until, severity } of health.illnesses) {
    if (since > day || (until !== undefined && until <= day)) continue
    const added = table.among.get(condition)
    if (added) for (const { row, by } of added) now[row] = (now[row] as number) + by * (0.5 + severity)
  }
  for (const { condition, since, until } of health.illnesses) {
    if (since > day || (until !== undefined && until <= day)) continue
    const times = table.times.get(condition)
    if (times) for (const { row, by } of times) now[row] = (now[row] as number) * by
  }
  const frailty = frailtyOn(living, day)
  const deprived = householdOn(resident, day).neighbourhood.deprivation - 0.5
  let sum = 0
  for (let row = 0; row < size; row++) {
    const rate =
      (age > (oldest[row] as number) ? 0 : (now[row] as number)) *
      (1 + (frail[row] as number) * frailty) *
      Math.exp((poor[row] as number) * deprived) *
      health.propensity
    now[row] = rate
    sum += rate
  }
  return sum
}

/** A row by its share of the sum that `ratesOn` gave. */
export function rowBy(table: RateTable, sum: number, dice: Dice): number {
  let left = dice.next() * sum
  for (let row = 0; row < table.size - 1; row++) {
    left -= table.now[row] as number
    if (left < 0) return row
  }
  return table.size - 1
}
