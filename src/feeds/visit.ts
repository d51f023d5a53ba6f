import { Invalid } from '../platform/index.ts'
import type { AdtEvent } from './adt.ts'

/** What is known of a visit before a message. Planned, arrived and the like count as in progress. */
export type VisitState = 'none' | 'in-progress' | 'finished' | 'cancelled'

/** An event of this visit that was applied before, and when its sender recorded it. */
export type Applied = { event: string; recorded: Date }

/**
 * What a message does to a visit.
 * `status`: the state it takes. `stay`: its location is added in its place by time, or the last one is taken back.
 * `details` (class, reason, consultant): the newest message's replace, an older one's only fill what is missing.
 */
export type Effect = {
  status?: 'in-progress' | 'finished' | 'cancelled'
  stay?: 'add' | 'take back' | 'reopen'
  details: 'replace' | 'fill'
}

/**
 * | event | nothing known | in progress | finished | cancelled |
 * |---|---|---|---|---|
 * | A01 admit, A04 register | begins | details | stays finished | begins again, if newer than the cancellation |
 * | A02 transfer | begins | adds the stay | adds the stay, stays finished | quarantine; if older, nothing |
 * | A03 discharge | finished | finished | new end | quarantine; if older, nothing |
 * | A11 cancel admission | quarantine | cancelled (quarantine, if older than what followed) | the same | nothing |
 * | A12 cancel transfer | quarantine | takes the stay back | quarantine | quarantine |
 * | A13 cancel discharge | quarantine | nothing | in progress | quarantine |
 * | A08 update | nothing | details | details | details |
 *
 * Messages come late and out of order. An event that was recorded before one that contradicts it (`undoes`) changes no state: an
 * admission that arrives after the discharge never opens the visit again, whatever its time.
 *
 * Undefined: the visit stays as it is.
 * @throws Invalid when the event cannot follow what is known
 */
export function effectOf(
  event: AdtEvent,
  state: VisitState,
  recorded: Date,
  history: readonly Applied[],
): Effect | undefined {
  const late = isOlderThan(history, recorded, undoes[event])
  const details = isOlderThan(history, recorded) ? 'fill' : 'replace'
  switch (event) {
    case 'A01':
    case 'A04':
      if (state === 'finished') return { stay: 'add', details: 'fill' }
      if (state === 'cancelled' && late) return { details: 'fill' }
      return { status: 'in-progress', stay: 'add', details }
    case 'A02':
      if (state === 'cancelled') return late ? undefined : refused('The admission was cancelled')
      return { ...(state !== 'finished' && { status: 'in-progress' }), stay: 'add', details }
    case 'A03':
      if (state === 'cancelled') return late ? undefined : refused('The admission was cancelled')
      return late ? { details } : { status: 'finished', details }
    case 'A11':
      if (state === 'none') return unknown('The admission that this cancels was never seen')
      if (late || state === 'cancelled') return undefined
      if (isOlderThan(history, recorded, ['A02', 'A03', 'A13']))
        return refused('The visit went on after this was recorded')
      return { status: 'cancelled', details: 'fill' }
    case 'A12':
      if (state === 'none') return unknown('The transfer that this cancels was never seen')
      if (state !== 'in-progress') return refused('The visit is over, so its transfer cannot be cancelled')
      return late
        ? refused('The person was moved again after this was recorded')
        : { stay: 'take back', details: 'fill' }
    case 'A13':
      if (state === 'none') return unknown('The discharge that this cancels was never seen')
      if (state === 'cancelled') return refused('The admission was cancelled')
      return late || state === 'in-progress'
        ? undefined
        : { status: 'in-progress', stay: 'reopen', details: 'fill' }
    default:
      return state === 'none' ? undefined : { details }
  }
}

/** Which later events make an event come too late to change the state. */
const undoes: Partial<Record<AdtEvent, readonly AdtEvent[]>> = {
  A01: ['A11'],
  A04: ['A11'],
  A02: ['A11'],
  A03: ['A03', 'A11', 'A13'],
  A11: ['A01', 'A04'],
  A12: ['A02'],
  A13: ['A03'],
}

const isOlderThan = (history: readonly Applied[], recorded: Date, which?: readonly string[]): boolean =>
  history.some((other) => other.recorded > recorded && (which === undefined || which.includes(other.event)))

function refused(words: string): never {
  throw new Invalid([{ path: 'PV1-19', words, code: 'visit state' }])
}

function unknown(words: string): never {
  throw new Invalid([{ path: 'PV1-19', words, code: 'unknown visit' }])
}
