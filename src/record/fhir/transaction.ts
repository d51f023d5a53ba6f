import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { type Db, type Fault, Invalid } from '../../platform/index.ts'
import { eachReference } from '../store/references.ts'
import type { Sending, Write, Written } from '../store/row.ts'
import { keep, newId } from '../store/write.ts'
import { mustBeValid } from './parse.ts'

const mostEntries = 5000
const idPattern = /^[A-Za-z0-9\-.]{1,64}$/

/** What became of each entry, in the order of the bundle. */
export type Outcome = { written: Written; status: '200 OK' | '201 Created' }

/**
 * Keeps a transaction: every entry or, with an error that names each place, none. POST makes a new id and PUT keeps its own; references to a
 * fullUrl of the bundle become references to what was kept.
 */
export async function keepTransaction(db: Db, sending: Sending, bundle: Bundle): Promise<Outcome[]> {
  const writes = writesOf(bundle)
  const written = await keep(db, sending, writes)
  const byPlace = new Map(written.map((each) => [`${each.type}/${each.id}`, each]))
  return writes.flatMap(({ resource }) => {
    const kept = byPlace.get(`${resource.resourceType}/${resource.id}`)
    return kept
      ? [{ written: kept, status: kept.created ? ('201 Created' as const) : ('200 OK' as const) }]
      : []
  })
}

/** Each entry checked and given its id. @throws Invalid with every fault of every entry */
function writesOf(bundle: Bundle): Write[] {
  const entries = bundle.entry ?? []
  const faults: Fault[] = []
  if (entries.length > mostEntries)
    throw new Invalid([
      { path: 'Bundle.entry', words: `A bundle may have ${mostEntries} entries at most`, code: 'too-long' },
    ])
  const writes: Write[] = []
  const kept = new Map<string, string>()
  for (const [index, entry] of entries.entries()) {
    const path = `Bundle.entry[${index}]`
    try {
      const write = writeOf(entry, path)
      if (entry.fullUrl) kept.set(entry.fullUrl, `${write.resource.resourceType}/${write.resource.id}`)
      writes.push(write)
    } catch (problem) {
      if (!(problem instanceof Invalid)) throw problem
      faults.push(...problem.faults)
    }
  }
  for (const { resource, path } of writes) {
    // An attachment points to its Binary by an address, which is no Reference.
    if (resource.resourceType === 'DocumentReference')
      for (const { attachment } of resource.content ?? [])
        if (attachment?.url !== undefined) attachment.url = kept.get(attachment.url) ?? attachment.url
    eachReference(resource, (reference, place) => {
      const found = kept.get(reference)
      if (found === undefined && reference.startsWith('urn:')) {
        faults.push({
          path: path + place.slice(resource.resourceType.length),
          words: 'No entry of this bundle has this fullUrl',
          code: 'not-found',
        })
      }
      return found
    })
  }
  if (faults.length > 0) throw new Invalid(faults)
  return writes
}

function writeOf(entry: BundleEntry, path: string): Write {
  const { method, url = '', ifMatch, ifNoneExist } = entry.request ?? {}
  if (method !== 'POST' && method !== 'PUT') {
    throw new Invalid([
      {
        path: `${path}.request.method`,
        words: 'Entries may POST or PUT; nothing else is taken in a bundle',
        code: 'not-supported',
      },
    ])
  }
  if (ifNoneExist !== undefined)
    throw new Invalid([
      {
        path: `${path}.request.ifNoneExist`,
        words: 'Conditional create is not supported; PUT under your own id instead',
        code: 'not-supported',
      },
    ])
  if (!entry.resource)
    throw new Invalid([{ path: `${path}.resource`, words: 'There is nothing to keep', code: 'required' }])
  const resource = mustBeValid(entry.resource as unknown as Record<string, unknown>, `${path}.resource`)
  const [type, id] = url.split('/')
  if (type !== resource.resourceType)
    throw new Invalid([
      {
        path: `${path}.request.url`,
        words: `The address must name the resource’s own type, ${resource.resourceType}`,
        code: 'invalid',
      },
    ])
  if (method === 'POST')
    return { resource: { ...resource, id: newId() }, path: `${path}.resource`, fresh: true }
  if (id === undefined || !idPattern.test(id) || url.includes('?')) {
    throw new Invalid([
      {
        path: `${path}.request.url`,
        words: 'PUT needs an id of letters, digits, hyphens and dots, 64 at most',
        code: 'invalid',
      },
    ])
  }
  return {
    resource: { ...resource, id },
    path: `${path}.resource`,
    ...versionOf(ifMatch, `${path}.request.ifMatch`),
  }
}

/** The version in `W/"3"`. */
export function versionOf(ifMatch: string | undefined, path: string): { ifMatch?: number } {
  if (ifMatch === undefined) return {}
  const version = /^(?:W\/)?"(\d+)"$/.exec(ifMatch)?.[1]
  if (version === undefined) throw new Invalid([{ path, words: 'Give the version as W/"3"', code: 'value' }])
  return { ifMatch: Number(version) }
}

/** The answer to a bundle: one entry for each, in its order. */
export function responseBundle(
  type: 'transaction-response' | 'batch-response',
  outcomes: (Outcome | { status: string; outcome: Resource })[],
  now: Date,
): string {
  const entry = outcomes.map((outcome) =>
    'written' in outcome
      ? {
          response: {
            status: outcome.status,
            location: `${outcome.written.type}/${outcome.written.id}/_history/${outcome.written.version}`,
            etag: `W/"${outcome.written.version}"`,
            lastModified: now.toISOString(),
          },
        }
      : { response: { status: outcome.status, outcome: outcome.outcome } },
  )
  return JSON.stringify({ resourceType: 'Bundle', type, entry })
}
