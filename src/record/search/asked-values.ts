import { isNhsNumber, nhsNumberSystem } from '../../people/index.ts'
import type { Amount, Clause, Compare, Identified, Test } from './clause.ts'
import { isAboutPeople } from './declared.ts'
import { asFiled, codeKey, entry, mark, plain, textKey } from './entry.ts'
import { type Span, spanOf } from './moment.ts'
import { declarationOf, type Parameter } from './parameters.ts'
import { placeOf } from './values.ts'

/** A value that cannot be understood, in words for whoever sent it. */
export class Unclear extends Error {
  override name = 'Unclear'
  readonly code: 'value' | 'not-supported'
  constructor(words: string, code: 'value' | 'not-supported' = 'value') {
    super(words)
    this.code = code
  }
}

/** Divides at a character that has no backslash before it. */
function divided(text: string, at: ',' | '|'): string[] {
  const found = ['']
  for (let place = 0; place < text.length; place++) {
    const letter = text.charAt(place)
    if (letter === '\\') found[found.length - 1] += letter + text.charAt(++place)
    else if (letter === at) found.push('')
    else found[found.length - 1] += letter
  }
  return found
}
const unescaped = (text: string): string => text.replace(/\\([\\,|$])/g, '$1')

/** The values of which any may hold. */
export function alternatives(value: string): string[] {
  const all = divided(value, ',')
  if (all.some((each) => each === '')) throw new Unclear('The value is missing')
  return all
}

export const modifiersOf = {
  token: ['not', 'missing'],
  string: ['exact', 'contains', 'missing'],
  reference: ['identifier', 'missing'],
  date: ['missing'],
  quantity: ['missing'],
  uri: ['missing'],
} as const

/** What a parameter's values ask. `modifier` is one of its kind's, or of a reference the type that it must refer to. */
export function clauseOf(
  type: string,
  parameter: Parameter,
  modifier: string | undefined,
  value: string,
  base: string,
): Clause {
  const { keys, kind } = parameter
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') throw new Unclear('Say true or false')
    const tests = missingTests(parameter)
    return { kind: 'entries', tests, ...(value === 'true' && { not: true as const }) }
  }
  const values = alternatives(value)
  const each = (test: (key: string, value: string) => Test[]): Test[] =>
    keys.flatMap((key) => values.flatMap((one) => test(key, one)))
  switch (kind) {
    case 'token': {
      const not = modifier === 'not' ? { not: true as const } : {}
      if (parameter.name === 'identifier') return { ...identified(type, keys, values), ...not }
      return { kind: 'entries', tests: each(tokenTests), ...not }
    }
    case 'string':
      return { kind: 'entries', tests: each((key, one) => [stringTest(key, unescaped(one), modifier)]) }
    case 'date':
      return {
        kind: 'entries',
        tests: each((key, one) => [{ on: 'time', with: key + mark, ...timeOf(one) }]),
      }
    case 'quantity':
      return {
        kind: 'entries',
        tests: each((key, one) => [{ on: 'amount', with: key + mark, ...amountOf(one) }]),
      }
    case 'uri':
      return {
        kind: 'entries',
        tests: each((key, one) => [{ on: 'is', entry: entry(key, plain(unescaped(one))) }]),
      }
    case 'reference':
      if (modifier === 'identifier') return byIdentifier(type, parameter, values)
      return references(type, parameter, modifier, values, base)
  }
}

const missingTests = ({ keys, kind, only }: Parameter): Test[] =>
  keys.flatMap((key): Test[] => {
    if (kind !== 'reference') return [{ on: 'starts', with: key + mark }]
    const logical: Test = { on: 'starts', with: `${key}:identifier${mark}` }
    return only === undefined
      ? [{ on: 'starts', with: key + mark }, logical]
      : [{ on: 'starts', with: entry(key, `${only}/`) }]
  })

const parsedToken = (value: string): { system: string | undefined; code: string } => {
  const [first = '', ...rest] = divided(value, '|').map(unescaped)
  if (rest.length > 1) throw new Unclear('Write it as code, system|code, system| or |code')
  return rest.length === 0 ? { system: undefined, code: first } : { system: first, code: rest[0] ?? '' }
}

/** Codes are kept in small letters and identifiers as they are. */
function tokenTests(key: string, value: string): Test[] {
  const { system, code } = parsedToken(value)
  const codes = [...new Set([plain(code), codeKey(code)])]
  if (system === undefined) return codes.map((each) => ({ on: 'starts', with: entry(key, each, '') }))
  if (code !== '') return codes.map((each) => ({ on: 'is', entry: entry(key, each, plain(system)) }))
  if (system === '') throw new Unclear('Say a system or a code')
  return [{ on: 'ends', with: key + mark, by: entry('', plain(system)) }]
}

/** May be an NHS number, where no system says that it is something else. */
const tenDigits = /^\d{10}$/

/** What can be an NHS number by its check digit is taken for one, unless its system says what it is. */
function identified(type: string, keys: string[], values: string[]): Extract<Clause, { kind: 'identified' }> {
  const numbers: string[] = []
  const others: Identified[] = []
  const tests: Test[] = []
  let everyOne = keys.length === 1
  for (const value of values) {
    const { system, code } = parsedToken(value)
    const number = code.replace(/\s/g, '')
    const isNumber =
      type === 'Patient' && (system === undefined ? tenDigits.test(number) : system === nhsNumberSystem)
    if (isNumber) numbers.push(number)
    if (isNumber && (system !== undefined || isNhsNumber(number))) continue
    if (code === '') everyOne = false
    else others.push({ system, value: code })
    tests.push(...keys.flatMap((key) => tokenTests(key, value)))
  }
  return { kind: 'identified', numbers, tests, ...(everyOne && { others }) }
}

