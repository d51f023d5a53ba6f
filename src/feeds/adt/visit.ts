import { instantOf } from '../../record/index.ts'
import type { Order } from '../fold/order.ts'
import type { Quarantine } from '../hl7/acknowledgement.ts'
import type { Does } from './events.ts'
import { type IsSame, ownerOf } from './visit-owner.ts'

/** A ward, and how it is shown. */
export type Stay = { code: string; display: string }

/** One event of a visit as its message told it. Times as FHIR writes them. */
export type VisitEvent = {
  does: Does
  event: string
  order: Order
  /** When it happened. */
  at: string
  /** The person whom the message names. */
  by: string
  /** A45: who had the visit before. */
  from?: string
  /** PV1-45. */
  end?: string
  stay?: Stay
  /** A cancellation: when what it cancels happened (EVN-6). */
  names?: string
}

/** What may be said anew at each message: class, consultant, reason. Of each part the newest counts. */
export type VisitDetails = Record<string, unknown>
export type VisitSaid = { event: VisitEvent; details: VisitDetails; order: Order }

/** The newest of each part, and when it was said. */
export type Details = Record<string, [Order, unknown]>

/** Everything that was said of one visit: `events` by the message that told them, `details` by the person whom the messages name. */
export type Visit = { events: Record<string, VisitEvent>; details: Record<string, Details> }

export const unknownVisit: Visit = { events: {}, details: {} }

/** The visit with one message more: the same whichever came first, and however often. */
export function withSaid(visit: Visit, message: string, said: VisitSaid): Visit {
  const { by } = said.event
  const details = newest(
    visit.details[by] ?? {},
    Object.entries(said.details).map(([part, value]) => [part, [said.order, value]]),
  )
  return { events: { ...visit.events, [message]: said.event }, details: { ...visit.details, [by]: details } }
}

function newest(before: Details, said: Iterable<[string, Details[string]]>): Details {
  const after = { ...before }
  for (const [part, value] of said) {
    const known = after[part]
    if (known === undefined || known[0] <= value[0]) after[part] = value
  }
  return after
}

/** What those of the messages say that name one of these people. */
export const detailsOf = (visit: Visit, people: Iterable<string>): Details =>
  [...people].reduce((all, by) => newest(all, Object.entries(visit.details[by] ?? {})), {} as Details)

export type VisitStatus =
  | 'planned'
  | 'in-progress'
  | 'onleave'
  | 'finished'
  | 'cancelled'
  | 'entered-in-error'

/** What the messages come to. `status` is undefined while nothing says that there is a visit. */
export type Folded = {
  owner: string
  /** The numbers by which the messages that count name the owner. */
  names: string[]
  status: VisitStatus | undefined
  /** The first event that began it. */
  begun: VisitEvent | undefined
  end: string | undefined
  stays: (Stay & { from: string })[]
  /** By message: why it cannot count, as things stand. A later message may change that. */
  refused: Record<string, Quarantine>
}

type Told = VisitEvent & { message: string }

/**
 * What all messages of a visit come to, whatever order they arrived in. Events are taken in the order in which their sender recorded them.
 *
 * | event | nothing known | planned | in progress | finished | cancelled |
 * |---|---|---|---|---|---|
 * | A05, A14 plan | planned | | | | planned again |
 * | A01, A04 begin, A06, A07 change | begins | begins | adds its stay | adds its stay | begins again |
 * | A02, A17 move | begins | begins | adds its stay | adds its stay | refused |
 * | A03 discharge | finished | finished | finished | new end | refused |
 * | A11 cancel admission | refused | cancelled | cancelled | cancelled | |
 * | A12 cancel transfer | refused | refused | takes the stay back (refused, if there was no transfer) | the same | refused |
 * | A13 cancel discharge | refused | refused | refused | in progress | refused |
 * | A27, A38 cancel plan | refused | cancelled | | | |
 * | A23 delete | refused | entered in error | the same | the same | the same |
 * | A21, A22 leave | refused | | on leave, back | | |
 * | A08 and the like | | | details; a new end where it is over | | |
 *
 * @param isSame whether two numbers are one person’s, where they have been merged
 *
 * A refused message waits in quarantine. When what it needs arrives, the fold comes out differently and it counts.
 */
export function foldVisit(visit: Visit, isSame: IsSame = (one, other) => one === other): Folded {
  const told = Object.entries(visit.events)
    .map(([message, event]) => ({ message, ...event }))
    .sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0))
  const refused: Record<string, Quarantine> = {}
  const { owner, others } = ownerOf(told, isSame)
  for (const each of others)
    refused[each.message] = refusal('another person', 'PID-3', 'This visit is another person’s')
  const theirs = told.filter((each) => !others.includes(each) && each.does !== 'hand over')
  const course = begin()
  for (const each of theirs) {
    const why = step(course, each)
    if (why) refused[each.message] = why
  }
  if (course.status === undefined)
    for (const each of told)
      if (each.does === 'hand over') refused[each.message] = neverSeen('visit that this hands over')
  const { status, begun, end, stays } = course
  const names = [...new Set([owner, ...theirs.map((each) => each.by)])]
  return {
    owner,
    names,
    status,
    begun,
    end: end?.at,
    stays: stays.map(({ by: _, ...stay }) => stay),
    refused,
  }
}

