/**
 * One thing wrong with a resource. `code` is a FHIR issue-type. `path` is where, as in `Patient.name[0].given[1]`.
 * `words` say in plain English what is wrong and what was expected, and never repeat what the data said.
 */
export type Issue = {
  severity: 'error' | 'warning' | 'information'
  code: IssueCode
  path: string
  words: string
  /** The address of the profile that asks for it; missing where FHIR R4 itself does. */
  profile?: string
}

export type IssueCode =
  | 'structure'
  | 'required'
  | 'value'
  | 'invalid'
  | 'code-invalid'
  | 'invariant'
  | 'not-found'
  | 'too-long'
  | 'too-costly'

/** The digits of a number that a parser kept as an object, or undefined for anything else. */
export type ReadDecimal = (value: unknown) => string | undefined

export type Item = Record<string, unknown>

/** What is known while one resource is checked; `path` grows and shrinks as the check walks down. */
export type Check = {
  issues: Issue[]
  most: number
  path: (string | number)[]
  decimal: ReadDecimal
  /** The resource that contained ones belong to; `#id` is looked up there. */
  container: Item | undefined
  /** The types of what the container contains, by id; made when first asked for. */
  contained: Map<string, string> | undefined
  /** In a Bundle: the resource type at each fullUrl; and whether it is a transaction or batch. */
  bundle: { types: Map<string, string>; requests: boolean } | undefined
  /** The profile that is being checked, if one is. */
  profile: { url: string; title: string } | undefined
  /** Where profiles are checked: the extensions met so far, each with its place. */
  extensions: { item: Item; path: (string | number)[] }[] | undefined
}

/** A property that FHIR does not have is named only if it looks like a name, not if it may be data. */
const namelike = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/

/** The path as FHIRPath writes it. */
function pathText(path: readonly (string | number)[]): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else text += (text === '' ? '' : '.') + (namelike.test(part) ? part : '?')
  }
  return text
}

/** Adds an issue here; `at` leads further down. A resource with very many faults is not listed to the end. */
export function report(
  check: Check,
  code: IssueCode,
  words: string,
  at?: string,
  severity: Issue['severity'] = 'error',
) {
  if (check.issues.length >= check.most) return
  const path = pathText(check.path)
  const issue: Issue = { severity, code, path: at === undefined ? path : `${path}.${at}`, words }
  if (check.profile) {
    issue.profile = check.profile.url
    issue.words = `${words.replace(/\.$/, '')}, says ${check.profile.title}.`
  }
  check.issues.push(issue)
}

export const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text as it is, anything else as nothing: hostile objects may refuse to become text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The members of a list, or the one value, that are objects. */
export function itemsIn(value: unknown): Item[] {
  if (Array.isArray(value)) return value.filter(isItem)
  return isItem(value) ? [value] : []
}
