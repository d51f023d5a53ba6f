/** Dates of invented lives, all counted back from a `now` that is passed in. Instants are UTC, births are dates. */

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const instant = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z')

/** So many days before now, at an hour of the day (UTC). Never later than now. */
export function daysAgo(now: Date, days: number, hour = 10, minute = 0): string {
  const midnight = Math.floor(now.getTime() / DAY) * DAY - Math.round(days) * DAY
  return instant(Math.min(midnight + hour * 60 * MINUTE + minute * MINUTE, now.getTime()))
}

export function hoursAgo(now: Date, hours: number): string {
  return instant(now.getTime() - Math.round(hours * 60) * MINUTE)
}

/** Weekends fall back to the Friday before: surgeries, clinics and social workers' offices are closed then. */
export function workingDaysAgo(now: Date, days: number, hour = 10, minute = 0): string {
  const on = new Date(now.getTime() - Math.round(days) * DAY).getUTCDay()
  return daysAgo(now, days + (on === 6 ? 1 : on === 0 ? 2 : 0), hour, minute)
}

/** A moment so many hours after another, held back to `now` where it would fall in the future. */
export function hoursAfter(start: string, hours: number, now: Date): string {
  return instant(Math.min(Date.parse(start) + Math.round(hours * 60) * MINUTE, now.getTime()))
}

/** So many days after a moment, at an hour when wards do such things; held back to `now` likewise. */
export function daysAfter(start: string, days: number, hour: number, now: Date): string {
  const midnight = Math.floor(Date.parse(start) / DAY) * DAY
  return instant(Math.min(midnight + days * DAY + Math.round(hour * 60) * MINUTE, now.getTime()))
}

export const dateOf = (moment: string): string => moment.slice(0, 10)

export function dateDaysAgo(now: Date, days: number): string {
  return dateOf(daysAgo(now, days))
}

export function ageAt(born: string, moment: Date | string): number {
  const on = typeof moment === 'string' ? moment : moment.toISOString()
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4))
  return on.slice(5, 10) < born.slice(5, 10) ? years - 1 : years
}

export function daysBetween(from: string, to: Date): number {
  return Math.floor((to.getTime() - Date.parse(from)) / DAY)
}

const words = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/London',
})

/** For letters: 6 August 2018. */
export const inWords = (moment: string): string => words.format(new Date(moment))
