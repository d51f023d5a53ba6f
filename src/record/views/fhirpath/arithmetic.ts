import { daysInMonth, formatTemporal, parseTemporal, type Temporal } from '../../temporal.ts'
import { objectOf } from './navigate.ts'
import { bare, type Collection, digitsOf, isRawNumber, numberOf, Typed, textOf } from './values.ts'

const decimalsOf = (item: unknown) => {
  const digits = digitsOf(item) ?? ''
  const point = digits.indexOf('.')
  return point < 0 ? 0 : digits.length - point - 1
}

/** Rounds away the noise of binary fractions: FHIRPath decimals are exact, so 0.1 + 0.2 is 0.3. */
function exact(value: number, decimals: number): number | undefined {
  if (!Number.isFinite(value)) return undefined
  return Math.abs(value) < 1e21 && decimals <= 100 ? Number(value.toFixed(decimals)) : value
}

/**
 * `left operator right` for two single items; undefined is empty (a division by zero, say), `'mixed'` means that
 * FHIRPath does not define the operator for these types.
 */
export function calculate(operator: string, left: unknown, right: unknown): Collection | 'mixed' {
  const a = numberOf(left)
  const b = numberOf(right)
  if (a !== undefined && b !== undefined) return numbers(operator, a, b, decimalsOf(left), decimalsOf(right))
  const first = bare(left)
  const second = objectOf(right)
  if (typeof first === 'string' && second && (operator === '+' || operator === '-')) {
    return moved(first, second, operator === '+' ? 1 : -1)
  }
  if (operator === '+' && typeof first === 'string' && typeof bare(right) === 'string')
    return first + bare(right)
  return 'mixed'
}

function numbers(
  operator: string,
  a: number,
  b: number,
  aDecimals: number,
  bDecimals: number,
): number | undefined {
  const most = Math.max(aDecimals, bDecimals)
  if (operator === '+') return exact(a + b, most)
  if (operator === '-') return exact(a - b, most)
  if (operator === '*') return exact(a * b, aDecimals + bDecimals)
  if (b === 0) return undefined
  if (operator === '/') return a / b
  return operator === 'div' ? Math.trunc(a / b) : exact(a % b, most)
}

const unitMilliseconds: Record<string, number> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}
const ucumUnits: Record<string, string> = {
  a: 'year',
  mo: 'month',
  wk: 'week',
  d: 'day',
  h: 'hour',
  min: 'minute',
  s: 'second',
  ms: 'millisecond',
}

/** A date plus or minus a quantity of time; months keep to the end of a shorter month. */
function moved(text: string, quantity: Record<string, unknown>, sign: 1 | -1): Collection | 'mixed' {
  const value = parseTemporal(text)
  const amount = numberOf(quantity['value'])
  const named = textOf(quantity['unit'] ?? quantity['code'])
  const unit = ucumUnits[named] ?? named.replace(/s$/, '')
  if (!value || amount === undefined || value.kind === 'time') return 'mixed'
  const whole = Math.trunc(amount) * sign
  if (unit === 'year' || unit === 'month')
    return written(addMonths(value, unit === 'year' ? whole * 12 : whole))
  const size = unitMilliseconds[unit]
  return size === undefined ? 'mixed' : written(addMilliseconds(value, whole * size))
}

const written = (value: Temporal) => new Typed(value.kind, formatTemporal(value))

function addMonths(value: Temporal, months: number): Temporal {
  const [year = 1, month = 1, day = 1] = value.parts
  const total = year * 12 + (month - 1) + months
  const next = [Math.floor(total / 12), (total % 12) + 1]
  next.push(Math.min(day, daysInMonth(next[0] ?? 1, next[1] ?? 1)))
  const parts = [...next, ...value.parts.slice(3)].slice(0, value.parts.length)
  return { ...value, parts }
}

function addMilliseconds(value: Temporal, ms: number): Temporal {
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0, inMinute = 0] = value.parts
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, day)
  moment.setUTCHours(hour, minute, 0, inMinute + ms)
  const parts = [
    moment.getUTCFullYear(),
    moment.getUTCMonth() + 1,
    moment.getUTCDate(),
    moment.getUTCHours(),
    moment.getUTCMinutes(),
    moment.getUTCSeconds() * 1000 + moment.getUTCMilliseconds(),
  ]
  return { ...value, parts: parts.slice(0, value.parts.length) }
}

/** `-x` and `+x`; `'mixed'` for what is no number. */
export function signed(operator: string, item: unknown): Collection | 'mixed' {
  const value = numberOf(item)
  if (value === undefined) return 'mixed'
  if (operator === '+') return item
  const inner = bare(item)
  if (item instanceof Typed && typeof inner === 'string') return new Typed(item.type, `-${inner}`)
  return isRawNumber(inner) || !(item instanceof Typed) ? -value : new Typed(item.type, -value)
}
