import { PathError } from './fhirpath/ast.ts'
import { compilePath } from './fhirpath/compile.ts'
import { objectOf } from './fhirpath/navigate.ts'
import type { Compiled, Context, Evaluate, Scope } from './fhirpath/scope.ts'
import { isRawNumber, itemsOf, plain } from './fhirpath/values.ts'
import { type ColumnDefinition, type SelectDefinition, ViewError } from './view-definition.ts'

export type Column = { name: string; type?: string; collection: boolean }
export type Row = Record<string, unknown>

/** One part of a view: its columns in order, the rows it makes of a node, and its row of nothing. */
export type Part = { columns: Column[]; rows: (node: unknown, scope: Scope) => Row[]; nothing: Row }

export type Compiler = { view: string; context: Context }

/** Runs `work` and says where in the view a fault of its FHIRPath lies. */
function placed<T>(compiler: Compiler, place: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof PathError)
      throw new ViewError(compiler.view, place, `${error.message} (at ${error.at})`)
    throw error
  }
}

/** An expression of the view, whose faults at run time also name their place; `type` is what the expression alone shows. */
export function compiledAt(compiler: Compiler, path: string, place: string, hint?: string): Compiled {
  const { run, ...rest } = placed(compiler, place, () => compilePath(path, { ...compiler.context, hint }))
  return {
    ...rest,
    run: (focus, scope) => {
      try {
        return run(focus, scope)
      } catch (error) {
        return placed(compiler, place, () => {
          throw error
        })
      }
    },
  }
}

const expression = (...given: Parameters<typeof compiledAt>): Evaluate => compiledAt(...given).run

/**
 * Compiles one select. Its columns, nested selects and unionAll are cross-joined in that order, which is also the
 * order of the columns; forEach, forEachOrNull and repeat say for which nodes this is done.
 */
export function compileSelect(compiler: Compiler, select: SelectDefinition, place: string): Part {
  const parts: Part[] = []
  if (select.column?.length) parts.push(compileColumns(compiler, select.column, `${place}.column`))
  for (const [at, nested] of (select.select ?? []).entries()) {
    parts.push(compileSelect(compiler, nested, `${place}.select[${at}]`))
  }
  if (select.unionAll?.length) parts.push(compileUnion(compiler, select.unionAll, `${place}.unionAll`))
  return iterated(compiler, select, place, joined(compiler, parts, place))
}

/** More than any resource should make: lists crossed with lists grow without end, and a view may be anybody's. */
const mostRows = 100_000

/** The cross join of parts; a single part is itself. */
export function joined(compiler: Compiler, parts: Part[], place: string): Part {
  const [only] = parts
  if (only && parts.length === 1) return only
  return {
    columns: parts.flatMap((part) => part.columns),
    nothing: Object.assign({}, ...parts.map((part) => part.nothing)),
    rows: (node, scope) => {
      let rows: Row[] = [{}]
      for (const part of parts) {
        // Read even where a part before gave nothing: a fault of the view shows whatever else there is.
        const next = part.rows(node, scope)
        if (rows.length * next.length > mostRows)
          throw new ViewError(compiler.view, place, `makes more than ${mostRows} rows of one resource`)
        rows = rows.flatMap((row) => next.map((more) => ({ ...row, ...more })))
      }
      return rows
    },
  }
}

function compileColumns(compiler: Compiler, definitions: ColumnDefinition[], place: string): Part {
  const readers = definitions.map((column, at) => compileColumn(compiler, column, `${place}[${at}]`))
  const columns = definitions.map(({ name, type, collection = false }) => ({
    name,
    collection,
    ...(type !== undefined && { type }),
  }))
  const nothing: Row = {}
  for (const { name, path, collection } of definitions) {
    // The row of an empty forEachOrNull is still a row, the first: %rowIndex is 0, as at the top of a view.
    nothing[name] = path.trim() === '%rowIndex' ? 0 : collection ? [] : null
  }
  return {
    columns,
    nothing,
    rows: (node, scope) => {
      const row: Row = {}
      scope.item = node
      scope.node = node
      for (const { name, read } of readers) row[name] = read(node, scope)
      return [row]
    },
  }
}

