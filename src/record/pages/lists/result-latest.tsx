import { Trend } from '../../../platform/ui/index.ts'
import { instantAsKnown, momentInWords } from '../frame/when.ts'
import { valueInWords } from './result.ts'
import type { ResultRow } from './results.queries.ts'

/** An exact number: "<5" is none. */
const isNumber = (row: ResultRow): boolean => row.value_number !== null && row.comparator === null

/** The latest value of a test, with the line of those before it. A line runs only through numbers of one unit: through two it would lie. */
export function Latest({ items }: { items: readonly [ResultRow, ...ResultRow[]] }) {
  const [latest] = items
  const line = items.filter((row) => row.unit === latest.unit)
  if (!isNumber(latest) || line.filter(isNumber).length < 2) {
    return (
      <>
        <strong>{valueInWords(latest)}</strong>
        <span class="gt-cell-note">{momentInWords({ text: latest.effective, at: latest.at })}</span>
      </>
    )
  }
  return <Line rows={line} />
}

/** The line through results of one unit, given newest first. */
export function Line({ rows }: { rows: readonly ResultRow[] }) {
  const latest = rows.find(isNumber)
  if (!latest) return null
  const points = rows.toReversed().map((row) => ({
    at: instantAsKnown({ text: row.effective, at: row.at }) ?? row.at,
    value: isNumber(row) ? Number(row.value_number) : null,
  }))
  const { reference_low: low, reference_high: high } = latest
  const usual = low !== null && high !== null ? { low: Number(low), high: Number(high) } : undefined
  return <Trend title={latest.title ?? 'Result'} unit={latest.unit ?? ''} points={points} usual={usual} />
}
