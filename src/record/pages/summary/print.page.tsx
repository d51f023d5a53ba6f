import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { InsetText } from '../../../platform/ui/index.ts'
import { isConcern } from '../frame/flag.ts'
import { recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import { onPaper } from './paper.ts'
import { openSummary, SummaryBody } from './summary.page.tsx'

/** The summary for paper. Its header, on each sheet, says whose it is, who printed it and when. */
export const printRoute = (place: Place, views: readonly Section[]): Route[] => [
  page({
    method: 'GET',
    path: '/people/:person/print',
    may: reads('demographics', { purpose: 'direct care' }),
    audit: 'record.print',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const { frame, summary } = await openSummary(place, views, context)
      const paper = { ...frame, flags: frame.flags.filter((flag) => !isConcern(flag)) }
      const shown = (
        <>
          <InsetText classes="gt-screen-only">
            <p>
              Print this page from your browser. Its header stands on each sheet, with your name and the time.
              Safeguarding concerns are left out.
            </p>
          </InsetText>
          <SummaryBody frame={paper} summary={onPaper(summary)} />
        </>
      )
      return recordView(paper, { section: sections.print, heading: 'Summary to print', body: shown })
    },
  }),
]
