import { describe, expect, it } from 'vitest'
import { drawGround } from '../ground/draw.ts'
import { leftAloneOn } from '../residents/resident.ts'
import { livesOf } from './lives.ts'
import { dayFrom } from './moment.ts'
import type { World } from './world.ts'

const world = (): World => ({
  seed: '1',
  ground: drawGround({ people: 5000, seed: '1' }),
  window: { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') },
})

describe('the lives of a neighbourhood', () => {
  it('are the same whenever they are told, and in whatever order', () => {
    const first = [...livesOf(world(), 3)]
    const other = world()
    for (const _ of livesOf(other, 4));
    expect([...livesOf(other, 3)]).toEqual(first)
  })

  it('leave no child with nobody grown up', () => {
    const places = [0, 5, 9, 40, 77].flatMap((index) => [...livesOf(world(), index)])
    expect(places.flatMap(({ resident }) => leftAloneOn(resident) ?? [])).toEqual([])
  })

  it('happen while people are there, in order of time and after their causes', () => {
    for (const { resident, happenings } of livesOf(world(), 5)) {
      let before = 0
      for (const happening of happenings) {
        const day = Math.floor(happening.at / 1440)
        expect(day).toBeGreaterThanOrEqual(resident.present.from)
        expect(day).toBeLessThan(resident.present.until)
        expect(happening.at).toBeGreaterThanOrEqual(before)
        expect(happening.because?.at ?? 0).toBeLessThanOrEqual(happening.at)
        before = happening.at
      }
    }
  })
})
