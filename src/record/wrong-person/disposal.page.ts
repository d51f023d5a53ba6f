import { z } from 'zod'
import { page, type Route } from '../../platform/index.ts'
import { decision } from './deciding.ts'
import { puttingRight } from './worklist.page.tsx'
import { disposeOf } from './wrong-person.queries.ts'

/** The second person's word. It is mounted by itself, since it runs as the role of erasure, which can do this and nothing else. */
export const disposalRoutes = (): Route[] => [
  page({
    method: 'POST',
    path: '/wrong-person/:report/dispose',
    may: puttingRight,
    audit: 'wrong-person.dispose',
    input: decision.extend({ why: z.string().trim().min(10, 'Say in a few words why').max(1000) }),
    run: async ({ db, input, actor, shown }) => {
      const { file, proof } = await disposeOf(db, { ...input, by: actor.name })
      shown([file], { report: input.report, proof })
      return { redirect: `/wrong-person/${input.report}` }
    },
  }),
]
