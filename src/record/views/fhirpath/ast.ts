/** The syntax tree of a FHIRPath expression. `at` is the offset, in characters, where the node starts. */
export type Node =
  | { kind: 'literal'; value: unknown; type: LiteralType; at: number }
  | { kind: 'empty'; at: number }
  | { kind: 'member'; target: Node | undefined; name: string; at: number }
  | { kind: 'call'; target: Node | undefined; name: string; args: Node[]; at: number }
  | { kind: 'index'; target: Node; index: Node; at: number }
  | { kind: 'unary'; operator: '+' | '-'; operand: Node; at: number }
  | { kind: 'binary'; operator: string; left: Node; right: Node; at: number }
  | { kind: 'type'; operator: 'is' | 'as'; operand: Node; type: string; at: number }
  | { kind: 'variable'; name: string; at: number }
  | { kind: 'special'; name: string; at: number }

export type LiteralType =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'Quantity'

/** An expression that cannot be read, compiled or run. `at` is the offset in the expression, from 0. */
export class PathError extends Error {
  readonly at: number
  constructor(message: string, at = 0) {
    super(message)
    this.name = 'PathError'
    this.at = at
  }
}
