import { documentTitle } from './document.ts'
import type { DocumentRow } from './documents.queries.ts'

const day = 86_400_000

export const periods = [
  { value: '', words: 'At any time', days: undefined },
  { value: 'month', words: 'In the last month', days: 31 },
  { value: 'year', words: 'In the last year', days: 366 },
  { value: 'older', words: 'More than a year ago', days: undefined },
] as const

/**
 * The documents with all of these words in their title or kind, in whatever order and case, written in this period. What has no date is
 * taken for as old as its receipt.
 */
export function found<
  Row extends Pick<DocumentRow, 'title' | 'description' | 'type_title' | 'created_at' | 'received_at'>,
>(
  rows: readonly Row[],
  { words, period }: { words: string; period: string },
  hides: boolean,
  now: Date,
): Row[] {
  const wanted = folded(words).split(' ').filter(Boolean)
  const days = periods.find(({ value }) => value === period)?.days
  return rows.filter((row) => {
    const age = now.getTime() - (row.created_at ?? row.received_at).getTime()
    if (days !== undefined && age > days * day) return false
    if (period === 'older' && age <= 366 * day) return false
    // A title that is not shown is not searched either, or the search would tell it.
    const text = folded(`${documentTitle(row, hides)} ${row.type_title ?? ''}`)
    return wanted.every((word) => text.includes(word))
  })
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
