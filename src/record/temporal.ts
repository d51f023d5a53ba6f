/**
 * Dates and times as FHIRPath sees them: only as precise as they were written.
 * `parts` are year, month, day, hour, minute, milliseconds within the minute; a time of day starts at the hour.
 * `offset` is minutes east of UTC, undefined where none was written.
 */
export type Temporal = { kind: 'date' | 'dateTime' | 'time'; parts: number[]; offset: number | undefined }

const dateTime =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?(Z|[+-]\d\d:\d\d)?)?)?)?)?$/
const time = /^T?(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?$/

const milliseconds = (seconds: string) => Math.trunc(Number(seconds) * 1000 + 1e-6)

function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))
  return zone.startsWith('-') ? -minutes : minutes
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function inCalendar([year = 1, month = 1, day = 1, hour = 0, minute = 0, ms = 0]: number[]): boolean {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false
  return hour < 24 && minute < 60 && ms < 61_000
}

/** Reads a FHIR date, dateTime, instant or time; undefined if it is none or is not in the calendar. */
export function parseTemporal(text: string): Temporal | undefined {
  const clock = time.exec(text)
  if (clock) {
    const parts = clock
      .slice(1, 3)
      .filter((part) => part !== undefined)
      .map(Number)
    if (clock[3] !== undefined) parts.push(milliseconds(clock[3]))
    return inCalendar([1, 1, 1, ...parts]) ? { kind: 'time', parts, offset: undefined } : undefined
  }
  const match = dateTime.exec(text)
  if (!match) return undefined
  const parts = match
    .slice(1, 6)
    .filter((part) => part !== undefined)
    .map(Number)
  if (match[6] !== undefined) parts.push(milliseconds(match[6]))
  if (!inCalendar(parts)) return undefined
  return { kind: parts.length > 3 ? 'dateTime' : 'date', parts, offset: offsetMinutes(match[7]) }
}

/** The same moment in UTC; a value without an offset, or coarser than minutes, is left alone. */
function inUtc(value: Temporal): Temporal {
  if (!value.offset || value.parts.length < 5) return value
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = value.parts
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, day)
  moment.setUTCHours(hour, minute - value.offset)
  const parts = [
    moment.getUTCFullYear(),
    moment.getUTCMonth() + 1,
    moment.getUTCDate(),
    moment.getUTCHours(),
    moment.getUTCMinutes(),
    ...value.parts.slice(5),
  ]
  return { ...value, parts, offset: 0 }
}

/**
 * Below, at or above zero as `a` is before, equal to or after `b`; undefined when their precision does not tell
 * (FHIRPath: comparing 2018-03 with 2018-03-01 is neither true nor false).
 */
export function compareTemporal(a: Temporal, b: Temporal): number | undefined {
  if ((a.kind === 'time') !== (b.kind === 'time')) return undefined
  const oneOffset = (a.offset === undefined) !== (b.offset === undefined)
  const left = oneOffset ? a : inUtc(a)
  const right = oneOffset ? b : inUtc(b)
  const shared = Math.min(left.parts.length, right.parts.length)
  for (let part = 0; part < shared; part++) {
    const difference = (left.parts[part] ?? 0) - (right.parts[part] ?? 0)
    if (difference === 0) continue
    // An unknown offset may move the clock by hours, so only a difference of more than a day is certain.
    return oneOffset && part > 1 && !daysApart(left, right) ? undefined : Math.sign(difference)
  }
  if (left.parts.length !== right.parts.length || (oneOffset && shared > 3)) return undefined
  return 0
}

function daysApart(a: Temporal, b: Temporal): boolean {
  const day = ({ parts: [y = 0, m = 1, d = 1] }: Temporal) => Date.UTC(y, m - 1, d)
  return Math.abs(day(a) - day(b)) > 86_400_000
}

const two = (value: number) => String(value).padStart(2, '0')

/** Writes a temporal value back, to the precision of its parts. */
export function formatTemporal({ kind, parts, offset }: Temporal): string {
  const clock = (hour: number | undefined, minute: number | undefined, ms: number | undefined) => {
    if (hour === undefined) return ''
    const seconds =
      ms === undefined ? '' : `:${two(Math.floor(ms / 1000))}.${String(ms % 1000).padStart(3, '0')}`
    return two(hour) + (minute === undefined ? '' : `:${two(minute)}${seconds}`)
  }
  if (kind === 'time') return clock(parts[0], parts[1], parts[2])
  const [year = 0, month, day, hour, minute, ms] = parts
  const date = [String(year).padStart(4, '0'), month, day]
    .filter((part) => part !== undefined)
    .map((part) => (typeof part === 'number' ? two(part) : part))
    .join('-')
  if (hour === undefined) return date
  const sign = (offset ?? 0) < 0 ? '-' : '+'
  const size = Math.abs(offset ?? 0)
  const zone =
    offset === undefined ? '' : offset === 0 ? 'Z' : `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`
  return `${date}T${clock(hour, minute, ms)}${zone}`
}
