import type { Constraint, Declared, Invariant } from './declared.ts'

type Json = Record<string, unknown>

/** A published StructureDefinition, so far as it is read. */
export type Structure = {
  resourceType: 'StructureDefinition'
  url: string
  version?: string
  name?: string
  title?: string
  kind: string
  type: string
  derivation?: string
  baseDefinition?: string
  context?: { type: string; expression: string }[]
  differential?: { element: Element[] }
  snapshot?: { element: Element[] }
}

type Element = Json & {
  id?: string
  path: string
  sliceName?: string
  min?: number
  max?: string
  maxLength?: number
  type?: { code: string; profile?: string[]; targetProfile?: string[] }[]
  slicing?: { discriminator?: { type: string; path: string }[]; rules?: string; ordered?: boolean }
  binding?: { strength?: string; valueSet?: string }
  constraint?: { key: string; severity?: string; human?: string; expression?: string }[]
}

const base = 'http://hl7.org/fhir/StructureDefinition/'

/** A published profile or extension as a declaration: what its differential says or, where it has none, its snapshot. */
export function declaredOf(structure: Structure): Declared {
  const { url, version, type, baseDefinition, context } = structure
  const elements: Declared['elements'] = {}
  const unread: string[] = []
  for (const element of structure.differential?.element ?? structure.snapshot?.element ?? []) {
    const id = element.id ?? element.path + (element.sliceName === undefined ? '' : `:${element.sliceName}`)
    const key = id.slice(type.length + 1)
    elements[key] = { ...elements[key], ...constraintOf(element) }
    unread.push(...unreadIn(element).map((what) => `${id}: ${what}`))
  }
  const contexts = (context ?? []).filter((each) => each.type === 'element').map((each) => each.expression)
  // A context that is an extension or an expression may be anywhere, so far as the elements go.
  const isPlain = contexts.length > 0 && contexts.length === context?.length
  return {
    url,
    ...(version !== undefined && { version }),
    title: structure.title ?? structure.name ?? url,
    type,
    ...(baseDefinition !== undefined && baseDefinition !== base + type && { base: baseDefinition }),
    ...(isPlain && { contexts }),
    elements,
    ...(unread.length > 0 && { unread }),
  }
}

function constraintOf(element: Element): Constraint {
  const { min, max, maxLength, type = [], slicing, binding, constraint } = element
  const types = type.map(({ code }) => code).filter((code) => !code.startsWith('http://hl7.org/fhirpath/'))
  const targets = type.flatMap(({ targetProfile = [] }) => targetProfile)
  const profile = type.find(({ code }) => code === 'Extension')?.profile?.[0]
  const [fixed, pattern] = [valueIn(element, 'fixed'), valueIn(element, 'pattern')]
  const { strength, valueSet } = binding ?? {}
  const isBound = (strength === 'required' || strength === 'extensible') && valueSet !== undefined
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max: max === '*' ? ('*' as const) : Number(max) }),
    ...(maxLength !== undefined && { maxLength }),
    ...(types.length > 0 && { types }),
    ...(targets.length > 0 && { targets }),
    ...(profile !== undefined && { profile }),
    ...(fixed !== undefined && { fixed }),
    ...(pattern !== undefined && { pattern }),
    ...(slicing && { slicing: slicingOf(slicing) }),
    ...(isBound && { binding: { strength, valueSet } }),
    ...(constraint && { rules: constraint.flatMap(ruleOf) }),
  }
}

function valueIn(element: Element, kind: 'fixed' | 'pattern'): unknown {
  const key = Object.keys(element).find((name) => new RegExp(`^${kind}[A-Z]`).test(name))
  return key === undefined ? undefined : element[key]
}

const slicingOf = ({ discriminator = [], rules }: NonNullable<Element['slicing']>) => ({
  by: discriminator.map(({ type, path }) => `${type}:${path}`),
  ...(rules === 'closed' && { closed: true }),
})

function ruleOf({
  key,
  severity,
  human,
  expression,
}: NonNullable<Element['constraint']>[number]): Invariant[] {
  if (expression === undefined) return []
  const words = (human ?? 'This rule must hold').replace(/[.\s]+$/, '')
  return [{ key, words, expression, ...(severity === 'warning' && { severity }) }]
}

function unreadIn(element: Element): string[] {
  const limits = Object.keys(element).filter((name) => /^(?:min|max)Value[A-Z]/.test(name))
  return [
    ...limits,
    ...(element.slicing?.ordered ? ['the order of slices'] : []),
    ...(element.constraint ?? [])
      .filter(({ expression }) => expression === undefined)
      .map(({ key }) => `rule ${key}, which has no expression`),
  ]
}
