import { z } from 'zod'
import type { Scope } from '../../../access/index.ts'
import { fhirRoute } from '../../../platform/index.ts'
import { readResource } from '../../store/read.ts'
import { id, query } from '../addresses.ts'
import { bundleText, filesOf } from '../bundle/bundle-text.ts'
import { addressOf, countOf, markIn, markText, momentOf, parametersOf, typesOf } from '../parameters.ts'
import { reading } from '../policy.ts'
import { everythingOf, filesBeside, type Mark, namedBeside } from './everything.queries.ts'

const known = ['_count', '_since', '_type', '_page'] as const

/**
 * The record of the person whose Patient this is, from every source that the reader may see, page by page; and with each page whom and what it
 * names that is about nobody.
 */
export const everything = fhirRoute({
  method: 'GET',
  path: '/fhir/Patient/:id/$everything',
  may: reading,
  audit: 'fhir.everything',
  input: z.object({ id, query }),
  run: async ({ db, input, scope, base, shown }) => {
    const asked = parametersOf(input.query, known)
    const most = countOf(asked._count, { usual: 200, most: 1000 })
    const wanted = {
      types: typesOf(asked._type),
      since: momentOf('_since', asked._since),
      mark: markIn(asked._page, isMark),
      most: most + 1,
    }
    const { person_key: file } = await readResource(db, 'Patient', input.id)
    const files = file === null ? [] : await filesBeside(db, file)
    const found = await everythingOf(db, scope as Scope, files, wanted)
    const page = found.slice(0, most)
    shown(filesOf(page), { patient: input.id })
    const beside = await namedBeside(
      db,
      page.map(({ body }) => body),
    )
    const own = `${base}/Patient/${input.id}/$everything`
    const links: Record<string, string> = { self: addressOf(own, asked) }
    const last = page.at(-1)
    if (found.length > most && last)
      links['next'] = addressOf(own, { ...asked, _page: markText(markOf(last)) })
    const entry = (mode: string) => (place: string, body: string) =>
      `{"fullUrl":"${base}/${place}","resource":${body},"search":{"mode":"${mode}"}}`
    const entries = [
      ...page.map(({ type, id: of, body }) => entry('match')(`${type}/${of}`, body)),
      ...[...beside].map(([place, body]) => entry('include')(place, body)),
    ]
    return { status: 200, body: bundleText('searchset', entries, { links }) }
  },
})

const markOf = ({ type, id: of }: { type: string; id: string }): Mark => ({
  later: type === 'Patient' ? 0 : 1,
  type,
  id: of,
})

const isMark = (mark: unknown): mark is Mark => {
  const { later, type, id: of } = (mark ?? {}) as Record<string, unknown>
  return (later === 0 || later === 1) && typeof type === 'string' && typeof of === 'string'
}
