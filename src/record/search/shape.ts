import { parseLossless } from '../store/lossless-json.ts'
import { loadDefinitions } from '../validation/definitions.ts'
import type { Asked } from './clause.ts'

const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }

/** A resource as it was asked for: whole, or only some elements of it, and then it says so. */
export function shaped(
  type: string,
  body: string,
  { elements, summary }: Pick<Asked, 'elements' | 'summary'>,
): string {
  if (elements === undefined && summary === undefined) return body
  const resource = parseLossless(body) as Record<string, unknown> & { meta?: { tag?: unknown[] } }
  const wanted = wantedOf(type, elements, summary)
  const kept = Object.entries(resource).filter(([name]) => wanted(name.replace(/^_/, '')))
  const meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), subsetted] }
  return JSON.stringify({ ...Object.fromEntries(kept), meta })
}

const always = new Set(['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension'])

/** Elements that a resource must have stay, so that what is left is still valid. */
function wantedOf(
  type: string,
  elements: string[] | undefined,
  summary: Asked['summary'],
): (name: string) => boolean {
  if (elements === undefined && summary === 'data') return (name) => name !== 'text'
  const listed = new Set(elements ?? ['text'])
  const required = requiredOf(type)
  return (name) =>
    always.has(name) ||
    listed.has(name) ||
    required(name) ||
    [...listed].some((each) => isChoiceOf(name, each))
}

const isChoiceOf = (name: string, choice: string) =>
  name.startsWith(choice) && /^[A-Z]/.test(name.slice(choice.length))

let definitions: ReturnType<typeof loadDefinitions> | undefined

function requiredOf(type: string): (name: string) => boolean {
  definitions ??= loadDefinitions()
  const elements = definitions.types[type]?.elements ?? {}
  const names = Object.entries(elements).filter(([, { min }]) => min > 0)
  return (name) =>
    names.some(([each, { choice }]) => each === name || (choice === true && isChoiceOf(name, each)))
}
