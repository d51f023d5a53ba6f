import { PathError } from './ast.ts'
import { single } from './operators.ts'
import type { MakeFunction } from './scope.ts'
import { type Collection, numberOf } from './values.ts'

/** A function of one number and, if `more`, of a second; what is no finite number becomes empty. */
function numeric(
  answer: (value: number, other: number) => number,
  arity: 0 | 1 | 'optional' = 0,
): MakeFunction {
  return (source, args) => {
    args.most(arity === 0 ? 0 : 1)
    const second = arity === 1 || args.nodes.length > 0 ? args.compile(0).run : undefined
    const read = (collection: Collection) => {
      const item = single(collection, `${args.name}()`, args.at)
      const value = numberOf(item)
      if (item !== undefined && value === undefined)
        throw new PathError(`${args.name}() needs a number`, args.at)
      return value
    }
    return {
      run: (focus, scope) => {
        const value = read(source.run(focus, scope))
        const other = second ? read(second(focus, scope)) : 0
        if (value === undefined || other === undefined) return undefined
        const result = answer(value, other)
        return Number.isFinite(result) ? result : undefined
      },
    }
  }
}

/** FHIRPath rounds halves away from zero. */
function round(value: number, digits: number): number {
  const size = Number(`${Math.round(Number(`${Math.abs(value)}e${digits}`))}e-${digits}`)
  return value < 0 ? -size : size
}

export const numberFunctions: Record<string, MakeFunction> = {
  abs: numeric(Math.abs),
  ceiling: numeric(Math.ceil),
  floor: numeric(Math.floor),
  truncate: numeric(Math.trunc),
  exp: numeric(Math.exp),
  ln: numeric(Math.log),
  sqrt: numeric(Math.sqrt),
  log: numeric((value, base) => Math.log(value) / Math.log(base), 1),
  power: numeric((value, exponent) => value ** exponent, 1),
  round: numeric(round, 'optional'),
}
