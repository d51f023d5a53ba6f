import type { Bundle, Resource } from '@medplum/fhirtypes'
import { type Fault, Invalid } from '../../platform/index.ts'
import { parseLossless } from '../store/lossless-json.ts'
import { validate } from '../validation/index.ts'

/** Reads a body as FHIR JSON. @throws Invalid with the place where it stops being JSON */
export function parseBody(body: string): Record<string, unknown> {
  if (body.trim() === '')
    throw new Invalid([
      { path: '', words: 'The body is empty; send a FHIR resource as JSON', code: 'structure' },
    ])
  let parsed: unknown
  try {
    parsed = parseLossless(body)
  } catch (problem) {
    throw new Invalid([
      { path: '', words: `The body is not JSON: ${placeOf(problem as Error, body)}`, code: 'structure' },
    ])
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new Invalid([
      { path: '', words: 'The body must be one FHIR resource, a JSON object', code: 'structure' },
    ])
  }
  if (body.includes('\\u0000'))
    throw new Invalid([
      { path: '', words: 'The body holds a NUL character, which FHIR does not allow', code: 'value' },
    ])
  return parsed as Record<string, unknown>
}

/** Line and column instead of the engine's message, which quotes what was sent. */
function placeOf(problem: Error, body: string): string {
  const position = Number(/position (\d+)/.exec(problem.message)?.[1] ?? body.length)
  const before = body.slice(0, position)
  const line = before.split('\n').length
  return `it goes wrong at line ${line}, column ${position - before.lastIndexOf('\n')}`
}

/** A valid resource, or every fault with its place; a reference that is a search is for `link` to resolve. `path` is where the resource stands in what was sent. */
export function mustBeValid(resource: Record<string, unknown>, path?: string): Resource {
  const faults: Fault[] = validate(resource, { requested: true })
    .filter((issue) => issue.severity === 'error')
    .map((issue) => ({
      path: path === undefined ? issue.path : underneath(path, issue.path),
      words: issue.words,
      code: issue.code,
    }))
  if (faults.length > 0) throw new Invalid(faults)
  return resource as unknown as Resource
}

/** `Encounter.period` inside `Bundle.entry[3].resource` is `Bundle.entry[3].resource.period`. */
const underneath = (path: string, inner: string): string => path + inner.replace(/^[A-Za-z]+/, '')

/** A transaction or a batch. Messages have an address of their own. */
export function mustBeBundle(resource: Record<string, unknown>): Bundle {
  const { resourceType, type, entry } = resource
  const refuse = (path: string, words: string, code: string) => {
    throw new Invalid([{ path, words, code }])
  }
  if (resourceType !== 'Bundle')
    refuse('Bundle', 'Send a Bundle of type transaction or batch to this address', 'structure')
  if (type === 'message') refuse('Bundle.type', 'Send messages to $process-message', 'not-supported')
  if (type !== 'transaction' && type !== 'batch')
    refuse('Bundle.type', 'Only bundles of type transaction or batch are taken here', 'not-supported')
  if (entry !== undefined && !Array.isArray(entry))
    refuse('Bundle.entry', 'This must be an array', 'structure')
  return resource as unknown as Bundle
}
