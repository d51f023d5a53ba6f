import { PathError } from './ast.ts'
import { single } from './operators.ts'
import type { Arguments, Compiled, Evaluate, MakeFunction, Scope } from './scope.ts'
import { bare, type Collection, collectionOf, isEmpty, itemsOf, measured, numberOf } from './values.ts'

/** The argument at a position as text, read from `$this`; undefined where it is empty. */
function textArgument(args: Arguments, at: number): (focus: Collection, scope: Scope) => string | undefined {
  const { run } = args.compile(at)
  return (focus, scope) => {
    const value = bare(single(run(focus, scope), args.name, args.at))
    if (value !== undefined && typeof value !== 'string')
      throw new PathError(`${args.name}() needs text`, args.at)
    return value
  }
}

function inputText(
  source: Compiled,
  args: Arguments,
): (focus: Collection, scope: Scope) => string | undefined {
  return (focus, scope) => {
    const value = bare(single(source.run(focus, scope), `${args.name}()`, args.at))
    if (value !== undefined && typeof value !== 'string')
      throw new PathError(`${args.name}() needs text`, args.at)
    return value
  }
}

/** A function of the input text and of `count` further texts; empty as soon as one of them is empty. */
function texts(
  count: number,
  answer: (text: string, ...more: string[]) => Collection,
  type: string,
): MakeFunction {
  return (source, args) => {
    args.most(count)
    const input = inputText(source, args)
    const rest = Array.from({ length: count }, (_, at) => textArgument(args, at))
    return {
      run: (focus, scope) => {
        const text = input(focus, scope)
        const more = rest.map((read) => read(focus, scope))
        if (text === undefined || more.includes(undefined)) return undefined
        return measured(answer(text, ...(more as string[])))
      },
      type,
    }
  }
}

const compiledPatterns = new Map<string, RegExp>()
const mostPatterns = 1000

/**
 * Views of our own hold few patterns, so each is compiled once; those of others are not kept for ever. Single line mode, as FHIRPath 3 has it.
 * @throws PathError for what is no pattern
 */
function pattern(source: string): RegExp {
  let found = compiledPatterns.get(source)
  if (!found) {
    if (compiledPatterns.size >= mostPatterns) compiledPatterns.clear()
    found = compiledPattern(source)
    compiledPatterns.set(source, found)
  }
  return found
}

function compiledPattern(source: string): RegExp {
  try {
    return new RegExp(source, 'su')
  } catch {
    throw new PathError('this is no regular expression')
  }
}

const substring: MakeFunction = (source, args) => {
  args.most(2)
  const input = inputText(source, args)
  const from = args.compile(0).run
  const length: Evaluate | undefined = args.nodes.length > 1 ? args.compile(1).run : undefined
  return {
    run: (focus, scope) => {
      const text = input(focus, scope)
      const start = numberOf(itemsOf(from(focus, scope))[0])
      if (text === undefined || start === undefined || start < 0 || start >= text.length) return undefined
      const count = length ? numberOf(itemsOf(length(focus, scope))[0]) : undefined
      return count === undefined ? text.slice(start) : text.slice(start, start + Math.max(0, count))
    },
    type: 'string',
  }
}

/** Joins every item, with no separator unless one is given. The published cases want '' for no items, not empty. */
const join: MakeFunction = (source, args) => {
  args.most(1)
  const separator = args.nodes.length > 0 ? args.compile(0).run : () => ''
  return {
    run: (focus, scope) => {
      const between = bare(single(separator(focus, scope), 'join()', args.at))
      const items = itemsOf(source.run(focus, scope)).map(bare)
      if (items.some((item) => typeof item === 'object')) throw new PathError('join() needs text', args.at)
      return measured(items.join(typeof between === 'string' ? between : ''))
    },
    type: 'string',
  }
}

const split: MakeFunction = texts(1, (text, by) => collectionOf(text.split(by)), 'string')

const indexOf: MakeFunction = texts(1, (text, part) => text.indexOf(part), 'integer')

const hasPrefix = texts(1, (text, part) => text.startsWith(part), 'boolean')

/** `contains` is both an operator and this function; here it looks for text in text. */
const contains: MakeFunction = texts(1, (text, part) => text.includes(part), 'boolean')

const length: MakeFunction = texts(0, (text) => text.length, 'integer')

const replaceMatches: MakeFunction = texts(
  2,
  (text, search, by) => (search === '' ? text : text.replace(new RegExp(pattern(search), 'gsu'), by)),
  'string',
)

const hasValue: MakeFunction = (source, args) => {
  args.most(0)
  return {
    run: (focus, scope) => {
      const items = itemsOf(source.run(focus, scope))
      return items.length === 1 && !isEmpty(items) && typeof bare(items[0]) !== 'object'
    },
    type: 'boolean',
  }
}

const getValue: MakeFunction = (source, args) => {
  args.most(0)
  return {
    ...source,
    run: (focus, scope) => {
      const items = itemsOf(source.run(focus, scope))
      return items.length === 1 && typeof bare(items[0]) !== 'object' ? items[0] : undefined
    },
  }
}

export const textFunctions: Record<string, MakeFunction> = {
  join,
  split,
  substring,
  indexOf,
  lastIndexOf: texts(1, (text, part) => text.lastIndexOf(part), 'integer'),
  startsWith: hasPrefix,
  endsWith: texts(1, (text, part) => text.endsWith(part), 'boolean'),
  contains,
  upper: texts(0, (text) => text.toUpperCase(), 'string'),
  lower: texts(0, (text) => text.toLowerCase(), 'string'),
  trim: texts(0, (text) => text.trim(), 'string'),
  toChars: texts(0, (text) => collectionOf([...text]), 'string'),
  length,
  replace: texts(2, (text, search, by) => text.split(search).join(by), 'string'),
  matches: texts(1, (text, search) => pattern(search).test(text), 'boolean'),
  matchesFull: texts(1, (text, search) => pattern(`^(?:${search})$`).test(text), 'boolean'),
  replaceMatches,
  hasValue,
  getValue,
}
