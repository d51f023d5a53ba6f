export type TextPlace = { line: number; column: number }

/**
 * Where an element stands in a JSON text; of one that is not there, what it would stand in. `path` is as FHIRPath writes it, without what stands
 * before the outermost object: `name[0].given[1]`. The text must be JSON.
 */
export function placeIn(text: string, path: string): TextPlace {
  const steps = [...path.matchAll(/[^.[\]]+/g)].map(([step]) => step)
  let at = skipSpace(text, 0)
  for (const step of steps) {
    const next =
      text[at] === '{' ? property(text, at, step) : text[at] === '[' ? member(text, at, step) : undefined
    if (next === undefined) break
    at = next
  }
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}

const space = /[\s]*/y
function skipSpace(text: string, from: number): number {
  space.lastIndex = from
  space.test(text)
  return space.lastIndex
}

const string = /"(?:[^"\\]|\\.)*"/y
const scalar = /[^\s,\]}]+/y

/** The end of a value, without recursion: the depth is the sender’s choice. */
function skipValue(text: string, from: number): number {
  let depth = 0
  let at = from
  do {
    at = skipSpace(text, at)
    const token = text[at]
    if (token === '{' || token === '[') {
      depth++
      at++
    } else if (token === '}' || token === ']') {
      depth--
      at++
    } else if (token === ',' || token === ':') at++
    else {
      const pattern = token === '"' ? string : scalar
      pattern.lastIndex = at
      if (!pattern.test(text)) return text.length
      at = pattern.lastIndex
    }
  } while (depth > 0 && at < text.length)
  return at
}

function property(text: string, open: number, name: string): number | undefined {
  let at = skipSpace(text, open + 1)
  while (text[at] === '"') {
    const end = skipValue(text, at)
    const key = JSON.parse(text.slice(at, end)) as string
    const value = skipSpace(text, skipSpace(text, end) + 1)
    if (key === name) return value
    at = skipSpace(text, skipSpace(text, skipValue(text, value)) + 1)
  }
  return undefined
}

function member(text: string, open: number, index: string): number | undefined {
  let at = skipSpace(text, open + 1)
  for (let left = Number(index); at < text.length && text[at] !== ']'; left--) {
    if (left === 0) return at
    at = skipSpace(text, skipSpace(text, skipValue(text, at)) + 1)
  }
  return undefined
}
