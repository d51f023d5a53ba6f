import { instantOf } from '../../record/index.ts'

/**
 * A moment as a sender wrote it: `fhir` keeps its precision and its offset, `at` is where it begins. `doubt` says why a local time is
 * uncertain.
 */
export type Moment = { fhir: string; at: Date; doubt?: 'happened twice' | 'never happened' }

const shape =
  /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:([0-5]\d)(?:\.(\d{1,4}))?)?)?)?)?)?([+-]\d{4})?$/

/**
 * Reads an HL7 v2 time, `YYYY[MM[DD[HH[MM[SS[.SSSS]]]]]][+/-ZZZZ]`. Without an offset it is local time in Europe/London, summer or winter.
 *
 * | written | kept as |
 * |---|---|
 * | 20260115093000 | 2026-01-15T09:30:00+00:00 |
 * | 20260715093000 | 2026-07-15T09:30:00+01:00 |
 * | 20260715093000+0000 | 2026-07-15T09:30:00+00:00 |
 * | 202607150930 | 2026-07-15T09:30:00+01:00 (FHIR has no minutes without seconds) |
 * | 20260715 | 2026-07-15 |
 * | 202607 | 2026-07 |
 * | 20261025013000 | 2026-10-25T01:30:00+01:00, in doubt: that hour came twice; the first is meant |
 * | 20260329013000 | 2026-03-29T01:30:00+00:00, in doubt: the clock went from 01:00 to 02:00 |
 *
 * Undefined when it is no time: the thirteenth month, 30 February, 24:00.
 */
export function readTime(written: string): Moment | undefined {
  const match = shape.exec(written.trim())
  if (!match) return undefined
  const [, year, month, day, hour, minute = '00', second = '00', fraction, zone] = match
  const date = [year, month, day].filter((part) => part !== undefined).join('-')
  if (hour === undefined) return withStart(date)
  const local = `${date}T${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}`
  if (zone !== undefined) return withStart(`${local}${zone.slice(0, 3)}:${zone.slice(3)}`)
  const at = instantOf(local)
  if (at === null) return undefined
  const doubt = doubtOf(local, at)
  return { fhir: local + offsetAt(local, at), at, ...(doubt && { doubt }) }
}

function withStart(fhir: string): Moment | undefined {
  const at = instantOf(fhir)
  return at === null ? undefined : { fhir, at }
}

const hour = 3_600_000

/** One hour on by the clock is one hour on in truth, except across a change of the clocks. */
function doubtOf(local: string, at: Date): Moment['doubt'] {
  const next = new Date(clockOf(local) + hour).toISOString().slice(0, -1)
  const passed = (instantOf(next)?.getTime() ?? 0) - at.getTime()
  if (passed > hour) return 'happened twice'
  return passed < hour ? 'never happened' : undefined
}

const clockOf = (local: string): number => Date.parse(`${local}Z`)

function offsetAt(local: string, at: Date): string {
  const minutes = Math.round((clockOf(local) - at.getTime()) / 60_000)
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/**
 * Reads a birth date: a date and never an instant. Systems write it as midnight, and a midnight in summer that passes through UTC lands on
 * the day before.
 *
 * | written | birth date | because |
 * |---|---|---|
 * | 19410714 | 1941-07-14 | |
 * | 194107, 1941 | 1941-07, 1941 | as precise as it was written |
 * | 19410714000000 | 1941-07-14 | midnight says only the date |
 * | 19870714000000+0100 | 1987-07-14 | midnight, whatever the offset |
 * | 19870713230000+0000 | 1987-07-14 | in London it was the 14th |
 * | 19870714153000 | 1987-07-14 | a time of birth |
 */
export function readBirthDate(written: string): string | undefined {
  const moment = readTime(written)
  if (moment === undefined) return undefined
  const [date = '', time = ''] = moment.fhir.split('T')
  const hasOffset = /[+-]\d{4}$/.test(written.trim())
  if (time === '' || !hasOffset || time.startsWith('00:00')) return date
  return londonDay.format(moment.at)
}

const londonDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })

/** A time as HL7 writes it, in Europe/London with its offset. */
export function writeTime(at: Date): string {
  const parts = Object.fromEntries(londonTime.formatToParts(at).map(({ type, value }) => [type, value]))
  const offset = (parts['timeZoneName'] ?? '').replace('GMT', '').replace(':', '') || '+0000'
  return ['year', 'month', 'day', 'hour', 'minute', 'second'].map((name) => parts[name]).join('') + offset
}

const londonTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
})
