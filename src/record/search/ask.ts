import { type Fault, Misasked } from '../../platform/index.ts'
import { alternatives, clauseOf, modifiersOf, timeOf, Unclear } from './asked-values.ts'
import type { Asked, Clause, Include, Linked, SortKey } from './clause.ts'
import { declaredTypes, isAboutPeople } from './declared.ts'
import { declarationOf, type Parameter } from './parameters.ts'

export type Query = Record<string, string | string[]>

const usualCount = 50
const mostCount = 200

/**
 * Understands a search, or names each part of it that it does not.
 * @param query parameters as sent; one that repeats is an array and all its values must hold; commas mean any of them
 * @param base our own address, which a reference may begin with
 * @throws Misasked
 */
export function ask(type: string, query: Query, base: string): Asked {
  if (!declarationOf(type))
    throw new Misasked([
      {
        path: type,
        words: `${type} cannot be searched. These types can: ${declaredTypes.join(', ')}`,
        code: 'not-supported',
      },
    ])
  const asked: Asked = {
    type,
    clauses: [],
    sort: [],
    count: usualCount,
    counted: false,
    total: undefined,
    elements: undefined,
    summary: undefined,
    include: [],
    iterate: [],
    revinclude: [],
    cursor: undefined,
    understood: [],
  }
  const faults: Fault[] = []
  for (const [sent, given] of Object.entries(query)) {
    for (const value of [given].flat()) {
      try {
        if (value === '') throw new Unclear('The value is missing')
        const name = asStandard(type, sent)
        const control = controls[name]
        if (control && Object.hasOwn(controls, name)) control(asked, value)
        else asked.clauses.push(clauseFor(type, name, value, base))
        if (sent !== '_cursor') asked.understood.push([sent, value])
      } catch (problem) {
        if (!(problem instanceof Unclear)) throw problem
        faults.push({ path: sent, words: problem.message, code: problem.code })
      }
    }
  }
  if (faults.length > 0) throw new Misasked(faults)
  return asked
}

/** The Booking and Referral Standard writes the chain of a Slot with a capital. */
const asStandard = (type: string, name: string): string =>
  type === 'Slot' ? name.replace(/^Schedule\./, 'schedule.') : name

const unsupported = (words: string): never => {
  throw new Unclear(words, 'not-supported')
}

const oneOf = <Word extends string>(value: string, ...words: Word[]): Word =>
  words.find((word) => word === value) ?? unsupported(`Only these are supported: ${words.join(', ')}`)

const controls: Record<string, (asked: Asked, value: string) => void> = {
  _count(asked, value) {
    if (!/^\d{1,9}$/.test(value)) throw new Unclear('Give a whole number')
    asked.count = Math.min(Number(value), mostCount)
    if (asked.count === 0) asked.counted = true
  },
  _sort(asked, value) {
    asked.sort = alternatives(value).map((each) => sortKey(asked.type, each))
  },
  _summary(asked, value) {
    const summary = oneOf(value, 'count', 'false', 'data', 'text')
    if (summary === 'count') asked.counted = true
    else if (summary !== 'false') asked.summary = summary
  },
  _elements(asked, value) {
    asked.elements = alternatives(value).map((each) => each.replace(`${asked.type}.`, ''))
    const odd = asked.elements.find((each) => !/^[A-Za-z]+$/.test(each))
    if (odd !== undefined) unsupported('Name elements of the resource itself, such as status')
  },
  _total(asked, value) {
    const total = oneOf(value, 'none', 'estimate', 'accurate')
    asked.total = total === 'none' ? 'none' : 'accurate'
  },
  _format(_asked, value) {
    if (!/^(json|application\/(fhir[+ ])?json|text\/json)\b/.test(value)) unsupported('Answers are JSON only')
  },
  _pretty() {},
  _cursor(asked, value) {
    asked.cursor = value
  },
  _include(asked, value) {
    asked.include.push(...includes(value, asked.type))
    // The Booking and Referral Standard asks for the schedule of a slot and expects whose it is and where, too.
    if (asked.type === 'Slot') asked.iterate.push(...aroundSlots.flatMap((each) => includes(each)))
  },
  '_include:iterate'(asked, value) {
    asked.iterate.push(...includes(value))
  },
  _revinclude(asked, value) {
    asked.revinclude.push(...includes(value))
  },
}

const aroundSlots = ['Schedule:*', 'HealthcareService:*', 'PractitionerRole:*', 'Location:*']

function sortKey(type: string, value: string): SortKey {
  const name = value.replace(/^-/, '')
  if (name !== '_id' && name !== '_lastUpdated') parameterOf(type, name)
  return { name, descending: value.startsWith('-') }
}

