import type { Download } from '../../../platform/index.ts'
import { type CsvColumn, csvOf, londonDate } from '../../../platform/ui/index.ts'
import { isConcern } from './flag.ts'

export type { CsvColumn }

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
