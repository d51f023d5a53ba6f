import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Counts, limitsPassed } from '../limits.ts'
import { type Fact, fold, isLater, leaveOut, type Order } from './fold.ts'

const at = (extractDate: string, number: number): Order => ({ extractDate, number })
const may = at('2026-05-01', 5)
const june = at('2026-06-01', 2)
const july = at('2026-07-01', 1)
const held = (order: Order, digest: string, ended?: Order): Fact => ({ ...order, digest, ended })

describe('a line, compared with what is held', () => {
  test.each<[string, Fact | undefined, Order & { digest: string }, Order | undefined, string]>([
    ['nothing is held', undefined, { ...june, digest: 'a' }, undefined, 'write'],
    ['a later line is held', held(july, 'b'), { ...june, digest: 'a' }, undefined, 'older'],
    ['an earlier one that says something else', held(may, 'b'), { ...june, digest: 'a' }, undefined, 'write'],
    ['an earlier one that says the same', held(may, 'a'), { ...june, digest: 'a' }, undefined, 'unchanged'],
    [
      'it had ended, and is back',
      held(may, 'a', at('2026-05-15', 6)),
      { ...june, digest: 'a' },
      undefined,
      'write',
    ],
    ['it had ended later than this line', held(may, 'a', july), { ...june, digest: 'a' }, july, 'unchanged'],
    ['a later list had left it out already', undefined, { ...june, digest: 'a' }, july, 'write'],
    [
      'the same day, sent again',
      held(at('2026-06-01', 1), 'b'),
      { ...june, digest: 'a' },
      undefined,
      'write',
    ],
    [
      'the same day, sent before',
      held(at('2026-06-01', 3), 'b'),
      { ...june, digest: 'a' },
      undefined,
      'older',
    ],
  ])('%s', (_, fact, line, leftOut, kind) => {
    expect(fold(fact, line, leftOut).kind).toBe(kind)
  })
})

describe('a full list that leaves a key out', () => {
  test.each<[string, Fact, Order, string | undefined]>([
    ['ends what is held from before', held(may, 'a'), june, 'write'],
    ['does nothing to what a later file said', held(july, 'a'), june, undefined],
    ['does nothing to what had ended before', held(may, 'a', june), july, undefined],
    ['ends earlier what a later list had ended', held(may, 'a', july), june, 'write'],
  ])('%s', (_, fact, list, kind) => {
    expect(leaveOut(fact, list)?.kind).toBe(kind)
  })
})

test('full lists in any order end in the same', () => {
  // Each list either says something of one key or leaves it out.
  const list = fc.record({
    day: fc.integer({ min: 10, max: 14 }),
    says: fc.option(fc.constantFrom('a', 'b')),
  })
  fc.assert(
    fc.property(
      fc.array(list, { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.nat()),
      (lists, dice) => {
        const orders = lists.map(({ day, says }, number) => ({ ...at(`2026-05-${day}`, number), says }))
        const shuffled = orders
          .map((each) => ({ each, by: dice.next().value as number }))
          .sort((one, other) => one.by - other.by)
          .map(({ each }) => each)
        expect(ended(shuffled)).toEqual(ended(orders))
      },
    ),
    { numRuns: 500 },
  )
})

type List = Order & { says: string | null }

/** As applying does it: list by list, each with those before it accepted. */
function ended(lists: List[]): Fact | undefined {
  let fact: Fact | undefined
  for (const [index, list] of lists.entries()) {
    if (list.says !== null) {
      const leftOut = lists
        .slice(0, index)
        .filter((other) => other.says === null && isLater(other, list))
        .sort((one, other) => (isLater(one, other) ? 1 : -1))[0]
      const outcome = fold(
        fact,
        { ...list, digest: list.says },
        leftOut && at(leftOut.extractDate, leftOut.number),
      )
      if (outcome.kind !== 'older') fact = held(outcome.fact, outcome.fact.digest, outcome.fact.ended)
    } else if (fact) {
      const outcome = leaveOut(fact, at(list.extractDate, list.number))
      if (outcome && outcome.kind !== 'older') fact = outcome.fact
    }
  }
  return (
    fact && { extractDate: fact.extractDate, number: fact.number, digest: fact.digest, ended: fact.ended }
  )
}

describe('limits', () => {
  const usual: Counts = {
    lines: 100,
    added: 5,
    changed: 10,
    unchanged: 85,
    older: 0,
    ended: 4,
    refused: 0,
    unreadable: 0,
    held: 100,
  }
  test.each<[string, Partial<Counts>, number]>([
    ['an ordinary day', {}, 0],
    ['a fifth ends', { ended: 20 }, 0],
    ['more than a fifth ends', { ended: 21 }, 1],
    ['nine of ten are refused', { refused: 90 }, 0],
    ['more than nine of ten are refused', { refused: 91 }, 1],
    ['more than half changes', { changed: 51 }, 1],
    ['the first file of a set', { held: 0, ended: 0, changed: 0, added: 100 }, 0],
    ['lines without a key while something ends', { unreadable: 1, refused: 1 }, 1],
    ['lines without a key while nothing ends', { unreadable: 1, refused: 1, ended: 0 }, 0],
  ])('%s', (_, counts, passed) => {
    expect(limitsPassed({ ...usual, ...counts })).toHaveLength(passed)
  })
})
