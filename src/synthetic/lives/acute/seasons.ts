import type { Dice } from '../../dice.ts'
import { isBankHoliday } from '../bank-holidays.ts'
import { calendar, type Day, weekday } from '../moment.ts'

/**
 * January to December, beside each other. Respiratory shapes follow UKHSA's national surveillance of a usual winter, flatter for adults: the
 * trust admits hardly more in January than in August (NHS England, emergency admissions, April 2022 to March 2025).
 */
const SEASONS = {
  level: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  heart: [1.04, 1.03, 1.02, 1, 0.99, 0.98, 0.97, 0.97, 0.98, 1, 1.01, 1.03],
  chest: [1.16, 1.11, 1.06, 1, 0.95, 0.91, 0.89, 0.88, 0.95, 1, 1.06, 1.16],
  flu: [1.6, 1.4, 1.1, 0.8, 0.75, 0.75, 0.75, 0.7, 0.8, 0.9, 1, 1.6],
  'children’s chest': [1.1, 1, 1, 0.95, 0.95, 0.9, 0.75, 0.55, 1.15, 1.2, 1.35, 1.3],
  bronchiolitis: [1.5, 0.9, 0.6, 0.45, 0.4, 0.4, 0.4, 0.4, 0.8, 1.5, 2.4, 2.4],
  summer: [0.88, 0.9, 0.98, 1.02, 1.1, 1.12, 1.1, 1.04, 1.04, 1, 0.93, 0.88],
  /** Falls on ice, and falls from trampolines. */
  'ice and play': [1.1, 1, 0.95, 1, 1.05, 1.08, 1.04, 0.98, 0.98, 0.92, 0.9, 1.05],
} as const satisfies Record<string, readonly number[]>

export type SeasonName = keyof typeof SEASONS

/**
 * How readily people come, whatever it is, January to December: what is left of the trust's attendances by month (NHS England, A&E
 * attendances and emergency admissions, April 2022 to March 2025) beside what the seasons above make of them. Winter is no busier than May.
 */
const COMING = [0.938, 1, 1.035, 0.985, 1.005, 1.02, 1.015, 1, 0.955, 1.02, 1.025, 0.985] as const

/**
 * Monday to Sunday, and midnight to 11pm. England's A&E is busiest on Mondays and from mid-morning, with a second crest of
 * children in the evening (Hospital Accident & Emergency Activity 2022-23, tables 5 and 6).
 */
const CLOCKS = {
  any: {
    week: [1.1, 1.01, 1, 0.99, 0.99, 0.95, 0.96],
    hours: [22, 18, 16, 14, 14, 16, 22, 32, 48, 64, 70, 70, 66, 62, 60, 60, 60, 60, 60, 58, 54, 46, 38, 30],
  },
  day: {
    week: [1.18, 1.04, 1.01, 0.98, 0.96, 0.9, 0.93],
    hours: [8, 6, 4, 4, 4, 6, 12, 30, 70, 96, 98, 92, 82, 78, 76, 76, 76, 74, 70, 58, 42, 28, 18, 12],
  },
  evening: {
    week: [1.08, 1, 0.98, 0.97, 0.96, 0.98, 1.03],
    hours: [16, 12, 10, 8, 8, 8, 12, 20, 36, 52, 56, 54, 50, 50, 52, 62, 74, 86, 90, 84, 70, 52, 36, 24],
  },
  night: {
    week: [1, 1, 1, 1, 1, 1, 1],
    hours: [70, 66, 60, 50, 40, 30, 24, 20, 20, 22, 22, 20, 20, 20, 20, 22, 24, 30, 36, 44, 54, 66, 74, 76],
  },
  'night out': {
    week: [0.75, 0.75, 0.8, 0.9, 1.1, 1.4, 1.3],
    hours: [80, 84, 78, 64, 44, 28, 18, 14, 14, 16, 20, 24, 26, 28, 30, 34, 38, 44, 50, 56, 62, 68, 76, 82],
  },
  crisis: {
    week: [1.04, 1, 1, 1, 1, 0.98, 0.98],
    hours: [74, 70, 66, 60, 52, 46, 40, 30, 28, 28, 32, 34, 34, 34, 34, 36, 38, 42, 46, 48, 52, 56, 62, 76],
  },
} as const satisfies Record<string, { week: readonly number[]; hours: readonly number[] }>

export type ClockName = keyof typeof CLOCKS

/** The most that season and week together make of a usual day. */
export const HIGHEST = 3

/** How many times as often as on a usual day of the year. A bank holiday is lived like a Sunday. */
export function dayWeight(season: SeasonName, clock: ClockName, day: Day): number {
  const nth = calendar(day).month - 1
  return (
    (COMING[nth] ?? 1) *
    (SEASONS[season][nth] ?? 1) *
    (CLOCKS[clock].week[isBankHoliday(day) ? 6 : weekday(day)] ?? 1)
  )
}

const totals = new Map(
  Object.entries(CLOCKS).map(([name, { hours }]) => [name, hours.reduce((sum: number, n) => sum + n, 0)]),
)

export function hourBy(clock: ClockName, dice: Dice): number {
  const { hours } = CLOCKS[clock]
  let left = dice.next() * (totals.get(clock) ?? 1)
  for (let hour = 0; hour < 23; hour++) {
    left -= hours[hour] ?? 0
    if (left < 0) return hour
  }
  return 23
}

/**
 * How full hospital and ambulances are, beside the year's mean: what four-hour performance of the trust (NHS England, A&E
 * attendances and emergency admissions, October 2023 to July 2025) says of its months, and better from year to year since.
 */
const PRESSURE = [1.13, 1.1, 1.02, 0.96, 0.95, 0.91, 0.92, 0.93, 0.97, 1.03, 1.02, 1.08] as const

export function pressureOn(day: Day): number {
  const { year, month } = calendar(day)
  const years = Math.min(Math.max(year + (month - 1) / 12 - 2024.75, -1), 1.25)
  return (PRESSURE[month - 1] ?? 1) * (1 - 0.06 * years)
}

/** Attendances that end at home grew by about a twentieth a year while admissions did not (the same series). */
export function growthOn(day: Day): number {
  const { year, month } = calendar(day)
  return 1 + 0.05 * Math.min(Math.max(year + (month - 1) / 12 - 2024.75, -1.5), 2)
}
