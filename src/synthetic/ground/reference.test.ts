import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readGround } from './reference.ts'

/** Published files of a real place, kept beside the project and not in it. */
const real = resolve(import.meta.dirname, '../../../../shared/data/rotherham')
const settings = { people: 267_000, seed: '1' }

describe.skipIf(!existsSync(real))('ground read from the files of a real place', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'reference-'))
    for (const folder of ['boundaries', 'deprivation', 'population', 'primary-care'])
      cpSync(join(real, folder), join(dir, folder), { recursive: true })
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  /** Changes the text of the one file of a folder that is called so. */
  const change = (folder: string, name: string, how: (text: string) => string) => {
    const file = readdirSync(join(dir, folder)).find((each) => each === name)
    if (!file) throw new Error(`No ${name}`)
    const path = join(dir, folder, file)
    writeFileSync(path, how(readFileSync(path, 'utf8')))
  }

  test('has the areas, wards, deciles and practices of the files', () => {
    const ground = readGround(dir, settings)
    expect(ground.origin).toBe('reference')
    expect(ground.neighbourhoods).toHaveLength(170)
    expect(ground.neighbourhoods.reduce((sum, { people }) => sum + people, 0)).toBe(267_000)
    expect(ground.neighbourhoods.filter(({ decile }) => decile === 1)).toHaveLength(36)
    expect(new Set(ground.neighbourhoods.map(({ ward }) => ward)).size).toBe(25)
    expect(ground.neighbourhoods.every(({ area }) => area.startsWith('E02'))).toBe(true)
    expect(ground.neighbourhoods.every(({ code }) => (ground.outlines.get(code)?.length ?? 0) > 3)).toBe(true)
    expect(ground.practices).toHaveLength(28)
    expect(new Set(ground.practices.map(({ network }) => network)).size).toBe(6)
    for (const { deprivation, decile } of ground.neighbourhoods)
      expect(Math.floor((1 - deprivation) * 10) + 1).toBe(decile)
  })

  test.each([
    [
      'a missing file',
      () => rmSync(join(dir, 'population/census21-ethnicity-lsoa21-rotherham.csv')),
      'population/census21-ethnicity-lsoa21-rotherham.csv: missing',
    ],
    [
      'a missing column',
      () =>
        change('deprivation', 'imd2025-lsoa21-rotherham.csv', (text) => text.replace('"IMD_rank"', '"Rank"')),
      'deprivation/imd2025-lsoa21-rotherham.csv, line 1, column "IMD_rank": no such column',
    ],
    [
      'a value that is no number',
      () =>
        change('population', 'census21-household-tenure-lsoa21-rotherham.csv', (text) =>
          text.replace(',307,', ',many,'),
        ),
      'population/census21-household-tenure-lsoa21-rotherham.csv, line 2, column "n": "many" is not a number',
    ],
    [
      'an outline that is none',
      () => change('boundaries', 'lsoa21-rotherham.geojson', (text) => text.replace('MultiPolygon', 'Point')),
      'boundaries/lsoa21-rotherham.geojson: features.0.geometry',
    ],
    [
      'a file that is cut off',
      () => change('boundaries', 'lsoa21-rotherham.geojson', (text) => text.slice(0, 5000)),
      'boundaries/lsoa21-rotherham.geojson: not JSON',
    ],
  ])('names what is wrong: %s', (_what, spoil, says) => {
    spoil()
    expect(() => readGround(dir, settings)).toThrow(says)
  })
})

test('says which file tells the place, where a folder has none', () => {
  expect(() => readGround(tmpdir(), settings)).toThrow(
    'boundaries/lookup-lsoa21-ward24-<place>.csv: missing in',
  )
})
