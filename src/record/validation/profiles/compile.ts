import { choiceNames } from '../../views/fhirpath/choices.ts'
import { compilePath } from '../../views/fhirpath/compile.ts'
import { itemsOf, Typed } from '../../views/fhirpath/values.ts'
import { type Check, type Item, isItem, report, textOf } from '../issue.ts'
import { listed, targetOf } from '../references.ts'
import type { Invariant } from './declared.ts'
import type { Mark, Node, Slice, Snapshot } from './snapshot.ts'
import { type CodesOf, codingsOf, holds, isMarked, isOneOf, keysOf, same } from './values.ts'

/** What a compiled profile asks of its surroundings. */
export type Surroundings = { codesOf: CodesOf; resources: ReadonlySet<string> }

/** Checks what a profile says of a resource, or an extension, beyond its type. `resource` is what `%resource` means. */
export type CheckProfile = (item: Item, check: Check, resource: Item) => void

/** `type` is that of the value, of which there may be several where the element is a choice. */
type CheckValue = (value: unknown, extra: unknown, type: string, check: Check, resource: Item) => void
type CheckChild = (owner: Item, check: Check, resource: Item) => void

/** Turns a snapshot into a plain function: names, tests and rules are settled here, so a call only walks the resource. */
export function compileProfile({ url, title, root }: Snapshot, around: Surroundings): CheckProfile {
  const run = checkOf(root, around)
  const profile = { url, title }
  return (item, check, resource) => {
    const { profile: outer } = check
    check.profile = profile
    run(item, undefined, root.name, check, resource)
    check.profile = outer
  }
}

function childOf(node: Node, around: Surroundings): CheckChild {
  const { name, min = 0, max = Number.POSITIVE_INFINITY } = node
  const present = presentKeys(node)
  const each = checkOf(node, around)
  const slices = node.slices && slicesOf(node, around)
  return (owner, check, resource) => {
    let count = 0
    const counts = slices ? slices.none() : []
    for (const { key, extras, type } of present(owner)) {
      const value = Object.hasOwn(owner, key) ? owner[key] : undefined
      const extra = Object.hasOwn(owner, extras) ? owner[extras] : undefined
      if (value === undefined && extra === undefined) continue
      const isList = Array.isArray(value) || Array.isArray(extra)
      const length = isList ? Math.max(lengthOf(value), lengthOf(extra)) : 1
      for (let at = 0; at < length; at++) {
        const one = isList ? (Array.isArray(value) ? value[at] : undefined) : value
        const beside = isList ? (Array.isArray(extra) ? extra[at] : undefined) : extra
        count++
        check.path.push(key)
        if (isList) check.path.push(at)
        each(one, beside, type, check, resource)
        slices?.item(counts, one, beside, type, check, resource)
        check.path.length -= isList ? 2 : 1
      }
    }
    if (count < min) report(check, 'required', count === 0 ? 'This is missing.' : atLeast(min), name)
    else if (count > max) report(check, 'structure', max === 0 ? 'This must not be here.' : atMost(max), name)
    slices?.end(counts, check)
  }
}

type Key = { key: string; extras: string; type: string }

/** The properties of an owner that may hold an element. A choice has up to fifty names: there the owner's own few are looked up instead. */
function presentKeys(node: Node): (owner: Item) => Key[] {
  const keys = keysOf(node).map(({ key, type }): Key => ({ key, extras: `_${key}`, type }))
  if (keys.length < 4) return () => keys
  const byName = new Map(keys.flatMap((each) => [[each.key, each] as const, [each.extras, each] as const]))
  return (owner) => {
    const found: Key[] = []
    for (const name of Object.keys(owner)) {
      const key = byName.get(name)
      if (key && !found.includes(key)) found.push(key)
    }
    return found
  }
}

const lengthOf = (list: unknown) => (Array.isArray(list) ? list.length : 0)
const atLeast = (min: number) => `There must be ${min} of these at least.`
const atMost = (max: number) => `There may be ${max} of these at most.`

/** The slices of an element: `counts` says how many of each came by in one owner. */
function slicesOf(node: Node, around: Surroundings) {
  const all = Object.entries(node.slices ?? {}).flatMap(([name, slice]) =>
    slice.when ? [{ name, slice, when: slice.when, run: checkOf(slice, around) }] : [],
  )
  const find = finderOf(all, around)
  const isClosed = node.closed === true && all.length === Object.keys(node.slices ?? {}).length
  return {
    none: () => all.map(() => 0),
    item: (counts: number[], value: unknown, extra: unknown, type: string, check: Check, resource: Item) => {
      const at = find(value, type, check)
      const slice = all[at]
      if (slice) {
        counts[at] = (counts[at] ?? 0) + 1
        slice.run(value, extra, type, check, resource)
      } else if (isClosed)
        report(check, 'structure', `This is none of ${listed(all.map(({ name }) => name))}.`)
    },
    end: (counts: number[], check: Check) => {
      for (const [at, { name, slice }] of all.entries()) reportTimes(counts[at] ?? 0, name, slice, check)
    },
  }
}

