import { londonOffsetAt } from '../london.ts'

/** Dates, names and numbers as the NHS content style writes them. Pure: now is always passed in. */

/** A calendar date in ISO 8601, whole or partial: 2018-08-06, 2018-08, 2018. */
export type IsoDate = string
/** A moment: a Date, or ISO 8601 with its offset (`Z` or `+01:00`). */
export type Instant = Date | string

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "999 000 1235": three, three, four (ISB 0149). What is not ten digits is given back as it came. */
export function nhsNumber(value: string): string {
  const digits = value.replace(/[\s-]/g, '')
  return /^\d{10}$/.test(digits) ? digits.replace(/(\d{3})(\d{3})(\d{4})/, '$1 $2 $3') : value
}

/** "6 August 2018", "August 2018" or "2018": says no more than the date does. */
export function dateInWords(date: IsoDate): string {
  const { year, month, day } = datePartsOf(date)
  return [day, month && months[month - 1], year].filter(Boolean).join(' ')
}

/** "14 Jul 1945", for the patient banner and dense tables only. */
export function bannerDate(date: IsoDate): string {
  const { year, month, day } = datePartsOf(date)
  return [day, month && months[month - 1]?.slice(0, 3), year].filter(Boolean).join(' ')
}

/** The calendar date in England at a moment: what a ward round calls today. */
export function londonDate(instant: Instant): IsoDate {
  const { year, month, day } = londonClock(momentOf(instant))
  return `${year}-${month}-${day}`
}

/** "5pm", "5:30pm", "midday", "midnight"; the hour that happens twice in October says which one it is. */
export function timeInWords(instant: Instant): string {
  const moment = momentOf(instant)
  const { hour, minute } = londonClock(moment)
  return `${clockInWords(Number(hour), minute)}${whichOfTwo(moment)}`
}

/** "6 August 2018, 5:30pm", always as the clock in England showed it. A date without a time stays a date. */
export function instantInWords(instant: Instant): string {
  if (isDateOnly(instant)) return dateInWords(instant)
  return `${dateInWords(londonDate(instant))}, ${timeInWords(instant)}`
}

/**
 * Age as clinicians write it: years, under 2 years in months, under 4 weeks in days. A partial date of birth
 * gives "about". Someone born on 29 February comes of age on 1 March in a common year.
 */
export function ageAt(birthDate: IsoDate, on: IsoDate | Date): string {
  const born = datePartsOf(birthDate)
  const today = datePartsOf(on instanceof Date || !isDateOnly(on) ? londonDate(on) : on)
  const { month = 12, day = 31 } = today
  if (!born.month) return within(today.year - born.year, (years) => `about ${counted(years, 'year')}`)
  const monthsOld = (today.year - born.year) * 12 + month - born.month - (day < (born.day ?? 1) ? 1 : 0)
  if (!born.day) return within(monthsOld, (age) => `about ${monthsInWords(age)}`)
  const days =
    (Date.UTC(today.year, month - 1, day) - Date.UTC(born.year, born.month - 1, born.day)) / 86_400_000
  if (days < 28) return within(days, (age) => counted(age, 'day'))
  if (monthsOld < 1) return '4 weeks'
  return monthsInWords(monthsOld)
}

/** "ASHWORTH, Margaret (Mrs)", as the patient banner has it (ISB 1505). */
export function familyGiven(name: {
  family?: string | undefined
  given?: string | undefined
  prefix?: string | undefined
}): string {
  const names = [name.family?.toLocaleUpperCase('en-GB'), name.given].filter(Boolean).join(', ')
  if (!names) return 'Not known'
  return name.prefix ? `${names} (${name.prefix})` : names
}

/** "5 minutes ago", "3 hours ago", "yesterday", "12 days ago", "3 months ago"; "in 2 hours" for what is to come. */
export function howLongAgo(instant: Instant, now: Date): string {
  const seconds = (now.getTime() - momentOf(instant).getTime()) / 1000
  const said = spanInWords(Math.abs(seconds), instant, now)
  if (said === 'just now' || said === 'yesterday' || said === 'tomorrow') return said
  return seconds >= 0 ? `${said} ago` : `in ${said}`
}

