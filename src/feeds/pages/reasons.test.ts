import { expect, test } from 'vitest'
import { allReasons } from '../hl7/acknowledgement.ts'
import { guides, guideTo } from './reasons.ts'

test.each(allReasons)('“%s” says what it means and what to do', (reason) => {
  const guide = guides[reason]
  expect(guide.name).toMatch(/^[A-Z]/)
  expect(guide.means).toMatch(/\.$/)
  expect(guide.steps.length).toBeGreaterThanOrEqual(2)
  for (const step of guide.steps) expect(step).toMatch(/^[A-Z].*\.$/)
  expect(guide.usually).not.toBe('')
})

test('there is no guide to a reason that the engine does not give, and no two share a name', () => {
  expect(Object.keys(guides).sort()).toEqual([...allReasons].sort())
  expect(new Set(Object.values(guides).map((guide) => guide.name)).size).toBe(allReasons.length)
})

test.each([null, 'a reason of an older version'])('%s is told like what could not be kept', (reason) => {
  expect(guideTo(reason)).toBe(guides['not kept'])
})
