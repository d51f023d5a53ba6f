import { parse } from 'csv-parse/sync'
import { dayOf, type Fault, Invalid } from '../../platform/index.ts'
import { type NhsNumberFault, readNhsNumber } from '../nhs-number.ts'

/** One line of a list sent to be traced. `faults` name what in it cannot be read, by the heading that the list itself uses. */
export type Line = {
  line: number
  localId: string
  nhsNumber: string | null
  family: string
  given: string
  birthDate: string | null
  postcode: string | null
  faults: Fault[]
  numberFault: NhsNumberFault | null
}

export const mostLines = 5000

type Column = 'localId' | 'name' | 'family' | 'given' | 'birthDate' | 'postcode' | 'nhsNumber'
const headings: Record<Column, readonly string[]> = {
  localId: ['local id', 'id', 'person id', 'local identifier', 'reference'],
  name: ['name', 'full name'],
  family: ['family name', 'surname', 'last name', 'family'],
  given: ['given name', 'forename', 'first name', 'given', 'forenames'],
  birthDate: ['birth date', 'date of birth', 'dob', 'birthdate'],
  postcode: ['postcode', 'post code'],
  nhsNumber: ['nhs number', 'nhs no', 'nhs'],
}

/**
 * Reads a CSV list with a line of headings. What is wrong with one line is kept with that line; what makes the whole unreadable is thrown.
 * @throws Invalid naming the line, or the heading that is missing
 */
export function readList(text: string): Line[] {
  const [header, ...rows] = recordsOf(text)
  if (!header) throw refused('The list is empty', 1)
  const columns = columnsOf(header.values)
  if (rows.length === 0) throw refused('The list has headings and no lines', header.line)
  if (rows.length > mostLines)
    throw refused(`The list has ${rows.length} lines; send at most ${mostLines} at a time`, header.line)
  return rows.map(({ values, line }) => lineOf(header.values, columns, values, line))
}

type CsvRecord = { values: string[]; line: number }

function recordsOf(text: string): CsvRecord[] {
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      delimiter: delimiterOf(text),
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return records
      .map(({ record, info }) => ({ values: record.map((value) => value.trim()), line: info.lines }))
      .filter(({ values }) => values.some(Boolean))
  } catch (problem) {
    const line = (problem as { lines?: number }).lines ?? 1
    throw refused(`Line ${line} is not written as CSV: a quotation mark is never closed`, line)
  }
}

/** Whichever of the usual three the line of headings has most of: spreadsheets write the one of their country. */
function delimiterOf(text: string): string {
  const header = text.trimStart().split(/\r?\n/, 1)[0] ?? ''
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].reduce((most, each) => (count(each) > count(most) ? each : most))
}

function columnsOf(header: string[]): Map<Column, number> {
  const found = new Map<Column, number>()
  for (const [index, heading] of header.entries()) {
    const plain = heading.toLowerCase().replace(/\./g, '').replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim()
    for (const [column, names] of Object.entries(headings) as [Column, readonly string[]][])
      if (names.includes(plain) && !found.has(column)) found.set(column, index)
  }
  const missing = (['localId', 'birthDate'] as const).filter((column) => !found.has(column))
  if (!found.has('name') && !found.has('family') && !found.has('nhsNumber')) {
    throw refused(
      'Line 1 has no column “family name”, “name” or “NHS number”: two identifiers are needed for each line',
      1,
    )
  }
  if (missing.length > 0)
    throw refused(`Line 1 has no column “${missing.map((column) => headings[column][0]).join('”, “')}”`, 1)
  return found
}

function lineOf(header: string[], columns: Map<Column, number>, values: string[], line: number): Line {
  const faults: Fault[] = []
  const value = (column: Column): string => values[columns.get(column) ?? -1] ?? ''
  const fault = (column: Column, words: string) => {
    const heading = header[columns.get(column) ?? -1] ?? headings[column][0] ?? column
    faults.push({ path: `line ${line}, ${heading}`, words })
  }
  const birthDate = value('birthDate') === '' ? null : readDate(value('birthDate'))
  if (birthDate === undefined) fault('birthDate', 'must be a real date, such as 1941-07-14 or 14/07/1941')
  if (birthDate === null) fault('birthDate', 'is empty; two identifiers are needed')
  const read = value('nhsNumber') === '' ? null : readNhsNumber(value('nhsNumber'))
  const names = columns.has('family')
    ? { family: value('family'), given: value('given') }
    : splitName(value('name'))
  if (read === null && names.family === '')
    fault(
      columns.has('family') ? 'family' : 'name',
      'is empty, and so is the NHS number; two identifiers are needed',
    )
  return {
    line,
    localId: value('localId'),
    nhsNumber: read && 'number' in read ? read.number : null,
    numberFault: read && 'fault' in read ? read.fault : null,
    ...names,
    birthDate: birthDate ?? null,
    postcode: value('postcode') || null,
    faults,
  }
}

/** "ASHWORTH, Margaret" or "Margaret Ashworth". */
function splitName(name: string): { family: string; given: string } {
  const [family, given] = name.split(',').map((part) => part.trim())
  if (given !== undefined) return { family: family ?? '', given }
  const words = name.split(/\s+/)
  return { family: words.at(-1) ?? '', given: words.slice(0, -1).join(' ') }
}

/** As a data set writes it, or as people in Britain do; a time after it says nothing. */
function readDate(written: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(written) ?? []
  const [, britishDay = '', britishMonth = '', britishYear = ''] =
    /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: .*)?$/.exec(written) ?? []
  return dayOf({ year, month, day }) ?? dayOf({ year: britishYear, month: britishMonth, day: britishDay })
}

const refused = (words: string, line: number): Invalid =>
  new Invalid([{ path: 'list', words: words.startsWith('Line') ? words : `Line ${line}: ${words}` }])
