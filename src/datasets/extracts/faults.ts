import type { ExtractColumn, ExtractType, FlatExtract } from './schema.ts'

/** What is wrong with a row's values, read as strictly as they are declared: one way to write each, and nothing left out that is needed. */
export function faultsIn(extract: FlatExtract, row: readonly string[]): string[] {
  if (row.length !== extract.columns.length)
    return [`${extract.id} has ${row.length} columns, not ${extract.columns.length}`]
  return extract.columns.flatMap((column, nth) => {
    const value = row[nth] ?? ''
    return isRight(column, value) ? [] : [`${extract.id}.${column.name}: “${value}”`]
  })
}

const isRight = ({ type, needed }: ExtractColumn, value: string): boolean =>
  value === '' ? needed === 'never' : matches(type, value)

const DAY = String.raw`\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])`
const patterns = {
  'nhs number': /^999\d{7}$/,
  postcode: /^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/,
  date: new RegExp(`^${DAY}$`),
  moment: new RegExp(`^${DAY}T([01]\\d|2[0-3]):[0-5]\\d$`),
  boolean: /^(true|false)$/,
  pence: /^(0|[1-9]\d*)$/,
} as const
const WHOLE = /^-?(0|[1-9]\d*)$/

function matches(type: ExtractType, value: string): boolean {
  switch (type.kind) {
    case 'text':
      return value.length <= type.most && value.trim() === value
    case 'one of':
      return type.words.includes(value)
    case 'integer':
      return WHOLE.test(value) && Number(value) >= type.least && Number(value) <= type.most
    case 'decimal':
      return new RegExp(`^-?(0|[1-9]\\d*)\\.\\d{${type.decimals}}$`).test(value)
    default:
      return patterns[type.kind].test(value)
  }
}