type Course = {
  status: VisitStatus | undefined
  begun: Told | undefined
  end: { at: string; order: Order } | undefined
  stays: (Stay & { from: string; by: 'move' | 'begin' })[]
}

const begin = (): Course => ({ status: undefined, begun: undefined, end: undefined, stays: [] })

function step(course: Course, told: Told): Quarantine | undefined {
  switch (told.does) {
    case 'plan':
      if (course.status === undefined || isCancelled(course))
        Object.assign(course, begin(), { status: 'planned', begun: told })
      return undefined
    case 'begin':
    case 'change':
      return begins(course, told)
    case 'move':
      if (isCancelled(course)) return wasCancelled
      if (course.status === undefined || course.status === 'planned') course.status = 'in-progress'
      course.begun ??= told
      addStay(course, told, 'move')
      return undefined
    case 'end':
      return ends(course, told)
    case 'leave':
    case 'return':
      if (course.status === undefined) return neverSeen('visit')
      if (course.status === 'in-progress' || course.status === 'onleave')
        course.status = told.does === 'leave' ? 'onleave' : 'in-progress'
      return undefined
    case 'update':
      if (course.status === 'finished' && told.end) course.end = { at: told.end, order: told.order }
      return undefined
    default:
      return takesBack(course, told)
  }
}

function begins(course: Course, told: Told): undefined {
  if (course.status !== 'finished') {
    if (isCancelled(course)) Object.assign(course, begin())
    if (course.status === undefined || course.status === 'planned') course.begun = told
    if (course.status !== 'onleave') course.status = 'in-progress'
  }
  addStay(course, told, told.does === 'change' ? 'move' : 'begin')
}

function ends(course: Course, told: Told): Quarantine | undefined {
  if (isCancelled(course)) return wasCancelled
  const at = told.end ?? told.at
  course.begun ??= told
  course.status = 'finished'
  course.end = { at, order: told.order }
  if (course.stays.length === 0) addStay(course, told, 'begin')
  return undefined
}

function takesBack(course: Course, told: Told): Quarantine | undefined {
  const { status } = course
  if (status === undefined) return neverSeen(cancelled[told.does] ?? 'visit')
  switch (told.does) {
    case 'cancel admission':
      course.status = 'cancelled'
      return undefined
    case 'cancel plan':
      if (status === 'planned') course.status = 'cancelled'
      return undefined
    case 'delete':
      course.status = 'entered-in-error'
      return undefined
    case 'cancel move': {
      if (isCancelled(course)) return wasCancelled
      const named = course.stays.findLastIndex((stay) => stay.by === 'move' && stay.from === told.names)
      const last = named >= 0 ? named : course.stays.findLastIndex((stay) => stay.by === 'move')
      if (last < 0) return refusal('visit state', 'PV1-19', 'There is no transfer to cancel')
      course.stays.splice(last, 1)
      return undefined
    }
    default:
      if (isCancelled(course)) return wasCancelled
      if (status !== 'finished') return refusal('visit state', 'PV1-19', 'There is no discharge to cancel')
      course.status = 'in-progress'
      course.end = undefined
      if (course.stays.length === 0) addStay(course, told, 'begin')
      return undefined
  }
}

const cancelled: Partial<Record<Does, string>> = {
  'cancel admission': 'admission that this cancels',
  'cancel move': 'transfer that this cancels',
  'cancel end': 'discharge that this cancels',
  'cancel plan': 'plan that this cancels',
}

const isCancelled = ({ status }: Course) => status === 'cancelled' || status === 'entered-in-error'

const refusal = (reason: Quarantine['reason'], place: string, words: string): Quarantine => ({
  reason,
  place,
  words,
})
const neverSeen = (what: string) => refusal('unknown visit', 'PV1-19', `The ${what} was never seen`)
const wasCancelled = refusal('visit state', 'PV1-19', 'The admission was cancelled before this was recorded')

/** A stay in its place by time. */
function addStay(course: Course, told: Told, by: 'move' | 'begin'): void {
  if (!told.stay) return
  const from = told.at
  const later = course.stays.findIndex((stay) => startOf(stay.from) > startOf(from))
  course.stays.splice(later < 0 ? course.stays.length : later, 0, { ...told.stay, from, by })
}

const startOf = (written: string): number => instantOf(written)?.getTime() ?? 0