/** Of the person a resource is about the NHS number says who they are; other references have what stands in them. */
function byIdentifier(type: string, { keys, name, only }: Parameter, values: string[]): Clause {
  const aboutWhom = isAboutPeople(type) && (name === 'subject' || name === 'patient')
  const tokens = values.map((value) => ({ value, ...parsedToken(value) }))
  const isNumber = ({ system, code }: { system: string | undefined; code: string }) =>
    aboutWhom &&
    (system === nhsNumberSystem || (system === undefined && tenDigits.test(code.replace(/\s/g, ''))))
  const numbers = tokens.filter(isNumber).map(({ code }) => code.replace(/\s/g, ''))
  const tests = tokens
    .filter((token) => !isNumber(token))
    .flatMap(({ value }) => keys.flatMap((key) => tokenTests(`${key}:identifier`, value)))
  if (numbers.length > 0)
    return { kind: 'identified', numbers, tests, ...(tests.length === 0 && { others: [] }) }
  if (only !== undefined && !aboutWhom)
    throw new Unclear(
      'An identifier does not say what type it refers to; search by the whole reference',
      'not-supported',
    )
  return { kind: 'entries', tests }
}

function stringTest(key: string, value: string, modifier: string | undefined): Test {
  const folded = textKey(value)
  if (folded === '') throw new Unclear('The value is missing')
  if (modifier === 'exact') return { on: 'is', entry: entry(key, folded, plain(value)) }
  if (modifier === 'contains') return { on: 'holds', with: key + mark, text: folded }
  return { on: 'starts', with: entry(key, folded) }
}

const prefixed = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/s

function compareOf(value: string): { compare: Compare; rest: string } {
  const [, prefix = 'eq', rest = ''] = prefixed.exec(value) ?? []
  if (prefix === 'ap')
    throw new Unclear('“About” (ap) is not supported; give the bounds with ge and le', 'not-supported')
  return { compare: prefix as Compare, rest }
}

export function timeOf(value: string): { compare: Compare; span: Span } {
  const { compare, rest } = compareOf(unescaped(value))
  // A plus sign that was not encoded has come as a space.
  const span = spanOf(rest.replace(' ', '+'))
  if (!span)
    throw new Unclear(
      'Give a date such as 2026, 2026-11, 2026-11-22 or 2026-11-22T10:00:00Z, with a prefix such as ge if needed',
    )
  return { compare, span }
}

function amountOf(value: string): { compare: Compare; amount: Amount } {
  const { compare, rest } = compareOf(value)
  const [number = '', system, unit, ...more] = divided(rest, '|').map(unescaped)
  const read = /^[+-]?(\d{1,30})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(number)
  if (!read || more.length > 0)
    throw new Unclear(
      'Give a number such as 5.4, or 5.4|http://unitsofmeasure.org|mg, with a prefix such as gt if needed',
    )
  const digit = Number(read[3] ?? 0) - (read[2]?.length ?? 0)
  const amount = { value: number, half: `0.5e${digit}` }
  return {
    compare,
    amount: {
      ...amount,
      ...(system && { system: plain(system) }),
      ...(unit && { unit: plain(unit) }),
    },
  }
}

/** An entry that none has. */
const never: Test = { on: 'is', entry: mark }

function references(
  type: string,
  { keys, only, targets }: Parameter,
  modifier: string | undefined,
  values: string[],
  base: string,
): Clause {
  const target = modifier ?? only
  if (modifier !== undefined && targets.length > 0 && !targets.includes(modifier))
    throw new Unclear(`It does not refer to ${modifier}, but to ${targets.join(', ')}`)
  const places = values.map(unescaped).map((value) => {
    const place = placeOf(value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value)
    if (place.includes('/')) return target === undefined || place.startsWith(`${target}/`) ? place : undefined
    return target === undefined ? `/${place}` : `${target}/${place}`
  })
  const mayBePatient = only === 'Patient' || targets.length === 0 || targets.includes('Patient')
  const tests = places.flatMap((place): Test[] => {
    if (place === undefined) return [never]
    return keys.flatMap((key): Test[] => {
      if (place.startsWith('/')) return anyType(key, targets, place)
      const versions: Test[] = mayBePatient
        ? []
        : [{ on: 'starts', with: entry(key, place.replace('|', mark)) }]
      return [{ on: 'is', entry: entry(key, place) }, ...versions]
    })
  })
  if (!mayBePatient) return { kind: 'entries', tests }
  const patients = places.flatMap((place) => /^(?:Patient)?\/(.+)$/.exec(place ?? '')?.[1] ?? [])
  const open = !places.every((place) => place?.startsWith('Patient/'))
  return { kind: 'about', tests, patients, filed: filedTests(type, keys), open }
}

/** An id without a type: each that it may refer to, or whatever ends so. */
const anyType = (key: string, targets: string[], place: string): Test[] =>
  targets.length > 0 && targets.length < 12
    ? targets.map((target) => ({ on: 'is', entry: entry(key, target + place) }))
    : [{ on: 'ends', with: key + mark, by: place }]

/** What names no Patient whom it is about is about whose file it lies in. */
export const filedTests = (type: string, keys: string[]): Test[] =>
  keys.some((key) => declarationOf(type)?.whom.has(key)) ? [{ on: 'is', entry: asFiled }] : []
