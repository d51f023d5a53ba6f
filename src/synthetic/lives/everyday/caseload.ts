import type { TestId } from '../../health/tests.ts'
import { isWorkday, workdayFrom } from '../bank-holidays.ts'
import type { CareContact, Caseload, Happening, Reason, ServiceId } from '../happening.ts'
import { isAtHome, livesInCareHomeOn, tell } from '../living.ts'
import { type Day, dayOf, type Moment, momentOn } from '../moment.ts'
import type { Everyday } from './hospital-story.ts'

interface TakingOn {
  service: ServiceId
  from: Caseload['from']
  reason: Reason
  at: Moment
  because?: Happening
  since?: Day
  /** Closed on that day, if it comes within the window; left out, it goes on. */
  until?: Day
  accepted?: boolean
}

/** Puts somebody on a caseload; nothing where they have died, left, or not yet come. */
export function takeOn(life: Everyday, taking: TakingOn): Caseload | undefined {
  const { at, until, because, since } = taking
  const { ends } = life.hospital
  if (at >= ends || dayOf(at) < life.resident.present.from) return undefined
  const caseload: Caseload = {
    kind: 'caseload',
    at,
    service: taking.service,
    from: taking.from,
    reason: taking.reason,
    accepted: taking.accepted ?? true,
  }
  if (because) caseload.because = because
  if (since !== undefined && since < dayOf(at)) caseload.since = since
  const planned = until === undefined ? Number.POSITIVE_INFINITY : Math.max(at, momentOn(until, 17))
  if (planned <= ends) caseload.closed = planned
  else if (life.resident.leaves !== undefined) caseload.closed = ends
  tell(life, caseload)
  return caseload
}

/** How a team sees people: what a row of its diary looks like. */
export interface Visit {
  what: string
  mode: CareContact['mode']
  minutes: number
  /** The hours within which it starts. Two rounds are two visits a day. */
  rounds: readonly (readonly [from: number, until: number])[]
  weekends?: boolean
  /** Share of contacts to which the person does not come, and that are called off. */
  missed?: number
  cancelled?: number
}

/** Minutes are written to the nearest five. */
const lasting = (minutes: number, chance: number) =>
  Math.max(5, Math.round((minutes * (0.6 + 0.8 * chance)) / 5) * 5)

/** One contact at a moment. Nobody is seen at home who is in hospital: the visit is not made, and nothing is written. */
export function see(
  life: Everyday,
  caseload: Caseload,
  visit: Visit,
  at: Moment,
  scores?: readonly { test: TestId; value: number }[],
): CareContact | undefined {
  const day = dayOf(at)
  if (at < caseload.at || at > (caseload.closed ?? life.hospital.ends) || at >= life.hospital.ends)
    return undefined
  if (visit.mode !== 'ward' && !isAtHome(life, day)) return undefined
  const chance = life.dice.next()
  const missed = visit.missed ?? 0
  const status =
    chance < missed ? 'did not attend' : chance < missed + (visit.cancelled ?? 0) ? 'cancelled' : 'attended'
  const contact: CareContact = {
    kind: 'care contact',
    at,
    caseload,
    mode: visit.mode === 'home' && livesInCareHomeOn(life, day) ? 'care home' : visit.mode,
    minutes: lasting(visit.minutes, life.dice.next()),
    status,
    what: visit.what,
  }
  if (scores && status === 'attended') contact.scores = scores
  tell(life, contact)
  return contact
}

/** Some moment of the day at which such a visit starts. */
export function startOf(life: Everyday, visit: Visit, day: Day): Moment {
  const [from, until] = visit.rounds[0] ?? [9, 17]
  return momentOn(day, from) + Math.floor((life.dice.next() * (until - from) * 60) / 5) * 5
}

/** One contact on a day, or on the next day on which the team works. */
export const seeOn = (
  life: Everyday,
  caseload: Caseload,
  visit: Visit,
  day: Day,
  scores?: readonly { test: TestId; value: number }[],
): CareContact | undefined =>
  see(life, caseload, visit, startOf(life, visit, visit.weekends ? day : workdayFrom(day)), scores)

/** Contacts every so many days, from one day up to another. */
export function seeEvery(
  life: Everyday,
  caseload: Caseload,
  visit: Visit,
  every: number,
  from: Day,
  until: Day,
): void {
  const last = Math.min(until, dayOf(life.hospital.ends) + 1)
  for (let due = from; due < last; due += every) {
    const day = Math.ceil(due)
    if (every <= 1 && !visit.weekends && !isWorkday(day)) continue
    const on = visit.weekends ? day : workdayFrom(day)
    if (on >= last) return
    due += on - day
    for (const round of visit.rounds) {
      const minute = Math.floor((life.dice.next() * (round[1] - round[0]) * 60) / 5) * 5
      see(life, caseload, visit, momentOn(on, round[0]) + minute)
    }
  }
}
