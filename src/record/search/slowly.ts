import type { Resource } from '@medplum/fhirtypes'
import { instantOf } from '../views/index.ts'

/**
 * For tests: a search done the slow way, item by item in memory, as the FHIR specification tells it, and sharing nothing with the fast one
 * but what the start of a local date is. `get` reads the elements that a parameter is about.
 */
// biome-ignore lint/suspicious/noExplicitAny: any resource, read by hand
type Any = any
type Read = {
  kind: 'token' | 'string' | 'date' | 'reference' | 'quantity'
  get: (resource: Any) => unknown[]
}

const some = (...values: unknown[]): unknown[] => values.flat().filter((value) => value !== undefined)
const toPatient = (references: unknown[]): unknown[] =>
  references.filter(
    (each) => (each as Any).reference === undefined || (each as Any).reference.startsWith('Patient/'),
  )
const names = (r: Any): Any[] => r.name ?? []

const slowParameters: Record<string, Record<string, Read>> = {
  Patient: {
    family: { kind: 'string', get: (r) => some(names(r).map((n) => n.family)) },
    given: { kind: 'string', get: (r) => some(names(r).flatMap((n) => n.given ?? [])) },
    name: {
      kind: 'string',
      get: (r) => some(names(r).flatMap((n) => [n.text, n.family, n.given ?? [], n.prefix ?? []].flat())),
    },
    birthdate: { kind: 'date', get: (r) => some(r.birthDate) },
    gender: { kind: 'token', get: (r) => some(r.gender) },
    active: { kind: 'token', get: (r) => some(r.active) },
    identifier: { kind: 'token', get: (r) => some(r.identifier ?? []) },
    'general-practitioner': { kind: 'reference', get: (r) => some(r.generalPractitioner ?? []) },
  },
  Observation: {
    code: { kind: 'token', get: (r) => some(r.code) },
    'combo-code': {
      kind: 'token',
      get: (r) =>
        some(
          r.code,
          (r.component ?? []).map((c: Any) => c.code),
        ),
    },
    category: { kind: 'token', get: (r) => some(r.category ?? []) },
    status: { kind: 'token', get: (r) => some(r.status) },
    date: { kind: 'date', get: (r) => some(r.effectiveDateTime, r.effectivePeriod) },
    'value-quantity': { kind: 'quantity', get: (r) => some(r.valueQuantity) },
    'value-string': { kind: 'string', get: (r) => some(r.valueString) },
    subject: { kind: 'reference', get: (r) => some(r.subject) },
    patient: { kind: 'reference', get: (r) => toPatient(some(r.subject)) },
    performer: { kind: 'reference', get: (r) => some(r.performer ?? []) },
    encounter: { kind: 'reference', get: (r) => some(r.encounter) },
  },
  Encounter: {
    class: { kind: 'token', get: (r) => some(r.class) },
    status: { kind: 'token', get: (r) => some(r.status) },
    date: { kind: 'date', get: (r) => some(r.period) },
    patient: { kind: 'reference', get: (r) => toPatient(some(r.subject)) },
  },
  Practitioner: {
    family: { kind: 'string', get: (r) => some(names(r).map((n) => n.family)) },
    name: {
      kind: 'string',
      get: (r) => some(names(r).flatMap((n) => [n.text, n.family, n.given ?? []].flat())),
    },
    identifier: { kind: 'token', get: (r) => some(r.identifier ?? []) },
  },
}

/** Whom each kept resource is about by its file, besides what it says. */
export type Kept = { resource: Resource & { id: string }; filePatient: string | undefined }

/** The ids that a search of one type finds; every parameter must hold, and of values divided by commas any. */
export function searchSlowly(all: Kept[], type: string, query: [string, string][]): string[] {
  return all
    .filter(({ resource }) => resource.resourceType === type)
    .filter((kept) => query.every(([name, value]) => holds(all, kept, name, value)))
    .map(({ resource }) => resource.id)
    .sort()
}

