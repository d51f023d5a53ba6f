import { londonOffsetAt } from '../../platform/index.ts'
import { type Day, type Moment, momentOn } from '../lives/moment.ts'

/** The instant at which a clock in London shows a moment, in UTC; the first of the two where October shows it twice. */
export function instantOf(moment: Moment): string {
  const wall = moment * 60_000
  const instant = wall - londonOffsetAt(wall - 3_600_000)
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}

/** What a clock in London shows at an instant, to the minute. */
export function momentOf(instant: Date): Moment {
  return Math.floor((instant.getTime() + londonOffsetAt(instant.getTime())) / 60_000)
}

/** A moment in office hours of a day, the same for the same day and person, so that yesterday's record says the same tomorrow. */
export function officeHours(day: Day, serial: number): Moment {
  return momentOn(day, 9 + ((day + serial) % 8), ((day * 7 + serial) % 6) * 10)
}
