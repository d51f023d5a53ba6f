import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { type Db, type Fault, page, type Route } from '../../../platform/index.ts'
import { compare, keepState, newestAccepted, takeTurn } from '../extracts.queries.ts'
import { limitsPassed } from '../limits.ts'
import { mustFind, shownFile } from './one-file.page.tsx'
import type { Extract } from './pages.queries.ts'
import { checking } from './received.page.tsx'

const decided: Fault = {
  path: 'maincontent',
  words: 'This file is not waiting any more: somebody has decided, or it was refused',
}

/** Accepting and rejecting. What is accepted is what was looked at: if the set has changed meanwhile, it is compared again first. */
export function decideRoutes(place: Place): Route[] {
  const accept = page({
    method: 'POST',
    path: '/files/received/:extract/accept',
    may: checking,
    audit: 'files.accept',
    input: z.object({ extract: z.uuid(), sure: z.literal('yes').optional() }),
    run: async ({ db, input, shown }) => {
      const extract = await inTurn(db, input.extract)
      const again = (faults: Fault[]) => shownFile(db, place, extract, { faults })
      if (extract.state !== 'checked' || !extract.counts) return again([decided])
      const after = await newestAccepted(db, extract.source, extract.dataset)
      if (after !== extract.after) {
        await keepState(db, extract, { state: 'checked', counts: await compare(db, extract.id), after })
        shown([], { file: extract.id, comparedAgain: true })
        return { redirect: `/files/received/${extract.id}?again=yes` }
      }
      if (limitsPassed(extract.counts).length > 0 && !input.sure) {
        shown([], { file: extract.id, askedAgain: true })
        return again([{ path: 'sure', words: 'Tick the box to say that you have looked at what is unusual' }])
      }
      await keepState(db, extract, { state: 'accepted', counts: extract.counts })
      shown([], { file: extract.id })
      return { redirect: `/files/received/${extract.id}` }
    },
  })

  const reject = page({
    method: 'POST',
    path: '/files/received/:extract/reject',
    may: checking,
    audit: 'files.reject',
    input: z.object({ extract: z.uuid(), why: z.string().trim().max(1000).default('') }),
    run: async ({ db, input, shown }) => {
      const extract = await inTurn(db, input.extract)
      if (extract.state !== 'checked') return shownFile(db, place, extract, { faults: [decided] })
      if (input.why === '')
        return shownFile(db, place, extract, {
          faults: [{ path: 'why', words: 'Say why the file is rejected' }],
        })
      await keepState(db, extract, { state: 'rejected', why: input.why })
      shown([], { file: extract.id })
      return { redirect: `/files/received/${extract.id}` }
    },
  })
  return [accept, reject]
}

/** Two who decide at one moment take turns, and the second sees what the first decided. */
async function inTurn(db: Db, id: string): Promise<Extract> {
  const { source, dataset } = await mustFind(db, id)
  await takeTurn(db, source, dataset)
  return mustFind(db, id)
}
