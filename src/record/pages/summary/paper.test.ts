import { expect, test } from 'vitest'
import { onPaper } from './paper.ts'
import type { Summary } from './summary.page.tsx'

test('no safeguarding concern is left in any part of what is printed, and nothing else is left out', () => {
  const concern = { category: 'safeguarding', title: 'Concern' }
  const other = { category: 'activity', title: 'Other' }
  const both = [concern, other]
  const groups = [{ items: [concern] }, { items: [other] }]
  const summary = {
    problems: { active: groups, past: groups },
    medicines: { current: [], past: [] },
    contacts: both,
    here: both,
    episodes: both,
    referrals: both,
    plans: both,
    documents: both,
    recent: both,
    values: new Map(),
  } as unknown as Summary
  const words = JSON.stringify(onPaper(summary))
  expect(words).not.toContain('Concern')
  expect(words.split('Other').length - 1).toBe(9)
})
