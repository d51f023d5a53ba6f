import type { Resource } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBorough, livesIn } from '../a-borough.ts'
import { dayFrom } from '../lives/moment.ts'
import { thePlace } from '../the-place.ts'
import { retell } from './retell.ts'

const world = aBorough()
const stories = livesIn(world, [2, 3, 4], dayFrom('2025-06-01'))
const told = (story: (typeof stories)[number], day: number) =>
  retell(story, { seed: world.seed, place: thePlace, now: new Date((day + 0.5) * 86_400_000) }).flatMap(
    ({ source, bundle }) =>
      (bundle.entry ?? []).map(
        ({ resource }) =>
          [`${source} ${resource?.resourceType}/${resource?.id}`, resource as Resource] as const,
      ),
  )

describe('a life told again later', () => {
  const first = dayFrom('2024-01-01')
  const days = fc.integer({ min: 0, max: 1000 })

  it('has everything it had, under the same ids', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stories), days, days, (story, one, other) => {
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)]
        const now = new Set(told(story, first + later).map(([id]) => id))
        const missing = told(story, first + sooner).filter(([id]) => !now.has(id))
        expect(missing.map(([, resource]) => resource)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('says nothing of what is still to come', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stories), days, (story, day) => {
        const now = new Date((first + day + 0.5) * 86_400_000).toISOString()
        const moments = JSON.stringify(told(story, first + day)).match(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g) ?? []
        expect(
          moments.map((each) => each.slice(1, -1)).filter((each) => each.slice(0, 19) > now.slice(0, 19)),
        ).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
