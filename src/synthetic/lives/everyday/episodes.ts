import type { ConditionId } from '../../health/conditions.ts'
import { conditionFacts } from '../../health/conditions.ts'
import { workdayFrom } from '../bank-holidays.ts'
import type { Caseload, Reason, ServiceId } from '../happening.ts'
import { isAtHome } from '../living.ts'
import { DAYS_A_YEAR, type Day, dayOf, momentOn } from '../moment.ts'
import { seeEvery, takeOn, type Visit } from './caseload.ts'
import type { Everyday } from './hospital-story.ts'
import { comings } from './standing.ts'

/** What a service does for people with a need: who is taken on, for how long, and how often they are seen. */
export interface Need {
  service: ServiceId
  from: Caseload['from']
  /** In the words of the referral; left out, the condition’s own. */
  reason?: string
  /** Of those who have the condition, the share whom the service sees for as long as they have it. */
  share?: number
  /** Otherwise: new episodes a year for each who has it, and how many days an episode lasts in the middle. */
  perYear?: number
  days?: number
  /** Days from referral to the first contact. */
  wait?: number
  visit: Visit
  every: number
  /** A yearly look at the whole, where there is one. */
  review?: Visit
}

export type NeedsByCondition = Partial<Record<ConditionId, readonly Need[]>>

const reasons = new Map<string, Reason>()

/** One object for each reason, however many people have it. */
function reasonFor(need: Need, condition: ConditionId | undefined): Reason {
  const key = `${need.reason ?? ''}/${condition ?? ''}`
  let reason = reasons.get(key)
  if (!reason) {
    const facts = condition ? conditionFacts(condition) : undefined
    reason = {
      text: need.reason ?? facts?.text ?? need.visit.what,
      ...(condition && { condition }),
      ...(facts?.code && { snomed: facts.code }),
    }
    reasons.set(key, reason)
  }
  return reason
}

function followed(life: Everyday, need: Need, caseload: Caseload | undefined, first: Day, until: Day): void {
  if (!caseload) return
  seeEvery(life, caseload, need.visit, need.every, first, until)
  if (!need.review) return
  // Reviews fall a year apart, from some day in the first year on.
  const offset = Math.floor(life.dice.next() * 365)
  seeEvery(life, caseload, need.review, 365, first + (caseload.since === undefined ? 365 : offset), until)
}

/** Two illnesses may bring one need, as a catheter or a matron: the team takes the person on once. */
const isSeenFor = (life: Everyday, service: ServiceId, reason: string, from: Day, until: Day): boolean =>
  life.happenings.some(
    (had) =>
      had.kind === 'caseload' &&
      had.service === service &&
      had.reason.text === reason &&
      dayOf(had.at) <= until &&
      (had.closed === undefined || dayOf(had.closed) >= from),
  )

/** On the caseload from the day the need is known until it ends; `since` says when that was, where it was before the window. */
export function standing(
  life: Everyday,
  need: Need,
  condition: ConditionId | undefined,
  from: Day,
  until: Day,
): void {
  const { present } = life.resident
  const first = Math.max(from, present.from)
  const reason = reasonFor(need, condition)
  if (isSeenFor(life, need.service, reason.text, first, until)) return
  const caseload = takeOn(life, {
    service: need.service,
    from: need.from,
    reason,
    at: momentOn(first, 9) + life.dice.whole(0, 420),
    since: from,
    ...(until < present.until && { until }),
  })
  const start = first + (from < first ? life.dice.next() * need.every : (need.wait ?? 0))
  followed(life, need, caseload, start, Math.min(until, present.until))
}

/** An episode that a referral on this day begins. */
export function episode(
  life: Everyday,
  need: Need,
  condition: ConditionId | undefined,
  day: Day,
  because?: Parameters<typeof takeOn>[1]['because'],
): Caseload | undefined {
  const { dice } = life
  const days = Math.max(2, Math.round((need.days ?? 30) * (0.35 + dice.next() * dice.next() * 2.6)))
  const referred = need.visit.weekends ? day : workdayFrom(day)
  const first = referred + Math.round((need.wait ?? 0) * (0.3 + 1.4 * dice.next()))
  const at = momentOn(referred, 8) + dice.whole(0, 480)
  const caseload = takeOn(life, {
    service: need.service,
    from: need.from,
    reason: reasonFor(need, condition),
    at: because ? Math.max(because.at, at) : at,
    until: first + days,
    ...(because && { because }),
  })
  followed(life, need, caseload, first, first + days)
  return caseload
}

/** Episodes of one need, one after another: nobody is referred again for what they are being seen for. */
export function episodesOf(
  life: Everyday,
  need: Need,
  condition: ConditionId | undefined,
  perYear: number,
  from: Day,
  until: Day,
): void {
  let busy = from
  for (const day of comings(life.dice, perYear, from, until)) {
    if (day < busy || !isAtHome(life, day)) continue
    const caseload = episode(life, need, condition, day)
    if (caseload) busy = caseload.closed === undefined ? until : dayOf(caseload.closed) + 1
  }
}

/**
 * Goes through what somebody suffers from, and what the table says that services do about it.
 * @param age from which the services take people on
 */
export function careForIllnesses(life: Everyday, needs: NeedsByCondition, age = 0): void {
  const { health, resident, dice } = life
  const { present, born } = resident
  const oldEnough = born + Math.ceil(age * DAYS_A_YEAR)
  for (const { condition, since, found, until, severity } of health.illnesses) {
    const forIt = needs[condition]
    if (!forIt) continue
    const from = Math.max(found ?? since, oldEnough)
    const end = Math.min(until ?? present.until, present.until)
    if (from >= end) continue
    const weight = health.propensity * (0.5 + severity)
    for (const need of forIt) {
      if (need.share !== undefined && dice.chance(Math.min(0.95, need.share * weight)))
        standing(life, need, condition, from, until ?? Number.POSITIVE_INFINITY)
      if (need.perYear === undefined) continue
      episodesOf(life, need, condition, need.perYear * weight, Math.max(from, present.from), end)
    }
  }
}
