/**
 * SMART scopes, versions 1 and 2: `patient/Observation.rs`, `user/*.read`, `system/Condition.cruds`.
 * https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html
 */
export type Letter = 'c' | 'r' | 'u' | 'd' | 's'

/** patient: of the one person the app was opened about. user: of whoever its practitioner may see. system: an app that nobody uses. */
export type Context = 'patient' | 'user' | 'system'

/** What one scope gives. `type` is a FHIR type, or `*` for all of them. */
export type Grant = { context: Context; type: string; letters: readonly Letter[] }

const shape = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.([a-z]+|\*)(\?.*)?$/
const inVersion1: Record<string, readonly Letter[]> = {
  read: ['r', 's'],
  write: ['c', 'u', 'd'],
  '*': ['c', 'r', 'u', 'd', 's'],
}

/** Scopes that give no data: they say who signs in, and what comes with the token. */
export const otherScopes = [
  'openid',
  'profile',
  'fhirUser',
  'launch',
  'launch/patient',
  'offline_access',
  'online_access',
] as const
const others: ReadonlySet<string> = new Set(otherScopes)

/** One scope as a grant; in words what is wrong with it; undefined for one that gives no data. */
export function readScope(scope: string): Grant | { fault: string } | undefined {
  if (others.has(scope)) return undefined
  const [, context, type = '', asked = '', narrower] = shape.exec(scope) ?? []
  if (context === undefined) return { fault: 'is not a scope that this place knows' }
  if (narrower !== undefined) return { fault: 'narrows by search parameters, which this place does not do' }
  const letters = inVersion1[asked] ?? (isInOrder(asked) ? ([...asked] as Letter[]) : undefined)
  if (!letters) return { fault: 'must end in letters of “cruds”, in this order, or in read, write or *' }
  return { context: context as Context, type, letters }
}

const isInOrder = (letters: string): boolean => /^c?r?u?d?s?$/.test(letters) && letters !== ''

/** The grants among scopes that are known to be well formed. */
export const grantsOf = (scopes: readonly string[]): Grant[] =>
  scopes.flatMap((scope) => {
    const read = readScope(scope)
    return read === undefined || 'fault' in read ? [] : [read]
  })

/** Which letters grants of these contexts give for a type; those for all types count for each. */
export function lettersFor(grants: readonly Grant[], context: Context, type: string): Set<Letter> {
  const of = grants.filter(
    (grant) => grant.context === context && (grant.type === '*' || grant.type === type),
  )
  return new Set(of.flatMap(({ letters }) => letters))
}

/** Why an app may not ask for this scope; undefined where it may. */
export function faultWith(allowed: readonly string[], scope: string): string | undefined {
  const read = readScope(scope)
  if (read === undefined) return allowed.includes(scope) ? undefined : 'is not allowed to this app'
  if ('fault' in read) return read.fault
  const may = lettersFor(grantsOf(allowed), read.context, read.type)
  return read.letters.every((letter) => may.has(letter)) ? undefined : 'is not allowed to this app'
}

/** The types, `*` among them, for which grants of one context give all these letters. */
export function typesWith(grants: readonly Grant[], context: Context, needed: readonly Letter[]): string[] {
  const named = new Set(grants.filter((grant) => grant.context === context).map(({ type }) => type))
  return [...named].filter((type) => {
    const given = lettersFor(grants, context, type)
    return needed.every((letter) => given.has(letter))
  })
}
