import { PathError } from './ast.ts'

export type TokenKind = 'word' | 'string' | 'number' | 'temporal' | 'symbol' | 'variable' | 'special' | 'end'

/** `text` is already unescaped for strings, quoted words and variables; `quoted` marks a back-ticked word. */
export type Token = { kind: TokenKind; text: string; at: number; quoted?: boolean }

const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y
const zone = '(?:Z|[+-]\\d\\d:\\d\\d)?'
const clock = '\\d\\d(?::\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)?'
const patterns: [TokenKind, RegExp][] = [
  ['temporal', new RegExp(`@(T${clock}|\\d{4}(?:-\\d\\d(?:-\\d\\d)?)?(?:T(?:${clock}${zone})?)?)`, 'y')],
  ['number', /(\d+(?:\.\d+)?)/y],
  ['string', /'((?:[^'\\]|\\[\s\S])*)'/y],
  ['special', /\$(this|index|total)\b/y],
  ['variable', /%([A-Za-z_][A-Za-z0-9_]*|`(?:[^`\\]|\\[\s\S])*`|'(?:[^'\\]|\\[\s\S])*')/y],
  ['word', /([A-Za-z_][A-Za-z0-9_]*|`(?:[^`\\]|\\[\s\S])*`)/y],
  ['symbol', /(<=|>=|!=|!~|[-+*/&|<>=~.,()[\]{}])/y],
]

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f' }

function unescaped(text: string, at: number): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    const plain = escapes[code]
    if (plain !== undefined) return plain
    if (/['"`\\/]/.test(code)) return code
    throw new PathError(`\\${code} is not an escape`, at)
  })
}

function tokenOf(kind: TokenKind, raw: string, at: number): Token {
  const quoted = raw.startsWith('`') || (kind === 'variable' && raw.startsWith("'"))
  const bare = quoted ? raw.slice(1, -1) : raw
  const text = kind === 'string' || quoted ? unescaped(bare, at) : bare
  return quoted ? { kind, text, at, quoted } : { kind, text, at }
}

/**
 * The tokens of a FHIRPath expression, ending in one of kind `end`. White space and comments are dropped.
 * Throws PathError at the first character that starts no token.
 */
export function tokens(expression: string): Token[] {
  const found: Token[] = []
  let at = 0
  while (at < expression.length) {
    blank.lastIndex = at
    at += blank.exec(expression)?.[0].length ?? 0
    if (at >= expression.length) break
    const token = nextToken(expression, at)
    found.push(token.token)
    at = token.end
  }
  found.push({ kind: 'end', text: 'the end', at: expression.length })
  return found
}

function nextToken(expression: string, at: number): { token: Token; end: number } {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at
    const match = pattern.exec(expression)
    if (match) return { token: tokenOf(kind, match[1] ?? '', at), end: at + match[0].length }
  }
  throw new PathError(`${JSON.stringify(expression[at])} starts nothing in FHIRPath`, at)
}
