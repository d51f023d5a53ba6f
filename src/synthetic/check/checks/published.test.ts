import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CHECKS } from './all.ts'
import { COUNTED, rotherham, shared } from './published.ts'

interface Fact {
  fact: string
  value: number | string
  unit: string
  section: string
}

const percentIn = (words: string) => Number(/([\d.]+)%/.exec(words)?.[1])

/** What a fact that is no plain number says of a check's target; nothing, where it only says what is so. */
const WORDS: Readonly<Record<string, (fact: Fact) => number | undefined>> = {
  'under-18': ({ unit }) => percentIn(unit),
  'alone-75': ({ value }) => (value === 'half' ? 50 : undefined),
  autism: ({ value }) => (value === '1 in 100' ? 1 : undefined),
  appointments: ({ value }) => Number.parseFloat(String(value)) * 1_000_000,
  'life-expectancy-men': ({ value }) => 78.9 - Number(value),
  'life-expectancy-women': ({ value }) => 82.8 - Number(value),
  'two-hours': ({ unit }) => percentIn(unit),
  'category-2': ({ value }) => Number(/(\d+) minutes/.exec(String(value))?.[1]),
}
const SAID_ONLY: Readonly<Record<string, string>> = {
  'crisis-at-night': '11pm-7am',
  'centre-night': '24/7, 365',
}

/** A target is the figure as somebody rounds it. */
const rounded = (target: number) => Math.max(0.006, 0.012 * Math.abs(target))

test('there are at least a hundred checks, each with a name of its own', () => {
  expect(CHECKS.length).toBeGreaterThanOrEqual(100)
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length)
  for (const { because, source, words } of CHECKS) expect([because, source, words]).not.toContain('')
})

describe.skipIf(!existsSync(rotherham))('a target is what is published', () => {
  const facts = (): Fact[] => JSON.parse(readFileSync(join(shared, 'facts/facts.json'), 'utf8'))

  test.each(CHECKS.flatMap((check) => (check.fact ? [[check.id, check, check.fact] as const] : [])))(
    'in the list of facts: %s',
    (id, { target }, { words, section }) => {
      const fact = facts().find((each) => each.fact.startsWith(words) && each.section.includes(section))
      if (fact === undefined) throw new Error(`No fact says “${words}”`)
      if (id in SAID_ONLY) expect(fact.value).toBe(SAID_ONLY[id])
      else expect(Math.abs((WORDS[id]?.(fact) ?? Number(fact.value)) - target)).toBeLessThan(0.001)
    },
  )

  test.each(CHECKS.flatMap((check) => (check.file ? [[check.id, check, check.file] as const] : [])))(
    'in a file of the place: %s',
    (id, { target }, file) => {
      expect(existsSync(join(rotherham, file))).toBe(true)
      expect(Math.abs((COUNTED[id]?.() ?? Number.NaN) - target)).toBeLessThan(rounded(target))
    },
  )
})
