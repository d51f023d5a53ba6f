import { choiceNames, isPrimitive, typeOfSuffix } from './choices.ts'
import { append, bare, type Collection, isRawNumber, itemsOf, numberOf, Typed } from './values.ts'

type Item = Record<string, unknown>

/** The object behind an item, or undefined for a primitive. */
export function objectOf(item: unknown): Item | undefined {
  const value = bare(item)
  return typeof value === 'object' && value !== null && !isRawNumber(value) ? (value as Item) : undefined
}

/** Reads one property of every item of a collection and flattens the answers. */
export function mapItems(collection: Collection, read: (item: unknown) => Collection): Collection {
  if (!Array.isArray(collection))
    return collection === undefined || collection === null ? undefined : read(collection)
  const found: unknown[] = []
  for (const item of collection) {
    const value = item === null ? undefined : read(item)
    append(found, value)
  }
  return found.length > 1 ? found : found[0]
}

/** JSON puts null in a list of primitives where only an extension stands; that is no item. */
function withoutGaps(value: unknown): Collection {
  if (!Array.isArray(value) || !value.includes(null)) return value
  return value.filter((item) => item !== null)
}

/** A reader of the element `name`, choice elements included. */
export function member(name: string): (focus: Collection) => Collection {
  const choice = choiceNames.has(name)
  const read = (item: unknown): Collection => {
    const object = objectOf(item)
    if (!object || !Object.hasOwn(object, name))
      return object && choice ? choiceValue(object, name) : undefined
    return withoutGaps(object[name])
  }
  return (focus) => mapItems(focus, read)
}

function choiceValue(object: Item, name: string): Collection {
  for (const key of Object.keys(object)) {
    if (!key.startsWith(name)) continue
    const type = typeOfSuffix(key.slice(name.length))
    if (type) return new Typed(type, object[key])
  }
  return undefined
}

/** A reader of `name.ofType(type)`: the choice property itself, so nothing is searched. */
export function memberOfType(name: string, type: string): (focus: Collection) => Collection {
  const key = name + type.charAt(0).toUpperCase() + type.slice(1)
  const read = (item: unknown): Collection => {
    const object = objectOf(item)
    if (!object) return undefined
    if (Object.hasOwn(object, key)) return withoutGaps(object[key])
    return Object.hasOwn(object, name) ? filterType(withoutGaps(object[name]), type) : undefined
  }
  return (focus) => mapItems(focus, read)
}

export function filterType(collection: Collection, type: string): Collection {
  return mapItems(collection, (item) => (isOfType(item, type) ? item : undefined))
}

const textTypes =
  /^(?:base64Binary|canonical|code|date|dateTime|id|instant|markdown|oid|string|time|uri|url|uuid)$/

/**
 * Whether an item is of a FHIR type, as far as JSON tells: a typed value by its type, a resource by its
 * resourceType, a primitive by its kind in JSON. An object that names no type is taken at the author's word.
 */
export function isOfType(item: unknown, type: string): boolean {
  if (item instanceof Typed) return item.type === type
  const value = item
  if (typeof value === 'boolean') return type === 'boolean'
  if (typeof value === 'string') return textTypes.test(type)
  const number = numberOf(value)
  if (number !== undefined)
    return (
      type === 'decimal' || (/^(?:integer|positiveInt|unsignedInt)$/.test(type) && Number.isInteger(number))
    )
  const object = objectOf(value)
  if (!object || isPrimitive(type)) return false
  const own = object['resourceType']
  if (typeof own !== 'string') return type !== 'Resource' && type !== 'DomainResource'
  return own === type || type === 'Resource' || type === 'DomainResource'
}

/** The extensions of a primitive stand in a sibling: `_birthDate` beside `birthDate`. */
export function primitiveExtensions(name: string): (focus: Collection) => Collection {
  const sibling = `_${name}`
  const own = member(name)
  const extensionsOf = member('extension')
  return (focus) => {
    const found = [...itemsOf(extensionsOf(own(focus)))]
    mapItems(focus, (item) => {
      const object = objectOf(item)
      if (object && Object.hasOwn(object, sibling)) append(found, extensionsOf(withoutGaps(object[sibling])))
      return undefined
    })
    return found
  }
}

/** Every direct child of an item, in the order of the JSON; a resource's type is not a child. */
export function children(collection: Collection): Collection {
  return mapItems(collection, (item) => {
    const object = objectOf(item)
    if (!object) return undefined
    const found: unknown[] = []
    for (const key of Object.keys(object)) {
      if (key !== 'resourceType' && !key.startsWith('_')) append(found, withoutGaps(object[key]))
    }
    return found
  })
}
