import { describe, expect, it, test } from 'vitest'
import type { Look } from '../../../access/index.ts'
import { actInWords, actsInWords, visitsOf } from './looked.ts'

const look = (minute: number, changes: Partial<Look> = {}): Look => ({
  at: new Date(Date.UTC(2026, 10, 22, 9, minute)),
  actor_name: 'Sam Okafor',
  role: 'emergency-nurse',
  organisation: 'RFR',
  action: 'record.summary',
  outcome: 'allowed',
  basis: 'stated reason',
  app: null,
  ...changes,
})

test.each([
  ['record.summary', 'Opened the summary'],
  ['record.view.frailty', 'Opened the view frailty'],
  ['record.encounters.export', 'Exported the contacts and stays'],
  ['record.problems.export', 'Exported the problems'],
  ['something-new.done', 'Something new done'],
])('%s is told as: %s', (action, words) => expect(actInWords(action)).toBe(words))

test('acts are told in one sentence', () =>
  expect(
    actsInWords([
      'Stated a reason to open the record',
      'Opened the summary',
      'Opened the results',
      'Opened the timeline',
    ]),
  ).toBe('Stated a reason to open the record; Opened the summary, the results and the timeline'))

describe('visits', () => {
  it('bring together what one practitioner did at one sitting', () => {
    const visits = visitsOf([look(20, { action: 'record.results' }), look(10), look(10)])
    expect(visits).toMatchObject([
      { from: look(10).at, to: look(20).at, acts: ['Opened the summary', 'Opened the results'] },
    ])
  })

  it.each<[string, Look[]]>([
    ['half an hour apart', [look(40), look(5)]],
    ['of two practitioners', [look(10, { actor_name: 'Jo Hartley' }), look(9)]],
    ['one of which was refused', [look(10, { outcome: 'refused', basis: null }), look(9)]],
    ['on two grounds', [look(10, { basis: 'break glass' }), look(9)]],
  ])('stay apart: %s', (_name, looks) => expect(visitsOf(looks)).toHaveLength(2))
})

test('what was refused was asked for and not opened', () =>
  expect(actsInWords(['Opened the summary', 'Opened the results'], true)).toBe(
    'Asked for the summary and the results',
  ))

test('what one practitioner did with an app and without it are two visits', () => {
  const visits = visitsOf([look(12, { app: 'charts' }), look(11, { app: 'charts' }), look(10)])
  expect(visits.map(({ app, acts }) => [app, acts.length])).toEqual([
    ['charts', 1],
    [null, 1],
  ])
})
