import { calendar, type Day, dayFrom, weekday } from './moment.ts'

const on = (year: number, month: number, date: number): Day =>
  dayFrom(`${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`)

/** Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
function easter(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const leap =
    century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const moon = (19 * golden + leap + 15) % 30
  const day = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - moon - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * day) / 451)
  const count = moon + day - 7 * late + 114
  return on(year, Math.floor(count / 31), (count % 31) + 1)
}

const mondayFrom = (day: Day): Day => day + ((7 - weekday(day)) % 7)

/** England and Wales; those on a weekend move to the next days that are not holidays already (gov.uk/bank-holidays). */
function holidaysOf(year: number): ReadonlySet<Day> {
  const newYear = on(year, 1, 1)
  const christmas = on(year, 12, 25)
  const found = new Set([
    weekday(newYear) >= 5 ? mondayFrom(newYear) : newYear,
    easter(year) - 2,
    easter(year) + 1,
    mondayFrom(on(year, 5, 1)),
    mondayFrom(on(year, 5, 25)),
    mondayFrom(on(year, 8, 25)),
  ])
  for (const day of [christmas, christmas + 1]) {
    let free = day
    while (weekday(free) >= 5 || found.has(free)) free++
    found.add(free)
  }
  return found
}

const known = new Map<number, ReadonlySet<Day>>()

export function isBankHoliday(day: Day): boolean {
  const { year } = calendar(day)
  let holidays = known.get(year)
  if (!holidays) {
    holidays = holidaysOf(year)
    known.set(year, holidays)
  }
  return holidays.has(day)
}

/** When clinics, theatres and offices work. */
export const isWorkday = (day: Day): boolean => weekday(day) < 5 && !isBankHoliday(day)

export function workdayFrom(day: Day): Day {
  let found = day
  while (!isWorkday(found)) found++
  return found
}
