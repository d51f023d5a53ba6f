import { z } from 'zod'
import type { Scope } from '../../access/index.ts'
import { fhirRoute } from '../../platform/index.ts'
import { mustHaveHistory, readHistory, type Version } from '../store/read.ts'
import { type Mark, readTypeHistory } from '../store/type-history.ts'
import { id, query, type } from './addresses.ts'
import { bundleText, filesOf } from './bundle/bundle-text.ts'
import { addressOf, countOf, markIn, markText, momentOf, parametersOf } from './parameters.ts'
import { reading } from './policy.ts'

const known = ['_count', '_since', '_page'] as const
const page = { usual: 100, most: 1000 }

/** The versions of one resource, newest first. */
export const history = fhirRoute({
  method: 'GET',
  path: '/fhir/:type/:id/_history',
  may: reading,
  audit: 'fhir.history',
  input: z.object({ type, id, query }),
  run: async ({ db, input, base, shown }) => {
    const asked = parametersOf(input.query, known)
    const most = countOf(asked._count, page)
    const from = markIn(asked._page, isVersion)
    const part = { from, since: momentOf('_since', asked._since), most: most + 1 }
    const versions = await readHistory(db, input.type, input.id, part)
    if (versions.length === 0) await mustHaveHistory(db, input.type, input.id)
    shown(filesOf(versions), { type: input.type, id: input.id })
    const own = `${base}/${input.type}/${input.id}/_history`
    return historyBundle(versions, most, base, own, asked, ({ version }) => version - 1)
  },
})

/** The versions of all resources of a type, newest first. */
export const typeHistory = fhirRoute({
  method: 'GET',
  path: '/fhir/:type/_history',
  may: reading,
  audit: 'fhir.history',
  input: z.object({ type, query }),
  run: async ({ db, input, scope, base, shown }) => {
    const asked = parametersOf(input.query, known)
    const most = countOf(asked._count, page)
    const part = {
      mark: markIn(asked._page, isMark),
      since: momentOf('_since', asked._since),
      most: most + 1,
    }
    const versions = await readTypeHistory(db, scope as Scope, input.type, part)
    shown(filesOf(versions.slice(0, most)), { type: input.type })
    return historyBundle(
      versions,
      most,
      base,
      `${base}/${input.type}/_history`,
      asked,
      (last): Mark => ({ at: last.received_at.toISOString(), id: last.id, version: last.version }),
    )
  },
})

const isVersion = (mark: unknown): mark is number => Number.isSafeInteger(mark)
const isMark = (mark: unknown): mark is Mark => {
  const { at, id: of, version } = (mark ?? {}) as Record<string, unknown>
  return (
    typeof at === 'string' && !Number.isNaN(Date.parse(at)) && typeof of === 'string' && isVersion(version)
  )
}

/** One page; whether there is another is told by one version more than it shows. */
function historyBundle(
  versions: readonly Version[],
  most: number,
  base: string,
  path: string,
  asked: Partial<Record<(typeof known)[number], string>>,
  markAfter: (last: Version) => unknown,
) {
  const shownNow = versions.slice(0, most)
  const last = shownNow.at(-1)
  const links = { self: addressOf(path, asked) } as Record<string, string>
  if (versions.length > most && last)
    links['next'] = addressOf(path, { ...asked, _page: markText(markAfter(last)) })
  const entry = shownNow.map((version) => entryOf(version, base))
  const isAll = versions.length <= most && asked._page === undefined
  return {
    status: 200,
    body: bundleText('history', entry, { links, ...(isAll && { total: entry.length }) }),
  }
}

function entryOf({ type: kind, id: own, version, body, received_at }: Version, base: string): string {
  const place = `${kind}/${own}`
  const [method, status] =
    body === null ? ['DELETE', '204'] : version === 1 ? ['POST', '201'] : ['PUT', '200']
  const request = { method, url: method === 'POST' ? kind : place }
  const response = { status, etag: `W/"${version}"`, lastModified: received_at.toISOString() }
  const resource = body === null ? '' : `"resource":${body},`
  return `{"fullUrl":"${base}/${place}",${resource}"request":${JSON.stringify(request)},"response":${JSON.stringify(response)}}`
}