function holds(all: Kept[], kept: Kept, name: string, value: string): boolean {
  const { resource } = kept
  if (name === '_id') return value.split(',').includes(resource.id)
  if (name.startsWith('_has:')) {
    const [, by = '', reference = '', ...rest] = name.split(':')
    return all.some(
      (other) =>
        other.resource.resourceType === by &&
        holds(all, other, rest.join(':'), value) &&
        refersTo(other, reference, `${resource.resourceType}/${resource.id}`),
    )
  }
  const chain = /^([a-z-]+)(?::([A-Za-z]+))?\.(.+)$/.exec(name)
  if (chain) {
    const [, reference = '', target, rest = ''] = chain
    return all.some(
      (other) =>
        (target === undefined || other.resource.resourceType === target) &&
        refersTo(kept, reference, `${other.resource.resourceType}/${other.resource.id}`) &&
        (rest === '_id' ||
          slowParameters[other.resource.resourceType]?.[rest.split(':')[0] ?? ''] !== undefined) &&
        holds(all, other, rest, value),
    )
  }
  const [bare = '', modifier] = name.split(':')
  const read = slowParameters[resource.resourceType]?.[bare]
  if (!read) throw new Error(`${resource.resourceType}.${bare} is not read slowly`)
  const elements = read.get(resource)
  if (modifier === 'missing') return (elements.length === 0) === (value === 'true')
  const matches = value.split(',').some((one) => {
    if (read.kind === 'reference') {
      if (modifier === 'identifier') return elements.some((each) => tokenIs((each as Any).identifier, one))
      const place = one.includes('/') ? one : `${modifier ?? (bare === 'patient' ? 'Patient' : '')}/${one}`
      return refersTo(kept, bare, place)
    }
    if (read.kind === 'token') return elements.some((each) => tokenIs(each, one))
    if (read.kind === 'string') return elements.some((each) => textIs(String(each), one, modifier))
    if (read.kind === 'date') return elements.some((each) => dateIs(each, one))
    return elements.some((each) => amountIs(each, one))
  })
  return modifier === 'not' ? !matches : matches
}

/** What names no Patient as its subject is about whom its file is. */
function refersTo({ resource, filePatient }: Kept, name: string, place: string): boolean {
  const elements = slowParameters[resource.resourceType]?.[name]?.get(resource) ?? []
  const said = elements.map((each) => (each as Any).reference as string | undefined)
  if (said.some((each) => each === place || (place.startsWith('/') && each?.endsWith(place)))) return true
  const silent =
    (name === 'patient' || name === 'subject') && !said.some((each) => each?.startsWith('Patient/'))
  return silent && (place === `Patient/${filePatient}` || place === `/${filePatient}`)
}

function tokenIs(element: Any, asked: string): boolean {
  if (element === undefined) return false
  if (element?.coding) return element.coding.some((each: Any) => tokenIs(each, asked))
  const isObject = typeof element === 'object'
  const code = isObject ? (element.code ?? element.value) : String(element)
  const system = (isObject && element.system) || ''
  if (code === undefined) return false
  const same = (given: string) =>
    given === code || (element.value === undefined && given.toLowerCase() === code.toLowerCase())
  const [first = '', second] = asked.split('|')
  if (second === undefined) return same(first)
  return system === first && (second === '' || same(second))
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function textIs(text: string, asked: string, modifier: string | undefined): boolean {
  if (modifier === 'exact') return text === asked
  return modifier === 'contains' ? fold(text).includes(fold(asked)) : fold(text).startsWith(fold(asked))
}

const day = 86_400_000

/** From the first millisecond until just before the last. */
function range(value: string): [number, number] {
  const from = (instantOf(value) as Date).getTime()
  if (value.includes('T')) return [from, from + (value.includes('.') ? 1 : 1000)]
  const [year = 0, month, date] = value.split('-').map(Number)
  const next = date
    ? new Date(Date.UTC(year, (month ?? 1) - 1, date) + day)
    : new Date(month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1))
  return [from, (instantOf(next.toISOString().slice(0, 10)) as Date).getTime()]
}

function dateIs(element: Any, asked: string): boolean {
  const [, prefix = 'eq', value = ''] = /^(eq|ne|gt|lt|ge|le|sa|eb)?(.+)$/.exec(asked) ?? []
  const [from, until] = range(value)
  const period = typeof element === 'object'
  const low = period ? (element.start ? range(element.start)[0] : -Infinity) : range(element)[0]
  const high = period ? (element.end ? range(element.end)[1] : Infinity) : range(element)[1]
  const contained = from <= low && high <= until
  return {
    eq: contained,
    ne: !contained,
    gt: high > until,
    lt: low < from,
    ge: high > until || contained,
    le: low < from || contained,
    sa: low >= until,
    eb: high <= from,
  }[prefix] as boolean
}

function amountIs(element: Any, asked: string): boolean {
  const [number = '', system, code] = asked.split('|')
  const [, prefix = 'eq', value = ''] = /^(eq|ne|gt|lt|ge|le|sa|eb)?(.+)$/.exec(number) ?? []
  if (system && element.system !== system) return false
  if (code && element.code !== code && (system || element.unit !== code)) return false
  const exact = Number(value)
  const half = 0.5 * 10 ** -(value.split('.')[1]?.length ?? 0)
  const low = element.comparator === '<' ? -Infinity : element.value
  const high = element.comparator === '>' ? Infinity : element.value
  const contained = low >= exact - half && high < exact + half
  return {
    eq: contained,
    ne: !contained,
    gt: high > exact,
    lt: low < exact,
    ge: high >= exact,
    le: low <= exact,
    sa: low > exact,
    eb: high < exact,
  }[prefix] as boolean
}
