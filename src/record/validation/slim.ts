import { boundIn, buildSnapshots, pairsIn } from './profiles/build.ts'
import type { CodeLists, Declared } from './profiles/declared.ts'
import type { Snapshot } from './profiles/snapshot.ts'
import { declaredOf, type Structure as Published } from './profiles/structure.ts'

/**
 * The R4 definitions as the validator needs them, a hundredth of their published size.
 *
 * `types` holds every resource and data type by name and every nested element by its path (`Encounter.location`).
 * `valueSets` holds the lists of `system|code` of the value sets that can be listed and that some element requires.
 */
export type Definitions = {
  version: string
  types: Record<string, TypeDefinition>
  valueSets: Record<string, string[]>
}

/** The snapshots of R4's own profiles and extensions and of those declared here, by address. */
export type Profiles = Record<string, Snapshot>

/** `resource` is set for resource types; an abstract type cannot be met in data. */
export type TypeDefinition = { resource?: true; abstract?: true; elements: Record<string, ElementDefinition> }

/**
 * `max` is 1 or, for lists, 0. `types` are data types or paths of nested elements. `choice` marks `value[x]`, here
 * named `value`. `targets` are the resource types a reference may point at, missing when any. `codes` is the value
 * set that is required, if it can be listed.
 */
export type ElementDefinition = {
  min: number
  max: 0 | 1
  types: string[]
  choice?: true
  targets?: string[]
  codes?: string
}

type Json = Record<string, unknown>
type Bundle = { entry?: { resource?: unknown }[] }
type Element = {
  path: string
  min?: number
  max?: string
  contentReference?: string
  type?: { code: string; targetProfile?: string[] }[]
  binding?: { strength?: string; valueSet?: string }
}
type Structure = {
  resourceType: string
  id: string
  kind: string
  type: string
  derivation?: string
  abstract?: boolean
  fhirVersion?: string
  snapshot?: { element: Element[] }
}
type Concept = { code: string; concept?: Concept[] }
type Include = { system?: string; concept?: Concept[]; filter?: unknown[]; valueSet?: string[] }

const profileBase = 'http://hl7.org/fhir/StructureDefinition/'

/** `profiles` hold StructureDefinitions, `terminology` ValueSets and CodeSystems; `own` are declarations of ours, with the codes they bind to. */
type Sources = {
  profiles: Bundle[]
  terminology: Bundle[]
  own: { profiles: readonly Declared[]; codes: CodeLists }
}

/** Boils published bundles down. Types of a FHIR version other than R4 are left out. */
export function slimDefinitions(
  version: string,
  { profiles, terminology, own }: Sources,
): { definitions: Definitions; profiles: Profiles } {
  const types: Definitions['types'] = {}
  const wanted = new Set<string>()
  for (const structure of resourcesOf(profiles) as Structure[]) {
    if (structure.resourceType !== 'StructureDefinition' || structure.derivation === 'constraint') continue
    if (structure.kind === 'primitive-type' || structure.kind === 'logical') continue
    if (structure.fhirVersion !== undefined && structure.fhirVersion !== '4.0.1') continue
    addStructure(types, structure, wanted)
  }
  const declared = [
    ...(resourcesOf(profiles) as Structure[])
      .filter(isProfile)
      .map((each) => declaredOf(each as unknown as Published)),
    ...own.profiles,
  ]
  for (const url of boundIn(declared)) wanted.add(url)
  const valueSets = { ...listedValueSets(resourcesOf(terminology), wanted), ...pairsIn(own.codes) }
  for (const type of Object.values(types)) {
    for (const element of Object.values(type.elements)) {
      if (element.codes !== undefined && !valueSets[element.codes]) delete element.codes
    }
  }
  const listed = (url: string) => valueSets[url] !== undefined
  const { profiles: snapshots } = buildSnapshots(declared, { definitions: { types }, listed })
  return { definitions: { version, types, valueSets }, profiles: snapshots }
}

/** A profile of a resource, or the definition of an extension. */
const isProfile = ({ resourceType, derivation, kind, type }: Structure) =>
  resourceType === 'StructureDefinition' &&
  derivation === 'constraint' &&
  (kind === 'resource' || type === 'Extension')

const resourcesOf = (bundles: Bundle[]) =>
  bundles.flatMap(({ entry = [] }) => entry.map(({ resource }) => resource as Json))

