import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { fhirRoute, holds, Invalid, NotFound, type Route } from '../../platform/index.ts'
import { quarantinedLines } from './pages/pages.queries.ts'
import { fileSenders, receive } from './receive.ts'
import { outcomeInWords } from './report.ts'

/** How many refused lines the answer tells; a page has them all. */
const mostTold = 100

/** A file as a system sends it: the bytes of the CSV, under the name of the set. */
export const fileApi = (place: Place): Route =>
  fhirRoute({
    method: 'POST',
    path: '/files/:dataset',
    may: holds('send', { purpose: 'feed' }),
    audit: 'files.send',
    input: z.object({ dataset: z.string(), query: z.object({ name: z.string().max(200).optional() }) }),
    run: async ({ db, actor, input, bytes, base, shown }) => {
      const from = fileSenders(place).find(
        (each) => each.sender === actor.id && each.dataset.id === input.dataset,
      )
      if (!from) throw new NotFound()
      if (!bytes?.length)
        throw new Invalid([{ path: '', words: 'Send the file as the body, as text/csv', code: 'structure' }])
      const name = input.query.name ?? `${input.dataset}.csv`
      const received = await receive(db, place, from, { way: 'api', name, bytes })
      const { id, state, counts, limits, faults, unknownColumns } = received
      shown([], { file: id, set: input.dataset, state })
      const lines = counts ? await quarantinedLines(db, { extract: id }, 0, mostTold) : []
      const link = `${base.replace(/\/fhir$/, '')}/files/received/${id}`
      const answer = {
        id,
        state,
        words: outcomeInWords[state],
        link,
        faults: faults.map(({ path, words }) => ({ place: path, words })),
        ...(counts && { counts }),
        lookTwice: limits,
        unknownColumns,
        refusedLines: lines.map(({ line, column, words }) => ({ line, column, words })),
      }
      const status = state === 'refused' ? 422 : state === 'repeat' ? 200 : 201
      const headers = { 'content-type': 'application/json; charset=utf-8', location: link }
      return { status, headers, body: JSON.stringify(answer) }
    },
  })
