import { type Node, PathError } from './ast.ts'
import { type Token, tokens } from './tokens.ts'
import { Typed } from './values.ts'

/** How tightly each binary operator binds, loosest first: the order of the FHIRPath grammar. */
const levels: string[][] = [
  ['implies'],
  ['or', 'xor'],
  ['and'],
  ['in', 'contains'],
  ['=', '~', '!=', '!~'],
  ['<=', '<', '>', '>='],
  ['|'],
  ['is', 'as'],
  ['+', '-', '&'],
  ['*', '/', 'div', 'mod'],
]
const typeLevel = 7
const deepest = 100

const calendarUnits = /^(year|month|week|day|hour|minute|second|millisecond)s?$/

type Reader = { list: Token[]; at: number; depth: number }

const peek = (reader: Reader): Token => reader.list[reader.at] as Token
const isSymbol = (token: Token, text: string) => token.kind === 'symbol' && token.text === text

function take(reader: Reader): Token {
  const token = peek(reader)
  if (token.kind !== 'end') reader.at += 1
  return token
}

function accept(reader: Reader, text: string): boolean {
  if (!isSymbol(peek(reader), text)) return false
  reader.at += 1
  return true
}

function expect(reader: Reader, text: string): void {
  const token = peek(reader)
  if (!accept(reader, text)) throw new PathError(`expected ${text} but found ${token.text}`, token.at)
}

/** Reads a FHIRPath expression. Throws PathError with the offset where it stops making sense. */
export function parse(expression: string): Node {
  const reader: Reader = { list: tokens(expression), at: 0, depth: 0 }
  const node = binary(reader, 0)
  const left = peek(reader)
  if (left.kind !== 'end') throw new PathError(`did not expect ${left.text}`, left.at)
  return node
}

function binary(reader: Reader, level: number): Node {
  const operators = levels[level]
  if (!operators) return unary(reader)
  let left = binary(reader, level + 1)
  for (;;) {
    const token = peek(reader)
    const isOperator = token.kind === 'symbol' || (token.kind === 'word' && !token.quoted)
    if (!isOperator || !operators.includes(token.text)) return left
    reader.at += 1
    left =
      level === typeLevel
        ? {
            kind: 'type',
            operator: token.text as 'is' | 'as',
            operand: left,
            type: typeName(reader),
            at: token.at,
          }
        : { kind: 'binary', operator: token.text, left, right: binary(reader, level + 1), at: token.at }
  }
}

function typeName(reader: Reader): string {
  const first = take(reader)
  if (first.kind !== 'word') throw new PathError(`expected a type but found ${first.text}`, first.at)
  if (!accept(reader, '.')) return first.text
  const second = take(reader)
  if (second.kind !== 'word') throw new PathError(`expected a type but found ${second.text}`, second.at)
  return `${first.text}.${second.text}`
}

function unary(reader: Reader): Node {
  const token = peek(reader)
  reader.depth += 1
  if (reader.depth > deepest) throw new PathError('the expression is nested too deeply', token.at)
  const node = isSymbol(token, '+') || isSymbol(token, '-') ? sign(reader, token) : chain(reader)
  reader.depth -= 1
  return node
}

function sign(reader: Reader, { text, at }: Token): Node {
  reader.at += 1
  return { kind: 'unary', operator: text as '+' | '-', operand: unary(reader), at }
}

function chain(reader: Reader): Node {
  let node = term(reader)
  for (;;) {
    const { at } = peek(reader)
    if (accept(reader, '.')) node = invocation(reader, node)
    else if (accept(reader, '[')) {
      node = { kind: 'index', target: node, index: binary(reader, 0), at }
      expect(reader, ']')
    } else return node
  }
}

function invocation(reader: Reader, target: Node | undefined): Node {
  const token = take(reader)
  if (token.kind === 'special') return { kind: 'special', name: token.text, at: token.at }
  if (token.kind !== 'word') throw new PathError(`expected a name but found ${token.text}`, token.at)
  if (!token.quoted && accept(reader, '(')) {
    return { kind: 'call', target, name: token.text, args: listOfArguments(reader), at: token.at }
  }
  return { kind: 'member', target, name: token.text, at: token.at }
}

function listOfArguments(reader: Reader): Node[] {
  const args: Node[] = []
  if (accept(reader, ')')) return args
  do args.push(binary(reader, 0))
  while (accept(reader, ','))
  expect(reader, ')')
  return args
}

function term(reader: Reader): Node {
  const token = peek(reader)
  const { at } = token
  if (accept(reader, '(')) {
    const inner = binary(reader, 0)
    expect(reader, ')')
    return inner
  }
  if (accept(reader, '{')) {
    expect(reader, '}')
    return { kind: 'empty', at }
  }
  if (token.kind === 'variable') {
    reader.at += 1
    return { kind: 'variable', name: token.text, at }
  }
  if (token.kind === 'word' && !token.quoted && (token.text === 'true' || token.text === 'false')) {
    reader.at += 1
    return { kind: 'literal', value: token.text === 'true', type: 'boolean', at }
  }
  return literal(reader) ?? invocation(reader, undefined)
}

function literal(reader: Reader): Node | undefined {
  const token = peek(reader)
  const { at, text } = token
  if (token.kind === 'string') {
    reader.at += 1
    return { kind: 'literal', value: text, type: 'string', at }
  }
  if (token.kind === 'temporal') {
    reader.at += 1
    if (text.startsWith('T'))
      return { kind: 'literal', value: new Typed('time', text.slice(1)), type: 'time', at }
    const type = text.includes('T') ? 'dateTime' : 'date'
    return { kind: 'literal', value: new Typed(type, text.replace(/T$/, '')), type, at }
  }
  if (token.kind !== 'number') return undefined
  reader.at += 1
  return numberLiteral(reader, token)
}

function numberLiteral(reader: Reader, { text, at }: Token): Node {
  const next = peek(reader)
  const unit = next.kind === 'string' || (next.kind === 'word' && calendarUnits.test(next.text))
  if (unit) {
    reader.at += 1
    const quantity = {
      value: Number(text),
      unit: next.text,
      ...(next.kind === 'string' && { code: next.text }),
    }
    return { kind: 'literal', value: new Typed('Quantity', quantity), type: 'Quantity', at }
  }
  const type = text.includes('.') ? 'decimal' : 'integer'
  // A decimal keeps the digits it was written with: 1.0 and 1 have different boundaries.
  return { kind: 'literal', value: new Typed(type, type === 'decimal' ? text : Number(text)), type, at }
}
