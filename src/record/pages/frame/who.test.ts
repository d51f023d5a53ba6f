import { describe, expect, it, test } from 'vitest'
import type { PatientRow } from './frame.queries.ts'
import { whoIsThis } from './who.ts'

const kindOf = (source: string) => (source === 'gp' ? 'general-practice' : 'hospital')
const row = (changes: Partial<PatientRow>): PatientRow => ({
  source: 'hospital',
  received_at: new Date('2026-11-01T09:00:00Z'),
  family: 'Ashworth',
  given: 'Margaret',
  prefix: 'Mrs',
  preferred_name: null,
  birth_date: '1941-07-14',
  gender: 'female',
  deceased: null,
  nhs_number: '9990001235',
  phone: null,
  language: null,
  interpreter: null,
  addresses: [],
  practices: [],
  ...changes,
})
const address = (lines: string, more: { use?: string; period_end?: string } = {}) => ({
  use: 'home',
  lines,
  city: 'Wath',
  postcode: 'S63 9ZA',
  period_end: null,
  ...more,
})

describe('who the record is about', () => {
  it('keeps each source’s word of a death, and who has said nothing of one', () => {
    const rows = [
      row({ deceased: '2026-09-22T05:40:00Z' }),
      row({ source: 'gp' }),
      row({ source: 'hospice', deceased: 'true' }),
    ]
    expect(whoIsThis(rows, kindOf)).toMatchObject({
      died: '2026-09-22',
      deaths: [
        { source: 'hospital', day: '2026-09-22' },
        { source: 'hospice', day: undefined },
      ],
      silentOnDeath: ['gp'],
    })
  })

  it('is as the practice says, whenever the others were received', () => {
    const later = new Date('2026-11-20T09:00:00Z')
    expect(
      whoIsThis([row({ received_at: later }), row({ source: 'gp', given: 'Margaret Anne' })], kindOf).given,
    ).toBe('Margaret Anne')
  })

  it('takes from others what the practice does not know', () => {
    const who = whoIsThis(
      [row({ source: 'gp', nhs_number: null }), row({ preferred_name: 'Peggy', phone: '01632 960101' })],
      kindOf,
    )
    expect(who).toMatchObject({ nhsNumber: '9990001235', preferredName: 'Peggy', phone: '01632 960101' })
  })

  it('has each address once, the practice’s first, and none that is over', () => {
    const rows = [
      row({
        addresses: [
          address('3 Monkwood Bank'),
          address('1 Old Row', { use: 'old' }),
          address('2 Old Row', { period_end: '2020' }),
        ],
      }),
      row({ source: 'gp', addresses: [address('12 Barnacre Lane')] }),
      row({ source: 'hospice', addresses: [address('12 barnacre  lane')] }),
    ]
    expect(whoIsThis(rows, kindOf).addresses.map((each) => [each.lines[0], each.sources])).toEqual([
      ['12 Barnacre Lane', ['gp', 'hospice']],
      ['3 Monkwood Bank', ['hospital']],
    ])
  })

  it('is told by the trace where no source may be read', () => {
    const whose = {
      nhs_number: '9990001375',
      family: 'Sykes',
      given: 'Trevor',
      title: 'Mr',
      birth_date: '1969-10-11',
      gender: 'male',
      died: false,
    }
    expect(whoIsThis([], kindOf, whose)).toMatchObject({
      family: 'Sykes',
      prefix: 'Mr',
      nhsNumber: '9990001375',
      gender: 'Male',
      died: undefined,
    })
  })
})

test.each([
  [null, undefined],
  ['true', true],
  ['2026-09', '2026-09'],
  ['2026-09-22T05:40:00Z', '2026-09-22'],
  ['2026-09-21T23:30:00Z', '2026-09-22'],
])('a death given as %s is %s', (deceased, expected) =>
  expect(whoIsThis([row({ deceased })], kindOf).died).toBe(expected),
)

test.each([
  ['female', 'Female'],
  ['other', 'Not specified'],
  ['unknown', undefined],
  [null, undefined],
])('the gender %s is %s', (gender, expected) =>
  expect(whoIsThis([row({ gender })], kindOf).gender).toBe(expected),
)

test.each([
  ['Polish, interpreter needed', null, true],
  ['Polish', true, true],
  ['Polish', null, false],
])('language %s, interpreter %s: needed %s', (language, interpreter, expected) =>
  expect(whoIsThis([row({ language, interpreter })], kindOf).interpreter).toBe(expected),
)
