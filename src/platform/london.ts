const hour = 3_600_000

/**
 * How far the clock in England is ahead of UTC at an instant, both in milliseconds.
 *
 * From 1996 the rule is in law (SI 2002/262 and the orders before it): one hour ahead from 01:00 UTC on the last
 * Sunday of March to 01:00 UTC on the last Sunday of October. Earlier years varied, so the time-zone data is asked; that takes a hundred times as long.
 */
export function londonOffsetAt(instant: number): number {
  const year = new Date(instant).getUTCFullYear()
  if (year < 1996) return historicOffset(instant)
  return instant >= lastSunday(year, 3) + hour && instant < lastSunday(year, 10) + hour ? hour : 0
}

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month - 1, 31)
  return last - new Date(last).getUTCDay() * 24 * hour
}

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  era: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

function historicOffset(instant: number): number {
  const shown: Record<string, number> = {}
  for (const { type, value } of london.formatToParts(instant)) shown[type] = Number(value)
  const { year = 1, month = 1, day = 1, hour: h = 0, minute = 0, second = 0 } = shown
  // Date.UTC would take the years 1 to 99 for 1901 to 1999.
  const local = new Date(0).setUTCFullYear(year, month - 1, day) + h * hour + minute * 60_000 + second * 1000
  return local - Math.floor(instant / 1000) * 1000
}
