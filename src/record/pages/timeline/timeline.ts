import { type Kind, kinds } from '../../store/timeline-event.ts'
import type { Cursor } from './timeline.queries.ts'

const day = 86_400_000

/** How far back the timeline goes, by the names in its address. */
export const periods = [
  { value: '', words: 'All time', days: undefined },
  { value: '30d', words: 'Last 30 days', days: 30 },
  { value: '1y', words: 'Last 12 months', days: 365 },
  { value: '5y', words: 'Last 5 years', days: 1826 },
] as const

export function sinceOf(period: string, now: Date): Date | undefined {
  const days = periods.find((each) => each.value === period)?.days
  return days === undefined ? undefined : new Date(now.getTime() - days * day)
}

/** Those named that exist; all where none is named, so that an unknown name hides nothing. */
export const kindsWanted = (named: readonly string[]): Kind[] =>
  named.filter((name): name is Kind => (kinds as readonly string[]).includes(name))

/** The place to go on from, as it stands in the address: `2026-11-02T01:15:00.000Z~encounter~id`. */
export function cursorWords({ at, kind, id }: Cursor): string {
  return [at.toISOString(), kind, id].join('~')
}

/** Nothing where the words are no place: then the timeline begins at its start. */
export function cursorOf(words: string): Cursor | undefined {
  const [at = '', kind = '', ...rest] = words.split('~')
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) || rest.length === 0) return undefined
  const moment = new Date(at)
  return Number.isNaN(moment.getTime()) ? undefined : { at: moment, kind, id: rest.join('~') }
}
