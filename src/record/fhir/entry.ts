import type { BundleEntry, Resource } from '@medplum/fhirtypes'
import { type Fault, Invalid } from '../../platform/index.ts'
import type { Sought } from '../store/identifiers.ts'
import type { Write } from '../store/row.ts'
import { newId } from '../store/write.ts'
import { mustBeValid } from './parse.ts'

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/

/** An entry checked: what it writes, and the identifier under which it may be there already. */
export type Planned = { write: Write; fullUrl?: string | undefined; unless?: Sought; unlessPath?: string }

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** @throws Invalid where an entry is not shaped as one; what its resource holds is for validation to say */
export function mustBeEntry(entry: unknown, path: string): BundleEntry {
  const texts = (of: Record<string, unknown>, at: string, ...names: string[]) => {
    for (const name of names)
      if (of[name] !== undefined && typeof of[name] !== 'string')
        throw fault(`${at}.${name}`, 'This must be text', 'structure')
  }
  if (!isObject(entry)) throw fault(path, 'An entry is an object', 'structure')
  texts(entry, path, 'fullUrl')
  for (const name of ['request', 'resource'])
    if (entry[name] !== undefined && !isObject(entry[name]))
      throw fault(`${path}.${name}`, 'This must be an object', 'structure')
  if (isObject(entry['request']))
    texts(entry['request'], `${path}.request`, 'method', 'url', 'ifMatch', 'ifNoneExist')
  return entry as BundleEntry
}

/** POST makes a new id and PUT keeps its own. @throws Invalid naming what is wrong with the entry */
export function plannedEntry(given: unknown, path: string): Planned {
  const entry = mustBeEntry(given, path)
  const { method, url = '', ifMatch, ifNoneExist } = entry.request ?? {}
  if (method !== 'POST' && method !== 'PUT')
    throw fault(
      `${path}.request.method`,
      'Entries may POST or PUT; nothing else is taken in a bundle',
      'not-supported',
    )
  if (!entry.resource) throw fault(`${path}.resource`, 'There is nothing to keep', 'required')
  const resource = mustBeValid(entry.resource as unknown as Record<string, unknown>, `${path}.resource`)
  const type = resource.resourceType
  if (url.split(/[/?]/)[0] !== type)
    throw fault(`${path}.request.url`, `The address must name the resource’s own type, ${type}`, 'invalid')
  const at = `${path}.resource`
  if (method === 'POST') {
    const write = freshWrite(resource, at)
    if (ifNoneExist === undefined) return { write, fullUrl: entry.fullUrl }
    const unlessPath = `${path}.request.ifNoneExist`
    return { write, fullUrl: entry.fullUrl, unless: criterion(type, ifNoneExist, unlessPath), unlessPath }
  }
  const id = url.split('/')[1]
  if (id === undefined || !idPattern.test(id))
    throw fault(
      `${path}.request.url`,
      'PUT needs an id of letters, digits, hyphens and dots, 64 at most',
      'invalid',
    )
  const kept = { ...resource, id }
  const write = { resource: kept, path: at, ...versionOf(ifMatch, `${path}.request.ifMatch`) }
  return { write, fullUrl: entry.fullUrl }
}

/** Under an id of our own. */
export const freshWrite = (resource: Resource, path: string): Write => ({
  resource: { ...resource, id: newId() },
  path,
  fresh: true,
  ...(resource.id !== undefined && { sent: resource.id }),
})

/** The one search that a conditional create or reference may be: `identifier=system|value`. */
export function criterion(type: string, query: string, path: string): Sought {
  const asked = [...new URLSearchParams(query.replace(/^.*\?/, '').replaceAll('+', '%2B'))]
  const [name, token = ''] = asked[0] ?? []
  const bar = token.indexOf('|')
  const value = token.slice(bar + 1)
  if (asked.length !== 1 || name !== 'identifier' || value === '' || value.includes(','))
    throw fault(path, 'Say it by one identifier: identifier=system|value', 'not-supported')
  return { type, system: bar < 0 ? '' : token.slice(0, bar), value }
}

/** The version in `W/"3"`. */
export function versionOf(ifMatch: string | undefined, path: string): { ifMatch?: number } {
  if (ifMatch === undefined) return {}
  const version = /^(?:W\/)?"(\d+)"$/.exec(ifMatch)?.[1]
  if (version === undefined) throw fault(path, 'Give the version as W/"3"', 'value')
  return { ifMatch: Number(version) }
}

export const fault = (path: string, words: string, code: string): Invalid =>
  new Invalid([{ path, words, code } satisfies Fault])