function compileColumn(
  compiler: Compiler,
  column: ColumnDefinition,
  place: string,
): { name: string; read: Evaluate } {
  const { name, type } = column
  const run = expression(compiler, column.path, `${place}.path`, type)
  const fail = (message: string): never => {
    throw new ViewError(compiler.view, place, message)
  }
  // A column without a type holds a primitive; an object there is a path that stopped too early.
  const value = (item: unknown) => {
    const shown = plain(item)
    if (type === undefined && objectOf(shown) && !isRawNumber(shown))
      fail('gave an object though it declares no type')
    return shown
  }
  if (column.collection) return { name, read: (node, scope) => itemsOf(run(node, scope)).map(value) }
  return {
    name,
    read: (node, scope) => {
      const found = run(node, scope)
      if (!Array.isArray(found)) return found === undefined ? null : value(found)
      if (found.length > 1) fail(`gave ${found.length} values though it is not a collection`)
      return found.length === 0 ? null : value(found[0])
    },
  }
}

function compileUnion(compiler: Compiler, branches: SelectDefinition[], place: string): Part {
  const parts = branches.map((branch, at) => compileSelect(compiler, branch, `${place}[${at}]`))
  const [first] = parts as [Part, ...Part[]]
  for (const [at, part] of parts.entries()) {
    if (!sameColumns(first.columns, part.columns)) {
      throw new ViewError(
        compiler.view,
        `${place}[${at}]`,
        'must have the same columns as the first, in the same order',
      )
    }
  }
  return {
    columns: first.columns,
    nothing: first.nothing,
    rows: (node, scope) => parts.flatMap((part) => part.rows(node, scope)),
  }
}

function sameColumns(a: Column[], b: Column[]): boolean {
  if (a.length !== b.length) return false
  return a.every((column, at) => {
    const other = b[at]
    const sameType = column.type === undefined || other?.type === undefined || column.type === other.type
    return column.name === other?.name && column.collection === other.collection && sameType
  })
}

/** Rows for each node, every one of them knowing its position; the scope is put back afterwards. */
function eachNode(
  compiler: Compiler,
  place: string,
  nodes: readonly unknown[],
  scope: Scope,
  inner: Part,
): Row[] {
  const { rowIndex, node, item } = scope
  const rows: Row[] = []
  for (const [at, next] of nodes.entries()) {
    scope.rowIndex = at
    for (const row of inner.rows(next, scope)) rows.push(row)
    if (rows.length > mostRows)
      throw new ViewError(compiler.view, place, `makes more than ${mostRows} rows of one resource`)
  }
  Object.assign(scope, { rowIndex, node, item })
  return rows
}

function iterated(compiler: Compiler, select: SelectDefinition, place: string, inner: Part): Part {
  const { forEach, forEachOrNull, repeat } = select
  if (repeat) return { ...inner, rows: repeated(compiler, repeat, `${place}.repeat`, inner) }
  const path = forEach ?? forEachOrNull
  if (path === undefined) return inner
  const run = expression(compiler, path, `${place}.${forEach === undefined ? 'forEachOrNull' : 'forEach'}`)
  return {
    ...inner,
    rows: (node, scope) => {
      scope.item = node
      scope.node = node
      const nodes = itemsOf(run(node, scope))
      if (nodes.length === 0) return forEachOrNull === undefined ? [] : [{ ...inner.nothing }]
      return eachNode(compiler, place, nodes, scope, inner)
    },
  }
}

/** More nodes than any resource has: a path that leads back to where it started would never end. */
const mostNodes = 100_000

function repeated(compiler: Compiler, paths: string[], place: string, inner: Part): Part['rows'] {
  const steps = paths.map((path, at) => expression(compiler, path, `${place}[${at}]`))
  return (start, scope) => {
    const nodes: unknown[] = []
    const childrenOf = (node: unknown) => {
      scope.item = node
      scope.node = node
      return steps.flatMap((run) => itemsOf(run(node, scope)))
    }
    const waiting = childrenOf(start).reverse()
    while (waiting.length > 0) {
      const node = waiting.pop()
      nodes.push(node)
      if (nodes.length > mostNodes) throw new ViewError(compiler.view, place, 'never comes to an end')
      for (const child of childrenOf(node).reverse()) waiting.push(child)
    }
    return eachNode(compiler, place, nodes, scope, inner)
  }
}
