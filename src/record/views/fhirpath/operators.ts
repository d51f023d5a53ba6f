import { calculate } from './arithmetic.ts'
import { type Node, PathError } from './ast.ts'
import { equal, equivalent, isTemporalType, itemsEqual, order } from './equality.ts'
import type { Compiled, Evaluate } from './scope.ts'
import { bare, type Collection, collectionOf, itemsOf, measured, textOf } from './values.ts'

type Binary = Extract<Node, { kind: 'binary' }>

/** Compiles `left operator right`. Throws PathError for an operator FHIRPath does not have. */
export function operator(node: Binary, left: Compiled, right: Compiled): Compiled {
  const temporal = isTemporalType(left.type) || isTemporalType(right.type)
  const run = comparison(node, left.run, right.run, temporal) ?? logic(node, left.run, right.run)
  if (run) return { run, type: 'boolean' }
  return { run: sets(node, left.run, right.run) ?? sums(node, left.run, right.run) }
}

/** The one item of a collection; undefined when empty. Throws where there are several. */
export function single(collection: Collection, what: string, at: number): unknown {
  if (!Array.isArray(collection)) return collection === null ? undefined : collection
  if (collection.length > 1)
    throw new PathError(`${what} needs a single item and was given ${collection.length}`, at)
  return collection[0]
}

/**
 * A collection as a truth value: undefined for empty. By FHIRPath's rule for single items, one item that is no
 * boolean counts as true.
 */
export function truth(collection: Collection, what: string, at: number): boolean | undefined {
  const value = bare(single(collection, what, at))
  return value === undefined ? undefined : typeof value === 'boolean' ? value : true
}

const not = (value: boolean | undefined) => (value === undefined ? undefined : !value)

function comparison({ operator: name, at }: Binary, left: Evaluate, right: Evaluate, temporal: boolean) {
  const run =
    (test: (a: Collection, b: Collection) => Collection): Evaluate =>
    (focus, scope) =>
      test(left(focus, scope), right(focus, scope))
  if (name === '=') return run((a, b) => equal(a, b, temporal))
  if (name === '!=') return run((a, b) => not(equal(a, b, temporal)))
  if (name === '~') return run(equivalent)
  if (name === '!~') return run((a, b) => !equivalent(a, b))
  const passes = orderTests[name]
  if (!passes) return undefined
  return run((a, b) => {
    const first = single(a, name, at)
    const second = single(b, name, at)
    if (first === undefined || second === undefined) return undefined
    const sign = order(first, second, temporal)
    if (sign === 'mixed') throw new PathError(`${name} cannot order these two kinds of value`, at)
    return sign === undefined ? undefined : passes(sign)
  })
}

const orderTests: Record<string, (sign: number) => boolean> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
}

/** Three-valued logic: undefined is "not known", and `false and unknown` is still false. */
function logic({ operator: name, at }: Binary, left: Evaluate, right: Evaluate): Evaluate | undefined {
  const table = logicTables[name]
  if (!table) return undefined
  return (focus, scope) =>
    table(truth(left(focus, scope), name, at), () => truth(right(focus, scope), name, at))
}

type Truth = boolean | undefined

const logicTables: Record<string, (a: Truth, b: () => Truth) => Truth> = {
  and: (a, later) => {
    if (a === false) return false
    const b = later()
    return b === false ? false : a && b
  },
  or: (a, later) => {
    if (a === true) return true
    const b = later()
    return b === true ? true : a === undefined ? undefined : b
  },
  xor: (a, later) => {
    const b = later()
    return a === undefined || b === undefined ? undefined : a !== b
  },
  implies: (a, later) => {
    if (a === false) return true
    const b = later()
    return b === true ? true : a === undefined ? undefined : b
  },
}

/** Adds to `into` those items of `from` that it does not hold yet. */
export function addDistinct(into: unknown[], from: readonly unknown[]): unknown[] {
  for (const item of from) if (!into.some((other) => itemsEqual(item, other) === true)) into.push(item)
  return into
}

function sets({ operator: name, at }: Binary, left: Evaluate, right: Evaluate): Evaluate | undefined {
  if (name === '|') {
    return (focus, scope) =>
      collectionOf(addDistinct(addDistinct([], itemsOf(left(focus, scope))), itemsOf(right(focus, scope))))
  }
  if (name !== 'in' && name !== 'contains') return undefined
  const [one, many] = name === 'in' ? [left, right] : [right, left]
  return (focus, scope) => {
    const item = single(one(focus, scope), name, at)
    if (item === undefined) return undefined
    return itemsOf(many(focus, scope)).some((other) => itemsEqual(item, other) === true)
  }
}

function sums({ operator: name, at }: Binary, left: Evaluate, right: Evaluate): Evaluate {
  return (focus, scope) => {
    const a = single(left(focus, scope), name, at)
    const b = single(right(focus, scope), name, at)
    if (name === '&') return measured(textOf(a) + textOf(b))
    if (a === undefined || b === undefined) return undefined
    const answer = calculate(name, a, b)
    if (answer === 'mixed') throw new PathError(`${name} is not defined for these two kinds of value`, at)
    return measured(answer)
  }
}
