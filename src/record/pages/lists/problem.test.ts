import { expect, test } from 'vitest'
import { isActive, lasted, sortOutProblems, stateInWords } from './problem.ts'
import type { ProblemRow } from './problems.queries.ts'

const now = new Date('2026-11-22T09:00:00Z')
const past = new Date('2020-01-01T00:00:00Z')
const future = new Date('2027-01-01T00:00:00Z')

test.each([
  ['active', 'confirmed', null, true, 'Active'],
  ['recurrence', 'confirmed', null, true, 'Come back'],
  ['relapse', null, null, true, 'Relapsed'],
  [null, null, null, true, 'State not given'],
  ['active', 'provisional', null, true, 'Active, provisional'],
  ['active', 'confirmed', past, false, 'Active'],
  ['active', 'confirmed', future, true, 'Active'],
  ['inactive', 'confirmed', null, false, 'Inactive'],
  ['remission', 'confirmed', null, false, 'In remission'],
  ['resolved', 'confirmed', null, false, 'Resolved'],
  ['active', 'refuted', null, false, 'Ruled out'],
  ['active', 'entered-in-error', null, false, 'Entered in error'],
])('%s, %s, ended %s: now %s, told %s', (clinical_status, verification_status, abated_at, active, words) => {
  expect(isActive({ clinical_status, verification_status, abated_at }, now)).toBe(active)
  expect(stateInWords({ clinical_status, verification_status, abated_at })).toBe(words)
})

test('one source that says active keeps a problem among those of now', () => {
  const row = (source: string, clinical_status: string) =>
    ({
      source,
      clinical_status,
      verification_status: 'confirmed',
      abated_at: null,
      code: '1',
      code_system: 's',
      title: 'Asthma',
    }) as ProblemRow
  const { active, past: over } = sortOutProblems([row('gp', 'resolved'), row('hospital', 'active')], now)
  expect([active.length, over.length, active[0]?.items.length]).toEqual([1, 0, 2])
})

test('what the source wrote instead of dates is kept', () => {
  const none = { onset: null, onset_at: null, abated: null, abated_at: null, abated_text: null }
  expect(lasted({ ...none, onset_text: 'in childhood' })).toBe('in childhood')
  expect(lasted({ ...none, onset_text: null })).toBeUndefined()
})
