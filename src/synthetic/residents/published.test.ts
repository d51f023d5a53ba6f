import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { drawGround } from '../ground/draw.ts'
import { readGround } from '../ground/reference.ts'
import { ageOn, dayFrom } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'
import { firstLivedIn, householdOn, livesAloneOn, type Resident } from './resident.ts'
import { householdsOf } from './settle.ts'

/** Published files of a real place, kept beside the project and not in it. */
const real = resolve(import.meta.dirname, '../../../../shared/data/rotherham')
const PEOPLE = 30_000
const window = { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') }

const read = (file: string): Record<string, string>[] =>
  parse(readFileSync(resolve(real, 'population', file), 'utf8'), { columns: true })

/** Everyone who is there on the first day. */
function peopleOf(world: World): Resident[] {
  return world.ground.neighbourhoods.flatMap((_, index) =>
    [...householdsOf(world, index)]
      .flatMap(firstLivedIn)
      .filter(({ arrived }) => arrived === 'here at the start'),
  )
}

const share = <T>(of: readonly T[], is: (each: T) => boolean) => of.filter(is).length / of.length

describe.skipIf(!existsSync(real)).each([
  ['drawn', () => drawGround({ people: PEOPLE, seed: '1' })],
  ['read from files', () => readGround(real, { people: PEOPLE, seed: '1' })],
])('people on ground that is %s, beside what is published of Rotherham', (_origin, groundOf) => {
  const world: World = existsSync(real)
    ? { seed: '1', ground: groundOf(), window }
    : { seed: '1', ground: drawGround({ people: 200, seed: '1' }), window }
  const people = peopleOf(world)
  const doors = [...new Set(people.map((person) => householdOn(person, window.from)))].filter(
    ({ careHome }) => careHome === undefined,
  )

  test('have its ages, in bands of five years, within six in a thousand', () => {
    const [published] = read('population20-ltla21-single-year-persons-south-yorkshire.csv').filter(
      (row) => row['ltla21_name'] === 'Rotherham',
    )
    const ages = people.map(({ born }) => ageOn(born, window.from))
    for (let band = 0; band < 90; band += 5) {
      const counts = [0, 1, 2, 3, 4].map((add) => Number(published?.[String(band + add)]))
      const theirs = counts.reduce((a, b) => a + b, 0) / Number(published?.['total_population'])
      expect(Math.abs(share(ages, (age) => age >= band && age < band + 5) - theirs)).toBeLessThan(0.006)
    }
  })

  test('live by half alone from 75, and by thirty in a hundred households alone in all', () => {
    const old = people.filter(({ born }) => ageOn(born, window.from) >= 75)
    const alone = share(old, (person) => livesAloneOn(person, window.from))
    expect(alone).toBeGreaterThan(0.46)
    expect(alone).toBeLessThan(0.54)
    const single = share(
      doors,
      ({ members }) => members.filter(({ arrived }) => arrived === 'here at the start').length === 1,
    )
    expect(single).toBeGreaterThan(0.28)
    expect(single).toBeLessThan(0.34)
  })

  test('rent and own as its households do', () => {
    const rows = read('census21-household-tenure-lsoa21-rotherham.csv')
    const sum = (starts: string) =>
      rows.reduce((all, row) => all + (row['tenure']?.startsWith(starts) ? Number(row['n']) : 0), 0)
    for (const [ours, theirs] of [
      ['social rent', 'Social rented'],
      ['private rent', 'Private rented'],
    ] as const)
      expect(Math.abs(share(doors, ({ tenure }) => tenure === ours) - sum(theirs) / sum(''))).toBeLessThan(
        0.025,
      )
  })

  test('are of its communities', () => {
    const rows = read('census21-ethnicity-lsoa21-rotherham.csv')
    const sum = (starts: string) =>
      rows.reduce((all, row) => all + (row['ethnic_group']?.startsWith(starts) ? Number(row['n']) : 0), 0)
    for (const [letters, theirs] of [
      ['HJKLR', 'Asian'],
      ['MNP', 'Black'],
      ['DEFG', 'Mixed'],
      ['ABC', 'White'],
    ] as const) {
      const ours = share(people, ({ ethnicity }) => letters.includes(ethnicity))
      expect(Math.abs(ours - sum(theirs) / sum(''))).toBeLessThan(0.013)
    }
  })

  test('live in its deprivation: about 22 in 100 in the most deprived tenth, 36 in the fifth', () => {
    const within = (decile: number) =>
      share(people, (person) => householdOn(person, window.from).neighbourhood.decile <= decile)
    expect(Math.abs(within(1) - 0.22)).toBeLessThan(0.012)
    expect(Math.abs(within(2) - 0.36)).toBeLessThan(0.015)
  })

  test('have poorer neighbours who are younger, as its neighbourhoods have', () => {
    const young = (from: number, until: number) =>
      share(
        people.filter((person) => {
          const { decile } = householdOn(person, window.from).neighbourhood
          return decile >= from && decile <= until
        }),
        ({ born }) => ageOn(born, window.from) < 18,
      )
    expect(young(1, 2) - young(6, 10)).toBeGreaterThan(0.03)
  })
})
