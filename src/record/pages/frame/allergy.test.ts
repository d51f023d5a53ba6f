import { describe, expect, it, test } from 'vitest'
import { assertsNone, gravity, sortOut, stands, whyPast } from './allergy.ts'
import type { AllergyRow } from './frame.queries.ts'

const allergy = (row: Partial<AllergyRow>): AllergyRow => ({
  resource_id: 'a',
  source: 'gp',
  received_at: new Date('2026-11-01T09:00:00Z'),
  code: null,
  code_system: null,
  title: 'Penicillin',
  clinical_status: 'active',
  verification_status: 'confirmed',
  type: 'allergy',
  criticality: null,
  recorded: null,
  recorded_at: null,
  recorder_display: null,
  manifestations: null,
  reaction_severity: null,
  note: null,
  ...row,
})

test.each([
  [{ code: '716186003', title: 'No known allergy' }, true],
  [{ code: '409137002', title: 'NKDA' }, true],
  [{ code: null, title: 'No known drug allergies' }, true],
  [{ code: null, title: 'No known allergies' }, true],
  [{ code: null, title: 'Allergy to penicillin' }, false],
  [{ code: null, title: 'Not known to be allergic to latex' }, false],
  [{ code: null, title: null }, false],
])('%j asserts that there are none: %s', (row, expected) => expect(assertsNone(row)).toBe(expected))

test.each([
  ['active', 'confirmed', true],
  [null, null, true],
  ['active', 'unconfirmed', true],
  ['resolved', 'confirmed', false],
  ['inactive', 'confirmed', false],
  ['active', 'refuted', false],
  ['active', 'entered-in-error', false],
])('an allergy that is %s and %s stands: %s', (clinical_status, verification_status, expected) =>
  expect(stands({ clinical_status, verification_status })).toBe(expected),
)

describe('allergies sorted out', () => {
  const graver = allergy({ source: 'hospital', title: 'Latex', reaction_severity: 'severe' })
  const milder = allergy({ source: 'gp', title: 'Codeine', criticality: 'low' })
  const none = allergy({ source: 'hospice', code: '716186003', title: 'No known allergy' })
  const refuted = allergy({ title: 'Aspirin', verification_status: 'refuted' })

  it('has the worst first, and keeps what no longer stands apart', () => {
    const sorted = sortOut([milder, none, refuted, graver])
    expect(sorted.standing.map((group) => group.items[0].title)).toEqual(['Latex', 'Codeine'])
    expect(sorted.noneKnown.map((group) => group.items[0].source)).toEqual(['hospice'])
    expect(sorted.past).toEqual([refuted])
    expect(whyPast(refuted)).toContain('refuted')
  })

  it('believes the gravest of several sources', () => {
    const [group] = sortOut([
      allergy({ criticality: 'low' }),
      allergy({ source: 'hospital', criticality: 'high' }),
    ]).standing
    expect(group?.items).toHaveLength(2)
    expect(group && gravity(group)).toBe(2)
  })
})
