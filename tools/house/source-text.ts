/** What each character of a TypeScript file is part of. Text is what stands inside quotes, and SQL in a template is text. */
type Kind = 'code' | 'text' | 'comment'

/** The file three times over: each view keeps one kind of character and blanks the others, so that lines and columns stay. */
export type Views = { code: string; text: string; comments: string }

const beforeRegex = /(?:[(,=:[!&|?{};+\-*%~^>]|\b(?:return|typeof|case|in|of|do|else|void|await|yield))$/

/**
 * Parts code, text and comments. It is a reader of our own style, not a parser: it knows quotes, templates, comments and regular
 * expressions. Prose between JSX tags counts as code.
 */
export function viewsOf(source: string): Views {
  const kinds = kindsOf(source)
  const only = (kind: Kind) => {
    let view = ''
    for (let at = 0; at < source.length; at++)
      view += kinds[at] === kind || source[at] === '\n' ? source[at] : ' '
    return view
  }
  return { code: only('code'), text: only('text'), comments: only('comment') }
}

function kindsOf(source: string): Kind[] {
  const kinds: Kind[] = new Array(source.length).fill('code')
  const mark = (from: number, to: number, kind: Kind) => kinds.fill(kind, from, Math.min(to, source.length))
  // One entry for each template whose ${…} we are inside: how many braces are open in it.
  const templates: number[] = []
  let at = 0
  while (at < source.length) {
    const here = source[at] as string
    const two = source.slice(at, at + 2)
    let end = at + 1
    if (two === '//' || two === '/*') {
      end = two === '//' ? indexOr(source, '\n', at) : indexOr(source, '*/', at + 2) + 2
      mark(at, end, 'comment')
    } else if (here === "'" || here === '"') {
      end = endOfQuote(source, at)
      mark(at + 1, end - 1, 'text')
    } else if (here === '`' || (here === '}' && templates.at(-1) === 0)) {
      if (here === '}') templates.pop()
      const stop = endOfTemplateText(source, at + 1)
      mark(at + 1, stop, 'text')
      if (source.startsWith('${', stop)) templates.push(0)
      end = source.startsWith('${', stop) ? stop + 2 : stop + 1
    } else if (here === '{' || here === '}') {
      const open = templates.pop()
      if (open !== undefined) templates.push(open + (here === '{' ? 1 : -1))
    } else if (here === '/' && beforeRegex.test(source.slice(Math.max(0, at - 40), at).trimEnd())) {
      end = endOfRegex(source, at)
      mark(at + 1, end - 1, 'text')
    }
    at = end
  }
  return kinds
}

const indexOr = (source: string, what: string, from: number): number => {
  const found = source.indexOf(what, from)
  return found < 0 ? source.length : found
}

/** A quote that its line does not close is an apostrophe in prose. */
function endOfQuote(source: string, start: number): number {
  for (let at = start + 1; at < source.length && source[at] !== '\n'; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === source[start]) return at + 1
  }
  return start + 1
}

function endOfTemplateText(source: string, start: number): number {
  for (let at = start; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === '`' || source.startsWith('${', at)) return at
  }
  return source.length
}

function endOfRegex(source: string, start: number): number {
  let inClass = false
  for (let at = start + 1; at < source.length && source[at] !== '\n'; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === '[') inClass = true
    else if (source[at] === ']') inClass = false
    else if (source[at] === '/' && !inClass) return at + 1
  }
  return start + 1
}

/** SQL without what stands after two dashes. */
export const withoutSqlComments = (sql: string): string =>
  sql.replace(/--[^\n]*/g, (comment) => ' '.repeat(comment.length))

export type Import = { from: string; line: number }

/** Every module that a file names: import, export … from, import(), and types. */
export function importsOf(source: string, { code }: Views): Import[] {
  const named = /\b(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g
  return [...source.matchAll(named)]
    .filter((match) => code[match.index] !== ' ')
    .map((match) => ({ from: match[2] ?? '', line: lineOf(source, match.index) }))
}

export const lineOf = (source: string, index: number): number => source.slice(0, index).split('\n').length
