import type { Download } from '../../../platform/index.ts'
import { londonDate } from '../../../platform/ui/index.ts'
import { isConcern } from './flag.ts'

/** One column of an export; a date is written as a date, which spreadsheets understand. */
export type CsvColumn<Row> = { heading: string; of(row: Row): string | number | Date | null | undefined }

/**
 * A sheet as RFC 4180 has it, with the mark by which spreadsheets tell UTF-8. A text that a spreadsheet would run as a formula is made plain
 * by an apostrophe before it (OWASP, CSV injection): what a source sends is never run on a reader's machine.
 */
export function csvOf<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => column.heading),
    ...rows.map((row) => columns.map((column) => column.of(row))),
  ]
  return `\uFEFF${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(value: string | number | Date | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = value instanceof Date ? value.toISOString() : value
  const plain = /^[\s]*[=+\-@]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/**
 * A sheet leaves the screen as paper does, so a safeguarding concern is never in one. The file's name says what and when, and not who: names
 * of files end up in many places.
 */
export function csvDownload<Row>(
  name: string,
  columns: readonly CsvColumn<Row>[],
  rows: readonly Row[],
  now: Date,
): Download {
  return {
    type: 'text/csv; charset=utf-8',
    body: csvOf(
      columns,
      rows.filter((row) => !isConcern(row as { category?: string })),
    ),
    filename: `${name}-${londonDate(now)}.csv`,
  }
}
