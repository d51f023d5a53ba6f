import { PathError } from './ast.ts'
import { itemsEqual } from './equality.ts'
import { addDistinct, single } from './operators.ts'
import type { MakeFunction } from './scope.ts'
import { bare, type Collection, collectionOf, isEmpty, itemsOf, numberOf } from './values.ts'

/** A function of the input collection alone. `keepsType` where the answer holds the items that went in. */
function plainly(answer: (items: readonly unknown[]) => Collection, keepsType = false): MakeFunction {
  return (source, args) => {
    args.most(0)
    const run = (focus: Collection, scope: Parameters<typeof source.run>[1]) =>
      answer(itemsOf(source.run(focus, scope)))
    return keepsType ? { ...source, run } : { run, type: 'boolean' }
  }
}

/** A function of the input and of one whole number. */
function numbered(answer: (items: readonly unknown[], count: number) => unknown[]): MakeFunction {
  return (source, args) => {
    args.most(1)
    const count = args.compile(0).run
    return {
      ...source,
      run: (focus, scope) => {
        const number = numberOf(single(count(focus, scope), args.name, args.at))
        if (number === undefined) throw new PathError(`${args.name}() needs a whole number`, args.at)
        return collectionOf(answer(itemsOf(source.run(focus, scope)), number))
      },
    }
  }
}

/** A function of the input and of a second collection, which is read from `$this`, not from the input. */
function paired(answer: (items: readonly unknown[], others: readonly unknown[]) => Collection): MakeFunction {
  return (source, args) => {
    args.most(1)
    const other = args.compile(0).run
    return {
      run: (focus, scope) => answer(itemsOf(source.run(focus, scope)), itemsOf(other(focus, scope))),
    }
  }
}

const holds = (items: readonly unknown[], item: unknown) =>
  items.some((other) => itemsEqual(item, other) === true)

const one: MakeFunction = (source, args) => {
  args.most(0)
  return { ...source, run: (focus, scope) => single(source.run(focus, scope), 'single()', args.at) }
}

const isTrue = (item: unknown) => bare(item) === true
const isFalse = (item: unknown) => bare(item) === false

const not: MakeFunction = (source, args) => {
  args.most(0)
  return {
    run: (focus, scope) => {
      const value = bare(single(source.run(focus, scope), 'not()', args.at))
      return value === undefined ? undefined : value === false
    },
    type: 'boolean',
  }
}

const empty: MakeFunction = (source, args) => {
  args.most(0)
  return { run: (focus, scope) => isEmpty(source.run(focus, scope)), type: 'boolean' }
}

const count: MakeFunction = (source, args) => {
  args.most(0)
  return { run: (focus, scope) => itemsOf(source.run(focus, scope)).length, type: 'integer' }
}

export const collectionFunctions: Record<string, MakeFunction> = {
  empty,
  not,
  count,
  first: plainly((items) => items[0], true),
  last: plainly((items) => items[items.length - 1], true),
  tail: plainly((items) => collectionOf(items.slice(1)), true),
  single: one,
  skip: numbered((items, number) => items.slice(Math.max(0, number))),
  take: numbered((items, number) => items.slice(0, Math.max(0, number))),
  allTrue: plainly((items) => items.every(isTrue)),
  anyTrue: plainly((items) => items.some(isTrue)),
  allFalse: plainly((items) => items.every(isFalse)),
  anyFalse: plainly((items) => items.some(isFalse)),
  isDistinct: plainly((items) => addDistinct([], items).length === items.length),
  union: paired((items, others) => collectionOf(addDistinct(addDistinct([], items), others))),
  combine: paired((items, others) => collectionOf([...items, ...others])),
  intersect: paired((items, others) =>
    collectionOf(
      addDistinct(
        [],
        items.filter((item) => holds(others, item)),
      ),
    ),
  ),
  exclude: paired((items, others) => collectionOf(items.filter((item) => !holds(others, item)))),
  subsetOf: paired((items, others) => items.every((item) => holds(others, item))),
  supersetOf: paired((items, others) => others.every((item) => holds(items, item))),
}
