import { createHash } from 'node:crypto'
import type { Dataset, Said } from '../../../datasets/index.ts'
import type { Fault } from '../../../platform/index.ts'
import { excerpt } from './excerpt.ts'
import type { Header } from './header.ts'
import type { CsvLine } from './read-csv.ts'
import { readValue } from './read-value.ts'

/** A line, checked by itself. Without `key` it cannot be told what it is about; with faults it cannot be used. */
export type CheckedLine = {
  line: number
  said: Said
  key: string | undefined
  /** How the source names the person: `id …` its own number, `nhs …` the NHS number. */
  person: string | undefined
  /** The day of the file, as this line says it. */
  aboutFile: string | undefined
  /** Of what the line says, without what speaks of the file: a line sent again in a later file has the same. */
  digest: Buffer
  raw: string
  faults: Fault[]
}

/** Every fault of a line, each with its column and in words what was expected. */
export function checkLine(
  dataset: Dataset,
  header: Header,
  { line, values, raw }: CsvLine,
  teams: ReadonlySet<string>,
): CheckedLine {
  const said: Record<string, string> = {}
  const faults: Fault[] = []
  for (const column of dataset.columns) {
    const written = (values[header.at.get(column.name) ?? -1] ?? '').trim()
    if (written === '') continue
    const read = readValue(column.type, written, teams)
    if ('value' in read) said[column.name] = read.value
    else
      faults.push({
        path: column.title,
        words: `“${excerpt(written, 60)}” ${read.words}`,
        code: column.type.kind === 'nhs number' ? 'nhs number' : 'value',
      })
  }
  const wrong = new Set(faults.map((fault) => fault.path))
  for (const { needed, name, title } of dataset.columns) {
    if (said[name] !== undefined || wrong.has(title) || needed === 'never') continue
    if (needed === 'always')
      faults.push({ path: title, words: 'There must be a value in every line', code: 'required' })
    else if (needed.holds(said))
      faults.push({ path: title, words: `There must be a value when ${needed.when}`, code: 'required' })
  }
  if (values.slice(header.columns).some((value) => value.trim() !== ''))
    faults.push({
      path: 'line',
      words: 'The line has more values than the header has columns',
      code: 'structure',
    })
  if (faults.length === 0) {
    for (const rule of dataset.rules)
      if (!rule.holds(said))
        faults.push({ path: titleOf(dataset, rule.column), words: rule.words, code: 'value' })
  }
  return {
    line,
    said,
    key: joined(said, dataset.key),
    person: personOf(dataset, said),
    aboutFile: joined(said, dataset.aboutFile),
    digest: digestOf(dataset, said),
    raw: raw.replaceAll('\0', '\u2400'),
    faults,
  }
}

const titleOf = (dataset: Dataset, name: string): string =>
  dataset.columns.find((column) => column.name === name)?.title ?? name

/** The values of several columns as one text, or undefined when one is missing. */
function joined(said: Said, names: readonly string[]): string | undefined {
  const values = names.map((name) => said[name])
  return values.includes(undefined) ? undefined : values.join('/')
}

function personOf(dataset: Dataset, said: Said): string | undefined {
  if (dataset.personKey.length > 0) {
    const own = joined(said, dataset.personKey)
    return own === undefined ? undefined : `id ${own}`
  }
  return said['nhs_number'] === undefined ? undefined : `nhs ${said['nhs_number']}`
}

function digestOf(dataset: Dataset, said: Said): Buffer {
  const own = Object.entries(said)
    .filter(([name]) => !dataset.aboutFile.includes(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(own)).digest()
}
