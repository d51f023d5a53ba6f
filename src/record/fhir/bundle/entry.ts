import type { Binary, BundleEntry, BundleEntryRequest, Resource } from '@medplum/fhirtypes'
import { type Fault, Invalid, Misasked } from '../../../platform/index.ts'
import { parseLossless } from '../../store/lossless-json.ts'
import type { Write } from '../../store/row.ts'
import type { Place } from '../../store/standing.ts'
import { newId } from '../../store/write.ts'
import { mustBeValid } from '../parse.ts'
import { type JsonPatch, readPatch } from '../patching/json-patch.ts'
import type { Act } from './act.ts'
import type { Condition } from './condition.ts'

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
    texts(
      entry['request'],
      `${path}.request`,
      'method',
      'url',
      'ifMatch',
      'ifNoneExist',
      'ifNoneMatch',
      'ifModifiedSince',
    )
  return entry as BundleEntry
}

/** What an entry asks for. @throws Invalid naming what is wrong with it */
export function actOf(given: unknown, path: string): Act {
  const entry = mustBeEntry(given, path)
  const { request } = entry
  switch (request?.method) {
    case 'POST':
      return posted(entry, path, request)
    case 'PUT':
      return put(entry, path, request)
    case 'PATCH':
      return patching(entry, path, request)
    case 'DELETE':
      return {
        kind: 'remove',
        path,
        target: targetOf(request.url, `${path}.request.url`),
        ...versionOf(request.ifMatch, `${path}.request.ifMatch`),
      }
    case 'GET':
      return {
        kind: 'get',
        path,
        url: request.url ?? '',
        headers: { 'if-none-match': request.ifNoneMatch, 'if-modified-since': request.ifModifiedSince },
      }
    default:
      throw fault(
        `${path}.request.method`,
        'An entry is one of GET, POST, PUT, PATCH, DELETE',
        request?.method === undefined ? 'required' : 'not-supported',
      )
  }
}

function resourceOf({ resource }: BundleEntry, path: string, url: string): Resource {
  if (!resource) throw fault(`${path}.resource`, 'There is nothing to keep', 'required')
  const valid = mustBeValid(resource as unknown as Record<string, unknown>, `${path}.resource`)
  const type = valid.resourceType
  if (url.split(/[/?]/)[0] !== type)
    throw fault(`${path}.request.url`, `The address must name the resource’s own type, ${type}`, 'invalid')
  return valid
}

/** POST makes a new id. */
function posted(entry: BundleEntry, path: string, { url = '', ifNoneExist }: BundleEntryRequest): Act {
  if (/^[A-Z][A-Za-z]+\/_search$/.test(url.split('?')[0] ?? ''))
    throw fault(`${path}.request.url`, 'Search by GET in a bundle', 'not-supported')
  if (/[/?]/.test(url)) throw fault(`${path}.request.url`, 'POST takes the type alone', 'not-supported')
  const resource = resourceOf(entry, path, url)
  const write = freshWrite(resource, `${path}.resource`)
  const own = { kind: 'keep' as const, path, write, fullUrl: entry.fullUrl }
  if (ifNoneExist === undefined) return own
  const at = `${path}.request.ifNoneExist`
  return { ...own, unless: conditionOf(resource.resourceType, ifNoneExist, at) }
}

/** PUT keeps its own id, or that of what its condition finds. */
function put(entry: BundleEntry, path: string, { url = '', ifMatch }: BundleEntryRequest): Act {
  const resource = resourceOf(entry, path, url)
  const target = targetOf(url, `${path}.request.url`)
  const more = { path: `${path}.resource`, ...versionOf(ifMatch, `${path}.request.ifMatch`) }
  const own = { kind: 'keep' as const, path, fullUrl: entry.fullUrl }
  if ('id' in target && resource.id !== undefined && resource.id !== target.id)
    throw misasked(`${path}.resource.id`, 'The id must be the one in the address', 'invalid')
  if ('id' in target) return { ...own, write: { resource: { ...resource, id: target.id }, ...more } }
  return { ...own, write: { ...freshWrite(resource, more.path), ...more }, upon: target }
}

/** R4 carries the patch in a Binary. */
function patching(entry: BundleEntry, path: string, { url = '', ifMatch }: BundleEntryRequest): Act {
  const at = `${path}.resource`
  const { resourceType, contentType, data } = (entry.resource ?? {}) as Binary
  if (resourceType !== 'Binary' || contentType !== 'application/json-patch+json' || typeof data !== 'string')
    throw fault(at, 'Send the patch as a Binary of application/json-patch+json', 'not-supported')
  return {
    kind: 'patch',
    path,
    target: targetOf(url, `${path}.request.url`),
    patch: patchIn(Buffer.from(data, 'base64').toString('utf8'), `${at}.data`),
    patchPath: `${at}.data`,
    ...versionOf(ifMatch, `${path}.request.ifMatch`),
  }
}

/** @throws Invalid for text that is no JSON Patch */
export function patchIn(text: string, at: string): JsonPatch {
  let given: unknown
  try {
    given = parseLossless(text)
  } catch {
    throw fault(at, 'The patch is not JSON', 'structure')
  }
  return readPatch(given, at)
}

/** `Type/id` or `Type?search`. @throws Invalid for any other address */
function targetOf(url: string | undefined, path: string): Place | Condition {
  const [, type = '', id, query] =
    /^([A-Z][A-Za-z]{1,63})(?:\/([A-Za-z0-9\-.]{1,64})|\?(.+))$/.exec(url ?? '') ?? []
  if (id !== undefined) return { type, id }
  if (query !== undefined) return { type, query, path }
  throw fault(
    path,
    'Give Type/id, the id of letters, digits, hyphens and dots, 64 at most; or Type?search',
    'invalid',
  )
}

export const conditionOf = (type: string, query: string, path: string): Condition => ({
  type,
  query: query.replace(/^[^?=]*\?/, ''),
  path,
})

/** Under an id of our own. */
export const freshWrite = (resource: Resource, path: string): Write => ({
  resource: { ...resource, id: newId() },
  path,
  fresh: true,
  ...(resource.id !== undefined && { sent: resource.id }),
})

/** The version in `W/"3"`. */
export function versionOf(ifMatch: string | undefined, path: string): { ifMatch?: number } {
  if (ifMatch === undefined) return {}
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch)?.[1]
  if (version === undefined) throw misasked(path, 'Give the version as W/"3"', 'value')
  return { ifMatch: Number(version) }
}

export const fault = (path: string, words: string, code: string): Invalid =>
  new Invalid([{ path, words, code } satisfies Fault])

export const misasked = (path: string, words: string, code: string): Misasked =>
  new Misasked([{ path, words, code } satisfies Fault])
