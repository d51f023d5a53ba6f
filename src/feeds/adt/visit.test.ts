import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderOf } from '../fold/order.ts'
import { type AdtEvent, events } from './events.ts'
import { type Folded, foldVisit, unknownVisit, type Visit, type VisitEvent, withSaid } from './visit.ts'

/** `A02 B` is a transfer to ward B; `Q:A02` names another person; `A12@2` names what happened at 2. Each was recorded after the one before. */
function visit(told: string[], order = told.map((_, index) => index)): Visit {
  return order.reduce((before, index) => {
    const [, by = 'P', event = '', names, ward, from] =
      /^(?:([PQ]):)?(A\d\d)(?:@(\d))?(?: ([A-Z]))?(?: from ([PQ]))?$/.exec(told[index] ?? '') ?? []
    const at = (minute: number) => `2026-06-12T10:0${minute}:00+01:00`
    const said: VisitEvent = {
      does: events[event as AdtEvent].does,
      event,
      order: orderOf('registered', new Date(at(index)), new Date(at(index)), event),
      at: at(index),
      by,
      ...(ward && { stay: { code: ward, display: ward } }),
      ...(names && { names: at(Number(names)) }),
      ...(from && { from }),
    }
    return withSaid(before, String(index), { event: said, details: { by }, order: said.order })
  }, unknownVisit)
}

function inWords({ owner, status, end, stays, refused }: Folded): string {
  return [
    owner === 'P' ? '' : `of ${owner}`,
    status ?? 'nothing',
    end && `until ${end.slice(15, 16)}`,
    stays.length > 0 && `in ${stays.map(({ code }) => code).join('')}`,
    ...Object.entries(refused).map(([message, { reason }]) => `${message}: ${reason}`),
  ]
    .filter(Boolean)
    .join(', ')
}

describe('what the messages of a visit come to', () => {
  test.each<[string[], string]>([
    [['A01 A'], 'in-progress, in A'],
    [['A04 A', 'A08 B'], 'in-progress, in A'],
    [['A01 A', 'A02 B', 'A02 C'], 'in-progress, in ABC'],
    [['A02 B'], 'in-progress, in B'],
    [['A03 B'], 'finished, until 0, in B'],
    [['A01 A', 'A03 A'], 'finished, until 1, in A'],
    [['A01 A', 'A03', 'A03'], 'finished, until 2, in A'],
    [['A01 A', 'A11'], 'cancelled, in A'],
    [['A01 A', 'A11', 'A01 B'], 'in-progress, in B'],
    [['A01 A', 'A11', 'A01 B', 'A02 C'], 'in-progress, in BC'],
    [['A01 A', 'A11', 'A02 B'], 'cancelled, in A, 2: visit state'],
    [['A01 A', 'A11', 'A03'], 'cancelled, in A, 2: visit state'],
    [['A01 A', 'A02 B', 'A12'], 'in-progress, in A'],
    [['A01 A', 'A02 B', 'A02 C', 'A12@1'], 'in-progress, in AC'],
    [['A01 A', 'A02 B', 'A03', 'A12'], 'finished, until 2, in A'],
    [['A01 A', 'A12'], 'in-progress, in A, 1: visit state'],
    [['A01 A', 'A03', 'A13'], 'in-progress, in A'],
    [['A01 A', 'A03', 'A13', 'A03'], 'finished, until 3, in A'],
    [['A01 A', 'A13'], 'in-progress, in A, 1: visit state'],
    [['A11'], 'nothing, 0: unknown visit'],
    [['A12'], 'nothing, 0: unknown visit'],
    [['A13'], 'nothing, 0: unknown visit'],
    [['A08 A'], 'nothing'],
    [['A05 A'], 'planned'],
    [['A05', 'A01 A'], 'in-progress, in A'],
    [['A05', 'A27'], 'cancelled'],
    [['A05', 'A27', 'A05'], 'planned'],
    [['A01 A', 'A27'], 'in-progress, in A'],
    [['A01 A', 'A21'], 'onleave, in A'],
    [['A01 A', 'A21', 'A22'], 'in-progress, in A'],
    [['A04 A', 'A06 B'], 'in-progress, in AB'],
    [['A01 A', 'A03', 'A01 B'], 'finished, until 1, in AB'],
    [['A01 A', 'A23'], 'entered-in-error, in A'],
    [['A45 from Q'], 'nothing, 0: unknown visit'],
  ])('%j: %s', (told, expected) => expect(inWords(foldVisit(visit(told)))).toBe(expected))

  test.each<[string[], string]>([
    [['A01 A', 'A02 B', 'Q:A02 C'], 'in-progress, in AB, 2: another person'],
    [['Q:A01 C', 'A01 A', 'A02 B'], 'in-progress, in AB, 0: another person'],
    [['A01 A', 'Q:A45 from P'], 'of Q, in-progress, in A'],
    [['A01 A', 'Q:A45 from P', 'Q:A02 B'], 'of Q, in-progress, in AB'],
    [['A01 A', 'Q:A45 from P', 'A45 from Q', 'A02 B'], 'in-progress, in AB'],
  ])('whose it is: %j: %s', (told, expected) => expect(inWords(foldVisit(visit(told)))).toBe(expected))

  test('two numbers of one person are no two people', () => {
    const folded = foldVisit(visit(['A01 A', 'Q:A02 B']), () => true)
    expect([inWords(folded), folded.names]).toEqual(['in-progress, in AB', ['P', 'Q']])
  })
})

test('any order of arrival, with repeats, comes to the same', () => {
  const anyEvent = fc.constantFrom(
    ...(Object.keys(events) as AdtEvent[]).filter((event) => events[event].about !== 'merge'),
  )
  const told = fc.array(
    fc
      .tuple(fc.constantFrom('P', 'P', 'P', 'Q'), anyEvent, fc.constantFrom('A', 'B'))
      .map(([by, event, ward]) =>
        event === 'A45' ? `${by}:A45 from ${by === 'P' ? 'Q' : 'P'}` : `${by}:${event} ${ward}`,
      ),
    { minLength: 1, maxLength: 9 },
  )
  const arrival = told.chain((all) => {
    const indices = all.map((_, index) => index)
    return fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(indices, { minLength: all.length }),
      fc.subarray(indices),
    )
  })
  fc.assert(
    fc.property(arrival, ([all, order, again]) => {
      expect(foldVisit(visit(all, [...order, ...again]))).toEqual(foldVisit(visit(all)))
      expect(visit(all, [...order, ...again])).toEqual(visit(all))
    }),
  )
})
