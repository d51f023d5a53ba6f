import { compareTemporal, parseTemporal } from '../temporal.ts'
import type { Check, Item } from './issue.ts'
import { isItem } from './issue.ts'
import type { Rule, Rules } from './rules.ts'

export const has = (item: Item, ...keys: string[]) =>
  keys.some((key) => Object.hasOwn(item, key) || Object.hasOwn(item, `_${key}`))

/** Whether a choice element such as `value[x]` is there in any of its types. */
export const hasChoice = (item: Item, name: string) =>
  Object.keys(item).some((key) => {
    const bare = key.startsWith('_') ? key.slice(1) : key
    return bare.length > name.length && bare.startsWith(name) && /[A-Z]/.test(bare.charAt(name.length))
  })

function numberIn(value: unknown, check: Check): number | undefined {
  if (typeof value === 'number') return value
  const kept = check.decimal(value)
  return kept === undefined ? undefined : Number(kept)
}

/** False only where the first moment is certainly after the second; coarser dates are given the benefit of the doubt. */
export function inOrder(from: unknown, to: unknown): boolean {
  if (typeof from !== 'string' || typeof to !== 'string') return true
  // Two values of one form and one offset are in order if their text is, and need not be taken apart.
  if (from.length === to.length && from.slice(19) === to.slice(19)) return from <= to
  const start = parseTemporal(from)
  const end = parseTemporal(to)
  return !start || !end || (compareTemporal(start, end) ?? 0) <= 0
}

const ucum = 'http://unitsofmeasure.org'
const isUcum = ({ system }: Item) => system === undefined || system === ucum

const unit: Rule = {
  key: 'qty-3',
  words: 'A quantity with a code for its unit must name the system of the code',
  at: 'system',
  holds: (item) => !has(item, 'code') || has(item, 'system'),
}

const numbersInOrder = (low: unknown, high: unknown, check: Check) => {
  if (!isItem(low) || !isItem(high) || low['code'] !== high['code'] || low['unit'] !== high['unit'])
    return true
  const [from, to] = [numberIn(low['value'], check), numberIn(high['value'], check)]
  return from === undefined || to === undefined || from <= to
}

const needs = (key: string, name: string, other: string, words: string): Rule => ({
  key,
  words,
  at: other,
  holds: (item) => !has(item, name) || has(item, other),
})

const notNegative = (key: string, name: string): Rule => ({
  key,
  words: 'This must not be below zero',
  at: name,
  holds: (item, check) => (numberIn(item[name], check) ?? 0) >= 0,
})

const mealtimes = new Set(['C', 'CM', 'CD', 'CV'])

function offsetFits(item: Item): boolean {
  if (!has(item, 'offset')) return true
  const { when } = item
  return Array.isArray(when) && when.length > 0 && !when.some((code) => mealtimes.has(code))
}

const timing: Rule[] = [
  needs('tim-1', 'duration', 'durationUnit', 'A duration needs its unit'),
  needs('tim-2', 'period', 'periodUnit', 'A period needs its unit'),
  notNegative('tim-4', 'duration'),
  notNegative('tim-5', 'period'),
  needs('tim-6', 'periodMax', 'period', 'A longest period needs a period'),
  needs('tim-7', 'durationMax', 'duration', 'A longest duration needs a duration'),
  needs('tim-8', 'countMax', 'count', 'A greatest count needs a count'),
  {
    key: 'tim-9',
    words: 'An offset needs an event of the day that is not a meal in general',
    at: 'offset',
    holds: offsetFits,
  },
  {
    key: 'tim-10',
    words: 'A time of day and an event of the day exclude each other',
    holds: (item) => !has(item, 'timeOfDay') || !has(item, 'when'),
  },
]

const age: Rule = {
  key: 'age-1',
  words: 'An age must be above zero, with a UCUM code',
  holds: (item, check) => {
    const value = numberIn(item['value'], check)
    return isUcum(item) && (!has(item, 'value') || has(item, 'code')) && (value === undefined || value > 0)
  },
}

const count: Rule = {
  key: 'cnt-3',
  words: 'A count must be a whole number with the UCUM code 1',
  holds: (item, check) => {
    const value = numberIn(item['value'], check)
    const coded = !has(item, 'value') || has(item, 'code')
    return (
      isUcum(item) &&
      coded &&
      (item['code'] ?? '1') === '1' &&
      (value === undefined || Number.isInteger(value))
    )
  },
}

/** Rules of the data types that any resource may hold. */
export const dataTypeRules: Rules = {
  Extension: [
    {
      key: 'ext-1',
      words: 'An extension must have either a value or further extensions, and not both',
      holds: (item) => has(item, 'extension') !== hasChoice(item, 'value'),
    },
  ],
  Period: [
    {
      key: 'per-1',
      words: 'A period must not end before it starts',
      at: 'start',
      holds: ({ start, end }) => inOrder(start, end),
    },
  ],
  Quantity: [unit],
  Age: [unit, age],
  Count: [unit, count],
  Distance: [
    unit,
    {
      key: 'dis-1',
      words: 'A distance must have a UCUM code',
      holds: (item) => isUcum(item) && (!has(item, 'value') || has(item, 'code')),
    },
  ],
  Duration: [
    unit,
    {
      key: 'drt-1',
      words: 'A duration with a code must have a value and use UCUM',
      holds: (item) => !has(item, 'code') || (item['system'] === ucum && has(item, 'value')),
    },
  ],
  Range: [
    {
      key: 'rng-2',
      words: 'The low end of a range must not be above the high end',
      at: 'low',
      holds: ({ low, high }, check) => numbersInOrder(low, high, check),
    },
  ],
  Ratio: [
    {
      key: 'rat-1',
      words: 'A ratio needs both numerator and denominator, or neither and an extension',
      holds: (item) =>
        has(item, 'numerator') === has(item, 'denominator') && has(item, 'numerator', 'extension'),
    },
  ],
  Attachment: [needs('att-1', 'data', 'contentType', 'An attachment with data must say its content type')],
  ContactPoint: [
    needs('cpt-2', 'value', 'system', 'A contact point with a value must say what system it belongs to'),
  ],
  Expression: [
    {
      key: 'exp-1',
      words: 'An expression or a reference to one is needed',
      holds: (item) => has(item, 'expression', 'reference'),
    },
  ],
  'Timing.repeat': timing,
}
