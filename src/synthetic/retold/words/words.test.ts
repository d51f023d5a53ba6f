import { describe, expect, it } from 'vitest'
import { aBorough, livesIn } from '../../a-borough.ts'
import { diceFor } from '../../dice.ts'
import { medicineFacts } from '../../health/medicines.ts'
import { PROBLEMS } from '../../lives/acute/causes/every-cause.ts'
import { ageOn, dayOf } from '../../lives/moment.ts'
import { thePlace } from '../../the-place.ts'
import { allergiesOf } from '../allergies.ts'
import { retell } from '../retell.ts'
import { suits } from './account.ts'
import { CARE_PLANS } from './care-plans.ts'
import { PARTICULARS } from './particulars.ts'
import { saidOf } from './said.ts'
import { STAYS } from './stays.ts'

const world = aBorough({ people: 3000 })
const stories = livesIn(
  world,
  Array.from({ length: 60 }, (_, nth) => nth),
)

describe('what is said of a reason', () => {
  it('is the same for a referral, its clinics and its operation', () => {
    let chains = 0
    for (const story of stories)
      for (const each of story.happenings) {
        if (each.kind !== 'admission' || !each.referral || ageOn(story.resident.born, dayOf(each.at)) < 20)
          continue
        if (each.referral.reason.text !== each.reason.text) continue
        const [first, last] = [
          saidOf(story, each.referral, each.referral.reason),
          saidOf(story, each, each.reason),
        ]
        if (
          ageOn(story.resident.born, dayOf(each.referral.at)) === ageOn(story.resident.born, dayOf(each.at))
        )
          chains += first === last ? 1 : 0
        else continue
        // What is found on the way may give the trouble its name; a side never changes.
        const side = (text: string) => /\b(left|right)\b/i.exec(text)?.[1]?.toLowerCase()
        if (side(first) && side(last)) expect(side(last)).toBe(side(first))
      }
    expect(chains).toBeGreaterThan(10)
  })

  it('is never a group in which activity is counted, nor an unfilled word', () => {
    for (const story of stories)
      for (const each of story.happenings) {
        if (!('reason' in each)) continue
        const said = saidOf(story, each, each.reason)
        expect(said).not.toContain('{')
        if (PARTICULARS[each.reason.text] && each.reason.text.includes(' or '))
          expect(said).not.toBe(each.reason.text)
      }
  })

  it('suits the sex and age of the person', () => {
    for (const story of stories)
      for (const each of story.happenings)
        if ('reason' in each && saidOf(story, each, each.reason) === 'Raised PSA')
          expect(story.resident.sex).toBe('male')
  })
})

describe('letters', () => {
  const byPerson = stories.map((story) => ({
    story,
    texts: retell(story, { seed: world.seed, place: thePlace, now: new Date('2026-10-01T00:00:00Z') })
      .flatMap(({ bundle }) => bundle.entry ?? [])
      .flatMap(({ resource }) => (resource?.resourceType === 'DocumentReference' ? [resource] : []))
      .map((each) => Buffer.from(each.content[0]?.attachment.data ?? '', 'base64').toString('utf8')),
  }))
  const letters = byPerson.flatMap(({ texts }) => texts)
  const story = (text: string) => /What happened: (.*)/.exec(text)?.[1]

  it('leave no word unfilled', () => {
    expect(letters.length).toBeGreaterThan(300)
    expect(letters.filter((each) => /[{}]|undefined|NaN/.test(each))).toEqual([])
  })

  it('of one illness are not alike', () => {
    const told = letters.filter((each) => /Main reason: Pneumonia/.test(each)).map(story)
    expect(told.length).toBeGreaterThan(5)
    expect(new Set(told).size).toBeGreaterThan(told.length / 2)
  })

  it('have something fitting to say of each way in which a problem is put', () => {
    for (const [group, account] of Object.entries(STAYS))
      for (const { text, from = 0, to = 90 } of PARTICULARS[group] ?? [{ text: group }])
        for (const list of [account.came, account.found, account.done, account.asks])
          for (const age of [from, to - 1])
            for (const sex of ['female', 'male'] as const)
              expect([group, text, list.some((each) => suits(each, { age, sex, said: text }))]).toEqual([
                group,
                text,
                true,
              ])
  })

  it('tell of the end of whoever dies there, who looked ill before', () => {
    const texts = letters.filter((each) => each.includes('Died in hospital on'))
    expect(texts.length).toBeGreaterThan(3)
    for (const text of texts) expect(text).toContain('Cause of death given')
  })

  it('speak of no organ that somebody has not', () => {
    for (const {
      story: { resident },
      texts,
    } of byPerson)
      for (const text of texts)
        if (resident.sex === 'female') expect(text).not.toMatch(/prostate|PSA/i)
        else expect(text).not.toMatch(/womb|ovar|pregnan/i)
  })

  it('can be written of every problem that brings people to stay', () => {
    const plain = PROBLEMS.filter(({ admitted, text }) => admitted >= 0.25 && !STAYS[text]).map(
      ({ text }) => text,
    )
    expect(plain).toEqual([])
  })
})

it('nobody is allergic to what they are given', () => {
  let held = 0
  for (const story of stories) {
    const known = allergiesOf(story, diceFor(`${story.resident.serial}`), 60)
    if (typeof known === 'string') continue
    const names = known.map(({ text }) => text)
    held += names.length
    const given = story.happenings.flatMap((each) =>
      each.kind === 'prescription' ? [medicineFacts(each.medicine).text] : [],
    )
    if (names.some((name) => /penicillin/.test(name)))
      expect(given.filter((each) => /penicillin|amoxicillin|flucloxacillin/i.test(each))).toEqual([])
    if (names.includes('Non-steroidal anti-inflammatories'))
      expect(given.filter((each) => /naproxen|ibuprofen/i.test(each))).toEqual([])
  }
  expect(held).toBeGreaterThan(50)
})

it('a plan says what is wanted and what is done about it', () => {
  for (const { service, aims, actions } of CARE_PLANS) {
    expect([service, aims.length > 0, actions.length > 1]).toEqual([service, true, true])
  }
})
