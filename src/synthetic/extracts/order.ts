import { parseArgs } from 'node:util'
import { calendar, dayFrom, isoDay, type Span } from '../lives/moment.ts'
import type { Format } from './write-place.ts'

export interface Asked {
  people: number
  seed: string
  window: Span
  out: string
  format: Format
  workers: number
  reference?: string
  /** Whether what the sources of the record would have sent is written too, and with the dirt of real feeds. */
  records: 'none' | 'clean' | 'dirty'
}

export class Misasked extends Error {}

const USAGE = `npm run -s place -- --people 267000 --years 3 --seed 1 --out DIR [--until 2026-09-30] [--reference DIR] [--format csv|parquet|both] [--workers 2] [--record [--dirt]]
  --record  also writes the records of these people into DIR/record: FHIR by source, one bundle of one person a line, and the hospital’s HL7 v2
  --dirt    puts the dirt of real feeds on them: late, repeated, corrected, cancelled, and NHS numbers wrong or left out`
const FORMATS: readonly string[] = ['csv', 'parquet', 'both']

function whole(name: string, said: string | undefined, least: number, most: number): number {
  const value = Number(said)
  if (said === undefined || !/^\d+$/.test(said) || value < least || value > most)
    throw new Misasked(
      `--${name} must be a whole number from ${least} to ${most}${said === undefined ? '' : `, not ${said}`}. ${USAGE}`,
    )
  return value
}

/** The years that end with that day: 2023-10-01 to 2026-09-30. */
function windowOf(last: string, years: number): Span {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(last) ? dayFrom(last) : Number.NaN
  if (Number.isNaN(day) || isoDay(day) !== last || day < dayFrom('2015-01-01') || day > dayFrom('2040-12-31'))
    throw new Misasked(`--until must be a day such as 2026-09-30, not ${last}. ${USAGE}`)
  const until = day + 1
  const { year, month, date } = calendar(until)
  const from = dayFrom(`${year - years}-${String(month).padStart(2, '0')}-01`) + date - 1
  return { from, until }
}

function optionsIn(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        people: { type: 'string' },
        years: { type: 'string' },
        seed: { type: 'string' },
        out: { type: 'string' },
        until: { type: 'string', default: '2026-09-30' },
        reference: { type: 'string' },
        format: { type: 'string', default: 'both' },
        workers: { type: 'string', default: '2' },
        record: { type: 'boolean', default: false },
        dirt: { type: 'boolean', default: false },
      },
    }).values
  } catch (problem) {
    throw new Misasked(`${problem instanceof Error ? problem.message : problem} ${USAGE}`)
  }
}

/** What a command line asks for. @throws Misasked, which names the argument that is wrong */
export function asked(args: readonly string[]): Asked {
  const said = optionsIn(args)
  const people = whole('people', said.people, 100, 1_000_000)
  const years = whole('years', said.years, 1, 10)
  if (!said.seed || !/^[\w.-]{1,40}$/.test(said.seed))
    throw new Misasked(`--seed must be a word or a number. ${USAGE}`)
  if (!said.out) throw new Misasked(`--out must name a folder. ${USAGE}`)
  if (!FORMATS.includes(said.format))
    throw new Misasked(`--format must be csv, parquet or both, not ${said.format}. ${USAGE}`)
  if (said.dirt && !said.record) throw new Misasked(`--dirt needs --record, which it soils. ${USAGE}`)
  return {
    people,
    seed: said.seed,
    window: windowOf(said.until, years),
    out: said.out,
    format: said.format as Format,
    workers: whole('workers', said.workers, 1, 16),
    records: !said.record ? 'none' : said.dirt ? 'dirty' : 'clean',
    ...(said.reference !== undefined && { reference: said.reference }),
  }
}
