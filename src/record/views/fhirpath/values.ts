/**
 * A collection of FHIRPath is kept in the cheapest form that JSON already has: `undefined` or `null` is empty, an
 * array is its members (FHIR never nests arrays), anything else is a collection of one. So a plain path such as
 * `name.family` allocates nothing until it has to flatten.
 */
export type Collection = unknown

/** A value whose FHIR type is known though JSON does not show it: a constant, a literal, a choice element. */
export class Typed {
  readonly type: string
  readonly value: unknown
  constructor(type: string, value: unknown) {
    this.type = type
    this.value = value
  }
}

const json = JSON as unknown as { isRawJSON?: (value: unknown) => boolean }

/** True for a number kept as its own digits (`JSON.rawJSON`), which is how a parser can hold 1.50 exactly. */
export function isRawNumber(value: unknown): value is { rawJSON: string } {
  return typeof value === 'object' && value !== null && json.isRawJSON?.(value) === true
}

/** The value without its type; numbers kept as digits stay as they are. */
export const bare = (item: unknown): unknown => (item instanceof Typed ? item.value : item)

/** The members of a collection, as an array that must not be changed. */
export function itemsOf(collection: Collection): readonly unknown[] {
  if (collection === undefined || collection === null) return []
  return Array.isArray(collection) ? collection : [collection]
}

/** A collection from a list: empty and single lists lose their array. */
export function collectionOf(items: unknown[]): Collection {
  if (items.length === 0) return undefined
  return items.length === 1 ? items[0] : items
}

/** Far more than any resource holds. A path that makes more of itself would take the process with it. */
const mostItems = 1_000_000
const mostCharacters = 16 * 1024 * 1024

/**
 * Adds the members of a collection to a list, one by one: a list may be longer than a call has room for.
 * @throws RangeError for a list that grows beyond measure
 */
export function append(list: unknown[], collection: Collection): void {
  if (Array.isArray(collection)) for (const item of collection) list.push(item)
  else if (collection !== undefined && collection !== null) list.push(collection)
  if (list.length > mostItems) throw new RangeError(`A list has more than ${mostItems} items`)
}

/** @throws RangeError for text that has grown beyond measure */
export function measured<Value>(value: Value): Value {
  if (typeof value === 'string' && value.length > mostCharacters)
    throw new RangeError(`A text has more than ${mostCharacters} characters`)
  return value
}

/** A value as text; objects, which may refuse to become text, are nothing. */
export function textOf(item: unknown): string {
  const value = bare(item)
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? (digitsOf(item) ?? '') : String(value)
}

export function isEmpty(collection: Collection): boolean {
  return (
    collection === undefined || collection === null || (Array.isArray(collection) && collection.length === 0)
  )
}

/** The number in a value, whether a JSON number, a number kept as digits, or a typed decimal; else undefined. */
export function numberOf(item: unknown): number | undefined {
  const value = bare(item)
  if (typeof value === 'number') return value
  if (isRawNumber(value)) return Number(value.rawJSON)
  if (item instanceof Typed && numeric.has(item.type) && typeof value === 'string') return Number(value)
  return undefined
}

/** The digits of a number as it was written, so far as they are known. */
export function digitsOf(item: unknown): string | undefined {
  const value = bare(item)
  if (isRawNumber(value)) return value.rawJSON
  if (typeof value === 'number') return plainDigits(value)
  return numberOf(item) === undefined ? undefined : String(value)
}

function plainDigits(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return value.toFixed(Math.min(100, Math.max(0, 17 - Math.floor(Math.log10(Math.abs(value))))))
}

const numeric = new Set(['decimal', 'integer', 'integer64', 'positiveInt', 'unsignedInt'])

/** What a column shows: no type wrapper; a decimal literal becomes a number; digits of the source are kept. */
export function plain(item: unknown): unknown {
  if (!(item instanceof Typed)) return item
  return typeof item.value === 'string' && numeric.has(item.type) ? Number(item.value) : item.value
}
