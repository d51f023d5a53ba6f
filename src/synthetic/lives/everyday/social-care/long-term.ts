import type { Happening, SocialCareEvent } from '../../happening.ts'
import { DAYS_A_YEAR, type Day, dayOf, momentOn } from '../../moment.ts'
import type { Everyday } from '../hospital-story.ts'
import { ageAt } from '../standing.ts'
import { lastDay, note, officeHours, openDay } from './events.ts'
import { chanceOf, mainOf, type Need, needsOn } from './needs.ts'
import { changed, type Package, packageFor } from './package.ts'

/** Support at home while somebody has it: nobody who has it asks as a new client. */
export interface Supported {
  from: Day
  until: Day
}

/** Of those supported for more than a year, 58 in 100 are reviewed in it (ASC-FR 2023-24); about a fifth of reviews change the support. */
const REVIEWED = 0.6
const MORE = 0.14
const LESS = 0.06
const AFTER_HOSPITAL = 0.25

/** The day on which support at home ends: into a care home, or never. */
const endOf = ({ fate, resident }: Everyday): Day => fate.careHome?.from ?? resident.present.until

interface Service {
  need: Need
  given: Package
  told: SocialCareEvent
}

function begin(
  life: Everyday,
  need: Need,
  given: Package,
  day: Day,
  more: { because?: Happening; since?: Day },
) {
  const at = Math.max(momentOn(day, 9), more.because?.at ?? 0)
  return note(life, {
    at,
    event: 'service',
    reason: need.reason,
    support: need.support,
    service: 'LT-COM',
    ...given,
    ...more,
    ...lastDay(life, endOf(life)),
  })
}

function review(life: Everyday, service: Service, due: Day, why: string, because: Happening): Service {
  const { dice } = life
  const day = openDay(life, due)
  if (day === undefined || day >= endOf(life)) return service
  const drawn = dice.next()
  const factor = drawn < MORE ? 1.4 : drawn < MORE + LESS ? 0.75 : 1
  const { need, told } = service
  const held = note(life, {
    at: officeHours(life, day),
    because,
    event: 'review',
    reason: need.reason,
    support: need.support,
    route: why,
    outcome: factor > 1 ? 'Support increased' : factor < 1 ? 'Support reduced' : 'No change',
  })
  if (!held || factor === 1) return service
  const given = changed(service.given, factor)
  const next = begin(life, need, given, day, { because: held })
  if (!next) return service
  told.until = day
  return { need, given, told: next }
}

/** A review every year, give or take two months, for as many as are held; and some because of a stay in hospital. */
function reviewed(life: Everyday, first: Service, since: Day): void {
  const { dice, hospital, resident } = life
  const end = endOf(life)
  const dues: [Day, Happening | undefined][] = []
  const { from } = resident.present
  let due = since < from ? from + dice.whole(0, 364) : since + dice.whole(305, 425)
  for (; due < end; due += dice.whole(305, 425)) if (dice.chance(REVIEWED)) dues.push([due, undefined])
  for (const stay of hospital.discharges) {
    const home = dayOf(stay.discharged)
    if (stay.pathway === 1 && home > since && dice.chance(AFTER_HOSPITAL))
      dues.push([home + dice.whole(2, 20), stay])
  }
  dues.sort((a, b) => a[0] - b[0])
  let service = first
  for (const [day, stay] of dues)
    service = review(
      life,
      service,
      Math.max(day, dayOf(service.told.at) + 1),
      stay ? 'Unplanned: hospital' : 'Planned',
      stay ?? service.told,
    )
}

/** Whether support at home stands on a day, or is arranged already to begin after it. */
const isSupportedFrom = ({ happenings }: Everyday, day: Day): boolean =>
  happenings.some(
    (each) =>
      each.kind === 'social care' &&
      each.service === 'LT-COM' &&
      (each.until === undefined || each.until > day),
  )

/** From a request on: an assessment within weeks, and the support it finds needed. The Care Act sets no time; four weeks is usual. */
export function arranged(
  life: Everyday,
  need: Need,
  because: Happening,
  days: number,
  whose?: 'hospital',
): Supported | undefined {
  const { dice } = life
  const met = openDay(life, dayOf(because.at) + days)
  if (met === undefined || met >= endOf(life) || isSupportedFrom(life, met)) return undefined
  const { support, reason } = need
  const assessment = note(life, {
    at: Math.max(officeHours(life, met), because.at),
    because,
    event: 'assessment',
    reason,
    support,
    outcome: 'Long term support (eligible services): community',
  })
  const start = assessment && openDay(life, met + dice.whole(1, 12))
  if (!assessment || start === undefined || start >= endOf(life)) return undefined
  const given = packageFor(dice, whose ?? kindOf(life, need, start))
  const told = begin(life, need, given, start, { because: assessment })
  if (!told) return undefined
  reviewed(life, { need, given, told }, start)
  return { from: start, until: endOf(life) }
}

function kindOf(life: Everyday, need: Need, day: Day) {
  if (need.support === 'LD') return 'learning'
  return ageAt(life, day) >= 65 ? 'older' : 'younger'
}

function already(life: Everyday, need: Need): Supported | undefined {
  const { dice, resident } = life
  const { from } = resident.present
  const wanted = from - Math.round(60 + (need.support === 'LD' ? 5500 : 1400) * dice.next())
  const since = Math.min(from, Math.max(wanted, Math.ceil(need.from), resident.born + 18 * 366))
  const given = packageFor(dice, kindOf(life, need, from))
  const told = begin(life, need, given, from, since < from ? { since } : {})
  if (!told) return undefined
  reviewed(life, { need, given, told }, since)
  return { from, until: endOf(life) }
}

/** Somebody who came to need it within the window: they, their family or their doctor asked. */
function asked(life: Everyday, need: Need, day: Day): Supported | undefined {
  const on = openDay(life, day)
  if (on === undefined || on >= endOf(life)) return undefined
  const request = note(life, {
    at: officeHours(life, on),
    event: 'request',
    reason: need.reason,
    support: need.support,
    route: 'Community: other',
    outcome: 'Long term support: community',
  })
  return request && arranged(life, need, request, life.dice.whole(7, 50))
}

/**
 * Each adult has a threshold of their own; support begins on the day on which what they need passes it, so that those who have it at
 * the start and those who come to need it later are one curve.
 */
export function longTermSupport(life: Everyday): Supported | undefined {
  const { dice, resident } = life
  const { from, until } = resident.present
  const threshold = dice.next()
  const early = needsOn(life, from)
  const before = chanceOf(early)
  const adult = resident.born + Math.ceil(18 * DAYS_A_YEAR)
  const need = mainOf(early)
  if (need && before > threshold && adult <= from) return already(life, need)
  const late = needsOn(life, until - 1)
  const after = chanceOf(late)
  const then = mainOf(late)
  if (!then || after <= threshold) return undefined
  const passed =
    from + ((until - from) * Math.max(0, threshold - before)) / (after - Math.min(before, threshold) || 1)
  const day = Math.ceil(Math.max(passed, then.from + 20, adult))
  return day < until ? asked(life, then, day) : undefined
}