/** "1,234". Decimals are kept as they are: a dose or a result must not be rounded for looks. */
export function numberWithCommas(value: number): string {
  return commas.format(value)
}

const commas = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 20 })

/** "1 referral", "1,204 referrals". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numberWithCommas(count)} ${count === 1 ? one : many}`
}

/** Whether the value is a date without a time. */
export function isDateOnly(value: Instant): value is IsoDate {
  return typeof value === 'string' && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(value)
}

function datePartsOf(date: IsoDate): { year: number; month?: number | undefined; day?: number | undefined } {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date)
  if (!match) throw new Error('A date must be YYYY, YYYY-MM or YYYY-MM-DD')
  const [year = 0, month, day] = match.slice(1).map((part) => (part ? Number(part) : undefined))
  const exists =
    month === undefined ||
    (month >= 1 && month <= 12 && (day === undefined || (day >= 1 && day <= daysIn(year, month))))
  if (!exists) throw new Error('There is no such date')
  return { year, month, day }
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

function momentOf(instant: Instant): Date {
  if (instant instanceof Date) return instant
  // Without an offset the result would depend on the clock of whatever machine runs this.
  if (!/(Z|[+-]\d{2}:?\d{2})$/.test(instant)) throw new Error('A moment needs its offset from UTC')
  return new Date(instant)
}

const anHour = 3_600_000

type ClockParts = Record<'year' | 'month' | 'day' | 'hour' | 'minute', string>

/** What calendar and clock in England show at a moment, with leading zeros. */
function londonClock(moment: Date): ClockParts {
  const shown = new Date(moment.getTime() + londonOffsetAt(moment.getTime())).toISOString()
  const [date = '', time = ''] = shown.split('T')
  const [day = '', month = '', year = ''] = date.split('-').reverse()
  return { year, month, day, hour: time.slice(0, 2), minute: time.slice(3, 5) }
}

function clockInWords(hour: number, minute: string): string {
  if (minute === '00' && hour === 0) return 'midnight'
  if (minute === '00' && hour === 12) return 'midday'
  return `${hour % 12 || 12}${minute === '00' ? '' : `:${minute}`}${hour < 12 ? 'am' : 'pm'}`
}

/**
 * When the clocks go back, 1am to 2am happens twice. A drug given at "1:30am" that night could be one hour or
 * two before the next dose, so both halves say which they are.
 */
function whichOfTwo(moment: Date): string {
  const at = moment.getTime()
  const aheadBy = (from: number, to: number) => londonOffsetAt(from) - londonOffsetAt(to)
  const { hour, minute } = londonClock(moment)
  const time = clockInWords(Number(hour), minute)
  if (aheadBy(at - anHour, at) === anHour) return ` (second ${time}, after the clocks went back)`
  if (aheadBy(at, at + anHour) === anHour) return ` (first ${time}, before the clocks went back)`
  return ''
}

const within = (age: number, words: (age: number) => string) => (age < 0 ? 'Not known' : words(age))

const monthsInWords = (age: number) =>
  within(age, () => (age < 24 ? counted(age, 'month') : counted(Math.floor(age / 12), 'year')))

function spanInWords(seconds: number, instant: Instant, now: Date): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return counted(minutes, 'minute')
  if (minutes < 24 * 60) return counted(Math.floor(minutes / 60), 'hour')
  const days = Math.abs(dayNumber(now) - dayNumber(instant))
  if (days <= 1) return dayNumber(instant) < dayNumber(now) ? 'yesterday' : 'tomorrow'
  if (days < 60) return counted(days, 'day')
  const wholeMonths = Math.floor(days / 30.4375)
  return wholeMonths < 24 ? counted(wholeMonths, 'month') : counted(Math.floor(days / 365.25), 'year')
}

const dayNumber = (instant: Instant) => Date.parse(`${londonDate(instant)}T00:00:00Z`) / 86_400_000
