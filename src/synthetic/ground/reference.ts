import { diceFor } from '../dice.ts'
import { postcodesFor, TOWNS } from '../people/towns.ts'
import { drawCareHomes } from './care-homes.ts'
import type { Ground, Neighbourhood, NeighbourhoodMix, Practice } from './ground.ts'
import { nearest, type Point, sharedOut } from './plane.ts'
import { type Folder, folderAt, outlinesIn, ReferenceFault, type Row, rowsOf } from './reference-files.ts'

/** Lower layer Super Output Areas in England in the Indices of Deprivation 2025. */
const RANKED = 33_755

/** Sums a long file (one line for each neighbourhood and group) by neighbourhood and group. */
function byGroup(rows: readonly Row[], column: string): Map<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>()
  for (const row of rows) {
    const code = row.text('lsoa21_code')
    const groups = found.get(code) ?? new Map<string, number>()
    found.set(code, groups)
    const group = row.text(column)
    groups.set(group, (groups.get(group) ?? 0) + row.number('n'))
  }
  return found
}

const shareOf = (groups: ReadonlyMap<string, number> | undefined, starts: string): number => {
  let [part, all] = [0, 0]
  for (const [name, count] of groups ?? []) {
    all += count
    if (name.startsWith(starts)) part += count
  }
  return all > 0 ? part / all : 0
}

const AGES = Array.from({ length: 91 }, (_, age) => (age < 90 ? String(age) : '90+'))

/** Single years of age by the areas of 2021: an area that was split gives each part its ages, areas that were merged are added. */
function agesIn(folder: Folder): Map<string, number[]> {
  const of2011 = new Map(
    rowsOf(folder, 'population/population20-lsoa11-single-year-persons').map((row) => [
      row.text('lsoa11_code'),
      row,
    ]),
  )
  const found = new Map<string, number[]>()
  for (const row of rowsOf(folder, 'boundaries/lookup-lsoa11-lsoa21')) {
    const then = of2011.get(row.text('lsoa11_code'))
    if (!then) continue
    const code = row.text('lsoa21_code')
    const sum = found.get(code)
    const ages = AGES.map((age) => then.number(age))
    found.set(code, sum ? sum.map((count, at) => count + (ages[at] ?? 0)) : ages)
  }
  return found
}

/** An area's name is its larger area's and a letter: Rotherham 032F lies in Rotherham 032. */
const areaName = (name: string) => name.replace(/[A-Z]$/, '')

function mixOf(
  ages: readonly number[],
  ethnicity: ReadonlyMap<string, number> | undefined,
  tenure: ReadonlyMap<string, number> | undefined,
): NeighbourhoodMix {
  const sum = (from: number, until: number) => ages.slice(from, until).reduce((a, b) => a + b, 0)
  return {
    under18: sum(0, 18) / sum(0, 91),
    over65: sum(65, 91) / sum(0, 91),
    asian: shareOf(ethnicity, 'Asian'),
    black: shareOf(ethnicity, 'Black'),
    mixed: shareOf(ethnicity, 'Mixed'),
    otherEthnic: shareOf(ethnicity, 'Other'),
    socialRent: shareOf(tenure, 'Social rented'),
    privateRent: shareOf(tenure, 'Private rented'),
  }
}

const middle = (outline: readonly Point[]): Point => {
  const mean = (axis: 0 | 1) => outline.reduce((sum, point) => sum + point[axis], 0) / outline.length
  return [mean(0), mean(1)]
}

