import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { type Db, type Fault, NotFound, page, type Route } from '../../../platform/index.ts'
import { differences } from '../extracts.queries.ts'
import { differencesView, linesOnPage } from './differences-view.tsx'
import { fileView } from './file-view.tsx'
import { type Extract, fileReceived, quarantineCounts, quarantinedLines } from './pages.queries.ts'
import { checking } from './received.page.tsx'

/** A file that the reader may see. @throws NotFound */
export async function mustFind(db: Db, id: string): Promise<Extract> {
  const found = await fileReceived(db, id)
  if (!found) throw new NotFound()
  return found
}

/** How many refused lines stand on the page of a file; the rest are one link away. */
const firstLines = 20

export const shownFile = async (
  db: Db,
  place: Place,
  extract: Extract,
  more: { faults: Fault[]; notice?: string | undefined },
) =>
  fileView({
    place,
    extract,
    reasons: await quarantineCounts(db, extract.id),
    lines: await quarantinedLines(db, { extract: extract.id }, 0, firstLines),
    ...more,
  })

export function fileRoutes(place: Place): Route[] {
  const one = page({
    method: 'GET',
    path: '/files/received/:extract',
    may: checking,
    audit: 'files.read',
    input: z.object({
      extract: z.uuid(),
      repeat: z.literal('yes').optional(),
      again: z.literal('yes').optional(),
    }),
    run: async ({ db, input, shown }) => {
      const extract = await mustFind(db, input.extract)
      shown([], { file: extract.id })
      const notice = input.repeat
        ? 'This is the same file as one that was received before. Nothing was changed by sending it again.'
        : input.again
          ? 'Another file of this set was accepted meanwhile, so this one was compared again. Look at the differences once more.'
          : undefined
      return shownFile(db, place, extract, { faults: [], notice })
    },
  })

  const lines = page({
    method: 'GET',
    path: '/files/received/:extract/:kind',
    may: checking,
    audit: 'files.differences',
    input: z.object({
      extract: z.uuid(),
      kind: z.enum(['added', 'changed', 'unchanged', 'older', 'ended']),
      from: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
    run: async ({ db, input, shown }) => {
      const extract = await mustFind(db, input.extract)
      shown([], { file: extract.id, kind: input.kind })
      const found = await differences(db, extract.id, input.kind, input.from, linesOnPage + 1)
      return differencesView(extract, input.kind, input.from, found)
    },
  })
  return [one, lines]
}
