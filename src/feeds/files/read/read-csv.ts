import { Readable } from 'node:stream'
import { type CsvError, type Info, parse } from 'csv-parse'
import { type Fault, Invalid } from '../../../platform/index.ts'
import { textOf } from './encoding.ts'

/** One record of a file; `line` is where it begins, since a quoted value may hold line ends. */
export type CsvLine = { line: number; values: string[]; raw: string }

const delimiters = [',', ';', '\t', '|'] as const

/** No line of any set comes near. A longer one is a quotation mark that was never closed. */
const longestRecord = 100_000

/**
 * The records of a file, as RFC 4180 has them and as spreadsheets write them, one at a time: empty lines are passed over, a quotation mark
 * inside a value stands for itself. The first record is the header.
 * @throws Invalid where the file cannot be told apart into records
 */
export async function* readCsv(bytes: Buffer): AsyncGenerator<CsvLine> {
  const { delimiter, skip } = shapeOf(bytes)
  let line = 1
  try {
    for await (const { record, raw } of records(bytes, delimiter)) {
      if (line > skip && record.some((value) => value.trim() !== ''))
        yield { line, values: record, raw: raw.replace(/[\r\n]+$/, '') }
      line += linesIn(raw)
    }
  } catch (problem) {
    throw await readable(problem, bytes, delimiter)
  }
}

/** @param most stops after so many */
async function* records(bytes: Buffer, delimiter: string, most?: number): AsyncGenerator<Parsed> {
  const parser = parse({
    delimiter,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRecord,
    ...(most !== undefined && { to: most }),
  })
  const text = Readable.from(textOf(bytes), { objectMode: true, highWaterMark: 4 })
  text.on('error', (problem) => parser.destroy(problem))
  text.pipe(parser)
  try {
    yield* parser as AsyncIterable<Parsed>
  } finally {
    text.destroy()
    parser.destroy()
  }
}

type Parsed = { record: string[]; raw: string }

const linesIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0

/** Which delimiter the header has most of, outside quotation marks. Excel may say it in a first line of its own: `sep=;`. */
function shapeOf(bytes: Buffer): { delimiter: string; skip: number } {
  const start = textOf(bytes.subarray(0, longestRecord)).next().value ?? ''
  const said = /^sep=(.)\r?\n/i.exec(start)?.[1]
  if (said !== undefined) return { delimiter: said, skip: 1 }
  const header =
    start
      .replace(/"[^"]*"/g, '')
      .replace(/^[\r\n ]+/, '')
      .split(/\r\n|\n|\r/, 1)[0] ?? ''
  const count = (delimiter: string) => header.split(delimiter).length
  const most = [...delimiters].sort((one, other) => count(other) - count(one))[0] ?? ','
  return { delimiter: most, skip: 0 }
}

/** The parser stops ahead of what was read from it, so the line is found by reading once more as far as it came. */
async function readable(problem: unknown, bytes: Buffer, delimiter: string): Promise<unknown> {
  const { code, records: whole = 0 } = problem as Partial<CsvError & Info>
  if (!code?.startsWith('CSV_')) return problem
  let line = 1
  if (whole > 0) for await (const { raw } of records(bytes, delimiter, whole)) line += linesIn(raw)
  const words =
    code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE'
      ? `A quotation mark in or after line ${line} is never closed, so the lines cannot be told apart`
      : `Line ${line} is not written as CSV`
  return new Invalid([{ path: `line ${line}`, words, code: 'structure' } satisfies Fault])
}
