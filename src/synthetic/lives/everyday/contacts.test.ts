import { beforeAll, describe, expect, it } from 'vitest'
import { drawGround } from '../../ground/draw.ts'
import type { CareContact, Caseload, ServiceId } from '../happening.ts'
import { livesOf } from '../lives.ts'
import { dayFrom, dayOf, weekday } from '../moment.ts'

const BOROUGH = 267_000

/** Community and mental health care of everybody in a place of 30,000, and how many years were lived in it. */
function everybody() {
  const window = { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') }
  const world = { seed: '1', ground: drawGround({ people: 30_000, seed: '1' }), window }
  const caseloads: Caseload[] = []
  const contacts: CareContact[] = []
  let days = 0
  for (let at = 0; at < world.ground.neighbourhoods.length; at++)
    for (const { resident, happenings } of livesOf(world, at)) {
      days += resident.present.until - resident.present.from
      for (const happening of happenings)
        if (happening.kind === 'caseload') caseloads.push(happening)
        else if (happening.kind === 'care contact') contacts.push(happening)
    }
  return { caseloads, contacts, years: days / 365.25 }
}

let place: ReturnType<typeof everybody>
beforeAll(() => {
  place = everybody()
}, 120_000)

const yearly = (count: number) => (count / place.years) * BOROUGH
const share = <T>(of: readonly T[], which: (one: T) => boolean) => of.filter(which).length / of.length
const seen = (...services: ServiceId[]) => {
  const asked = new Set(services)
  return place.contacts.filter(({ caseload }) => asked.has(caseload.service))
}
const referred = (service: ServiceId) =>
  place.caseloads.filter((caseload) => caseload.service === service && caseload.since === undefined)

/** Courses of talking therapy that are over and had two sessions or more: what is called finished. */
function courses() {
  const scores = new Map<Caseload, CareContact[]>()
  for (const contact of seen('talking therapies'))
    if (contact.scores) scores.set(contact.caseload, [...(scores.get(contact.caseload) ?? []), contact])
  return [...scores]
    .filter(([{ closed }, scored]) => closed !== undefined && scored.length > 2)
    .map(([, scored]) => ({ first: scored[0], last: scored.at(-1) }))
}
const caseness = (contact: CareContact | undefined) =>
  contact?.scores?.some(({ test, value }) => value >= (test === 'moodScore' ? 10 : 8)) ?? false

/** Days from referral to the first contact, for those who were seen. */
function waits(service: ServiceId): number[] {
  const first = new Map<Caseload, number>()
  for (const { caseload, at } of seen(service))
    if (caseload.since === undefined) first.set(caseload, Math.min(first.get(caseload) ?? at, at))
  return [...first].map(([{ at }, on]) => dayOf(on) - dayOf(at))
}

/** England’s contacts of 2024/25 by the National Cost Collection; a borough of 267,000 has 0.463 per cent of 57.7 million people. */
const ofEngland = (contacts: number) => contacts * (BOROUGH / 57_700_000)

type Target = readonly [what: string, target: number, within: number, measured: () => number]

describe('community and mental health services of a borough of 267,000', () => {
  const CONTACTS: readonly Target[] = [
    // N02AF and N02AN. A few people visited every day make this swing from place to place.
    ['district nursing', ofEngland(27_915_000), 0.25, () => seen('district nursing').length],
    // N06A.
    ['matrons', ofEngland(771_000), 0.5, () => seen('community matron').length],
    // A06A, A08A, and the teams for stroke, nerves and other rehabilitation.
    ['therapists', ofEngland(6_762_000), 0.3, () => seen('community therapy').length],
    // A09.
    ['podiatrists', ofEngland(2_741_000), 0.25, () => seen('podiatry').length],
    // A13.
    ['speech therapists', ofEngland(1_998_000), 0.3, () => seen('speech and language').length],
    // IC03.
    ['intermediate care at home', ofEngland(3_476_000), 0.3, () => seen('intermediate care').length],
    // Mental health care contacts of every kind; ward staff's are counted with the stay.
    [
      'mental health',
      ofEngland(22_844_000),
      0.15,
      () =>
        seen(
          'community mental health',
          'crisis and home treatment',
          'mental health liaison',
          'memory service',
          'children’s mental health',
          'learning disability',
        ).length,
    ],
    // Kept appointments alone are counted there.
    [
      'talking therapies',
      ofEngland(5_080_000),
      0.15,
      () => seen('talking therapies').filter(({ status }) => status === 'attended').length,
    ],
  ]

  it.each(CONTACTS)('have as many contacts a year: %s %d', (_what, target, within, measured) => {
    const found = yearly(measured())
    expect(found).toBeGreaterThan(target * (1 - within))
    expect(found).toBeLessThan(target * (1 + within))
  })

  const OTHERS: readonly Target[] = [
    // NHS Digital by sub-ICB, Rotherham, July 2022 to May 2023: 765 referrals and 256 finished courses a month.
    [
      'people referred to talking therapies a year',
      9_180,
      0.1,
      () => yearly(referred('talking therapies').length),
    ],
    ['courses finished a year', 3_080, 0.2, () => yearly(courses().length)],
    [
      'share of courses that end in recovery',
      0.5,
      0.1,
      () => share(courses(), ({ last }) => !caseness(last)),
    ],
    [
      'share seen within six weeks',
      0.95,
      0.05,
      () => share(waits('talking therapies'), (days) => days <= 42),
    ],
    // Place Plan 2023, 4.1: four in ten children wait more than 18 weeks.
    [
      'share of children who wait for more than 18 weeks',
      0.4,
      0.15,
      () => share(waits('children’s mental health'), (days) => days > 126),
    ],
    // Mental Health Services Data Set 2023-24: about 83,000 admissions of adults in England.
    [
      'stays on a mental health ward a year',
      385,
      0.3,
      () => yearly(referred('mental health inpatient').length),
    ],
    // Place Plan 2018, 5.3.3: seven days at most.
    [
      'share of urgent responses over within eight days',
      1,
      0.001,
      () =>
        share(
          referred('urgent community response'),
          ({ at, closed }) => closed === undefined || dayOf(closed) - dayOf(at) <= 8,
        ),
    ],
  ]

  it.each(OTHERS)('have their %s: %d', (_what, target, within, measured) => {
    const found = measured()
    expect(found).toBeGreaterThanOrEqual(target * (1 - within))
    expect(found).toBeLessThanOrEqual(target * (1 + within))
  })

  it('visit at weekends only where care cannot wait', () => {
    const weekend = place.contacts.filter(({ at }) => weekday(dayOf(at)) > 4)
    const services = new Set(weekend.map(({ caseload }) => caseload.service))
    for (const closed of [
      'talking therapies',
      'podiatry',
      'children’s mental health',
      'memory service',
    ] as const)
      expect(services.has(closed)).toBe(false)
    for (const open of ['district nursing', 'urgent community response', 'virtual ward'] as const)
      expect(services.has(open)).toBe(true)
  })

  it('start everybody who finishes a course as a case', () =>
    expect(share(courses(), ({ first }) => caseness(first))).toBeGreaterThan(0.99))
})
