import { londonOffsetAt } from '../../platform/index.ts'
import { daysInMonth } from '../temporal.ts'

const shape =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?)?)?)?$/

const hour = 3_600_000

/**
 * The start of the moment that a FHIR date, dateTime or instant stands for; null if it is none (2021-02-31,
 * 2021-13, a time of 24:00).
 *
 * A value with an offset is that instant, to the millisecond (finer digits are dropped). A value without one, or of
 * day, month or year precision, is taken as local time in Europe/London: 2024-07 starts at 2024-06-30T23:00:00Z.
 * In the hour that the autumn clock change repeats, the first of the two is meant; a time inside the hour that the
 * spring change skips is read by the clock as it stood before.
 */
export function instantOf(fhirDateTime: string): Date | null {
  const match = shape.exec(fhirDateTime)
  if (!match) return null
  const [, y, mo = '01', d = '01', h = '00', mi = '00', s = '00', fraction = '', zone] = match
  const [year, month, day] = [Number(y), Number(mo), Number(d)]
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  // FHIR allows a leap second, 60; it is shown as the start of the next minute.
  if (Number(h) > 23 || Number(mi) > 59 || Number(s) > 60) return null
  const clock = utc(year, month, day) + Number(h) * hour + Number(mi) * 60_000 + Number(s) * 1000
  const local = clock + Number(fraction.slice(0, 3).padEnd(3, '0'))
  return new Date(local - (zone === undefined ? londonOffset(local) : offsetOf(zone)))
}

function utc(year: number, month: number, day: number): number {
  const moment = new Date(0)
  // Date.UTC would take the years 1 to 99 for 1901 to 1999.
  return moment.setUTCFullYear(year, month - 1, day)
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0
  const size = Number(zone.slice(1, 3)) * hour + Number(zone.slice(4, 6)) * 60_000
  return zone.startsWith('-') ? -size : size
}

/** The offset that holds at a London wall-clock time, both in milliseconds. */
function londonOffset(local: number): number {
  const before = londonOffsetAt(local - 2 * hour)
  const after = londonOffsetAt(local + 2 * hour)
  if (before === after) return before
  // The earlier instant has the greater offset: that is the first pass of a repeated hour.
  const earlier = Math.max(before, after)
  if (londonOffsetAt(local - earlier) === earlier) return earlier
  const later = Math.min(before, after)
  return londonOffsetAt(local - later) === later ? later : before
}
