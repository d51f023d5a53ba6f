import type { Resource } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '../../people/index.ts'
import type { Scope } from '../views/fhirpath/scope.ts'
import { bare, itemsOf } from '../views/fhirpath/values.ts'
import { asFiled, entry, mark } from './entry.ts'
import { type Declaration, declarationOf, type Path } from './parameters.ts'
import { entriesOf } from './values.ts'

/** Everything that a resource can be found by, each once: the column `search`. Empty for a type that cannot be searched. */
export function searchEntries(resource: Resource): string[] {
  const declaration = declarationOf(resource.resourceType)
  if (!declaration) return []
  const scope: Scope = {
    resource,
    node: resource,
    rowIndex: 0,
    item: resource,
    index: undefined,
    total: undefined,
  }
  const found = new Set<string>()
  const elements = resource as unknown as Record<string, unknown>
  // Nothing to work out where the path is the element itself.
  for (const element of Object.keys(resource))
    for (const path of pathsFrom(declaration, element))
      for (const item of itemsOf(path.whole ? elements[element] : path.run(resource, scope)))
        if (item !== null) note(found, path, resource, bare(item))
  const { whom } = declaration
  if (whom.size > 0 && ![...found].some((each) => namesPatient(each, whom))) found.add(asFiled)
  return [...found]
}

function namesPatient(each: string, whom: ReadonlySet<string>): boolean {
  const at = each.indexOf(`${mark}Patient/`)
  return at > 0 && whom.has(each.slice(0, at))
}

function note(found: Set<string>, path: Path, resource: Resource, value: unknown): void {
  const entries = entriesOf[path.kind](path.key, value)
  let any = false
  for (const each of entries) {
    if (isNhsNumber(path, resource, each)) continue
    any = true
    found.add(each)
  }
  if (!any) found.add(entry(path.key, ''))
}

const starting = new WeakMap<Declaration, Map<string, Path[]>>()

/** The paths that begin at an element. Most of what could be there is not, and asking each path would cost more than all the rest. */
function pathsFrom(declaration: Declaration, element: string): Path[] {
  const known = starting.get(declaration) ?? new Map<string, Path[]>()
  starting.set(declaration, known)
  const paths = known.get(element) ?? declaration.paths.filter((path) => beginsAt(path, element))
  if (known.size < 1000) known.set(element, paths)
  return paths
}

function beginsAt({ first, whole }: Path, element: string): boolean {
  if (whole?.as) return element === first + whole.as.charAt(0).toUpperCase() + whole.as.slice(1)
  return element === first || isChoiceOf(element, first)
}

/** `valueQuantity` is an element of the choice `value`. */
const isChoiceOf = (element: string, first: string): boolean =>
  element.startsWith(first) && /^[A-Z]/.test(element.slice(first.length))

/** A person is found by NHS number through one function of the database, which knows the numbers that were superseded. */
const isNhsNumber = ({ key }: Path, { resourceType }: Resource, each: string): boolean =>
  resourceType === 'Patient' && key === 'identifier' && each.endsWith(entry('', nhsNumberSystem))
