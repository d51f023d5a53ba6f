import { applyPatch, type Operation, Pointer } from 'rfc6902'
import { type Fault, Invalid } from '../../../platform/index.ts'
import { isRawJson, parseLossless } from '../../store/lossless-json.ts'

/** A JSON Patch (RFC 6902) whose operations have been looked at; numbers as `asMarked` has them. */
export type JsonPatch = readonly Operation[]

const needs: Record<string, readonly ('value' | 'from')[]> = {
  add: ['value'],
  remove: [],
  replace: ['value'],
  move: ['from'],
  copy: ['from'],
  test: ['value'],
}

/** Each operation may move a whole list by one place, and copies of copies double: neither may hold up everybody else. */
const mostOperations = 1000
const mostCopied = 1024 * 1024

/**
 * Reads a patch. `at` is where it stands in what was sent.
 * @throws Invalid naming each operation that is none
 */
export function readPatch(given: unknown, at = ''): JsonPatch {
  if (!Array.isArray(given)) throw fault(at, 'A JSON Patch is an array of operations', 'structure')
  if (given.length > mostOperations)
    throw fault(at, `A patch may have ${mostOperations} operations at most`, 'too-long')
  const faults = given.flatMap((each: unknown, index) => faultsIn(each, `${at}[${index}]`))
  if (faults.length > 0) throw new Invalid(faults)
  return asMarked(given) as Operation[]
}

function faultsIn(given: unknown, at: string): Fault[] {
  if (given === null || typeof given !== 'object')
    return [{ path: at, words: 'An operation is an object', code: 'structure' }]
  const operation = given as Record<string, unknown>
  const wanted = needs[String(operation['op'])]
  if (!wanted)
    return [
      { path: `${at}.op`, words: `The operation is one of ${Object.keys(needs).join(', ')}`, code: 'value' },
    ]
  const faults: Fault[] = []
  for (const name of ['path', ...wanted]) {
    const value = operation[name]
    if (name === 'value' ? value === undefined : typeof value !== 'string')
      faults.push({ path: `${at}.${name}`, words: 'This operation needs it', code: 'required' })
    else if (name !== 'value' && !isPointer(String(value)))
      faults.push({
        path: `${at}.${name}`,
        words: 'Give a JSON Pointer, such as /name/0/family',
        code: 'value',
      })
  }
  return faults
}

const reserved = new Set(['__proto__', 'constructor', 'prototype'])
const isPointer = (text: string): boolean =>
  (text === '' || text.startsWith('/')) &&
  !/~(?![01])/.test(text) &&
  !text.split('/').some((token) => reserved.has(token))

/**
 * A resource with a patch applied; what the patch does not touch stays as it is written, every decimal with its precision.
 * @param body the resource as it is kept
 * @throws Invalid naming the operation that cannot be done
 */
export function patched(body: string, patch: JsonPatch, at = ''): Record<string, unknown> {
  const document = { root: asMarked(parseLossless(body)) }
  let copied = 0
  for (const [index, operation] of patch.entries()) {
    if (operation.op === 'copy') copied += sizeAt(document, operation.from)
    if (copied > mostCopied)
      throw fault(`${at}[${index}]`, `A patch may copy ${mostCopied} characters at most`, 'too-costly')
    const problem = problemOf(document, operation)
    if (problem !== undefined) throw fault(`${at}[${index}]`, problem, 'processing')
  }
  const { root } = document
  if (root === null || typeof root !== 'object' || Array.isArray(root))
    throw fault(at, 'A patch must leave a resource', 'structure')
  return unmarked(root) as Record<string, unknown>
}

type Document = { root: unknown }
const inside = (path: string) => `/root${path}`

const sizeAt = (document: Document, path: string): number =>
  JSON.stringify(Pointer.fromJSON(inside(path)).get(document))?.length ?? 0

/** The document is held in an object, so that an operation on the whole of it has a parent. */
function problemOf(document: Document, operation: Operation): string | undefined {
  const from = 'from' in operation ? { from: inside(operation.from) } : {}
  const moved = { ...operation, ...from, path: inside(operation.path) } as Operation
  if (!leads(document, moved.path) || ('from' in moved && !leads(document, moved.from))) return nothingThere
  if (moved.op === 'test')
    return isSame(Pointer.fromJSON(moved.path).get(document), moved.value)
      ? undefined
      : 'What stands there is not what the patch tests for'
  const [problem] = applyPatch(document, [moved])
  return problem ? nothingThere : undefined
}

const nothingThere = 'There is nothing at this place'

/** Whether the way to a place leads through objects and lists alone: text has no members, and those of a list are numbered without leading zeros. */
function leads(document: object, path: string): boolean {
  let at: unknown = document
  for (const token of Pointer.fromJSON(path).tokens.slice(1)) {
    if (at === null || typeof at !== 'object') return false
    if (Array.isArray(at) && !/^(?:0|[1-9]\d*|-)$/.test(token)) return false
    at = Object.hasOwn(at, token) ? (at as Record<string, unknown>)[token] : undefined
  }
  return true
}

/** Equal as RFC 6902 has it: numbers by their value, objects whatever the order of their members. */
function isSame(one: unknown, other: unknown): boolean {
  if (isMarked(one) || isMarked(other)) {
    const [first, second] = [one, other].map((each) => (isMarked(each) ? Number(each.slice(1)) : each))
    return first === second
  }
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object')
    return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [mine, theirs] = [one, other] as Record<string, unknown>[]
  const names = Object.keys(mine ?? {})
  return (
    names.length === Object.keys(theirs ?? {}).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(mine?.[name], theirs?.[name]))
  )
}

/** No text that is taken here holds a NUL, so that a text which begins with one is a number as it was written. */
const mark = '\u0000'
const isMarked = (value: unknown): value is string => typeof value === 'string' && value.startsWith(mark)

/** Numbers kept as raw text become text with a mark: the patch copies objects, and a raw number is an object that cannot be copied. */
function asMarked(value: unknown): unknown {
  if (isRawJson(value)) return mark + JSON.stringify(value)
  return mapped(value, asMarked)
}

const unmarked = (value: unknown): unknown =>
  isMarked(value) ? parseLossless(value.slice(1)) : mapped(value, unmarked)

function mapped(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(change)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]))
}

const fault = (path: string, words: string, code: string): Invalid => new Invalid([{ path, words, code }])
