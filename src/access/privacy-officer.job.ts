import { z } from 'zod'
import { type Job, job } from '../platform/index.ts'

/** Tells the privacy officer of a broken glass: a notice on their page, once for each. */
export const tellPrivacyOfficer: Job = job({
  name: 'tell-privacy-officer',
  may: { categories: [], purpose: 'service' },
  audit: 'glass.told',
  input: z.object({ relationship: z.number() }),
  run: async ({ db, input }) => {
    await db
      .insertInto('access.notice')
      .values({ about: `relationship/${input.relationship}`, words: 'The glass was broken' })
      .onConflict((conflict) => conflict.column('about').doNothing())
      .execute()
  },
})
