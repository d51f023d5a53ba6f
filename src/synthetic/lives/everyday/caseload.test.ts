import { describe, expect, it } from 'vitest'
import { ofEveryLife } from '../../a-borough.ts'
import type { CareContact, Caseload } from '../happening.ts'
import { dayOf, type Span } from '../moment.ts'
import type { LifeStory } from '../story.ts'

const WORLDS = 30

const caseloadsOf = ({ happenings }: LifeStory): Caseload[] =>
  happenings.filter((happening) => happening.kind === 'caseload')
const contactsOf = ({ happenings }: LifeStory): CareContact[] =>
  happenings.filter((happening) => happening.kind === 'care contact')

/** Days that somebody wakes up in a hospital bed: those of coming in and of going home are spent at home as well. */
function nightsInHospital({ happenings, resident }: LifeStory): Span[] {
  return happenings
    .filter((happening) => happening.kind === 'admission')
    .filter(({ method }) => method !== 'day case' && method !== 'regular' && method !== 'birth')
    .map(({ at, discharged }) => ({
      from: dayOf(at) + 1,
      until: discharged === undefined ? resident.present.until : dayOf(discharged),
    }))
}

const isWithin = (spans: readonly Span[], day: number) =>
  spans.some(({ from, until }) => from <= day && day < until)

const AFTER_HOSPITAL: ReadonlySet<string> = new Set(['intermediate care', 'virtual ward'])
const IN_BEDS: ReadonlySet<string> = new Set(['mental health inpatient', 'hospice inpatient'])

describe('caseloads, in every life', () => {
  it('close after they open, and while the person lives here', () =>
    ofEveryLife(WORLDS, (story) => {
      const { present } = story.resident
      for (const { at, closed, since } of caseloadsOf(story)) {
        if (since !== undefined) expect(since).toBeLessThan(dayOf(at))
        if (closed === undefined) continue
        expect(closed).toBeGreaterThanOrEqual(at)
        expect(dayOf(closed)).toBeLessThan(present.until)
      }
    }))

  it('hold every contact between their first minute and their last', () =>
    ofEveryLife(WORLDS, (story) => {
      const open = new Set(caseloadsOf(story))
      for (const { at, caseload } of contactsOf(story)) {
        expect(open.has(caseload)).toBe(true)
        expect(at).toBeGreaterThanOrEqual(caseload.at)
        expect(at).toBeLessThanOrEqual(caseload.closed ?? Number.POSITIVE_INFINITY)
      }
    }))

  it('have no contacts with whom they did not accept', () =>
    ofEveryLife(WORLDS, (story) => {
      for (const { caseload } of contactsOf(story)) expect(caseload.accepted).toBe(true)
    }))

  it('stay open for whoever is still here, and for nobody who has died or left', () =>
    ofEveryLife(WORLDS, (story) => {
      if (story.resident.leaves === undefined) return
      for (const { closed } of caseloadsOf(story)) expect(closed).toBeDefined()
    }))

  it('follow a stay in hospital where they exist to help people home from one', () =>
    ofEveryLife(WORLDS, (story) => {
      for (const { service, because, at } of caseloadsOf(story)) {
        if (!AFTER_HOSPITAL.has(service)) continue
        if (because?.kind !== 'admission') throw new Error(`${service} after nothing`)
        expect(because.discharged ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(at)
      }
    }))

  it('see nobody at home, in a clinic or at school who lies in a hospital bed', () =>
    ofEveryLife(WORLDS, (story) => {
      const nights = nightsInHospital(story)
      if (nights.length === 0) return
      for (const { at, mode } of contactsOf(story))
        if (mode !== 'ward') expect(isWithin(nights, dayOf(at))).toBe(false)
    }))

  it('put nobody in a bed of theirs who lies in one of the hospital’s', () =>
    ofEveryLife(WORLDS, (story) => {
      const nights = nightsInHospital(story)
      for (const { service, at, closed } of caseloadsOf(story)) {
        if (!IN_BEDS.has(service)) continue
        const last = closed === undefined ? story.resident.present.until : dayOf(closed)
        for (let day = dayOf(at) + 1; day < last; day++) expect(isWithin(nights, day)).toBe(false)
      }
    }))

  it('are not opened for a reason for which the same nurses see the person already', () =>
    ofEveryLife(WORLDS, (story) => {
      const until = new Map<string, number>()
      for (const { service, reason, at, closed, from } of caseloadsOf(story)) {
        // A stay in hospital may end twice within one episode of what it leaves behind.
        if (service !== 'district nursing' || from === 'hospital') continue
        expect(at).toBeGreaterThanOrEqual(until.get(reason.text) ?? 0)
        until.set(reason.text, closed ?? Number.POSITIVE_INFINITY)
      }
    }))

  it('score nobody outside what a score can say, nor whoever did not come', () =>
    ofEveryLife(WORLDS, (story) => {
      const most = { moodScore: 27, worryScore: 21, memoryScore: 100 } as const
      for (const { scores, status } of contactsOf(story)) {
        if (scores) expect(status).toBe('attended')
        for (const { test, value } of scores ?? []) {
          if (test !== 'moodScore' && test !== 'worryScore' && test !== 'memoryScore') continue
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(most[test])
        }
      }
    }))
})
