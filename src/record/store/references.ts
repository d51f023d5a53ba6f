import type { Resource } from '@medplum/fhirtypes'

/** A reference by an identifier, for what cannot be named by its place in the store. */
export type Logical = { type?: string; identifier: { system?: string; value: string } }
type Visit = (reference: string, path: string) => string | Logical | undefined

/** Calls `visit` for each reference in a resource with its place, such as `Encounter.subject`; what it returns replaces it. */
export function eachReference(resource: Resource, visit: Visit): void {
  walk(resource, resource.resourceType, visit, 0)
}

function walk(value: unknown, path: string, visit: Visit, depth: number): void {
  if (value === null || typeof value !== 'object' || depth > 64) return
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      walk(value[index], `${path}[${index}]`, visit, depth + 1)
    return
  }
  const node = value as Record<string, unknown>
  for (const name of Object.keys(node)) {
    const child = node[name]
    if (typeof child === 'object') {
      // Most of what a resource holds is text; only what may hold a reference needs a place.
      if (child !== null) walk(child, `${path}.${name}`, visit, depth + 1)
    } else if (name === 'reference' && typeof child === 'string') {
      const replaced = visit(child, path)
      if (typeof replaced === 'string') node[name] = replaced
      else if (replaced !== undefined) {
        delete node[name]
        // What the source says of it by itself stands.
        Object.assign(node, { ...replaced, ...node })
      }
    }
  }
}

const subjectNames = ['subject', 'patient', 'beneficiary', 'individual', 'for'] as const

type SubjectReference = { reference?: string; identifier?: { system?: string; value?: string } }

/** Where a resource says whom it is about, and how: by a literal reference or by an identifier. */
export function subjectOf(resource: Resource): { path: string; reference: SubjectReference } | undefined {
  for (const name of subjectNames) {
    const reference = (resource as unknown as Record<string, unknown>)[name]
    if (reference !== null && typeof reference === 'object' && !Array.isArray(reference))
      return { path: `${resource.resourceType}.${name}`, reference }
  }
  return undefined
}

/** The id in `Patient/id`, with or without a base or a version. */
export const patientIdIn = (reference: string): string | undefined =>
  /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/.+)?$/.exec(reference)?.[1]

/** Types that may concern nobody. Every other type must name the person it is about. */
export const aboutNobody = new Set([
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'HealthcareService',
  'Endpoint',
  'Medication',
  'Substance',
  'Device',
  'Questionnaire',
  'PlanDefinition',
  'ActivityDefinition',
  'Schedule',
  'Slot',
  'ValueSet',
  'CodeSystem',
  'ConceptMap',
  'StructureDefinition',
])
