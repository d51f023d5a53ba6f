import { instantOf } from '../views/index.ts'

/** From the first instant of it until just before the last, in milliseconds. */
export type Span = { from: number; until: number }

const first = -62_167_219_200_000
const last = 253_402_300_799_999
/** Before and after everything: the years 0 to 9999. */
export const ever: Span = { from: first, until: last }

/** An instant as a short text; all are of one width, and sort as they follow each other. */
export const instantKey = (instant: number): string =>
  (Math.min(Math.max(instant, first), last) - first).toString(36).padStart(10, '0')

const form = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/**
 * The time that a FHIR date, dateTime or instant stands for, by the precision in which it is given: 2024-07 is all of July in London.
 * Undefined if it is none.
 */
export function spanOf(value: string): Span | undefined {
  // Many items are of one day, and where a day begins in London takes longer to work out than all else about an item.
  const known = days.get(value)
  if (known) return known
  const span = spanInFull(value)
  if (span && value.length <= 10) {
    if (days.size >= 50_000) days.clear()
    days.set(value, span)
  }
  return span
}

const days = new Map<string, Span>()

function spanInFull(value: string): Span | undefined {
  const match = form.exec(value)
  const from = match && instantOf(value)
  if (!match || !from) return undefined
  const [, year = '', month, day, hour, , second, fraction] = match
  const lengths = { minute: 60_000, second: 1000, fraction: 1 }
  if (hour !== undefined) {
    const length = fraction ? lengths.fraction : second ? lengths.second : lengths.minute
    return { from: from.getTime(), until: from.getTime() + length }
  }
  // The next day, month or year begins by the clock too: a day may have 23 or 25 hours.
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)]
  const next = nextOf(y, month === undefined ? undefined : m, day === undefined ? undefined : d)
  const until = next === undefined ? undefined : instantOf(next)
  return { from: from.getTime(), until: until ? until.getTime() : ever.until }
}

function nextOf(year: number, month?: number, day?: number): string | undefined {
  const moment = new Date(0)
  if (day !== undefined) moment.setUTCFullYear(year, (month ?? 1) - 1, day + 1)
  else if (month !== undefined) moment.setUTCFullYear(year, month, 1)
  else moment.setUTCFullYear(year + 1, 0, 1)
  return moment.getUTCFullYear() > 9999 ? undefined : moment.toISOString().slice(0, 10)
}
