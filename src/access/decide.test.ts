import { describe, expect, test } from 'vitest'
import type { Actor } from '../platform/index.ts'
import { type Bond, decide, type Item, type PersonFacts, type Rules } from './decide.ts'

const now = new Date('2026-11-22T10:00:00Z')
const rules: Rules = {
  roles: {
    nurse: { name: 'Nurse', purposes: ['direct care'], categories: ['alert', 'clinical'], capabilities: [] },
    feed: {
      name: 'Feed',
      purposes: ['feed'],
      categories: ['alert', 'clinical'],
      capabilities: [],
      ownSourceOnly: true,
    },
  },
  agrees: (organisation) => organisation !== 'LAPSED',
}
const nurse: Actor = {
  id: 'n1',
  name: 'N',
  kind: 'staff',
  role: 'nurse',
  organisation: 'RFR',
  teams: ['ward'],
}
const feed: Actor = {
  id: 'f1',
  name: 'F',
  kind: 'system',
  role: 'feed',
  organisation: 'RFR',
  teams: [],
  source: 'rfr-hospital',
}
const ordinary: Item = {
  category: 'clinical',
  source: 'zp001-gp',
  organisation: 'ZP001',
  restricted: false,
  location: false,
  reported: false,
  others: [],
}
const bond = (kind: string, principal = 'ward', since = '2026-11-01', until = '2026-12-01'): Bond => ({
  kind,
  principal,
  since: new Date(since),
  until: new Date(until),
})
const known: PersonFacts = { bonds: [bond('admission')], objection: false, protectedAddress: false }
const glass: PersonFacts = { ...known, bonds: [bond('break glass', 'actor:n1')] }

type Case = [
  words: string,
  item: Partial<Item>,
  person: Partial<PersonFacts>,
  answer: string,
  more?: { actor?: Partial<Actor>; purpose?: string },
]

// Each line is a case that a clinician or a privacy officer can check against the table in decide.ts.
const cases: Case[] = [
  ['an ordinary item about a person of the ward', {}, {}, 'allowed: admission'],
  ['for a purpose that the role does not have', {}, {}, 'purpose', { purpose: 'population' }],
  ['a category that the role does not have', { category: 'mental-health' }, {}, 'role'],
  [
    'by someone whose organisation has no agreement',
    {},
    {},
    'agreement',
    { actor: { organisation: 'LAPSED' } },
  ],
  ['from a source whose organisation has no agreement', { organisation: 'LAPSED' }, {}, 'source agreement'],
  ['about a person without a bond', {}, { bonds: [] }, 'relationship'],
  ['about a person of another ward', {}, { bonds: [bond('admission', 'other ward')] }, 'relationship'],
  [
    'after the bond has ended',
    {},
    { bonds: [bond('admission', 'ward', '2026-01-01', '2026-11-22T10:00:00Z')] },
    'relationship',
  ],
  [
    'just before the bond ends',
    {},
    { bonds: [bond('admission', 'ward', '2026-01-01', '2026-11-22T10:00:01Z')] },
    'allowed: admission',
  ],
  [
    'before the bond begins',
    {},
    { bonds: [bond('admission', 'ward', '2026-11-23', '2026-12-01')] },
    'relationship',
  ],
  [
    'a stated reason of one’s own',
    {},
    { bonds: [bond('stated reason', 'actor:n1')] },
    'allowed: stated reason',
  ],
  ['a stated reason of a colleague', {}, { bonds: [bond('stated reason', 'actor:n2')] }, 'relationship'],
  ['another organisation’s item when the person objects', {}, { objection: true }, 'objection'],
  [
    'one’s own organisation’s item when the person objects',
    { organisation: 'RFR', source: 'rfr-hospital' },
    { objection: true },
    'allowed: admission',
  ],
  ['a specially protected item', { restricted: true }, {}, 'specially protected'],
  [
    'a location, of someone whose address is protected',
    { location: true },
    { protectedAddress: true },
    'protected address',
  ],
  ['a location, of anyone else', { location: true }, {}, 'allowed: admission'],
  [
    'no location, of someone whose address is protected',
    {},
    { protectedAddress: true },
    'allowed: admission',
  ],
  [
    'an item about a second person who is out of reach',
    { others: [{ ...known, bonds: [] }] },
    {},
    'another person',
  ],
  ['an item about a second person of the ward', { others: [known] }, {}, 'allowed: admission'],
  ['glass broken, in spite of an objection', {}, { ...glass, objection: true }, 'allowed: break glass'],
  ['an item reported as somebody else’s', { reported: true }, {}, 'wrong person'],
  ['glass broken, an item reported as somebody else’s', { reported: true }, glass, 'wrong person'],
  ['glass broken, a specially protected item', { restricted: true }, glass, 'allowed: break glass'],
  [
    'glass broken, a protected address',
    { location: true },
    { ...glass, protectedAddress: true },
    'allowed: break glass',
  ],
  ['glass broken, a category that the role does not have', { category: 'mental-health' }, glass, 'role'],
  ['glass broken, a source without an agreement', { organisation: 'LAPSED' }, glass, 'source agreement'],
  [
    'glass broken for one person, an item about another too',
    { others: [{ ...known, bonds: [] }] },
    glass,
    'another person',
  ],
  [
    'a sending system, what its source sent',
    { source: 'rfr-hospital', organisation: 'RFR' },
    { bonds: [] },
    'allowed: own source',
    { actor: feed, purpose: 'feed' },
  ],
  ['a sending system, what another source sent', {}, {}, 'own source only', { actor: feed, purpose: 'feed' }],
]

describe('may this practitioner see this item about this person, now?', () => {
  test.each(cases)('%s', (_words, item, person, answer, more) => {
    const decision = decide(
      {
        actor: { ...nurse, ...more?.actor },
        purpose: more?.purpose ?? 'direct care',
        item: { ...ordinary, ...item },
        person: { ...known, ...person },
      },
      rules,
      now,
    )
    expect(decision.allowed ? `allowed: ${decision.basis}` : decision.why).toBe(answer)
  })
})
