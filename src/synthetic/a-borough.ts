import fc from 'fast-check'
import { drawGround } from './ground/draw.ts'
import { livesOf } from './lives/lives.ts'
import { type Day, dayFrom } from './lives/moment.ts'
import type { LifeStory } from './lives/story.ts'
import type { World } from './lives/world.ts'

/** A small made-up borough for tests: the same one every time. */
export function aBorough({
  people = 2000,
  seed = 'test',
  from = '2023-10-01',
  until = '2026-10-01',
}: {
  people?: number
  seed?: string
  from?: string
  until?: string
} = {}): World {
  return {
    seed,
    ground: drawGround({ people, seed }),
    window: { from: dayFrom(from), until: dayFrom(until) },
  }
}

/** Lives of some of its neighbourhoods, those present on a day only. */
export function livesIn(world: World, neighbourhoods: readonly number[], on?: Day): LifeStory[] {
  return neighbourhoods
    .flatMap((index) => [...livesOf(world, index)])
    .filter(({ resident: { present } }) => on === undefined || (present.from <= on && on < present.until))
}

const groundOfLaws = drawGround({ people: 6000, seed: '1' })

/** Calls `law` with every life of a neighbourhood, in so many worlds that differ by seed. */
export function ofEveryLife(worlds: number, law: (story: LifeStory, world: World) => void): void {
  const place = fc.record({
    seed: fc.string({ maxLength: 6 }),
    at: fc.nat({ max: groundOfLaws.neighbourhoods.length - 1 }),
  })
  fc.assert(
    fc.property(place, ({ seed, at }) => {
      const window = { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') }
      const world = { seed, ground: groundOfLaws, window }
      for (const story of livesOf(world, at)) law(story, world)
    }),
    { numRuns: worlds },
  )
}
