import { type Item, isItem, itemsIn, type ReadDecimal, textOf } from '../issue.ts'
import type { Mark, Node, Test } from './snapshot.ts'

/** The codes of a value set: pairs of `system|code`, the codes alone, and the systems. */
export type Codes = { pairs: ReadonlySet<string>; codes: ReadonlySet<string>; systems: ReadonlySet<string> }
export type CodesOf = (valueSet: string) => Codes | undefined

/** Whether two values are the same, numbers by what they are worth. */
export function same(one: unknown, other: unknown, decimal: ReadDecimal): boolean {
  if (one === other) return true
  const [left, right] = [numberOf(one, decimal), numberOf(other, decimal)]
  if (left !== undefined || right !== undefined) return left === right
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, at) => same(each, other[at], decimal))
  if (!isItem(one) || !isItem(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key], decimal))
  )
}

/** Whether a value holds all that a pattern says; a list, for each member of the pattern one that does. */
export function holds(value: unknown, pattern: unknown, decimal: ReadDecimal): boolean {
  if (Array.isArray(pattern))
    return (
      Array.isArray(value) && pattern.every((each) => value.some((member) => holds(member, each, decimal)))
    )
  if (!isItem(pattern) || decimal(pattern) !== undefined) return same(value, pattern, decimal)
  return (
    isItem(value) &&
    Object.keys(pattern).every((key) => Object.hasOwn(value, key) && holds(value[key], pattern[key], decimal))
  )
}

const numberOf = (value: unknown, decimal: ReadDecimal): number | undefined => {
  if (typeof value === 'number') return value
  const kept = typeof value === 'object' && value !== null ? decimal(value) : undefined
  return kept === undefined ? undefined : Number(kept)
}

/** Whether a coded value has a code of a set: a code, a Coding, a CodeableConcept, or the unit of a Quantity. */
export function isOneOf(value: unknown, { pairs, codes }: Codes): boolean {
  if (typeof value === 'string') return codes.has(value)
  return codingsOf(value).some(({ system, code }) => pairs.has(`${textOf(system)}|${textOf(code)}`))
}

export function codingsOf(value: unknown): Item[] {
  if (!isItem(value)) return []
  return Object.hasOwn(value, 'coding') ? itemsIn(value['coding']) : [value]
}

/** The name of the property that holds a choice of a type. */
export const keyOf = (name: string, type: string): string =>
  name + type.charAt(0).toUpperCase() + type.slice(1)

/** The properties that may hold an element, each with its type. */
export function keysOf({ name, types, choice }: Node): { key: string; type: string }[] {
  if (choice) return types.map((type) => ({ key: keyOf(name, type), type }))
  return [{ key: name, type: types[0] ?? '' }]
}

/** Whether an item has every mark of a slice. `type` is that of the item, where it is one of a choice. */
export function isMarked(item: unknown, type: string, marks: Mark[], codesOf: CodesOf, decimal: ReadDecimal) {
  return marks.every(({ path, is }) => {
    if ('types' in is && path.length === 0) return is.types.includes(type)
    const found = at([item], path)
    if ('exists' in is) return found.length > 0 === is.exists
    return found.some((value) => passes(value, is, codesOf, decimal))
  })
}

function passes(value: unknown, is: Test, codesOf: CodesOf, decimal: ReadDecimal): boolean {
  if ('fixed' in is) return same(value, is.fixed, decimal)
  if ('pattern' in is) return holds(value, is.pattern, decimal)
  if (!('valueSet' in is)) return false
  const codes = codesOf(is.valueSet)
  return codes !== undefined && isOneOf(value, codes)
}

function at(items: unknown[], path: string[]): unknown[] {
  let found = items
  for (const name of path) {
    found = found.flatMap((item) => {
      if (!isItem(item)) return []
      if (Object.hasOwn(item, name)) return item[name] as unknown
      const key = Object.keys(item).find(
        (each) => each.startsWith(name) && /^[A-Z]/.test(each.slice(name.length)),
      )
      return key === undefined ? [] : item[key]
    })
  }
  return found.filter((value) => value !== null && value !== undefined)
}

/** The codes of value sets; of one that is in several lists, those of the first. */
export function codesIn(lists: Record<string, string[]>[]): CodesOf {
  const made = new Map<string, Codes | undefined>()
  return (valueSet) => {
    if (made.has(valueSet)) return made.get(valueSet)
    const pairs = lists.find((list) => Object.hasOwn(list, valueSet))?.[valueSet]
    const codes = pairs && {
      pairs: new Set(pairs),
      codes: new Set(pairs.map((pair) => pair.slice(pair.lastIndexOf('|') + 1))),
      systems: new Set(pairs.map((pair) => pair.slice(0, pair.lastIndexOf('|')))),
    }
    made.set(valueSet, codes)
    return codes
  }
}
