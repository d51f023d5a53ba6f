import { isDeepStrictEqual } from 'node:util'
import { evalFhirPathTyped, toTypedValue } from '@medplum/core'
import type { Check } from '../issue.ts'
import { targetOf } from '../references.ts'
import type { Mark, Node, Slice, Snapshot } from './snapshot.ts'

/**
 * The same judgement as a compiled profile gives, said as plainly as can be and as slowly: element by element of a snapshot, it collects the
 * places where the element stands and asks one thing of each after the other. For tests only: the compiled validator must find the same
 * faults at the same places. FHIRPath is worked out by another engine than ours.
 */
export function judgeSlowly(
  { root, type }: Snapshot,
  resource: Json,
  {
    sets,
    check,
    resources,
  }: { sets: Record<string, string[]>; check: Check; resources: ReadonlySet<string> },
): string[] {
  const faults: string[] = []
  const fault = (severity: string, code: string, path: string) => faults.push(`${severity} ${code} ${path}`)

  const visit = (node: Node, spots: Spot[]) => {
    for (const spot of spots) askOf(node, spot)
    for (const child of Object.values(node.children ?? {})) {
      const all = spots.flatMap((spot) => {
        const items = instances(child, spot)
        count(child, items.length, `${childPath(spot)}.${child.name}`)
        for (const slice of Object.values(child.slices ?? {})) {
          if (!slice.when) continue
          const own = items.filter((item) => sliceOf(child, item) === slice)
          count(slice, own.length, `${childPath(spot)}.${child.name}`)
        }
        return items
      })
      visit(child, all)
      const slices = Object.values(child.slices ?? {})
      for (const slice of slices)
        if (slice.when)
          visit(
            slice,
            all.filter((item) => sliceOf(child, item) === slice),
          )
      if (child.closed && slices.every(({ when }) => when))
        for (const item of all) if (!sliceOf(child, item)) fault('error', 'structure', item.path)
    }
  }

  const count = ({ min, max }: Node, found: number, path: string) => {
    if (min !== undefined && found < min) fault('error', 'required', path)
    else if (max !== undefined && found > max) fault('error', 'structure', path)
  }

  const askOf = (node: Node, { value, path, type: kind }: Spot) => {
    if (node.only && !node.only.includes(kind)) fault('error', 'value', path)
    if (value === undefined || value === null) return
    if (node.fixed !== undefined && !isDeepStrictEqual(value, node.fixed)) fault('error', 'value', path)
    if (node.pattern !== undefined && !isWithin(node.pattern, value)) fault('error', 'value', path)
    if (node.maxLength !== undefined && typeof value === 'string' && value.length > node.maxLength)
      fault('error', 'too-long', path)
    if (node.binding) {
      const pairs = sets[node.binding.valueSet] ?? []
      if (!hasCode(value, pairs)) {
        if (node.binding.strength === 'required') fault('error', 'code-invalid', path)
        else if (typeof value === 'string' || usesSystem(value, pairs)) fault('warning', 'code-invalid', path)
      }
    }
    if (node.targets && isJson(value)) {
      const { type: target, where } = targetOf(value, check, resources)
      if (target !== undefined && !node.targets.includes(target)) fault('error', 'value', `${path}.${where}`)
    }
    for (const { expression, severity = 'error' } of node.rules ?? [])
      if (!isTrue(expression, value, kind, resource)) fault(severity, 'invariant', path)
  }

  const sliceOf = (node: Node, spot: Spot): Slice | undefined =>
    Object.values(node.slices ?? {}).find(({ when }) => when?.every((mark) => isMarked(mark, spot)))

  const isMarked = ({ path, is }: Mark, { value, type: kind }: Spot): boolean => {
    if ('types' in is && path.length === 0) return is.types.includes(kind)
    const found = path.reduce<unknown[]>((all, name) => all.flatMap((each) => below(each, name)), [value])
    const there = found.filter((each) => each !== undefined && each !== null)
    if ('exists' in is) return is.exists === there.length > 0
    if ('fixed' in is) return there.some((each) => isDeepStrictEqual(each, is.fixed))
    if ('pattern' in is) return there.some((each) => isWithin(is.pattern, each))
    return 'valueSet' in is && there.some((each) => hasCode(each, sets[is.valueSet] ?? []))
  }

  visit(root, [{ value: resource, extra: undefined, type, path: type, own: type }])
  return faults.sort()
}

