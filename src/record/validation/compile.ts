import { type Check, type Item, isItem, report, textOf } from './issue.ts'
import { type Primitive, primitives } from './primitives.ts'
import { checkReference, listed } from './references.ts'
import { type Rule, rulesOf } from './rules.ts'
import type { Definitions, ElementDefinition } from './slim.ts'

type CheckValue = (value: unknown, check: Check) => void
/** `owner` is the object the property stands in: a primitive and its extensions have to agree. */
type CheckField = (value: unknown, check: Check, owner: Item) => void

type Shape = {
  /** `choice` names the element of which this property is one of several kinds. */
  fields: Map<string, { run: CheckField; choice: string | undefined }>
  /** For each element that must be there, the properties of which one will do. */
  required: { name: string; keys: string[] }[]
  rules: Rule[]
}

/** Checkers for all types of a set of definitions, each compiled when it is first met. */
export type Types = {
  resources: ReadonlySet<string>
  resource: (type: string) => (resource: Item, check: Check) => void
}

/** Deeper than any real resource goes, and shallow enough for the stack. */
const deepest = 150

/**
 * Turns definitions into checkers. `nested` is called for a resource inside another: one that is contained, or in an
 * entry of a Bundle or a parameter.
 */
export function compileTypes(
  definitions: Definitions,
  nested: (value: unknown, check: Check, owner: string) => void,
): Types {
  const resources = new Set(
    Object.keys(definitions.types).filter((name) => {
      const type = definitions.types[name]
      return type?.resource && !type.abstract
    }),
  )
  const compiler: Compiler = { definitions, nested, resources, shapes: new Map(), codes: new Map() }
  return {
    resources,
    resource: (type) => (resource, check) => checkShape(shapeOf(compiler, type), resource, check, true, true),
  }
}

type Compiler = {
  definitions: Definitions
  nested: (value: unknown, check: Check, owner: string) => void
  resources: ReadonlySet<string>
  shapes: Map<string, Shape>
  codes: Map<string, { codes: Set<string>; pairs: Set<string> }>
}

function shapeOf(compiler: Compiler, type: string): Shape {
  const known = compiler.shapes.get(type)
  if (known) return known
  const shape: Shape = { fields: new Map(), required: [], rules: rulesOf(type, compiler.resources.has(type)) }
  compiler.shapes.set(type, shape)
  for (const [name, element] of Object.entries(compiler.definitions.types[type]?.elements ?? {})) {
    addElement(compiler, shape, type, name, element)
  }
  return shape
}

function addElement(
  compiler: Compiler,
  shape: Shape,
  owner: string,
  name: string,
  element: ElementDefinition,
): void {
  const keys: string[] = []
  const choice = element.choice && element.types.length > 1 ? name : undefined
  for (const type of element.types) {
    const key = element.choice ? name + type.charAt(0).toUpperCase() + type.slice(1) : name
    const primitive = primitives[type]
    keys.push(key)
    if (primitive && type !== 'xhtml') {
      keys.push(`_${key}`)
      addPrimitive(compiler, shape, key, element, withCodes(compiler, primitive, element), choice)
    } else {
      const one = primitive ? reported(primitive) : complex(compiler, owner, type, element)
      shape.fields.set(key, { run: element.max === 0 ? list(one) : single(one), choice })
    }
  }
  if (element.min > 0) shape.required.push({ name, keys })
}

const reported =
  (primitive: Primitive): CheckValue =>
  (value, check) => {
    const fault = primitive(value, check)
    if (fault) report(check, fault.code, fault.words)
  }

function single(one: CheckValue): CheckField {
  return (value, check) => {
    if (Array.isArray(value)) report(check, 'structure', 'This must be a single value, not a list.')
    else one(value, check)
  }
}

function list(one: CheckValue): CheckField {
  return (values, check) => {
    if (isFilledList(values, check)) each(values, check, (item) => one(item, check))
  }
}

function isFilledList(value: unknown, check: Check): value is unknown[] {
  const isList = Array.isArray(value)
  if (!isList) report(check, 'structure', 'This must be a list.')
  else if (value.length === 0) report(check, 'structure', 'This list is empty; leave it out instead.')
  return isList && value.length > 0
}

function each(values: unknown[], check: Check, visit: (value: unknown, at: number) => void): void {
  for (let at = 0; at < values.length; at++) {
    check.path.push(at)
    visit(values[at], at)
    check.path.pop()
  }
}

/**
 * A primitive and, under `_name`, its id and extensions. In lists, null holds the place of what is missing. An id
 * alone is enough beside a value, and not where there is none.
 */
function addPrimitive(
  compiler: Compiler,
  shape: Shape,
  key: string,
  element: ElementDefinition,
  value: CheckValue,
  choice: string | undefined,
): void {
  const sibling = `_${key}`
  const alone = objectOf(compiler, 'Element')
  const beside = objectOf(compiler, 'Element', true)
  if (element.max === 1) {
    const run: CheckField = (extra, check, owner) =>
      single(Object.hasOwn(owner, key) ? beside : alone)(extra, check, owner)
    shape.fields.set(key, { run: single(value), choice })
    shape.fields.set(sibling, { run, choice })
    return
  }
  const values = placed(value, value, sibling, 'This is null though no extension stands for it.')
  const extras = placed(alone, beside, key, 'This is null though no value stands for it.')
  shape.fields.set(key, { run: values, choice })
  shape.fields.set(sibling, { run: extras, choice })
}

