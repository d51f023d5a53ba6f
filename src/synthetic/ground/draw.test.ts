import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawGround } from './draw.ts'
import type { Ground } from './ground.ts'
import { kilometres } from './plane.ts'
import { catchments } from './practices.ts'

const borough = drawGround({ people: 267_000, seed: '1' })

const shareOfPeople = ({ neighbourhoods }: Ground, upTo: number) =>
  neighbourhoods.reduce((sum, each) => sum + (each.decile <= upTo ? each.people : 0), 0) /
  neighbourhoods.reduce((sum, each) => sum + each.people, 0)

describe('ground drawn by chance', () => {
  test('holds all its people, whatever their number, in 170 neighbourhoods', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300_000 }), fc.string({ maxLength: 5 }), (people, seed) => {
        const { neighbourhoods } = drawGround({ people, seed })
        expect(neighbourhoods).toHaveLength(170)
        expect(neighbourhoods.reduce((sum, each) => sum + each.people, 0)).toBe(people)
        expect(new Set(neighbourhoods.map(({ code }) => code)).size).toBe(170)
        for (const { mix, deprivation, decile } of neighbourhoods) {
          expect(Math.floor((1 - deprivation) * 10) + 1).toBe(decile)
          for (const share of Object.values(mix)) expect(share).toBeGreaterThan(0)
          expect(mix.socialRent + mix.privateRent).toBeLessThan(1)
        }
      }),
      { numRuns: 15 },
    )
  })

  test.each(['1', '2', 'another'])('has the deprivation that the place plan gives, seed %s', (seed) => {
    const ground = drawGround({ people: 267_000, seed })
    const most = ground.neighbourhoods.filter(({ decile }) => decile === 1).length / 170
    expect(most).toBeCloseTo(0.22, 2)
    expect(shareOfPeople(ground, 2)).toBeGreaterThan(0.345)
    expect(shareOfPeople(ground, 2)).toBeLessThan(0.375)
    expect(ground.neighbourhoods.filter(({ decile }) => decile === 10)).toEqual([])
  })

  test.each(['1', '2', 'another'])('puts poor neighbourhoods beside poor ones, seed %s', (seed) => {
    const { neighbourhoods } = drawGround({ people: 267_000, seed })
    const apart = (pairs: [number, number][]) =>
      pairs.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0) / pairs.length
    const beside: [number, number][] = []
    const anywhere: [number, number][] = []
    for (const one of neighbourhoods)
      for (const other of neighbourhoods) {
        if (one.code >= other.code) continue
        anywhere.push([one.decile, other.decile])
        if (kilometres(one.centre, other.centre) < 1.7) beside.push([one.decile, other.decile])
      }
    expect(apart(beside)).toBeLessThan(apart(anywhere) * 0.7)
  })

  test('has outlines that tile: each side is shared with a neighbour, or is the border', () => {
    const sides = new Map<string, number>()
    for (const outline of borough.outlines.values()) {
      expect(outline.at(0)).toEqual(outline.at(-1))
      for (let at = 1; at < outline.length; at++) {
        const side = [String(outline[at - 1]), String(outline[at])].sort().join(' ')
        sides.set(side, (sides.get(side) ?? 0) + 1)
      }
    }
    const counts = [...sides.values()]
    expect(counts.every((count) => count <= 2)).toBe(true)
    expect(counts.filter((count) => count === 2).length).toBeGreaterThan(counts.length * 0.75)
  })

  test('has three localities, 25 wards, 33 areas, six networks, and postcodes of its own in each neighbourhood', () => {
    const { neighbourhoods, practices } = borough
    const different = (values: string[]) => new Set(values).size
    expect(different(neighbourhoods.map(({ locality }) => locality))).toBe(3)
    expect(different(neighbourhoods.map(({ ward }) => ward))).toBe(25)
    expect(different(neighbourhoods.map(({ area }) => area))).toBe(33)
    expect(different(practices.map(({ network }) => network))).toBe(6)
    const postcodes = neighbourhoods.flatMap((each) => each.postcodes)
    expect(different(postcodes)).toBe(postcodes.length)
    for (const postcode of postcodes) expect(postcode).toMatch(/^S\d\d 9[XYZ][A-Z]$/)
  })

  test('calls the first practices and care homes what the first place calls them', () => {
    const file = resolve(import.meta.dirname, '../../../places/rotherham/organisations.json')
    const known = JSON.parse(readFileSync(file, 'utf8')) as { code: string; name: string; kind: string }[]
    const small = drawGround({ people: 2000, seed: '1' })
    const ours = [
      ...small.practices.map(({ code, name }) => ({ code, name, kind: 'general-practice' })),
      ...small.careHomes.map(({ id, name }) => ({ code: id, name, kind: 'care-home' })),
    ]
    const theirs = known.filter(({ kind }) => kind === 'general-practice' || kind === 'care-home')
    expect(ours).toEqual(theirs.map(({ code, name, kind }) => ({ code, name, kind })))
  })

  test('has beds for about 1,500 people in care homes, and some to spare', () => {
    const beds = borough.careHomes.reduce((sum, home) => sum + home.beds, 0)
    expect(beds).toBeGreaterThan(1550)
    expect(beds).toBeLessThan(1900)
    const names = borough.careHomes.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('gives each practice a list as long as its weight, from nearby first', () => {
    const { neighbourhoods, practices } = borough
    const lists = practices.map(() => 0)
    let near = 0
    catchments(neighbourhoods, practices).forEach((totals, index) => {
      totals.forEach((total, at) => {
        const people = (total - (totals[at - 1] ?? 0)) * (neighbourhoods[index]?.people ?? 0)
        lists[at] = (lists[at] ?? 0) + people
        const [here, there] = [neighbourhoods[index]?.centre, practices[at]?.centre]
        if (here && there && kilometres(here, there) < 4) near += people
      })
    })
    const weights = practices.reduce((sum, { weight }) => sum + weight, 0)
    practices.forEach(({ weight }, at) => {
      expect((lists[at] ?? 0) / 267_000).toBeCloseTo(weight / weights, 2)
    })
    expect(near / 267_000).toBeGreaterThan(0.75)
  })
})