/** `Type:parameter`, `Type:parameter:Target` or `Type:*`. */
function includes(value: string, from?: string): Include[] {
  const [type = '', name = '', target, ...rest] = value.split(':')
  const declaration = declarationOf(type)
  if (!declaration || rest.length > 0)
    return unsupported(`Write it as Type:parameter, where the type is one of ${declaredTypes.join(', ')}`)
  if (from !== undefined && type !== from)
    return unsupported(`What is searched is ${from}, so that only ${from} can be included from`)
  const found =
    name === '*'
      ? [...declaration.parameters.values()].filter(({ kind }) => kind === 'reference')
      : [parameterOf(type, name)]
  return found.map((parameter) => {
    if (parameter.kind !== 'reference') return unsupported(`${type}:${name} is no reference`)
    const only = target ?? parameter.only
    return { type, parameter: parameter.name, ...(only !== undefined && { target: only }) }
  })
}

function parameterOf(type: string, name: string): Parameter {
  const declared = declarationOf(type)?.parameters
  return (
    declared?.get(name) ??
    unsupported(
      `${type} cannot be searched by ${name}. These parameters can be used: _id, _lastUpdated, ${[...(declared?.keys() ?? [])].join(', ')}`,
    )
  )
}

function clauseFor(type: string, name: string, value: string, base: string): Clause {
  if (name.startsWith('_has:')) return hasClause(type, name, value, base)
  const chain = /^([^.:]+)(?::([A-Za-z]+))?\.(.+)$/.exec(name)
  if (chain) return chainClause(type, chain, value, base)
  const [bare = '', modifier, ...rest] = name.split(':')
  if (rest.length > 0) unsupported(`${name} has more than one modifier`)
  if (bare === '_id') return idClause(modifier, value)
  if (bare === '_lastUpdated') {
    if (modifier !== undefined) unsupported(`_lastUpdated has no modifier :${modifier}`)
    return { kind: 'changed', tests: alternatives(value).map(timeOf) }
  }
  const parameter = parameterOf(type, bare)
  const known: readonly string[] = modifiersOf[parameter.kind]
  const isType = parameter.kind === 'reference' && modifier !== undefined && /^[A-Z]/.test(modifier)
  if (modifier !== undefined && !known.includes(modifier) && !isType)
    unsupported(
      `The modifier :${modifier} is not supported for ${bare}. These are: ${known.map((each) => `:${each}`).join(', ')}`,
    )
  return clauseOf(type, parameter, modifier, value, base)
}

function idClause(modifier: string | undefined, value: string): Clause {
  if (modifier !== undefined) unsupported(`_id has no modifier :${modifier}`)
  return { kind: 'id', ids: alternatives(value) }
}

/** `subject:Patient.family`: what the subject is, is looked for by its own parameters. */
function chainClause(
  type: string,
  [, name = '', said, rest = '']: RegExpExecArray,
  value: string,
  base: string,
): Clause {
  const parameter = parameterOf(type, name)
  if (parameter.kind !== 'reference') unsupported(`${name} is no reference, so nothing follows it`)
  if (rest.includes('.') || rest.startsWith('_has:')) unsupported('A chain may have one step only')
  const further = rest.split(':')[0] ?? ''
  const targets = said === undefined ? parameter.targets : [said]
  if (said !== undefined && parameter.targets.length > 0 && !parameter.targets.includes(said))
    unsupported(`${name} does not refer to ${said}`)
  const able = targets.filter((target) => {
    const declared = declarationOf(target)?.parameters
    return declared && (further === '_id' || further === '_lastUpdated' || declared.has(further))
  })
  if (able.length === 0)
    unsupported(
      `Nothing that ${name} refers to can be searched by ${further}. Say the type if it may refer to several, as ${name}:Patient.${further}`,
    )
  const to = able.map((target): Linked => ({ type: target, clause: clauseFor(target, rest, value, base) }))
  return { kind: 'chain', keys: parameter.keys, to }
}

/** `_has:Observation:patient:code`: something refers to it, and is looked for by its own parameters. */
function hasClause(type: string, name: string, value: string, base: string): Clause {
  const [, by = '', reference = '', ...rest] = name.split(':')
  const further = rest.join(':')
  if (further === '' || !declarationOf(by)) unsupported('Write it as _has:Type:reference:parameter')
  if (further.includes('.') || further.startsWith('_has')) unsupported('_has may have one step only')
  const parameter = parameterOf(by, reference)
  if (parameter.kind !== 'reference') unsupported(`${reference} is no reference`)
  if (parameter.targets.length > 0 && !parameter.targets.includes(type))
    unsupported(`${by}:${reference} does not refer to ${type}`)
  if (isAboutPeople(by) === false && isAboutPeople(type))
    unsupported(`${by} concerns nobody, so it refers to no ${type}`)
  return { kind: 'has', keys: parameter.keys, by: { type: by, clause: clauseFor(by, further, value, base) } }
}