function neighbourhoodsIn(folder: Folder, people: number, outlines: ReadonlyMap<string, readonly Point[]>) {
  const names = rowsOf(folder, 'boundaries/lookup-lsoa21-ward24')
  const areas = new Map(
    rowsOf(folder, 'boundaries/lookup-msoa11-msoa21').map((row) => [
      row.text('msoa21_name'),
      row.text('msoa21_code'),
    ]),
  )
  const deprivation = new Map(
    rowsOf(folder, 'deprivation/imd2025-lsoa21').map((row) => [row.text('lsoa21_code'), row]),
  )
  const ethnicity = byGroup(rowsOf(folder, 'population/census21-ethnicity-lsoa21'), 'ethnic_group')
  const tenure = byGroup(rowsOf(folder, 'population/census21-household-tenure-lsoa21'), 'tenure')
  const ages = agesIn(folder)
  const sorted = names.sort((a, b) => (a.text('lsoa21_code') < b.text('lsoa21_code') ? -1 : 1))
  const counted = sorted.map((row) =>
    [...(ethnicity.get(row.text('lsoa21_code'))?.values() ?? [])].reduce((a, b) => a + b, 0),
  )
  const counts = sharedOut(people, counted)
  const inTown = new Map<string, number>()
  return sorted.map((row, index): Neighbourhood => {
    const code = row.text('lsoa21_code')
    const name = row.text('lsoa21_name')
    const [ranked, outline, ofAge] = [deprivation.get(code), outlines.get(code), ages.get(code)]
    if (!ranked) throw new ReferenceFault('deprivation/imd2025-lsoa21-*.csv', `nothing about ${code}`)
    if (!outline) throw new ReferenceFault('boundaries/lsoa21-*.geojson', `no outline of ${code}`)
    if (!ofAge)
      throw new ReferenceFault(
        'population/population20-lsoa11-single-year-persons-*.csv',
        `no ages for ${code}`,
      )
    const centre = middle(outline.slice(1))
    const { town, locality } = nearest(centre, TOWNS)
    const nth = inTown.get(town) ?? 0
    inTown.set(town, nth + 1)
    return {
      code,
      name,
      area: areas.get(areaName(name)) ?? areaName(name),
      ward: row.text('ward24_name'),
      locality,
      decile: ranked.number('IMD_decile'),
      deprivation: 1 - (ranked.number('IMD_rank') - 0.5) / RANKED,
      people: counts[index] ?? 0,
      centre,
      town,
      postcodes: postcodesFor(town, nth),
      mix: mixOf(ofAge, ethnicity.get(code), tenure.get(code)),
      ages: ofAge,
    }
  })
}

/** Practices with a list, and the network each is in now: the one whose membership has no end. */
function practicesIn(folder: Folder): Practice[] {
  const networks = new Map<string, string>()
  for (const row of rowsOf(folder, 'primary-care/epcn-pcn-core-partner-details')) {
    const code = row.text('Partner Organisation Code')
    const hasEnded = row.text('Practice to PCN Relationship End Date') !== ''
    if (!hasEnded || !networks.has(code)) networks.set(code, row.text('PCN Name'))
  }
  const rows = rowsOf(folder, 'primary-care/icb-allocation-practices')
  const mean = rows.reduce((sum, row) => sum + row.number('Population'), 0) / rows.length
  return rows.map((row) => ({
    code: row.text('Practice_Code'),
    name: row.text('GP_Practice_Name'),
    network: networks.get(row.text('Practice_Code')) ?? 'No network',
    centre: [row.number('Longitude'), row.number('Latitude')],
    weight: row.number('Population') / mean,
  }))
}

/**
 * Ground read from a place's own published files: real areas and practices, on which invented people live. Care homes are invented.
 * Which files it needs: docs/synthetic-reference.md.
 * @throws ReferenceFault that names file, line and column, where one is missing or broken
 */
export function readGround(dir: string, { people, seed }: { people: number; seed: string }): Ground {
  const folder = folderAt(dir)
  const outlines = outlinesIn(folder)
  const neighbourhoods = neighbourhoodsIn(folder, people, outlines)
  return {
    neighbourhoods,
    practices: practicesIn(folder),
    careHomes: drawCareHomes(neighbourhoods, diceFor(`${seed}/care-homes`)),
    origin: 'reference',
    outlines,
  }
}
