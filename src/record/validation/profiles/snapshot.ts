import type { Definitions, ElementDefinition } from '../slim.ts'
import type { Constraint, Declared, Invariant } from './declared.ts'
import { tellApart } from './slicing.ts'

/** What one discriminator of a slice asks of an item: something at `path` that is as `is` says. */
export type Mark = { path: string[]; is: Test }
export type Test =
  | { fixed: unknown }
  | { pattern: unknown }
  | { valueSet: string }
  | { types: string[] }
  | { exists: boolean }

/**
 * An element of a snapshot. `types` are those of the base, `only` those that the profile leaves; `min` and `max` are there where they are
 * stricter than the base, which is checked before. `choice` marks `value[x]`, here named `value`.
 */
export type Node = {
  name: string
  types: string[]
  list?: true
  choice?: true
  min?: number
  max?: number
  only?: string[]
  targets?: string[]
  fixed?: unknown
  pattern?: unknown
  binding?: NonNullable<Constraint['binding']>
  maxLength?: number
  rules?: Invariant[]
  children?: Record<string, Node>
  by?: string[]
  closed?: true
  slices?: Record<string, Slice>
}
/** `when` is missing where the profile does not say how the slice is told from others; such a slice is not checked. */
export type Slice = Node & { when?: Mark[]; profile?: string }

/**
 * A profile put together with its bases. It holds the elements that a profile says something of; all others are as the type has them.
 * `notChecked` names, in words, what it says and nothing of ours checks.
 */
export type Snapshot = {
  url: string
  version?: string
  title: string
  type: string
  contexts?: string[]
  root: Node
  notChecked: string[]
}

/** What a snapshot is made with. `base`: another profile’s; `typeOf`: the type a profile is of; `listed`: whether a value set’s codes are known. */
export type Making = {
  definitions: Pick<Definitions, 'types'>
  base: (url: string) => Snapshot | undefined
  typeOf: (url: string) => string | undefined
  listed: (valueSet: string) => boolean
  compiles: (expression: string) => boolean
}

const core = 'http://hl7.org/fhir/StructureDefinition/'

/** @throws Error where the base is not known, or the type */
export function snapshotOf(declared: Declared, making: Making): Snapshot {
  const { url, version, title, type, contexts, elements, unread = [] } = declared
  if (!making.definitions.types[type])
    throw new Error(`${url} is of the type ${type}, which R4 does not have`)
  const based = declared.base === undefined ? undefined : making.base(declared.base)
  if (declared.base !== undefined && !based)
    throw new Error(`${url} builds on ${declared.base}, which is not known`)
  const root: Node = based ? structuredClone(based.root) : { name: type, types: [type] }
  const notChecked = [...(based?.notChecked ?? []), ...unread]
  for (const [id, constraint] of Object.entries(elements)) {
    const where = id === '' ? type : `${type}.${id}`
    const notes: string[] = []
    const found = reach(root, id, making)
    if (found) apply(found, constraint, making, notes)
    else notes.push('there is no such element')
    notChecked.push(...notes.map((note) => `${where}: ${note}`))
  }
  notChecked.push(...tellApart(root, type))
  return {
    url,
    ...(version !== undefined && { version }),
    title,
    type,
    ...(contexts && { contexts }),
    root,
    notChecked: [...new Set(notChecked)],
  }
}

/** A node and how often the base lets it be there. */
type Found = { node: Slice; least: number; most: number; targets?: string[] | undefined }

/** The node of an element, made on the way where no profile has spoken of it before; undefined where the base has no such element. */
function reach(root: Node, id: string, making: Making): Found | undefined {
  let found: Found = { node: root, least: 0, most: Number.POSITIVE_INFINITY }
  if (id === '') return found
  for (const part of id.split('.')) {
    const [, name = '', slice] = /^([A-Za-z0-9]+)(?:\[x\])?(?::(.+))?$/.exec(part) ?? []
    const step = child(found.node, name, making.definitions)
    if (!step) return undefined
    found = step
    if (slice !== undefined) found = sliceOf(found, slice)
  }
  return found
}