function addStructure(types: Definitions['types'], structure: Structure, wanted: Set<string>): void {
  const elements = structure.snapshot?.element ?? []
  const resource = structure.kind === 'resource'
  const parents = new Set(elements.map(({ path }) => path.slice(0, path.lastIndexOf('.'))))
  for (const element of elements) {
    const dot = element.path.lastIndexOf('.')
    if (dot < 0) {
      types[element.path] = {
        ...(resource && { resource: true as const }),
        ...(structure.abstract && { abstract: true as const }),
        elements: {},
      }
      continue
    }
    if (parents.has(element.path)) types[element.path] = { elements: {} }
    const owner = types[element.path.slice(0, dot)]
    const name = element.path.slice(dot + 1)
    if (owner)
      owner.elements[name.replace('[x]', '')] = slimElement(
        element,
        parents.has(element.path),
        resource,
        wanted,
      )
  }
}

function slimElement(
  element: Element,
  nested: boolean,
  resource: boolean,
  wanted: Set<string>,
): ElementDefinition {
  const { path, type = [], contentReference, binding } = element
  const targets = [
    ...new Set(
      type.flatMap(({ targetProfile = [] }) => targetProfile.map((url) => url.replace(profileBase, ''))),
    ),
  ]
  const required = binding?.strength === 'required' ? binding.valueSet?.replace(/\|.*$/, '') : undefined
  if (required !== undefined) wanted.add(required)
  return {
    min: element.min ?? 0,
    max: element.max === '*' ? 0 : 1,
    types: nested
      ? [path]
      : contentReference
        ? [contentReference.slice(1)]
        : type.map(({ code }) => typeCode(path, code, resource)),
    ...(path.endsWith('[x]') && { choice: true as const }),
    ...(targets.length > 0 && !targets.includes('Resource') && { targets }),
    ...(required !== undefined && { codes: required }),
  }
}

/** Ids and the addresses of extensions are published with FHIRPath's own types; this is what they are in R4. */
function typeCode(path: string, code: string, resource: boolean): string {
  if (!code.startsWith('http://hl7.org/fhirpath/')) return code
  if (resource && /^[A-Za-z]+\.id$/.test(path)) return 'id'
  return path.endsWith('.url') ? 'uri' : 'string'
}

/** The codes, as `system|code`, of those value sets that can be listed from these resources. */
export function listedValueSets(resources: Json[], wanted: Set<string>): Record<string, string[]> {
  const systems = new Map<unknown, Json>()
  const sets = new Map<unknown, Json>()
  for (const resource of resources) {
    if (resource['resourceType'] === 'CodeSystem') systems.set(resource['url'], resource)
    if (resource['resourceType'] === 'ValueSet') sets.set(resource['url'], resource)
  }
  const listed: Record<string, string[]> = {}
  for (const url of wanted) {
    const codes = codesOf(url, systems, sets, 0)
    if (codes && codes.size > 0) listed[url] = [...codes].sort()
  }
  return listed
}

type Lookup = Map<unknown, Json>

/** The codes of a value set, or undefined where it cannot be listed: a filter, or a system published elsewhere. */
function codesOf(url: string, systems: Lookup, sets: Lookup, depth: number): Set<string> | undefined {
  const compose = sets.get(url)?.['compose'] as { include?: Include[]; exclude?: Include[] } | undefined
  if (!compose?.include || depth > 5) return undefined
  const found = new Set<string>()
  for (const include of compose.include) {
    const codes = includedCodes(include, systems, sets, depth)
    if (!codes) return undefined
    for (const code of codes) found.add(code)
  }
  for (const exclude of compose.exclude ?? []) {
    for (const code of includedCodes(exclude, systems, sets, depth) ?? []) found.delete(code)
  }
  return found
}

function includedCodes(
  include: Include,
  systems: Lookup,
  sets: Lookup,
  depth: number,
): Iterable<string> | undefined {
  const { system, concept, filter, valueSet } = include
  if (filter || (valueSet && system !== undefined)) return undefined
  if (valueSet) {
    const lists = valueSet.map((url) => codesOf(url.replace(/\|.*$/, ''), systems, sets, depth + 1))
    return lists.some((list) => !list) ? undefined : lists.flatMap((list) => [...(list ?? [])])
  }
  const known = systems.get(system)
  if (!concept && known?.['content'] !== 'complete') return undefined
  return flatCodes(concept ?? (known?.['concept'] as Concept[] | undefined) ?? []).map(
    (code) => `${system}|${code}`,
  )
}

function flatCodes(concepts: Concept[]): string[] {
  return concepts.flatMap(({ code, concept = [] }) => [code, ...flatCodes(concept)])
}