/** The check of a list beside whose places stands another list, under `other`. */
function placed(alone: CheckValue, beside: CheckValue, other: string, words: string): CheckField {
  return (values, check, owner) => {
    if (!isFilledList(values, check)) return
    const others = Object.hasOwn(owner, other) ? owner[other] : undefined
    const list: unknown[] = Array.isArray(others) ? others : []
    if (list.length > 0 && list.length !== values.length) {
      report(check, 'structure', 'This list and the list of its extensions must be of the same length.')
    }
    each(values, check, (value, at) => {
      const isAlone = (list[at] ?? null) === null
      if (value === null && isAlone) report(check, 'structure', words)
      else if (value !== null) (isAlone ? alone : beside)(value, check)
    })
  }
}

/** Adds to a primitive the check that its code is one of a required list. */
function withCodes(compiler: Compiler, primitive: Primitive, { codes }: ElementDefinition): CheckValue {
  const plain = reported(primitive)
  const known = codes === undefined ? undefined : codesOf(compiler, codes)
  if (!known) return plain
  const words = codeWords([...known.codes])
  return (value, check) => {
    const fault = primitive(value, check)
    if (fault) report(check, fault.code, fault.words)
    else if (typeof value === 'string' && !known.codes.has(value)) report(check, 'code-invalid', words)
  }
}

function codeWords(codes: string[]): string {
  return codes.length <= 20
    ? `This code is not one of those allowed here: ${listed(codes)}.`
    : 'This code is not one of those FHIR allows here.'
}

function codesOf(compiler: Compiler, url: string) {
  const known = compiler.codes.get(url)
  if (known) return known
  const pairs = compiler.definitions.valueSets[url]
  if (!pairs) return undefined
  const made = {
    pairs: new Set(pairs),
    codes: new Set(pairs.map((pair) => pair.slice(pair.indexOf('|') + 1))),
  }
  compiler.codes.set(url, made)
  return made
}

function complex(compiler: Compiler, owner: string, type: string, element: ElementDefinition): CheckValue {
  // The outcome of a bundle's entry is published as an OperationOutcome, which is a resource like any other.
  if (type === 'Resource' || compiler.resources.has(type))
    return (value, check) => compiler.nested(value, check, owner)
  const plain = objectOf(compiler, type)
  if (type === 'Reference') {
    const targets = element.targets ? new Set(element.targets) : undefined
    return (value, check) => {
      plain(value, check)
      if (isItem(value)) checkReference(value, check, compiler.resources, targets)
    }
  }
  const known = element.codes === undefined ? undefined : codesOf(compiler, element.codes)
  if (!known || (type !== 'Coding' && type !== 'CodeableConcept')) return plain
  return (value, check) => {
    plain(value, check)
    if (isItem(value) && !hasCode(value, type, known.pairs)) {
      report(check, 'code-invalid', codeWords([...known.codes]))
    }
  }
}

function hasCode(value: Item, type: string, pairs: ReadonlySet<string>): boolean {
  const codings = type === 'Coding' ? [value] : Array.isArray(value['coding']) ? value['coding'] : []
  return codings.some(
    (coding) => isItem(coding) && pairs.has(`${textOf(coding['system'])}|${textOf(coding['code'])}`),
  )
}

/** A checker of objects of a type, whose shape is looked up when the first one comes: types refer to one another. */
function objectOf(compiler: Compiler, type: string, mayBeEmpty = false): CheckValue {
  let shape: Shape | undefined
  const isExtension = type === 'Extension'
  return (value, check) => {
    if (!isItem(value) || check.decimal(value) !== undefined) {
      report(check, 'structure', 'This must be an object with properties of its own.')
      return
    }
    if (isExtension) check.extensions?.push({ item: value, path: [...check.path] })
    shape ??= shapeOf(compiler, type)
    checkShape(shape, value, check, mayBeEmpty)
  }
}

function hasAny(item: Item, keys: string[]): boolean {
  for (const key of keys) if (Object.hasOwn(item, key)) return true
  return false
}

function checkShape(shape: Shape, item: Item, check: Check, mayBeEmpty: boolean, resource = false): void {
  if (check.path.length > deepest) {
    report(check, 'too-costly', 'This is nested too deeply.')
    return
  }
  if (
    !checkProperties(shape, item, check, resource) &&
    !(mayBeEmpty && (resource || Object.hasOwn(item, 'id')))
  ) {
    report(check, 'structure', 'This is empty; leave it out instead (rule ele-1).')
  }
  for (const { name, keys } of shape.required) {
    if (!hasAny(item, keys)) report(check, 'required', 'This is missing.', name)
  }
  for (const rule of shape.rules) {
    if (!rule.holds(item, check))
      report(check, 'invariant', `${rule.words} (rule ${rule.key}).`, rule.at, rule.severity)
  }
}

/** Checks each property; false if there is none but an id. */
function checkProperties(shape: Shape, item: Item, check: Check, resource: boolean): boolean {
  let hasContent = false
  let kinds: Map<string, string> | undefined
  for (const key of Object.keys(item)) {
    if (resource && key === 'resourceType') continue
    if (key !== 'id') hasContent = true
    const field = shape.fields.get(key)
    check.path.push(key)
    if (!field) report(check, 'structure', 'There is no such property here.')
    else if (item[key] === null) report(check, 'structure', 'This is null; leave the property out instead.')
    else field.run(item[key], check, item)
    check.path.pop()
    if (field?.choice === undefined) continue
    const kind = key.startsWith('_') ? key.slice(1) : key
    kinds ??= new Map()
    if ((kinds.get(field.choice) ?? kind) !== kind) {
      report(check, 'structure', 'Only one kind of value is allowed here.', field.choice)
    }
    kinds.set(field.choice, kind)
  }
  return hasContent
}
