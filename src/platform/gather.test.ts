import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatherer } from './gather.ts'

test('whatever comes when, each gets its own answer, and rounds keep to one key, their size and their number', async () => {
  const asked = fc.array(
    fc.record({ key: fc.constantFrom('a', 'b', 'c'), wait: fc.nat(2), fails: fc.boolean() }),
    {
      maxLength: 40,
    },
  )
  await fc.assert(
    fc.asyncProperty(asked, async (requests) => {
      const going = new Map<string, number>()
      const ask = gatherer(
        async (items: { key: string; number: number; fails: boolean }[]) => {
          const keys = [...new Set(items.map((each) => each.key))]
          expect(keys).toHaveLength(1)
          const key = keys[0] ?? ''
          going.set(key, (going.get(key) ?? 0) + 1)
          expect(going.get(key)).toBeLessThanOrEqual(2)
          expect(items.length).toBeLessThanOrEqual(5)
          await turn()
          going.set(key, (going.get(key) ?? 0) - 1)
          return items.map(({ number, fails }) => (fails ? new Error(`${number}`) : number))
        },
        { rounds: 2, most: 5 },
      )
      const answers = requests.map(async ({ key, wait, fails }, number) => {
        for (let each = 0; each < wait; each++) await turn()
        return ask(key, { key, number, fails }).catch((problem: Error) => `failed ${problem.message}`)
      })
      expect(await Promise.all(answers)).toEqual(
        requests.map(({ fails }, number) => (fails ? `failed ${number}` : number)),
      )
    }),
    { numRuns: 60 },
  )
})

test('a round that throws fails all who waited for it, and the next goes on', async () => {
  let rounds = 0
  const ask = gatherer(async (items: number[]) => {
    rounds++
    if (rounds === 1) throw new Error('lost')
    return items
  })
  const first = await Promise.allSettled([ask('k', 1), ask('k', 2)])
  expect(first.map((each) => each.status)).toEqual(['rejected', 'rejected'])
  expect(await ask('k', 3)).toBe(3)
})
