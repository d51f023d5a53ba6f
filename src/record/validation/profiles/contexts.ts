import type { Definitions, ElementDefinition } from '../slim.ts'
import { keyOf } from './values.ts'

/**
 * The names under which the definition of an extension may speak of the element it stands on: its type (`Address`, `Encounter.hospitalization`), the
 * element by its type (`Patient.address`, `HumanName.family`), and by the whole way from the resource. Undefined where the way is lost.
 * @param path from the resource to the extension
 */
export function placesOf(
  { types }: Pick<Definitions, 'types'>,
  resource: string,
  path: readonly (string | number)[],
): Set<string> | undefined {
  let type = resource
  let way = resource
  const names = path.filter((part) => typeof part === 'string')
  let places = new Set([resource, 'Resource', 'DomainResource'])
  for (const part of names.slice(0, -1)) {
    const name = part.replace(/^_/, '')
    const elements = (types[type] ?? types['Element'])?.elements ?? {}
    const step = stepTo(elements, name)
    if (!step) return undefined
    const general = step.type.includes('.') ? 'BackboneElement' : 'Element'
    way = `${way}.${step.element}`
    places = new Set([`${type}.${step.element}`, way, step.type, 'Element', general])
    type = step.type
  }
  return places
}

function stepTo(elements: Record<string, ElementDefinition>, name: string) {
  const plain = Object.hasOwn(elements, name) ? elements[name] : undefined
  if (plain) return { element: name, type: plain.types[0] ?? '' }
  for (const [element, { choice, types }] of Object.entries(elements)) {
    const type = choice ? types.find((each) => keyOf(element, each) === name) : undefined
    if (type !== undefined) return { element, type }
  }
  return undefined
}

/** Whether an extension may stand on an element. One on a place that is lost, or within another, is given the benefit of the doubt. */
export function mayStandAt(contexts: readonly string[], places: ReadonlySet<string> | undefined): boolean {
  if (!places || places.has('Extension')) return true
  return contexts.some((context) => places.has(context.replace(/\[x\]/g, '')))
}
