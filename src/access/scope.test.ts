import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '../platform/index.ts'
import { decide, type Item, type PersonFacts, type Rules } from './decide.ts'
import { admits, compileScope } from './scope.ts'

const instant = fc.integer({ min: 0, max: 12 }).map((hours) => new Date(Date.UTC(2026, 10, 22, hours)))
const organisation = fc.constantFrom('A', 'B', 'C')
const sources = ['A', 'B', 'C'].map((code) => ({ id: `${code}-source`, organisation: code }))
const category = fc.constantFrom('clinical', 'alert', 'social-care')
const bond = fc.record({
  principal: fc.constantFrom('team 1', 'team 2', 'actor:me', 'actor:other'),
  kind: fc.constantFrom('admission', 'registered practice', 'stated reason', 'break glass'),
  since: instant,
  until: instant,
})
const person: fc.Arbitrary<PersonFacts> = fc.record({
  bonds: fc.array(bond, { maxLength: 3 }),
  objection: fc.boolean(),
  protectedAddress: fc.boolean(),
})
const item: fc.Arbitrary<Item> = organisation.chain((code) =>
  fc.record({
    category,
    source: fc.constant(`${code}-source`),
    organisation: fc.constant(code),
    restricted: fc.boolean(),
    location: fc.boolean(),
    reported: fc.boolean(),
    others: fc.array(person, { maxLength: 2 }),
  }),
)
const actor: fc.Arbitrary<Actor> = organisation.chain((code) =>
  fc.record({
    id: fc.constant('me'),
    name: fc.constant('Me'),
    kind: fc.constant('staff' as const),
    role: fc.constantFrom('nurse', 'worker', 'feed', 'unknown'),
    organisation: fc.constant(code),
    teams: fc.subarray(['team 1', 'team 2']),
    source: fc.constant(`${code}-source`),
  }),
)
const roles: Rules['roles'] = {
  nurse: { name: 'Nurse', purposes: ['direct care'], categories: ['clinical', 'alert'], capabilities: [] },
  worker: { name: 'Worker', purposes: ['direct care'], categories: ['social-care'], capabilities: [] },
  feed: {
    name: 'Feed',
    purposes: ['feed', 'direct care'],
    categories: ['clinical', 'alert', 'social-care'],
    capabilities: [],
    ownSourceOnly: true,
  },
}

test('a scope admits exactly what the decision allows', () => {
  fc.assert(
    fc.property(
      actor,
      item,
      person,
      instant,
      fc.subarray(['A', 'B', 'C']),
      fc.constantFrom('direct care', 'population'),
      (who, what, whom, now, agreeing, purpose) => {
        const rules: Rules = { roles, agrees: (code) => agreeing.includes(code) }
        const decision = decide({ actor: who, purpose, item: what, person: whom }, rules, now)
        expect(admits(compileScope(who, purpose, rules, sources, now), what, whom)).toBe(decision.allowed)
      },
    ),
    { numRuns: 5000 },
  )
})
