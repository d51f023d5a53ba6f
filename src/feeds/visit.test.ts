import { expect, test } from 'vitest'
import type { Invalid } from '../platform/index.ts'
import type { AdtEvent } from './adt.ts'
import { effectOf, type VisitState } from './visit.ts'

const now = new Date('2026-06-12T12:00:00Z')
const later = new Date('2026-06-12T13:00:00Z')

type Row = [AdtEvent, VisitState, string]

function inWords(
  event: AdtEvent,
  state: VisitState,
  history: { event: string; recorded: Date }[] = [],
): string {
  try {
    const effect = effectOf(event, state, now, history)
    if (!effect) return 'nothing'
    return [effect.status, effect.stay && `${effect.stay} stay`, `${effect.details} details`]
      .filter(Boolean)
      .join(', ')
  } catch (problem) {
    return (problem as Invalid).faults[0]?.code ?? ''
  }
}

test.each<Row>([
  ['A01', 'none', 'in-progress, add stay, replace details'],
  ['A01', 'in-progress', 'in-progress, add stay, replace details'],
  ['A01', 'finished', 'add stay, fill details'],
  ['A01', 'cancelled', 'in-progress, add stay, replace details'],
  ['A04', 'none', 'in-progress, add stay, replace details'],
  ['A02', 'none', 'in-progress, add stay, replace details'],
  ['A02', 'in-progress', 'in-progress, add stay, replace details'],
  ['A02', 'finished', 'add stay, replace details'],
  ['A02', 'cancelled', 'visit state'],
  ['A03', 'none', 'finished, replace details'],
  ['A03', 'in-progress', 'finished, replace details'],
  ['A03', 'finished', 'finished, replace details'],
  ['A03', 'cancelled', 'visit state'],
  ['A11', 'none', 'unknown visit'],
  ['A11', 'in-progress', 'cancelled, fill details'],
  ['A11', 'finished', 'cancelled, fill details'],
  ['A11', 'cancelled', 'nothing'],
  ['A12', 'none', 'unknown visit'],
  ['A12', 'in-progress', 'take back stay, fill details'],
  ['A12', 'finished', 'visit state'],
  ['A12', 'cancelled', 'visit state'],
  ['A13', 'none', 'unknown visit'],
  ['A13', 'in-progress', 'nothing'],
  ['A13', 'finished', 'in-progress, reopen stay, fill details'],
  ['A13', 'cancelled', 'visit state'],
  ['A08', 'none', 'nothing'],
  ['A08', 'in-progress', 'replace details'],
  ['A08', 'finished', 'replace details'],
  ['A31', 'none', 'nothing'],
])('%s of a visit that is %s: %s', (event, state, expected) => expect(inWords(event, state)).toBe(expected))

test.each<[AdtEvent, VisitState, string, string]>([
  ['A01', 'finished', 'A03', 'add stay, fill details'],
  ['A01', 'cancelled', 'A11', 'fill details'],
  ['A01', 'in-progress', 'A02', 'in-progress, add stay, fill details'],
  ['A02', 'finished', 'A03', 'add stay, fill details'],
  ['A02', 'cancelled', 'A11', 'nothing'],
  ['A03', 'in-progress', 'A13', 'fill details'],
  ['A03', 'in-progress', 'A02', 'finished, fill details'],
  ['A03', 'finished', 'A03', 'fill details'],
  ['A03', 'cancelled', 'A11', 'nothing'],
  ['A11', 'in-progress', 'A01', 'nothing'],
  ['A11', 'finished', 'A03', 'visit state'],
  ['A12', 'in-progress', 'A02', 'visit state'],
  ['A13', 'finished', 'A03', 'nothing'],
  ['A08', 'in-progress', 'A08', 'fill details'],
])('a late %s of a visit that is %s, after a newer %s: %s', (event, state, newer, expected) => {
  expect(inWords(event, state, [{ event: newer, recorded: later }])).toBe(expected)
})

test('of the same moment is not late', () => {
  expect(inWords('A03', 'in-progress', [{ event: 'A13', recorded: now }])).toBe('finished, replace details')
})
