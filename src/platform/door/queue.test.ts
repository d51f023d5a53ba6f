import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Arriving, type Over, openQueue } from './queue.ts'

const page = (from: string): Arriving => ({ lane: 'people', from, work: 'page' })
const write = (from: string): Arriving => ({ lane: 'systems', from, work: 'write' })

/** A queue in a world of its own, in which all that is in work is served in equal slices and a page or a write takes so long. */
function world(takes: Record<string, number>) {
  let now = 0
  const queue = openQueue(() => now)
  const inWork: { from: string; left: number; began: number; over: Over }[] = []
  const done: { from: string; waited: number }[] = []
  const refused: string[] = []
  const arrive = async (arriving: Arriving) => {
    const came = now
    if (queue.isFull(arriving)) return void refused.push(arriving.from)
    const over = await queue.enter(arriving)
    if (!over) return void refused.push(arriving.from)
    inWork.push({ from: arriving.from, left: takes[arriving.work] ?? 1, began: came, over })
  }
  /** Serves for some milliseconds. */
  const serve = async (milliseconds: number) => {
    for (const ends = now + milliseconds; now < ends; ) {
      await new Promise((turn) => setImmediate(turn))
      now += 1
      const share = 1 / Math.max(1, inWork.length)
      for (const each of [...inWork]) {
        each.left -= share
        if (each.left > 0) continue
        inWork.splice(inWork.indexOf(each), 1)
        each.over(true)
        done.push({ from: each.from, waited: now - each.began })
      }
    }
  }
  return { arrive, serve, done, refused, now: () => now }
}

/** Rates are a second; the world serves a thousand milliseconds of work in one. */
async function run(takes: Record<string, number>, rates: [Arriving, number][], seconds: number) {
  const place = world(takes)
  const due = rates.map(() => 0)
  for (let tick = 0; tick < seconds * 200; tick++) {
    for (const [index, [arriving, rate]] of rates.entries()) {
      due[index] = (due[index] ?? 0) + rate / 200
      while ((due[index] ?? 0) >= 1) {
        due[index] = (due[index] ?? 0) - 1
        void place.arrive(arriving)
      }
    }
    await place.serve(5)
  }
  return place
}

describe('the queue at the door', () => {
  it('lets everybody through while there is time for them', async () => {
    const place = await run({ page: 5 }, [[page('nurse'), 100]], 3)
    expect(place.refused).toEqual([])
    expect(Math.max(...place.done.map(({ waited }) => waited))).toBeLessThan(100)
  })

  it('at ten times what can be done does as much as ever, turns the rest away and keeps nobody for a second', async () => {
    const place = await run({ page: 5 }, [[page('everybody'), 2000]], 4)
    expect(place.done.length / 4).toBeGreaterThan(180)
    expect(place.refused.length).toBeGreaterThan(6000)
    const waits = place.done.map(({ waited }) => waited).sort((one, other) => one - other)
    expect(waits[Math.floor(waits.length * 0.99)]).toBeLessThan(1000)
  })

  it('is itself again as soon as they have gone', async () => {
    const place = await run({ page: 5 }, [[page('everybody'), 2000]], 2)
    await place.serve(1000)
    const before = place.done.length
    void place.arrive(page('late'))
    await place.serve(20)
    expect(place.done.slice(before)).toEqual([{ from: 'late', waited: expect.any(Number) }])
    expect(place.done.at(-1)?.waited).toBeLessThan(20)
  })

  it('does not let one greedy system shut out another, nor a nurse', async () => {
    const place = await run(
      { page: 5, write: 5 },
      [
        [write('greedy'), 2000],
        [write('modest'), 20],
        [page('nurse'), 20],
      ],
      4,
    )
    const refusedOf = (who: string) => place.refused.filter((from) => from === who).length
    expect(refusedOf('greedy')).toBeGreaterThan(5000)
    expect(refusedOf('modest')).toBe(0)
    expect(refusedOf('nurse')).toBe(0)
    const waits = place.done.filter(({ from }) => from === 'nurse').map(({ waited }) => waited)
    expect(Math.max(...waits)).toBeLessThan(600)
  })

  it('does not let whoever has not signed in shut out a nurse, whether there are many or what they do never ends', async () => {
    const stranger: Arriving = { lane: 'strangers', from: '', work: 'sign in' }
    for (const takes of [5, Number.POSITIVE_INFINITY]) {
      const place = await run(
        { page: 5, 'sign in': takes },
        [
          [stranger, 2000],
          [page('nurse'), 5],
        ],
        4,
      )
      expect(place.refused).not.toContain('nurse')
      expect(place.done.filter(({ from }) => from === 'nurse').length).toBeGreaterThan(15)
      expect(place.refused.length).toBeGreaterThan(5000)
    }
  })

  it('serves people before systems, and systems still', async () => {
    const place = await run(
      { page: 5, write: 5 },
      [
        [page('ward'), 1000],
        [write('feed'), 1000],
      ],
      4,
    )
    const doneOf = (who: string) => place.done.filter(({ from }) => from === who).length
    expect(doneOf('ward')).toBeGreaterThan(doneOf('feed') * 3)
    expect(doneOf('feed')).toBeGreaterThan(20)
  })

  it('in any order of coming, leaving and failing loses nobody: each is served or told no', async () => {
    const coming = fc.record({
      lane: fc.constantFrom<Arriving['lane']>('people', 'systems'),
      from: fc.constantFrom('a', 'b', 'c'),
      work: fc.constantFrom('short', 'long'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(coming, fc.nat(30)), { maxLength: 200 }), async (all) => {
        const place = world({ short: 1, long: 40 })
        for (const [arriving, pause] of all) {
          void place.arrive(arriving)
          await place.serve(pause)
        }
        await place.serve(10_000)
        expect(place.done.length + place.refused.length).toBe(all.length)
      }),
      { numRuns: 20 },
    )
  })
})
