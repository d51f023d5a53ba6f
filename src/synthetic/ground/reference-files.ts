import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Point } from './plane.ts'

/** A row of a file that can say where it stands, so that what is wrong with it can be found. */
export interface Row {
  text(column: string): string
  number(column: string): number
}

/** What cannot be used of a place's own files: the file, and where known the line and the column. */
export class ReferenceFault extends Error {
  constructor(file: string, problem: string, line?: number, column?: string) {
    const where = [file, line && `line ${line}`, column && `column "${column}"`].filter(Boolean).join(', ')
    super(`${where}: ${problem}`)
    this.name = 'ReferenceFault'
  }
}

/** A place's folder, and how the place is called at the end of each file's name: lsoa21-rotherham.geojson. */
export interface Folder {
  dir: string
  place: string
}

const WARDS = /^lookup-lsoa21-ward24-(.+)\.csv$/

/** The file that says which neighbourhoods there are tells what the place is called. */
export function folderAt(dir: string): Folder {
  const within = join(dir, 'boundaries')
  const names = existsSync(within) ? readdirSync(within).sort() : []
  const place = names.map((name) => WARDS.exec(name)?.[1]).find((found) => found !== undefined)
  if (place === undefined)
    throw new ReferenceFault('boundaries/lookup-lsoa21-ward24-<place>.csv', `missing in ${dir}`)
  return { dir, place }
}

/** The file whose name begins and ends so, whatever stands between; of several the one with the shortest name. */
function fileIn({ dir, place }: Folder, start: string, type: string): { file: string; text: string } {
  const folder = dirname(start)
  const ending = `-${place}.${type}`
  const names = existsSync(join(dir, folder)) ? readdirSync(join(dir, folder)) : []
  const [name] = names
    .map((each) => `${folder}/${each}`)
    .filter((each) => each.startsWith(start) && each.endsWith(ending))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  if (name === undefined) throw new ReferenceFault(`${start}${ending}`, `missing in ${dir}`)
  return { file: name, text: readFileSync(join(dir, name), 'utf8') }
}

interface Line {
  record: string[]
  info: { lines: number }
}

function linesOf(file: string, text: string): Line[] {
  const options = { info: true, bom: true, relax_column_count: true, skip_empty_lines: true } as const
  try {
    // With `info` each line is handed over with its number, which the types of the parser do not say.
    return parse(text, options) as unknown as Line[]
  } catch (problem) {
    throw new ReferenceFault(file, `not CSV: ${String(problem)}`)
  }
}

/** The rows of a CSV file, each column looked for by its name (line breaks within names count as spaces). */
export function rowsOf(folder: Folder, start: string): Row[] {
  const { file, text: whole } = fileIn(folder, start, 'csv')
  const records = linesOf(file, whole)
  const [header, ...rest] = records
  const columns = new Map(header?.record.map((name, at) => [name.replace(/\s+/g, ' ').trim(), at]))
  return rest.map(({ record, info }) => {
    const text = (column: string): string => {
      const at = columns.get(column)
      if (at === undefined) throw new ReferenceFault(file, 'no such column', header?.info.lines ?? 1, column)
      const found = record[at]
      if (found === undefined) throw new ReferenceFault(file, 'the line is too short', info.lines, column)
      return found
    }
    return {
      text,
      number: (column) => {
        const said = text(column)
        const number = Number(said)
        if (said.trim() === '' || !Number.isFinite(number))
          throw new ReferenceFault(file, `"${said}" is not a number`, info.lines, column)
        return number
      },
    }
  })
}

const position = z.tuple([z.number(), z.number()])
const ring = z.array(position).min(4)
const outlines = z.object({
  features: z.array(
    z.object({
      properties: z.object({ lsoa21_code: z.string() }),
      geometry: z.union([
        z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
      ]),
    }),
  ),
})

/** The outer ring of each neighbourhood, of its largest part where it has several. */
export function outlinesIn(folder: Folder): Map<string, readonly Point[]> {
  const { file, text } = fileIn(folder, 'boundaries/lsoa21', 'geojson')
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (problem) {
    throw new ReferenceFault(file, `not JSON: ${String(problem)}`)
  }
  const checked = outlines.safeParse(read)
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw new ReferenceFault(file, `${issue?.path.join('.')}: ${issue?.message}`)
  }
  return new Map(
    checked.data.features.map(({ properties, geometry }) => {
      const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
      const rings = parts.map(([outer]) => outer ?? [])
      rings.sort((a, b) => b.length - a.length)
      return [properties.lsoa21_code, rings[0] ?? []]
    }),
  )
}
