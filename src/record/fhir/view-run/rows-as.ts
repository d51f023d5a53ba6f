import type { Column, Row } from '../../views/index.ts'

export const outputs = {
  json: { type: 'application/json', names: ['json', 'application/json', 'application/fhir+json'] },
  ndjson: {
    type: 'application/x-ndjson',
    names: ['ndjson', 'application/x-ndjson', 'application/ndjson', 'application/fhir+ndjson'],
  },
  csv: { type: 'text/csv; charset=utf-8', names: ['csv', 'text/csv'] },
} as const
export type Output = keyof typeof outputs

/** The rows of a view as text. `header`: whether a CSV begins with the columns' names. */
export function rowsAs(
  output: Output,
  columns: readonly Column[],
  rows: readonly Row[],
  header: boolean,
): string {
  if (output === 'json') return JSON.stringify(rows)
  if (output === 'ndjson') return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  const names = columns.map(({ name }) => name)
  const lines = rows.map((row) => names.map((name) => cell(row[name])))
  return (header ? [names.map(cell), ...lines] : lines).map((line) => `${line.join(',')}\r\n`).join('')
}

/** RFC 4180. A program reads it, to which a value must come as it is; what people open in a spreadsheet is made elsewhere. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
