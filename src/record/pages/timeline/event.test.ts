import { describe, expect, it, test } from 'vitest'
import type { Shield } from '../frame/shield.ts'
import { told } from './event.ts'
import type { Event } from './timeline.queries.ts'

const shield = (hides: boolean): Shield => ({
  hides,
  source: (id) => id,
  author: (name) => (hides ? undefined : (name ?? undefined)),
  location: (words) => (hides ? undefined : (words ?? undefined)),
})
const event = (changes: Partial<Event>): Event => ({
  kind: 'encounter',
  happening: null,
  id: 'e1',
  at: new Date('2026-11-02T01:15:00Z'),
  at_text: '2026-11-02T01:15:00Z',
  title: null,
  detail: null,
  code: null,
  status: null,
  author: null,
  source: 'hospital',
  category: 'activity',
  received_at: new Date('2026-11-02T02:00:00Z'),
  names: null,
  ids: null,
  ...changes,
})

test.each<
  [
    string,
    Partial<Event>,
    { kind?: string; title?: string; detail?: string | undefined; path?: string | undefined },
  ]
>([
  [
    'a stay',
    { code: 'IMP', title: 'Emergency admission', detail: 'Stroke' },
    { kind: 'Hospital stay', title: 'Emergency admission', detail: 'Stroke' },
  ],
  [
    'care that began',
    { kind: 'episode', happening: 'opened', title: 'Leg ulcer care', detail: 'District Nursing North' },
    { kind: 'Care began', detail: 'District Nursing North' },
  ],
  [
    'care that ended',
    { kind: 'episode', happening: 'closed', title: 'Leg ulcer care' },
    { kind: 'Care ended', title: 'Leg ulcer care' },
  ],
  [
    'several medicines',
    { kind: 'medicine', names: ['Apixaban', 'Ramipril'] },
    { kind: 'Medicines prescribed', title: '2 medicines', detail: 'Apixaban and Ramipril' },
  ],
  [
    'one medicine',
    { kind: 'medicine', title: 'Apixaban', detail: 'twice a day', names: ['Apixaban'] },
    { kind: 'Medicine prescribed', title: 'Apixaban', detail: 'twice a day' },
  ],
  [
    'one test',
    { kind: 'results', code: 'survey', names: ['NEWS2 total score'] },
    { title: 'Scores and assessments', path: '/results/news2-total-score' },
  ],
  [
    'several tests',
    { kind: 'results', code: 'laboratory', names: ['a', 'b'] },
    { title: 'Laboratory tests', path: '/results' },
  ],
  [
    'a document',
    { kind: 'document', code: 'Clinic letter', title: 'Kidney clinic letter' },
    { title: 'Kidney clinic letter', path: '/documents/e1' },
  ],
  [
    'a referral',
    { kind: 'referral', title: 'Referral to kidney clinic', detail: 'Falling eGFR', code: 'Kidney clinic' },
    { detail: 'Falling eGFR, to Kidney clinic' },
  ],
])('%s is told', (_name, changes, expected) =>
  expect(told(event(changes), shield(false))).toMatchObject(expected),
)

describe('of a protected person', () => {
  it.each<[string, Partial<Event>]>([
    ['a clinic', { code: 'AMB', title: 'Wath kidney clinic' }],
    [
      'a team',
      { kind: 'episode', happening: 'opened', title: 'Leg ulcer care', detail: 'District Nursing Wath' },
    ],
    ['a letter', { kind: 'document', code: 'Clinic letter', title: 'Wath clinic letter' }],
    [
      'a referral',
      { kind: 'referral', title: 'Referral to Wath clinic', detail: 'Falling eGFR', code: 'Wath clinic' },
    ],
    ['a plan', { kind: 'care plan', title: 'Care plan', detail: 'Stay in Wath' }],
  ])('%s says nothing of where', (_name, changes) =>
    expect(JSON.stringify(told(event(changes), shield(true)))).not.toContain('Wath'),
  )
})

test('what has no date, and what was withdrawn, say so', () => {
  expect(told(event({ at_text: null }), shield(false)).undated).toBe(true)
  expect(told(event({ status: 'entered-in-error' }), shield(false)).error).toBe(true)
  expect(told(event({ status: 'in-progress' }), shield(false)).tag).toBe('Now')
  expect(told(event({ status: 'finished' }), shield(false)).tag).toBeUndefined()
})
