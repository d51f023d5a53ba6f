import { type Check, type Item, isItem, itemsIn, report, textOf } from './issue.ts'
import type { Fault } from './primitives.ts'

const relative = /^([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/
const absolute =
  /^https?:\/\/[^\s/]+\/(?:\S*\/)?([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/
const address = /^https?:\/\/[^\s/]+(?:\/\S*)?$/
const uuid = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const oid = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/
const conditional = /^([A-Z][A-Za-z]+)\?\S+$/

/**
 * Checks a Reference: its form (relative, absolute, urn:uuid, urn:oid or `#id` of a contained resource; in a
 * transaction also a search), and, where it can be told, that it points at a type that is allowed here.
 * `types` are all resource types, `targets` those allowed, missing when any are.
 */
export function checkReference(
  reference: Item,
  check: Check,
  types: ReadonlySet<string>,
  targets?: ReadonlySet<string>,
) {
  const { reference: text, type: declared } = reference
  const found = typeof text === 'string' && text !== '' ? typeOf(text, check, types) : undefined
  if (typeof found === 'object') report(check, found.code, found.words, 'reference')
  const pointed = typeof found === 'string' ? found : undefined
  const stated = typeof declared === 'string' && types.has(declared) ? declared : undefined
  if (pointed && stated && pointed !== stated) {
    report(check, 'value', 'This names another type than the reference points at.', 'type')
  }
  const type = pointed ?? stated
  if (type === undefined || !targets || targets.has(type)) return
  const where = pointed ? 'reference' : 'type'
  report(check, 'value', `This may only point at ${listed([...targets])}, and points at ${type}.`, where)
}

/** The type a reference points at, so far as it can be told, and the element that tells it. */
export function targetOf(
  { reference: text, type: declared }: Item,
  check: Check,
  types: ReadonlySet<string>,
): { type: string | undefined; where: 'reference' | 'type' } {
  const found = typeof text === 'string' && text !== '' ? typeOf(text, check, types) : undefined
  if (typeof found === 'string') return { type: found, where: 'reference' }
  return { type: typeof declared === 'string' && types.has(declared) ? declared : undefined, where: 'type' }
}

/** The type a reference points at, where its text or what stands around it says; or what is wrong with its form. */
function typeOf(text: string, check: Check, types: ReadonlySet<string>): string | Fault {
  if (text.startsWith('#')) return containedType(text, check)
  if (uuid.test(text) || oid.test(text)) return check.bundle?.types.get(text)
  const local = relative.exec(text) ?? (check.bundle?.requests ? conditional.exec(text) : null)
  if (local?.[1] !== undefined) {
    if (types.has(local[1])) return local[1]
    return { code: 'value', words: 'This must point at a resource type of FHIR R4.' }
  }
  const inBundle = check.bundle?.types.get(text)
  if (inBundle !== undefined) return inBundle
  const remote = absolute.exec(text)
  if (remote?.[1] !== undefined && types.has(remote[1])) return remote[1]
  if (remote || address.test(text)) return undefined
  return {
    code: 'value',
    words:
      'This must be Type/id, a web address, urn:uuid:, urn:oid:, or # and the id of a contained resource.',
  }
}

function containedType(text: string, check: Check): string | Fault {
  const { container } = check
  if (text === '#') return textOf(container?.['resourceType']) || undefined
  check.contained ??= new Map(
    itemsIn(container?.['contained']).map(({ id, resourceType }) => [textOf(id), textOf(resourceType)]),
  )
  const type = check.contained.get(text.slice(1))
  if (type === undefined)
    return { code: 'not-found', words: 'No contained resource has this id (rule ref-1).' }
  return type || undefined
}

export function listed(names: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`
}

/** The resource type at each fullUrl of a Bundle, so that references between its entries can be checked. */
export function typesInBundle(bundle: Item): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of itemsIn(bundle['entry'])) {
    const { fullUrl, resource } = entry
    const type = isItem(resource) ? resource['resourceType'] : undefined
    if (typeof fullUrl === 'string' && typeof type === 'string') found.set(fullUrl, type)
  }
  return found
}
