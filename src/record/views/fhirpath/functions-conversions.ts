import { parseTemporal } from '../../temporal.ts'
import { objectOf } from './navigate.ts'
import { single } from './operators.ts'
import type { MakeFunction } from './scope.ts'
import { bare, digitsOf, numberOf, Typed, textOf } from './values.ts'

type Convert = (item: unknown) => unknown

const yes = new Set(['true', 't', 'yes', 'y', '1', '1.0'])
const no = new Set(['false', 'f', 'no', 'n', '0', '0.0'])

const toBoolean: Convert = (item) => {
  const value = bare(item)
  if (typeof value === 'boolean') return value
  const text = typeof value === 'string' ? value.toLowerCase() : String(numberOf(item))
  return yes.has(text) ? true : no.has(text) ? false : undefined
}

const toNumber =
  (shape: RegExp): Convert =>
  (item) => {
    const value = bare(item)
    if (typeof value === 'boolean') return value ? 1 : 0
    const text = typeof value === 'string' ? value : digitsOf(item)
    return text !== undefined && shape.test(text) ? Number(text) : undefined
  }

const toText: Convert = (item) => {
  const value = bare(item)
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  return digitsOf(item)
}

const toTemporal =
  (type: 'date' | 'dateTime' | 'time'): Convert =>
  (item) => {
    const value = bare(item)
    const moment = typeof value === 'string' ? parseTemporal(value) : undefined
    if (typeof value !== 'string' || !moment || (moment.kind === 'time') !== (type === 'time'))
      return undefined
    return new Typed(type, type === 'date' ? value.slice(0, 10) : value)
  }

const quantity = /^([+-]?\d+(?:\.\d+)?)\s*(?:'([^']+)'|([A-Za-z]+))?$/

const toQuantity: Convert = (item) => {
  if (objectOf(item)) return item
  const match = quantity.exec(textOf(item))
  if (!match) return undefined
  return new Typed('Quantity', { value: Number(match[1]), unit: match[2] ?? match[3] ?? '1' })
}

const conversions: Record<string, [Convert, string]> = {
  Boolean: [toBoolean, 'boolean'],
  Integer: [toNumber(/^[+-]?\d+$/), 'integer'],
  Long: [toNumber(/^[+-]?\d+$/), 'integer64'],
  Decimal: [toNumber(/^[+-]?\d+(?:\.\d+)?$/), 'decimal'],
  String: [toText, 'string'],
  Date: [toTemporal('date'), 'date'],
  DateTime: [toTemporal('dateTime'), 'dateTime'],
  Time: [toTemporal('time'), 'time'],
  Quantity: [toQuantity, 'Quantity'],
}

function pair(name: string, [convert, type]: [Convert, string]): [string, MakeFunction][] {
  const make =
    (answer: (converted: unknown) => unknown, result: string): MakeFunction =>
    (source, args) => {
      args.most(name === 'Quantity' ? 1 : 0)
      return {
        run: (focus, scope) => {
          const item = single(source.run(focus, scope), `${args.name}()`, args.at)
          return item === undefined ? undefined : answer(convert(item))
        },
        type: result,
      }
    }
  return [
    [`to${name}`, make((converted) => converted, type)],
    [`convertsTo${name}`, make((converted) => converted !== undefined, 'boolean')],
  ]
}

/** `toInteger()` and the like give empty where they cannot convert; `convertsToInteger()` says whether they can. */
export const conversionFunctions: Record<string, MakeFunction> = Object.fromEntries(
  Object.entries(conversions).flatMap(([name, how]) => pair(name, how)),
)
