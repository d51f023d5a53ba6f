import { daysInMonth, formatTemporal, parseTemporal, type Temporal } from '../../temporal.ts'
import { objectOf } from './navigate.ts'
import { bare, type Collection, digitsOf, numberOf, Typed } from './values.ts'

export type Side = 'low' | 'high'

/** FHIR dates without an offset may lie anywhere on earth: the earliest day starts at +14:00, the latest ends at -12:00. */
const widest = { low: 14 * 60, high: -12 * 60 }

/** How many parts each permitted precision (counted in digits, as FHIRPath does) keeps. */
const dateDigits: Record<number, number> = { 4: 1, 6: 2, 8: 3, 10: 4, 12: 5, 14: 6, 17: 6 }
const timeDigits: Record<number, number> = { 2: 1, 4: 2, 6: 3, 9: 3 }

/**
 * The least or greatest value that `item` could stand for, to `precision` digits, in the type of the item; empty
 * where it has no boundary. FHIRPath, "Utility functions": lowBoundary and highBoundary, Period as in the SQL on
 * FHIR specification. `type` is what is known of the item's type from the expression.
 */
export function boundary(
  item: unknown,
  side: Side,
  precision: number | undefined,
  type: string | undefined,
): Collection {
  const known = item instanceof Typed ? item.type : type
  if (numberOf(item) !== undefined) return decimalBoundary(item, side, precision, known)
  const value = bare(item)
  if (typeof value === 'string') return temporalBoundary(value, side, precision, known)
  const object = objectOf(value)
  if (!object) return undefined
  if ('start' in object || 'end' in object) {
    const edge = side === 'low' ? object['start'] : object['end']
    return edge === undefined ? undefined : boundary(edge, side, precision, 'dateTime')
  }
  if (numberOf(object['value']) === undefined) return undefined
  return new Typed('Quantity', {
    ...object,
    value: decimalBoundary(object['value'], side, precision, 'decimal'),
  })
}

/**
 * Half a unit of the last digit below or above. JSON that was parsed to a binary number has lost the zero of `1.0`,
 * so a whole number counts as having one decimal unless it is known to be an integer or its digits were kept.
 */
function decimalBoundary(
  item: unknown,
  side: Side,
  precision = 28,
  type: string | undefined,
): number | undefined {
  if (precision < 0 || precision > 28) return undefined
  const digits = digitsOf(item) ?? ''
  const written = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0
  const lost = typeof bare(item) === 'number' && type !== 'integer'
  const decimals = lost ? Math.max(1, written) : written
  const scaled = BigInt(digits.replace('.', '').replace(/^\+/, '') || '0') * 10n ** BigInt(decimals - written)
  // In units of a twentieth of the last digit, so that half a digit is whole.
  const edge = scaled * 10n + (side === 'low' ? -5n : 5n)
  return rounded(edge, decimals + 1, precision, side)
}

function rounded(value: bigint, decimals: number, precision: number, side: Side): number {
  if (precision >= decimals) return Number(`${value}e-${decimals}`)
  const unit = 10n ** BigInt(decimals - precision)
  const remainder = ((value % unit) + unit) % unit
  const floor = value - remainder
  const edge = side === 'high' && remainder !== 0n ? floor + unit : floor
  return Number(`${edge / unit}e-${precision}`)
}

function temporalBoundary(
  text: string,
  side: Side,
  precision: number | undefined,
  type: string | undefined,
): Collection {
  const value = parseTemporal(text)
  if (!value) return undefined
  const wholeSecond = !text.includes('.')
  if (value.kind === 'time') {
    const keep = precision === undefined ? 3 : timeDigits[precision]
    if (keep === undefined) return undefined
    const parts = filled([1, 1, 1, ...value.parts], side, wholeSecond).slice(3, 3 + keep)
    return new Typed('time', formatTemporal({ kind: 'time', parts, offset: undefined }))
  }
  const isDate = type === 'date' && value.kind === 'date'
  const keep = dateDigits[precision ?? (isDate ? 8 : 17)]
  if (keep === undefined || (isDate && keep > 3)) return undefined
  const parts = filled(value.parts, side, wholeSecond).slice(0, keep)
  const offset = keep > 3 ? (value.offset ?? widest[side]) : undefined
  const kind: Temporal['kind'] = isDate ? 'date' : 'dateTime'
  return new Typed(kind, formatTemporal({ kind, parts, offset }))
}

/** The parts down to the millisecond; a second written without a fraction covers the whole second. */
function filled(parts: number[], side: Side, wholeSecond: boolean): number[] {
  const full = [...parts]
  if (side === 'high' && wholeSecond && full[5] !== undefined) full[5] += 999
  for (let part = full.length; part < 6; part++) {
    const last = [9999, 12, daysInMonth(full[0] ?? 1, full[1] ?? 1), 23, 59, 59_999][part] ?? 0
    full.push(side === 'high' ? last : ([1, 1, 1, 0, 0, 0][part] ?? 0))
  }
  return full
}