function child(parent: Node, name: string, definitions: Making['definitions']): Found | undefined {
  for (const type of parent.only ?? parent.types) {
    const elements = (definitions.types[type] ?? definitions.types['Element'])?.elements ?? {}
    if (Object.hasOwn(elements, name)) return foundIn(parent, name, elements[name] as ElementDefinition)
    // `valueQuantity` is short for the slice of `value[x]` that is a Quantity.
    for (const [choice, element] of Object.entries(elements)) {
      if (!element.choice || !name.startsWith(choice)) continue
      const kind = element.types.find(
        (each) => choice + each.charAt(0).toUpperCase() + each.slice(1) === name,
      )
      if (kind === undefined) continue
      const found = foundIn(parent, choice, element)
      found.node.by ??= ['type:$this']
      const slice = sliceOf(found, name)
      slice.node.only = [kind]
      return slice
    }
  }
  return undefined
}

function foundIn(parent: Node, name: string, element: ElementDefinition): Found {
  parent.children ??= {}
  parent.children[name] ??= {
    name,
    types: element.types,
    ...(element.max === 0 && { list: true as const }),
    ...(element.choice && { choice: true as const }),
  }
  const node = parent.children[name] as Node
  return {
    node,
    least: element.min,
    most: element.max === 0 ? Number.POSITIVE_INFINITY : 1,
    targets: element.targets,
  }
}

function sliceOf({ node, most, targets }: Found, name: string): Found {
  const { list, choice, types, only } = node
  node.slices ??= {}
  node.slices[name] ??= {
    name: node.name,
    types,
    ...(list && { list }),
    ...(choice && { choice }),
    ...(only && { only }),
  }
  return { node: node.slices[name] as Slice, least: 0, most, targets }
}

function apply(found: Found, constraint: Constraint, making: Making, notes: string[]): void {
  const { node } = found
  const { fixed, pattern, maxLength, slicing, profile } = constraint
  applyTimes(found, constraint, notes)
  applyTypes(found, constraint, making, notes)
  if (fixed !== undefined) node.fixed = fixed
  if (pattern !== undefined) node.pattern = pattern
  if (maxLength !== undefined) node.maxLength = maxLength
  if (profile !== undefined) node.profile = profile
  if (slicing) {
    node.by = slicing.by
    if (slicing.closed) node.closed = true
  }
  applyBinding(node, constraint, making, notes)
  const known = new Set(node.rules?.map(({ key }) => key))
  for (const rule of constraint.rules ?? []) {
    if (known.has(rule.key)) continue
    if (making.compiles(rule.expression)) node.rules = [...(node.rules ?? []), rule]
    else notes.push(`rule ${rule.key}, which we cannot work out`)
  }
}

function applyTimes({ node, least, most }: Found, { min, max }: Constraint, notes: string[]): void {
  const [from, to] = [node.min ?? least, node.max ?? most]
  if (min !== undefined && min > from) node.min = min
  if (max !== undefined && max !== '*' && max < to) node.max = max
  if ((min !== undefined && min < from) || (max !== undefined && (max === '*' ? to !== Infinity : max > to)))
    notes.push('how often it may be there is looser than in its base, which holds')
}

function applyTypes(found: Found, { types, targets }: Constraint, making: Making, notes: string[]): void {
  const { node } = found
  const before = node.only ?? node.types
  // An element with elements of its own is known here by its path, and published as a BackboneElement.
  const isNested = before.length === 1 && before[0]?.includes('.')
  if (types && !isNested) {
    const left = before.filter((type) => types.includes(type))
    if (types.some((type) => !before.includes(type)))
      notes.push('a type is allowed that its base does not allow')
    if (left.length > 0 && left.length < before.length) node.only = left
  }
  if (!targets) return
  const names = targets.map((url) => targetType(url, making))
  if (names.some((name) => name === undefined)) {
    notes.push('a target is a profile that is not known')
    return
  }
  const narrowed = new Set(names as string[])
  const from = node.targets ?? found.targets
  if (narrowed.has('Resource') || (from?.every((each) => narrowed.has(each)) ?? false)) return
  node.targets = [...narrowed]
}

function targetType(target: string, { definitions, typeOf }: Making): string | undefined {
  const name = target.replace(core, '').replace(/\|.*$/, '')
  return definitions.types[name] ? name : typeOf(target.replace(/\|.*$/, ''))
}

function applyBinding(node: Node, { binding }: Constraint, making: Making, notes: string[]): void {
  if (!binding) return
  const valueSet = binding.valueSet.replace(/\|.*$/, '')
  if (making.listed(valueSet)) node.binding = { ...binding, valueSet }
  else notes.push(`its codes, of ${valueSet}, which we have no list of`)
}