/** What is known while nothing has been looked at yet. */
export const freshCheck = (type: string, container?: Json): Check => ({
  issues: [],
  most: 10_000,
  path: [type],
  decimal: () => undefined,
  container,
  contained: undefined,
  bundle: undefined,
  profile: undefined,
  extensions: undefined,
})

type Json = Record<string, unknown>
/** One place in a resource. `own` is the path of its extensions, which for a primitive is another. */
type Spot = { value: unknown; extra: unknown; type: string; path: string; own: string }

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const childPath = ({ value, path, own }: Spot) => (isJson(value) ? path : own)

function instances(node: Node, { value, extra, path, own }: Spot): Spot[] {
  const owner = isJson(value) ? value : isJson(extra) ? extra : {}
  const at = isJson(value) ? path : own
  const keys = node.choice
    ? node.types.map((type) => [node.name + type[0]?.toUpperCase() + type.slice(1), type] as const)
    : [[node.name, node.types[0] ?? ''] as const]
  return keys.flatMap(([key, type]) => {
    const [values, extras] = [owner[key], owner[`_${key}`]]
    if (values === undefined && extras === undefined) return []
    if (!Array.isArray(values) && !Array.isArray(extras))
      return [{ value: values, extra: extras, type, path: `${at}.${key}`, own: `${at}._${key}` }]
    const [list, beside] = [values, extras].map((each) => (Array.isArray(each) ? each : [])) as [
      unknown[],
      unknown[],
    ]
    return Array.from({ length: Math.max(list.length, beside.length) }, (_, n) => ({
      value: list[n],
      extra: beside[n],
      type,
      path: `${at}.${key}[${n}]`,
      own: `${at}._${key}[${n}]`,
    }))
  })
}

function below(value: unknown, name: string): unknown[] {
  if (!isJson(value)) return []
  if (Object.hasOwn(value, name)) return [value[name]].flat()
  const choice = Object.keys(value).find((key) => new RegExp(`^${name}[A-Z]`).test(key))
  return choice === undefined ? [] : [value[choice]].flat()
}

function isWithin(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern))
    return Array.isArray(value) && pattern.every((each) => value.some((one) => isWithin(each, one)))
  if (isJson(pattern))
    return (
      isJson(value) &&
      Object.entries(pattern).every(
        ([key, inner]) => Object.hasOwn(value, key) && isWithin(inner, value[key]),
      )
    )
  return isDeepStrictEqual(pattern, value)
}

const codings = (value: unknown): Json[] =>
  isJson(value) ? ('coding' in value ? [value['coding']].flat().filter(isJson) : [value]) : []
const text = (value: unknown) => (typeof value === 'string' ? value : '')

function hasCode(value: unknown, pairs: string[]): boolean {
  if (typeof value === 'string') return pairs.some((pair) => pair.split('|').at(-1) === value)
  return codings(value).some(({ system, code }) => pairs.includes(`${text(system)}|${text(code)}`))
}

const usesSystem = (value: unknown, pairs: string[]) =>
  codings(value).some(({ system }) =>
    pairs.some((pair) => pair.slice(0, pair.lastIndexOf('|')) === text(system)),
  )

function isTrue(expression: string, value: unknown, type: string, resource: Json): boolean {
  const focus = isJson(value) && 'resourceType' in value ? toTypedValue(value) : { type, value }
  try {
    const answer = evalFhirPathTyped(expression, [focus], { '%resource': toTypedValue(resource) })
    return answer.length === 1 && answer[0]?.value !== false
  } catch {
    return false
  }
}
