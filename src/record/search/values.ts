import { bare, digitsOf, itemsOf } from '../views/fhirpath/values.ts'
import { codeKey, entry, plain, textKey } from './entry.ts'
import { ever, instantKey, spanOf } from './moment.ts'
import type { Kind } from './parameters.ts'

type Item = Record<string, unknown>
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const objectOf = (value: unknown): Item | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Item) : undefined
const listOf = (value: unknown): unknown[] => [...itemsOf(value)]

/** The entries of one value under a key; none where there is nothing in it that could be searched. */
export const entriesOf: Record<Kind, (key: string, value: unknown) => string[]> = {
  token: tokens,
  string: strings,
  reference: references,
  date: dates,
  quantity: quantities,
  uri: (key, value) => (text(value) === undefined ? [] : [entry(key, plain(text(value) ?? ''))]),
}

const telecoms = new Set(['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other'])

/** code, Coding, CodeableConcept, Identifier, ContactPoint, boolean or text; of a ContactPoint the system is no code system. */
function tokens(key: string, value: unknown): string[] {
  if (typeof value === 'boolean') return [entry(key, String(value), '')]
  const alone = text(value)
  if (alone !== undefined) return [entry(key, codeKey(alone), '')]
  const item = objectOf(value)
  if (!item) return []
  if ('coding' in item) return listOf(item['coding']).flatMap((coding) => tokens(key, coding))
  const code = text(item['code']) ?? text(item['value'])
  if (code === undefined) return []
  const system = text(item['system']) ?? ''
  return [entry(key, codeKey(code), 'value' in item && telecoms.has(system) ? '' : plain(system))]
}

/** Which elements of a HumanName or an Address are text to be found by. */
const worded = [
  'text',
  'family',
  'given',
  'prefix',
  'suffix',
  'line',
  'city',
  'district',
  'state',
  'postalCode',
  'country',
]

function strings(key: string, value: unknown): string[] {
  const alone = text(value)
  if (alone !== undefined) return [entry(key, textKey(alone), plain(alone))]
  const item = objectOf(value)
  return item ? worded.flatMap((name) => listOf(item[name]).flatMap((each) => strings(key, text(each)))) : []
}

/** `Type/id` of a reference to something here; of another server the whole address. */
export function placeOf(reference: string): string {
  const local = /^([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/.+)?$/.exec(reference)?.[1]
  return local ?? plain(reference)
}

function references(key: string, value: unknown): string[] {
  const canonical = text(value)
  if (canonical !== undefined) {
    const [address = '', version = ''] = plain(canonical).split('|')
    return [entry(key, address, version)]
  }
  const item = objectOf(value)
  const literal = text(item?.['reference'])
  const number = objectOf(item?.['identifier'])
  return [
    ...(literal === undefined || literal.startsWith('#') ? [] : [entry(key, placeOf(literal))]),
    ...(number === undefined ? [] : tokens(`${key}:identifier`, { ...number, code: undefined })),
  ]
}

/** date, dateTime, instant, Period or Timing. An end that is not known lies beyond all others. */
function dates(key: string, value: unknown): string[] {
  const alone = text(value)
  const span = alone === undefined ? undefined : spanOf(alone)
  if (span) return [entry(key, instantKey(span.from), instantKey(span.until))]
  const item = objectOf(value)
  if (!item) return []
  if ('event' in item || 'repeat' in item) {
    const bounds = objectOf(objectOf(item['repeat'])?.['boundsPeriod'])
    return [...listOf(item['event']), ...(bounds ? [bounds] : [])].flatMap((each) => dates(key, each))
  }
  const [start, end] = [spanOf(text(item['start']) ?? ''), spanOf(text(item['end']) ?? '')]
  return start || end
    ? [entry(key, instantKey(start?.from ?? ever.from), instantKey(end?.until ?? ever.until))]
    : []
}

const open = { '<': 'until', '<=': 'until', '>': 'from', '>=': 'from' } as const

/** Quantity (with its comparator), Range or Age. */
function quantities(key: string, value: unknown): string[] {
  const item = objectOf(value)
  if (!item) return []
  const unit = (of: Item) => [of['system'], of['code'], of['unit']].map((each) => plain(text(each) ?? ''))
  const [low, high] = [objectOf(item['low']), objectOf(item['high'])]
  if (low || high) {
    const from = low ? digitsOf(low['value']) : '-Infinity'
    const until = high ? digitsOf(high['value']) : 'Infinity'
    return from === undefined || until === undefined
      ? []
      : [entry(key, from, until, ...unit(low ?? high ?? {}))]
  }
  const amount = digitsOf(bare(item['value']))
  if (amount === undefined) return []
  const known = open[item['comparator'] as keyof typeof open]
  const from = known === 'until' ? '-Infinity' : amount
  return [entry(key, from, known === 'from' ? 'Infinity' : amount, ...unit(item))]
}
