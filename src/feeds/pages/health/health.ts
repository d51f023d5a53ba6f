import { counted } from '../../../platform/ui/index.ts'
import type { Freshness } from '../../../record/index.ts'
import type { Connected } from '../../mllp/mllp.ts'

/** How one sender is doing. Lags in seconds; null where nothing is known, which is never a zero. */
export type Figures = {
  sender: string
  last_received_at: Date | null
  last_hour: number
  refused_last_hour: number
  last_day: number
  refused_last_day: number
  waiting: number
  oldest_waiting_at: Date | null
  /** How many of the last eight weeks `usual` rests on. */
  weeks: number
  usual: number | null
  arrival_p50: number | null
  arrival_p95: number | null
  applied_p50: number | null
  applied_p95: number | null
}

export type Status = 'late' | 'refusing' | 'quiet' | 'normal' | 'too early to say'

export type Limits = { quietBelowPercent: number; refusingAbovePercent: number }

/** Fewer weeks have no usual. */
const fewestWeeks = 3
/** Below these a single message more or less would change the word. */
const fewestToRefuse = 5
const leastUsual = 4

/** What is usual for this hour of the week; undefined before there is enough history. */
export const usualOf = ({ weeks, usual }: Pick<Figures, 'weeks' | 'usual'>): number | undefined =>
  weeks < fewestWeeks || usual === null ? undefined : usual

/**
 * One word for a sender, the worst first. It is late when records say so of its source.
 *
 * | last hour | refused | usual | the source | |
 * |---|---|---|---|---|
 * | any | any | any | late or never heard | late |
 * | 20 | 4 | any | up to date | refusing (from 20%) |
 * | 4 | 4 | any | up to date | not refusing: too few to say |
 * | 5 | 0 | 20 | up to date | quiet (below 30%) |
 * | 0 | 0 | 3 | up to date | normal: so few are usual that none is no sign |
 * | any | 0 | not known | up to date | too early to say |
 */
export function statusOf(
  figures: Pick<Figures, 'last_hour' | 'refused_last_hour' | 'weeks' | 'usual'>,
  limits: Limits,
  freshness: Freshness,
): Status {
  if (freshness !== 'up to date') return 'late'
  const { last_hour: came, refused_last_hour: refused } = figures
  if (came >= fewestToRefuse && refused * 100 >= limits.refusingAbovePercent * came) return 'refusing'
  const usual = usualOf(figures)
  if (usual === undefined) return 'too early to say'
  return usual >= leastUsual && came * 100 < limits.quietBelowPercent * usual ? 'quiet' : 'normal'
}

/** "4 seconds", "3 minutes"; a sender whose clock is ahead of ours records what has not happened yet. */
export function lagInWords(seconds: number | null): string {
  if (seconds === null) return 'not known'
  if (seconds < -0.5) return `${lagInWords(-seconds)} ahead of our clock`
  if (seconds < 1) return 'less than a second'
  if (seconds < 90) return counted(Math.round(seconds), 'second')
  if (seconds < 90 * 60) return counted(Math.round(seconds / 60), 'minute')
  if (seconds < 36 * 3600) return counted(Math.round(seconds / 3600), 'hour')
  return counted(Math.round(seconds / 86_400), 'day')
}

/** Messages in each of the last 24 hours, the oldest first; null for an hour before the sender was ever heard. */
export type Hour = { ends: Date; messages: number | null }

export function hoursOf(
  counts: readonly { hours_ago: number; messages: number }[],
  first: Date | null,
  now: Date,
): Hour[] {
  const hour = 3_600_000
  return Array.from({ length: 24 }, (_, index) => {
    const ago = 23 - index
    const ends = new Date(now.getTime() - ago * hour)
    const messages = counts.find(({ hours_ago }) => hours_ago === ago)?.messages ?? 0
    return { ends, messages: first === null || first > ends ? null : messages }
  })
}

/** One sender as the page shows it. `status` is undefined for what nobody expects: unknown senders. */
export type Health = {
  id: string
  name: string
  status: Status | undefined
  freshness: Freshness | undefined
  lastKept: Date | undefined
  lateAfterHours: number | undefined
  figures: Figures
  hours: Hour[]
  connected: Connected[]
}
