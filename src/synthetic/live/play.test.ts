import { describe, expect, it } from 'vitest'
import { aBorough, livesIn } from '../a-borough.ts'
import { instantOf, momentOf } from '../retold/instant.ts'
import { thePlace } from '../the-place.ts'
import { hastened, paceFrom } from './hasten.ts'
import type { Update } from './news.ts'
import { livingPlace, type Stage } from './play.ts'

const world = aBorough()
const start = new Date('2026-03-01T09:00:00Z')
const from = momentOf(start)
const stories = livesIn(world, [10, 11, 12, 13])

function listening() {
  const heard = { line: [] as string[], updates: [] as Update[], files: [] as string[] }
  const stage: Stage = {
    line: async (text) => {
      heard.line.push(text)
      return 'MSH|^~\\&\rMSA|AA|1\r'
    },
    transact: async (update) => {
      heard.updates.push(update)
      return undefined
    },
    drop: async ({ name }) => {
      heard.files.push(name)
    },
  }
  return { heard, stage }
}

async function play(steps: readonly number[], speed = 1) {
  const { heard, stage } = listening()
  const living = livingPlace({ stories, seed: world.seed, place: thePlace, start, speed })
  for (const minutes of steps) await living.until(from + minutes, stage)
  return heard
}

describe('a living place', () => {
  it('says the same in one step as in many, and nothing twice', async () => {
    const day = 1440
    const once = await play([90 * day])
    const often = await play(Array.from({ length: 90 }, (_, nth) => (nth + 1) * day))
    expect(often.line).toEqual(once.line)
    const last = ({ updates }: typeof once) => {
      const found = new Map<string, string>()
      for (const { source, entry } of updates)
        for (const { resource } of entry)
          found.set(`${source} ${resource?.resourceType}/${resource?.id}`, JSON.stringify(resource))
      return [...found].sort()
    }
    expect(last(often)).toEqual(last(once))
    expect(new Set(often.line).size).toBe(often.line.length)
  })

  it('speaks of the same visits and writes under the same ids at whatever pace it is played', async () => {
    const [slow, quick] = [await play([60 * 1440]), await play([1440], 60)]
    const visits = (heard: typeof slow) =>
      new Set(heard.line.flatMap((text) => /\bV\d+(?=[|\r])/.exec(text)?.[0] ?? []))
    expect(visits(quick).size).toBeGreaterThan(0)
    expect([...visits(quick)].filter((visit) => !visits(slow).has(visit))).toEqual([])
    const ids = ({ updates }: typeof slow) =>
      updates.flatMap(({ source, entry }) =>
        entry.flatMap(({ resource }) =>
          resource?.resourceType === 'Encounter' ? `${source} ${resource.id}` : [],
        ),
      )
    expect(ids(quick).length).toBeGreaterThan(0)
    expect(ids(quick).filter((id) => !new Set(ids(slow)).has(id))).toEqual([])
  })

  it('plays quicker, and still never of the future', async () => {
    const heard = await play([3 * 1440], 30)
    expect(heard.line.length).toBeGreaterThan(0)
    const now = instantOf(from + 3 * 1440)
    const moments = JSON.stringify(heard.updates).match(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g) ?? []
    expect(
      moments.map((each) => each.slice(1, -1)).filter((each) => each.slice(0, 19) > now.slice(0, 19)),
    ).toEqual([])
  })
})

describe('hastened lives', () => {
  const pace = paceFrom(from, 60)
  it('leave the past alone and keep the order of what follows', () => {
    for (const story of stories) {
      const quick = hastened(story, pace).happenings
      for (const [at, happening] of quick.entries()) {
        const slow = story.happenings[at]
        if (slow && slow.at <= from) expect(happening.at).toBe(slow.at)
        expect(happening.at).toBeGreaterThanOrEqual(quick[at - 1]?.at ?? 0)
        if (happening.because) expect(quick).toContain(happening.because)
      }
    }
  })
})
