import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { page, type Route } from '../../platform/index.ts'
import { about, type Deciding, decision, id, shownAgain, whyFaults } from './deciding.ts'
import { puttingRight } from './worklist.page.tsx'
import { type Decision, declineDisposal, proposeDisposal, restoreItem } from './wrong-person.queries.ts'

/** One report: what is said, whom it reached, and the ways of putting it right. */
export function reportRoutes(place: Place): Route[] {
  const show = page({
    method: 'GET',
    path: '/wrong-person/:report',
    may: puttingRight,
    audit: 'wrong-person.report',
    input: z.object({ report: id }),
    run: (context) => shownAgain(place, context, {}),
  })

  /** A decision that is one sentence of reason and nothing else. */
  const simple = (
    act: 'restore' | 'propose' | 'decline',
    decide: (db: Deciding['db'], given: Decision) => Promise<unknown>,
  ) =>
    page({
      method: 'POST',
      path: `/wrong-person/:report/${act}`,
      may: puttingRight,
      audit: `wrong-person.${act}`,
      input: decision,
      run: async (context) => {
        const { db, input, actor } = context
        const faults = whyFaults(input.why)
        if (faults.length > 0) return shownAgain(place, context, { act, faults, given: { why: input.why } })
        await about(context)
        await decide(db, { ...input, by: actor.name })
        return { redirect: `/wrong-person/${input.report}` }
      },
    })

  return [
    show,
    simple('restore', restoreItem),
    simple('propose', proposeDisposal),
    simple('decline', declineDisposal),
  ]
}
