import { rmSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { allExtracts } from '../../datasets/index.ts'
import type { Ground } from '../ground/ground.ts'
import { isoDay, type Span } from '../lives/moment.ts'
import type { World } from '../lives/world.ts'
import { inOrder } from './in-order.ts'
import { writeParquet } from './parquet.ts'
import { referenceRows } from './reference.ts'
import { SheetFile, sha256Of, type WrittenFile } from './sheet-files.ts'

export type Format = 'csv' | 'parquet' | 'both'

export interface PlaceOrder {
  seed: string
  ground: Ground
  /** How many people were asked for on the first day. */
  people: number
  window: Span
  out: string
  format: Format
  workers: number
  /** Writes the same people's records into a folder beneath, where they are wanted. */
  record?: (folder: string, world: World) => Promise<readonly WrittenFile[]>
}

export interface Progress {
  neighbourhoods: number
  of: number
  people: number
  days: number
  rows: number
}

export const STATEMENT =
  'These people are invented. Nobody in these files lives or has lived; their NHS numbers are from the range 999, which is given to no one.'

/** A folder may be written anew only if it is empty or holds an earlier place. */
export async function isFree(out: string): Promise<boolean> {
  const there = await readdir(out).catch((problem: NodeJS.ErrnoException) => {
    if (problem.code === 'ENOENT') return []
    throw problem
  })
  if (there.length === 0) return true
  const said = await readFile(join(out, 'place.json'), 'utf8').catch(() => '')
  return said.includes(STATEMENT)
}

/** Tells a place and writes its extracts; nobody sees the folder before it is whole. */
export async function writePlace(
  order: PlaceOrder,
  version: string,
  say: (progress: Progress) => void,
): Promise<Progress> {
  const out = resolve(order.out)
  await mkdir(dirname(out), { recursive: true })
  const unfinished = await mkdtemp(join(dirname(out), `.${basename(out)}-unfinished-`))
  const clear = () => rmSync(unfinished, { recursive: true, force: true })
  process.once('exit', clear)
  try {
    const { files, progress } = await writeFiles(order, unfinished, say)
    const about = {
      statement: STATEMENT,
      version,
      seed: order.seed,
      people: order.people,
      from: isoDay(order.window.from),
      until: isoDay(order.window.until - 1),
      ground: order.ground.origin,
      files,
    }
    await writeFile(join(unfinished, 'place.json'), `${JSON.stringify(about, null, 2)}\n`)
    await writeFile(join(unfinished, 'README.txt'), readMe(about))
    await chmod(unfinished, 0o755)
    await putInPlace(unfinished, out)
    return progress
  } finally {
    clear()
    process.off('exit', clear)
  }
}

async function writeFiles(order: PlaceOrder, folder: string, say: (progress: Progress) => void) {
  const pathOf = (id: string, ending: 'csv' | 'parquet') => join(folder, `${id}.${ending}`)
  const world: World = { seed: order.seed, ground: order.ground, window: order.window }
  const sheets = new Map<string, SheetFile>()
  try {
    for (const extract of allExtracts)
      sheets.set(extract.id, await SheetFile.begin(pathOf(extract.id, 'csv'), extract))
    for (const [id, { bytes, length, count }] of referenceRows(world))
      await sheets.get(id)?.append(bytes.subarray(0, length), count)
    const progress = await tellAll(world, order.workers, sheets, say)
    const files = [...sheets].map(([id, sheet]) => sheet.written(`${id}.csv`))
    await Promise.all([...sheets.values()].map((sheet) => sheet.close()))
    const flat = await inFormat(order.format, files, pathOf)
    const records = (await order.record?.(join(folder, 'record'), world)) ?? []
    return {
      files: [...flat, ...records.map((each) => ({ ...each, file: `record/${each.file}` }))],
      progress,
    }
  } finally {
    await Promise.all([...sheets.values()].map((sheet) => sheet.close()))
  }
}

async function tellAll(
  world: World,
  workers: number,
  sheets: ReadonlyMap<string, SheetFile>,
  say: (progress: Progress) => void,
): Promise<Progress> {
  const progress = { neighbourhoods: 0, of: world.ground.neighbourhoods.length, people: 0, days: 0, rows: 0 }
  await inOrder(world, workers, async (fragment) => {
    for (const { id, bytes, rows } of fragment.sheets) {
      await sheets.get(id)?.append(bytes, rows)
      progress.rows += rows
    }
    progress.neighbourhoods++
    progress.people += fragment.people
    progress.days += fragment.days
    say(progress)
  })
  return progress
}

async function inFormat(
  format: Format,
  files: readonly WrittenFile[],
  pathOf: (id: string, ending: 'csv' | 'parquet') => string,
): Promise<WrittenFile[]> {
  if (format === 'csv') return [...files]
  await writeParquet(allExtracts, pathOf)
  const inParquet: WrittenFile[] = []
  for (const { file, rows } of files) {
    const id = basename(file, '.csv')
    inParquet.push({ file: `${id}.parquet`, rows, ...(await sha256Of(pathOf(id, 'parquet'))) })
    if (format === 'parquet') await rm(pathOf(id, 'csv'))
  }
  return format === 'both' ? [...files, ...inParquet] : inParquet
}

const readMe = ({
  seed,
  people,
  from,
  until,
}: Record<'seed' | 'from' | 'until', string> & { people: number }) =>
  [
    STATEMENT,
    '',
    `A made-up place of about ${people} people from ${from} to ${until}, told by Golden Thread with the seed ${seed}.`,
    'The same seed gives the same files. docs/extracts.md in Golden Thread says what each column means, docs/synthetic.md how true to life it is.',
    'record/, where it is, holds what each source of a shared record would have sent about the same people: FHIR R4 (UK Core) and the hospital’s HL7 v2.',
    'place.json lists the files with their rows and checksums. unit_costs holds the unit costs, each with its source and year.',
    '',
    'Unit costs of NHS England: contains public sector information licensed under the Open Government Licence v3.0.',
    '',
  ].join('\n')

async function putInPlace(made: string, out: string): Promise<void> {
  const before = `${made}-before`
  const isThere = await rename(out, before).then(
    () => true,
    () => false,
  )
  await rename(made, out)
  if (isThere) await rm(before, { recursive: true })
}
