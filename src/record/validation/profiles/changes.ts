import type { Node, Slice, Snapshot } from './snapshot.ts'
import { isMarked, keysOf } from './values.ts'

type Json = Record<string, unknown>
/** A change to a sample that breaks one thing a profile says, what that is, and the fault it must give, as `code path`. */
export type Breaking = { breaks: string; fault: string; changed: Json }

type Making = { all: Breaking[]; sample: Json; sets: Record<string, string[]> }
/** Where an element stands: the way to its owner, which `text` names; `id` in the profile; `marks`: what tells the slice around it from others. */
type Where = { way: (string | number)[]; text: string; id: string; marks: string[] }

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * For everything that a profile says of its elements, the sample with just that broken. Left out: rules, which are broken by hand, and what
 * tells a slice from others, since an item without it is none of the slice.
 */
export function breakingChanges({ root, type }: Snapshot, sample: Json, sets: Making['sets']): Breaking[] {
  const making: Making = { all: [], sample, sets }
  changeChildren(making, root, { way: [], text: type, id: type, marks: [] })
  return making.all
}

function add(
  { all, sample }: Making,
  breaks: string,
  fault: string,
  { way }: Where,
  change: (owner: Json) => void,
) {
  const changed = structuredClone(sample)
  change(way.reduce<unknown>((at, step) => (at as Json)[step], changed) as Json)
  all.push({ breaks, fault, changed })
}

function changeChildren(making: Making, node: Node, where: Where): void {
  const owner = where.way.reduce<unknown>((at, step) => (at as Json | undefined)?.[step], making.sample)
  if (!isJson(owner)) return
  for (const child of Object.values(node.children ?? {})) changeElement(making, child, owner, where)
}

/** The marks that are this element, or within it. */
const markedIn = (marks: string[], name: string) =>
  marks.filter((mark) => mark === name || mark.startsWith(`${name}.`))

function changeElement(making: Making, node: Node, owner: Json, where: Where): void {
  const id = `${where.id}.${node.name}`
  const at = `${where.text}.${node.name}`
  const [first] = keysOf(node)
  if (node.max === 0) {
    add(making, `${id} max 0`, `structure ${at}`, where, (broken) => {
      if (first) broken[first.key] = node.list ? [{ id: 'x' }] : 'x'
    })
    return
  }
  const found = keysOf(node).find(({ key }) => Object.hasOwn(owner, key) || Object.hasOwn(owner, `_${key}`))
  if (!found) return
  const { key } = found
  const value = owner[key]
  if (node.min && markedIn(where.marks, node.name).length === 0)
    add(making, `${id} min`, `required ${at}`, where, (broken) => {
      delete broken[key]
      delete broken[`_${key}`]
    })
  if (node.max !== undefined && Array.isArray(value))
    add(making, `${id} max`, `structure ${at}`, where, (broken) => {
      broken[key] = Array.from({ length: (node.max ?? 0) + 1 }, () => structuredClone(value[0]))
    })
  if (node.closed && Array.isArray(value))
    add(making, `${id} closed`, `structure ${at}[${value.length}]`, where, (broken) => {
      ;(broken[key] as unknown[]).push({ code: { text: 'y' } })
    })
  changeValue(making, node, { ...found, n: Array.isArray(value) ? 0 : undefined, owner }, { ...where, id })
  for (const [name, slice] of Object.entries(node.slices ?? {}))
    if (Array.isArray(value))
      changeSlice(making, slice, { ...found, owner }, { ...where, id: `${id}:${name}` })
}

type Found = { key: string; type: string; owner: Json }

function changeSlice(making: Making, slice: Slice, { key, type, owner }: Found, where: Where): void {
  const list = owner[key] as unknown[]
  const { when, min, max } = slice
  if (!when) return
  const codesOf = () => undefined
  const n = list.findIndex((item) => isMarked(item, type, when, codesOf, () => undefined))
  if (n < 0) return
  const at = `${where.text}.${slice.name}`
  if (min)
    add(making, `${where.id} min`, `required ${at}`, where, (broken) => {
      ;(broken[key] as unknown[]).splice(n, 1)
    })
  if (max !== undefined)
    add(making, `${where.id} max`, `structure ${at}`, where, (broken) => {
      for (let times = 0; times < max; times++) (broken[key] as unknown[]).push(structuredClone(list[n]))
    })
  const marks = when.map(({ path }) => [slice.name, ...path].join('.'))
  changeValue(making, slice, { key, type, owner, n }, { ...where, marks })
}

function changeValue(
  making: Making,
  node: Slice,
  spot: Found & { n: number | undefined },
  where: Where,
): void {
  const { key, type, owner, n } = spot
  const index = n === undefined ? '' : `[${n}]`
  const at = `${where.text}.${key}${index}`
  const put = (value: unknown) => (broken: Json) => {
    if (n === undefined) broken[key] = value
    else (broken[key] as unknown[])[n] = value
  }
  const value = n === undefined ? owner[key] : (owner[key] as unknown[])[n]
  if (node.fixed !== undefined && !where.marks.includes(node.name))
    add(making, `${where.id} fixed`, `value ${at}`, where, put('changed'))
  if (node.only && type !== 'string')
    add(making, `${where.id} type`, `value ${where.text}.${node.name}String`, where, (broken) => {
      delete broken[key]
      broken[`${node.name}String`] = 'x'
    })
  if (node.targets)
    add(making, `${where.id} target`, `value ${at}.reference`, where, put({ reference: 'Basic/1' }))
  const [pair] = node.binding ? (making.sets[node.binding.valueSet] ?? []) : []
  if (pair !== undefined && !/^[a-z]/.test(type)) {
    const coding = { system: pair.split('|')[0], code: 'none' }
    const wrong = type === 'Coding' ? { ...(value as Json), ...coding } : { coding: [coding] }
    add(making, `${where.id} codes`, `code-invalid ${at}`, where, put(wrong))
  }
  // Extensions of a primitive stand beside it.
  const step = isJson(value) ? key : `_${key}`
  changeChildren(making, node, {
    way: [...where.way, step, ...(n === undefined ? [] : [n])],
    text: `${where.text}.${step}${index}`,
    id: where.id,
    marks: markedIn(where.marks, node.name).map((mark) => mark.slice(node.name.length + 1)),
  })
}
