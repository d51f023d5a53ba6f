import { PathError } from '../../views/fhirpath/ast.ts'
import { compilePath } from '../../views/fhirpath/compile.ts'
import type { Definitions } from '../slim.ts'
import type { CodeLists, Declared } from './declared.ts'
import { type Snapshot, snapshotOf } from './snapshot.ts'

type Around = {
  definitions: Pick<Definitions, 'types'>
  /** Profiles that are there already. */
  before?: Record<string, Snapshot>
  listed: (valueSet: string) => boolean
}

/** The snapshots of declarations, in any order; `refused` says which could not be made, and why. */
export function buildSnapshots(declared: readonly Declared[], { definitions, before = {}, listed }: Around) {
  const byUrl = new Map(declared.map((each) => [each.url, each]))
  const profiles: Record<string, Snapshot> = {}
  const refused: { url: string; words: string }[] = []
  const under = new Set<string>()
  const make = (url: string): Snapshot | undefined => {
    const known = profiles[url] ?? (byUrl.has(url) ? undefined : before[url])
    const one = byUrl.get(url)
    if (known || !one || under.has(url)) return known
    under.add(url)
    try {
      profiles[url] = snapshotOf(one, { definitions, base: make, typeOf, listed, compiles })
    } catch (problem) {
      refused.push({ url, words: (problem as Error).message })
    }
    return profiles[url]
  }
  const typeOf = (url: string) => byUrl.get(url)?.type ?? before[url]?.type
  for (const { url } of declared) make(url)
  return { profiles, refused }
}

/** Whether FHIRPath of ours can work a rule out: what needs a server, such as memberOf() or what a reference leads to, it cannot. */
function compiles(expression: string): boolean {
  if (/\bresolve\s*\(/.test(expression)) return false
  try {
    compilePath(expression, { constants: new Map() })
    return true
  } catch (problem) {
    if (problem instanceof PathError) return false
    throw problem
  }
}

/** The value sets that profiles bind to. */
export const boundIn = (declared: readonly Declared[]): string[] =>
  declared.flatMap(({ elements }) =>
    Object.values(elements).flatMap(({ binding }) =>
      binding ? [binding.valueSet.replace(/\|.*$/, '')] : [],
    ),
  )

/** Lists of codes as pairs of `system|code`. */
export const pairsIn = (lists: CodeLists): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(lists).map(([url, systems]) => [
      url,
      Object.entries(systems).flatMap(([system, codes]) => codes.map((code) => `${system}|${code}`)),
    ]),
  )
