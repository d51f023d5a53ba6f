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
