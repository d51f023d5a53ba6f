import type { Way } from '../../platform/index.ts'
import type { Letter } from './scopes.ts'

/** What an app needs for a way in: to read, all these letters; to write, this one, or one for each entry of a bundle. */
export type Need = { reads: readonly Letter[] } | { writes: Letter | 'each entry' }

const methods: Record<string, Letter> = { PUT: 'u', PATCH: 'u', DELETE: 'd' }

/**
 * What a way in under /fhir asks of an app's scopes. Whatever only reads and is neither a read by id nor a search, an operation such as
 * `$everything`, needs both. Undefined for a way in that no app may use.
 */
export function needOf({ method, path }: Way): Need | undefined {
  const [root, ...parts] = path.split('/').slice(1)
  if (root !== 'fhir') return undefined
  const last = parts.at(-1) ?? ''
  if (last === '$process-message') return undefined
  if (parts.some((part) => part.startsWith('$'))) return { reads: ['r', 's'] }
  if (method === 'GET') return { reads: lettersToGet(parts) }
  if (method !== 'POST') return { writes: methods[method] ?? 'each entry' }
  if (last === '_search') return { reads: ['s'] }
  return { writes: parts.length === 0 ? 'each entry' : 'c' }
}

/** `type/id`, its history and one version of it are reads; a type, and its history, are searches. */
function lettersToGet(parts: readonly string[]): readonly Letter[] {
  const [, id, third] = parts
  if (id === ':id' && (third === undefined || third === '_history')) return ['r']
  if (id === undefined || (id === '_history' && third === undefined)) return ['s']
  return ['r', 's']
}
