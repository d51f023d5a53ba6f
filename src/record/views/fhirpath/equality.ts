import { compareTemporal, parseTemporal } from '../../temporal.ts'
import { objectOf } from './navigate.ts'
import { bare, type Collection, isEmpty, itemsOf, numberOf, Typed } from './values.ts'

const temporalTypes = new Set(['date', 'dateTime', 'instant', 'time'])

export const isTemporalType = (type: string | undefined) => type !== undefined && temporalTypes.has(type)

const isTemporal = (item: unknown) => item instanceof Typed && isTemporalType(item.type)

/** Text that shows a time of day can only be a dateTime; a bare `2010` may as well be an identifier. */
const hasClock = (text: string) => /^\d{4}-\d\d-\d\dT\d\d/.test(text)

function temporalOrder(
  a: unknown,
  b: unknown,
  asTemporal: boolean,
): { order: number | undefined } | undefined {
  const left = bare(a)
  const right = bare(b)
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  if (!asTemporal && !isTemporal(a) && !isTemporal(b) && !(hasClock(left) && hasClock(right)))
    return undefined
  const from = parseTemporal(left)
  const to = parseTemporal(right)
  return from && to ? { order: compareTemporal(from, to) } : undefined
}

/** Whether two items are equal; undefined where their precision does not tell. */
export function itemsEqual(a: unknown, b: unknown, asTemporal = false): boolean | undefined {
  const left = numberOf(a)
  const right = numberOf(b)
  if (left !== undefined || right !== undefined) return left === right
  const time = temporalOrder(a, b, asTemporal)
  if (time) return time.order === undefined ? undefined : time.order === 0
  return sameJson(bare(a), bare(b))
}

function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  const left = objectOf(a)
  const right = objectOf(b)
  if (!left || !right || Array.isArray(left) !== Array.isArray(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && itemsEqual(left[key], right[key]) === true)
}

/** FHIRPath `=`: empty if either side is empty, false if they differ in length, in order otherwise. */
export function equal(a: Collection, b: Collection, asTemporal = false): boolean | undefined {
  if (isEmpty(a) || isEmpty(b)) return undefined
  const left = itemsOf(a)
  const right = itemsOf(b)
  if (left.length !== right.length) return false
  let answer: boolean | undefined = true
  for (let at = 0; at < left.length; at++) {
    const same = itemsEqual(left[at], right[at], asTemporal)
    if (same === false) return false
    if (same === undefined) answer = undefined
  }
  return answer
}

const folded = (item: unknown) => {
  const value = bare(item)
  return typeof value === 'string' ? value.trim().toLowerCase().replace(/\s+/g, ' ') : item
}

/** FHIRPath `~`: order, letter case and white space do not count, and empty equals empty. */
export function equivalent(a: Collection, b: Collection): boolean {
  const left = itemsOf(a)
  const right = [...itemsOf(b)]
  if (left.length !== right.length) return false
  return left.every((item) => {
    const at = right.findIndex((other) => itemsEqual(folded(item), folded(other)) === true)
    if (at >= 0) right.splice(at, 1)
    return at >= 0
  })
}

/**
 * Orders two single items: numbers, text, temporal values, quantities of the same unit. Undefined where precision or
 * units do not tell; `'mixed'` where the two cannot be ordered at all.
 */
export function order(a: unknown, b: unknown, asTemporal: boolean): number | undefined | 'mixed' {
  const left = numberOf(a)
  const right = numberOf(b)
  if (left !== undefined && right !== undefined) return Math.sign(left - right)
  const time = temporalOrder(a, b, asTemporal)
  if (time) return time.order
  const first = bare(a)
  const second = bare(b)
  if (typeof first === 'string' && typeof second === 'string')
    return first < second ? -1 : first > second ? 1 : 0
  const [from, to] = [objectOf(first), objectOf(second)]
  if (!from || !to || numberOf(from['value']) === undefined) return 'mixed'
  const unitOf = (quantity: Record<string, unknown>) => quantity['code'] ?? quantity['unit'] ?? '1'
  return unitOf(from) === unitOf(to) ? order(from['value'], to['value'], false) : undefined
}
