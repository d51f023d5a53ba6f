import type { Node } from './ast.ts'
import type { Collection, Typed } from './values.ts'

/**
 * What an expression can see besides its focus. `resource` is the whole resource, `node` the element the view stands
 * on, `rowIndex` the position of that element; `item`, `index` and `total` are `$this`, `$index` and `$total`.
 * One scope is reused while a resource is read: whoever changes it puts it back.
 */
export type Scope = {
  resource: unknown
  node: unknown
  rowIndex: number
  item: unknown
  index: number | undefined
  total: unknown
}

export type Evaluate = (focus: Collection, scope: Scope) => Collection

/** `type` is the FHIR type of the result where the expression alone shows it. */
export type Compiled = { run: Evaluate; type?: string }

/** `hint` is the declared type of the column, used where a value alone cannot show whether it is a date or dateTime. */
export type Context = { constants: ReadonlyMap<string, Typed>; hint?: string | undefined }

/** The arguments of one call in an expression; `compile(0)` throws if the first is missing. */
export type Arguments = {
  name: string
  nodes: Node[]
  at: number
  context: Context
  compile: (at: number) => Compiled
  most: (count: number) => void
}

export type MakeFunction = (source: Compiled, args: Arguments) => Compiled
