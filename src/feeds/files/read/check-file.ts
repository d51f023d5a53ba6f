import type { Dataset } from '../../../datasets/index.ts'
import { Invalid } from '../../../platform/index.ts'
import { type CheckedLine, checkLine } from './check-line.ts'
import { readHeader } from './header.ts'
import { readCsv } from './read-csv.ts'

/** A file as far as it can be checked by itself. */
export type Checked = { extractDate: string; lines: number; unknownColumns: string[] }

/** Lines are handed on so many at a time, and then forgotten. */
const atOnce = 2000

/**
 * Reads a whole file, handing on its checked lines in bundles. A second line with the key of an earlier one that says something else makes
 * itself a fault; the first stands. Memory: what one bundle holds, and a key and a digest for each line.
 * @throws Invalid where the file as a whole cannot be used
 */
export async function checkFile(
  dataset: Dataset,
  bytes: Buffer,
  teams: ReadonlySet<string>,
  take: (lines: CheckedLine[]) => Promise<void>,
): Promise<Checked> {
  const records = readCsv(bytes)
  const first = await records.next()
  if (first.done) refuse('line 1', 'The file is empty')
  const header = readHeader(dataset, first.value.line, first.value.values)
  const seen = new Map<string, { line: number; digest: string }>()
  let about: { words: string; line: number } | undefined
  let lines = 0
  let bundle: CheckedLine[] = []
  for await (const record of records) {
    const checked = checkLine(dataset, header, record, teams)
    if (checked.aboutFile !== undefined) {
      about ??= { words: checked.aboutFile, line: checked.line }
      if (about.words !== checked.aboutFile)
        refuse(
          `line ${checked.line}`,
          `Line ${checked.line} speaks of ${checked.aboutFile} and line ${about.line} of ${about.words}. One file speaks of one day`,
        )
    }
    const earlier = checked.key === undefined ? undefined : seen.get(checked.key)
    const digest = checked.digest.toString('base64')
    if (earlier && earlier.digest === digest) continue
    if (earlier)
      checked.faults.push({
        path: 'line',
        words: `Line ${earlier.line} is about the same and says something else`,
        code: 'said twice',
      })
    else if (checked.key !== undefined) seen.set(checked.key, { line: checked.line, digest })
    lines += 1
    bundle.push(checked)
    if (bundle.length === atOnce) {
      await take(bundle)
      bundle = []
    }
  }
  if (lines === 0)
    refuse('line 2', 'The file has a header and no lines, so it does not say of which day it speaks')
  if (about === undefined) refuse('line 2', 'No line says of which day the file speaks')
  if (bundle.length > 0) await take(bundle)
  return { extractDate: about.words.split('/').at(-1) ?? '', lines, unknownColumns: header.unknown }
}

function refuse(path: string, words: string): never {
  throw new Invalid([{ path, words, code: 'structure' }])
}
