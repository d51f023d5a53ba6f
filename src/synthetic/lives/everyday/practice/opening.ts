import { isBankHoliday } from '../../bank-holidays.ts'
import { calendar, type Day, type Span, weekday } from '../../moment.ts'

/** When surgeries are open and how much is asked of them: worked out once for all who are told of in one window. */
export interface Opening {
  from: Day
  /** By day of the window, and for four weeks after it: 0 January to 11 December. */
  months: Uint8Array
  /** The day itself where surgeries are open, else the next day on which they are. Saturdays do not count. */
  nexts: Int32Array
  /** Demand from the first day up to each day, in average days: runs faster on a Monday and in winter. */
  demand: Float64Array
  /** The day on which demand reaches each quarter of a day. */
  reached: Int32Array
}

/** Share of a week's appointments from Monday to Sunday (NHS England, Appointments in General Practice, 2024). */
const BY_WEEKDAY = [0.245, 0.21, 0.195, 0.185, 0.157, 0.008, 0] as const
/** What is asked for in each month beside the mean; vaccination clinics come on top in autumn (same source). */
const BY_MONTH = [1.08, 1.05, 1.03, 0.98, 0.97, 0.97, 0.96, 0.9, 1, 1.02, 1.03, 1.01] as const
const AFTER = 28

function prepare({ from, until }: Span): Opening {
  const length = until - from + AFTER
  const months = new Uint8Array(length)
  const nexts = new Int32Array(length)
  const demand = new Float64Array(length + 1)
  let closed = 0
  for (let nth = 0; nth < length; nth++) {
    const day = from + nth
    const shut = weekday(day) === 6 || isBankHoliday(day)
    months[nth] = calendar(day).month - 1
    // Who could not come on a holiday comes on the days after it.
    const usual = 7 * (BY_WEEKDAY[weekday(day)] ?? 0) * (BY_MONTH[months[nth] ?? 0] ?? 1)
    const asked = shut ? 0 : usual + Math.min(closed, 0.25)
    closed = isBankHoliday(day) ? closed + usual : shut ? closed : 0
    demand[nth + 1] = (demand[nth] ?? 0) + asked
  }
  for (let nth = length - 1; nth >= 0; nth--) {
    const open = weekday(from + nth) < 5 && !isBankHoliday(from + nth)
    nexts[nth] = open ? from + nth : (nexts[nth + 1] ?? from + length)
  }
  return { from, months, nexts, demand, reached: reachedBy(demand, from) }
}

function reachedBy(demand: Float64Array, from: Day): Int32Array {
  const reached = new Int32Array(Math.floor((demand[demand.length - 1] ?? 0) * 4) + 1)
  let nth = 0
  for (let quarter = 0; quarter < reached.length; quarter++) {
    while ((demand[nth + 1] ?? Number.POSITIVE_INFINITY) <= quarter / 4) nth++
    reached[quarter] = from + nth
  }
  return reached
}

const prepared = new WeakMap<Span, Opening>()

export function openingIn(window: Span): Opening {
  let opening = prepared.get(window)
  if (!opening) {
    opening = prepare(window)
    prepared.set(window, opening)
  }
  return opening
}

/** The day itself or the next on which surgeries are open. */
export const openFrom = ({ from, nexts }: Opening, day: Day): Day => nexts[day - from] ?? day

/** 0 January to 11 December. */
export const monthOf = ({ from, months }: Opening, day: Day): number => months[day - from] ?? 0

/** Demand up to the morning of a day, and the day on which it has come to so much. */
export const demandAt = ({ from, demand }: Opening, day: Day): number => demand[day - from] ?? 0
export function dayOfDemand({ from, demand, reached }: Opening, asked: number): Day {
  let day = reached[Math.floor(asked * 4)] ?? Number.MAX_SAFE_INTEGER
  while ((demand[day - from + 1] ?? Number.POSITIVE_INFINITY) <= asked) day++
  return day
}
