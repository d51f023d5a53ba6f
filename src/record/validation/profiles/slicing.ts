import { isItem } from '../issue.ts'
import type { Mark, Node, Slice, Test } from './snapshot.ts'

/**
 * Finds how each slice of each list is told from others, and writes it down in the slice. Gives, in words, the slices that cannot be told.
 */
export function tellApart(node: Node, at: string): string[] {
  const notes: string[] = []
  if (node.slices) {
    const isExtension = node.name === 'extension' || node.name === 'modifierExtension'
    const by = node.by ?? (isExtension ? ['value:url'] : [])
    for (const [name, slice] of Object.entries(node.slices)) {
      const marks = by.map((each) => markOf(slice, each))
      const isTold = marks.length > 0 && marks.every((mark) => mark !== undefined)
      if (isTold) slice.when = marks as Mark[]
      else notes.push(`${at}:${name}: nothing tells this slice from others`)
      notes.push(...tellApart(slice, `${at}:${name}`))
    }
  }
  for (const child of Object.values(node.children ?? {})) {
    notes.push(...tellApart(child, `${at}.${child.name}${child.choice ? '[x]' : ''}`))
  }
  return notes
}

function markOf(slice: Slice, discriminator: string): Mark | undefined {
  const colon = discriminator.indexOf(':')
  const kind = discriminator.slice(0, colon)
  const text = discriminator.slice(colon + 1)
  const path = text === '$this' ? [] : text.split('.').map((part) => part.replace('[x]', ''))
  // A step that is a call, such as resolve(), leads out of what is here.
  if (path.some((part) => !/^[A-Za-z]+$/.test(part))) return undefined
  const is = testAt(slice, path, kind)
  return is && { path, is }
}

/**
 * What an element says of what stands at the path: itself, an element above it whose value holds it, or a slice on the way that must be there.
 */
function testAt(node: Slice, path: string[], kind: string): Test | undefined {
  const [next, ...rest] = path
  if (next === 'url' && rest.length === 0 && node.profile !== undefined) return { fixed: node.profile }
  if (next === undefined) return testOf(node, kind)
  const whole = node.fixed ?? node.pattern
  const value = whole !== undefined && isOfValue(kind) ? inside(whole, path) : undefined
  if (value !== undefined) return { pattern: value }
  const child = node.children?.[next]
  if (!child) return undefined
  const must = Object.values(child.slices ?? {}).filter(({ min = 0 }) => min > 0)
  return [child, ...must].map((each) => testAt(each, rest, kind)).find((test) => test !== undefined)
}

const isOfValue = (kind: string) => kind === 'value' || kind === 'pattern'

function testOf(node: Node, kind: string): Test | undefined {
  if (kind === 'exists') return node.max === 0 ? { exists: false } : node.min ? { exists: true } : undefined
  if (kind === 'type') return node.only && { types: node.only }
  if (!isOfValue(kind)) return undefined
  if (node.fixed !== undefined) return { fixed: node.fixed }
  if (node.pattern !== undefined) return { pattern: node.pattern }
  return node.binding?.strength === 'required' ? { valueSet: node.binding.valueSet } : undefined
}

/** The one value at a path inside a value; of a list, its only member. */
function inside(value: unknown, path: string[]): unknown {
  const [next, ...rest] = path
  const one = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value
  if (next === undefined) return one
  return isItem(one) && Object.hasOwn(one, next) ? inside(one[next], rest) : undefined
}