/** Finds the slice of an item: nearly all are told apart by one text, such as a url or a system, which can be looked up. */
function finderOf(all: { when: Mark[] }[], around: Surroundings) {
  const [first] = all
  const name = first?.when[0]?.path[0] ?? ''
  const texts = all.map(({ when: [mark, ...others] }) => {
    const isText = mark && 'fixed' in mark.is && others.length === 0 && mark.path.length === 1
    return isText && mark.path[0] === name && 'fixed' in mark.is ? mark.is.fixed : undefined
  })
  const slowly = (value: unknown, type: string, check: Check) =>
    all.findIndex(({ when }) => isMarked(value, type, when, around.codesOf, check.decimal))
  if (choiceNames.has(name) || !texts.every((text) => typeof text === 'string')) return slowly
  const byText = new Map(texts.map((text, at) => [text, at] as const).reverse())
  return (value: unknown, type: string, check: Check) => {
    const text = isItem(value) && Object.hasOwn(value, name) ? value[name] : undefined
    if (text === undefined) return -1
    return typeof text === 'string' ? (byText.get(text) ?? -1) : slowly(value, type, check)
  }
}

function reportTimes(count: number, kind: string, slice: Slice, check: Check): void {
  const { name, min = 0, max = Number.POSITIVE_INFINITY } = slice
  if (count < min)
    report(check, 'required', `The kind ${kind} must be here${min > 1 ? ` ${min} times` : ''}.`, name)
  else if (count > max)
    report(
      check,
      'structure',
      `The kind ${kind} ${max === 0 ? 'must not be here' : `may be here at most ${max === 1 ? 'once' : `${max} times`}`}.`,
      name,
    )
}

/** Everything that is said of one value: only what the node says costs anything when a resource is checked. */
function checkOf(node: Node, around: Surroundings): CheckValue {
  const steps: CheckValue[] = []
  const { only, fixed, pattern, maxLength, binding, targets } = node
  if (only)
    steps.push((_value, _extra, type, check) => {
      if (!only.includes(type)) report(check, 'value', `This must be of the type ${listed(only)}.`)
    })
  const values: ((value: unknown, check: Check) => void)[] = []
  if (fixed !== undefined)
    values.push((value, check) => {
      if (!same(value, fixed, check.decimal)) report(check, 'value', `This must be ${shown(fixed)}.`)
    })
  if (pattern !== undefined)
    values.push((value, check) => {
      if (!holds(value, pattern, check.decimal)) report(check, 'value', `This must hold ${shown(pattern)}.`)
    })
  if (maxLength !== undefined)
    values.push((value, check) => {
      if (typeof value === 'string' && value.length > maxLength)
        report(check, 'too-long', `This is longer than ${maxLength} characters.`)
    })
  if (binding) values.push(bound(binding, around.codesOf))
  if (targets) values.push(pointing(new Set(targets), around.resources))
  if (values.length > 0)
    steps.push((value, _extra, _type, check) => {
      if (value !== undefined && value !== null) for (const run of values) run(value, check)
    })
  for (const rule of node.rules ?? []) steps.push(ruleOf(rule, node.choice === true))
  const children = Object.values(node.children ?? {}).map((child) => childOf(child, around))
  if (children.length > 0) steps.push(within(children))
  const [first, ...others] = steps
  if (!first) return () => undefined
  if (others.length === 0) return first
  return (value, extra, type, check, resource) => {
    for (const step of steps) step(value, extra, type, check, resource)
  }
}

/** The children of an object; those of a primitive, which are extensions, stand beside it. */
const within =
  (children: CheckChild[]): CheckValue =>
  (value, extra, _type, check, resource) => {
    if (isItem(value) && check.decimal(value) === undefined) {
      for (const child of children) child(value, check, resource)
      return
    }
    const { path } = check
    const at = path.length - (typeof path[path.length - 1] === 'number' ? 2 : 1)
    const key = path[at] as string
    path[at] = `_${key}`
    for (const child of children) child(isItem(extra) ? extra : {}, check, resource)
    path[at] = key
  }

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

function bound({ strength, valueSet }: NonNullable<Node['binding']>, codesOf: CodesOf) {
  const codes = codesOf(valueSet)
  const few = codes && codes.codes.size <= 20 ? `: ${listed([...codes.codes])}` : ''
  return (value: unknown, check: Check) => {
    if (!codes || isOneOf(value, codes)) return
    if (strength === 'required') report(check, 'code-invalid', `This must have a code of ${valueSet}${few}.`)
    // Beyond the list other systems may be used, and words: only a code of its systems that it does not have is worth a warning.
    else if (
      typeof value === 'string' ||
      codingsOf(value).some(({ system }) => codes.systems.has(textOf(system)))
    )
      report(check, 'code-invalid', `This should have a code of ${valueSet}${few}.`, undefined, 'warning')
  }
}

function pointing(targets: ReadonlySet<string>, resources: ReadonlySet<string>) {
  const words = listed([...targets])
  return (value: unknown, check: Check) => {
    if (!isItem(value)) return
    const { type, where } = targetOf(value, check, resources)
    if (type !== undefined && !targets.has(type))
      report(check, 'value', `This may only point at ${words}, and points at ${type}.`, where)
  }
}

function ruleOf({ key, words, expression, severity }: Invariant, choice: boolean): CheckValue {
  const { run } = compilePath(expression, { constants: new Map() })
  const text = `${words} (rule ${key}).`
  return (value, _extra, type, check, resource) => {
    if (value === undefined || value === null) return
    const focus = choice && !isItem(value) ? new Typed(type, value) : value
    const scope = { resource, node: focus, rowIndex: 0, item: focus, index: undefined, total: undefined }
    let answer: readonly unknown[]
    try {
      answer = itemsOf(run(focus, scope))
    } catch {
      // FHIRPath asks for an error where one value is needed and several are there: then the rule cannot hold.
      answer = []
    }
    const [only] = answer
    const isTrue = answer.length === 1 && (only instanceof Typed ? only.value : only) !== false
    if (!isTrue) report(check, 'invariant', text, undefined, severity ?? 'error')
  }
}
