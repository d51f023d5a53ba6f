import type { Definitions, Profiles } from '../slim.ts'
import { type CheckProfile, compileProfile } from './compile.ts'
import type { Snapshot } from './snapshot.ts'
import { codesIn } from './values.ts'

/** The profiles that are known here, by address without version; each is compiled when it is first asked for. */
export type Known = {
  snapshot: (url: string) => Snapshot | undefined
  check: (url: string) => CheckProfile | undefined
  urls: () => string[]
}

/** A place's own, which go before those that come with the product. */
type Own = { profiles: Profiles; valueSets: Record<string, string[]> }

/** @param load reads the profiles that come with the product, when one is first asked for */
export function knownProfiles(
  definitions: Definitions,
  load: () => Profiles,
  own: Own = { profiles: {}, valueSets: {} },
): Known {
  const resources = resourcesIn(definitions)
  const codesOf = codesIn([own.valueSets, definitions.valueSets])
  const compiled = new Map<string, CheckProfile>()
  let loaded: Profiles | undefined
  const all = () => {
    loaded ??= { ...load(), ...own.profiles }
    return loaded
  }
  const snapshot = (url: string) => (Object.hasOwn(all(), url) ? all()[url] : undefined)
  return {
    snapshot,
    check: (url) => {
      const found = compiled.get(url) ?? compile(snapshot(url))
      if (found) compiled.set(url, found)
      return found
    },
    urls: () => Object.keys(all()),
  }

  function compile(found: Snapshot | undefined) {
    return found && compileProfile(found, { codesOf, resources })
  }
}

/** The resource types that can be met in data. */
export const resourcesIn = ({ types }: Pick<Definitions, 'types'>): ReadonlySet<string> =>
  new Set(
    Object.entries(types).flatMap(([name, { resource, abstract }]) => (resource && !abstract ? [name] : [])),
  )
