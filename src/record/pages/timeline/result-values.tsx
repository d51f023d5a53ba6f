import { Tag } from '../../../platform/ui/index.ts'
import type { Asking } from '../frame/asking.ts'
import { flagOf, isOutOfOrdinary, valueInWords } from '../lists/result.ts'
import { type ResultRow, theseResults } from '../lists/results.queries.ts'
import type { Event } from './timeline.queries.ts'

/** The results that these events tell of, by the event. */
export async function resultsIn(asking: Asking, events: readonly Event[]): Promise<Map<Event, ResultRow[]>> {
  const told = events.filter((event) => event.kind === 'results')
  const rows = new Map(
    (
      await theseResults(
        asking,
        told.flatMap((event) => event.ids ?? []),
      )
    ).map((row) => [row.resource_id, row]),
  )
  return new Map(told.map((event) => [event, (event.ids ?? []).flatMap((id) => rows.get(id) ?? [])]))
}

/** What is out of the ordinary first, and told in words. */
export function ResultValues({ rows }: { rows: readonly ResultRow[] }) {
  const judged = rows.map((row) => ({ row, flag: flagOf(row) }))
  const sorted = [
    ...judged.filter(({ flag }) => isOutOfOrdinary(flag)),
    ...judged.filter(({ flag }) => !isOutOfOrdinary(flag)),
  ]
  return (
    <ul class="gt-values">
      {sorted.map(({ row, flag }) => (
        <li>
          {row.title ?? 'Not named'} <strong>{valueInWords(row)}</strong>
          {isOutOfOrdinary(flag) && (
            <>
              {' '}
              <Tag colour="orange" classes="gt-tag">
                {flag}
              </Tag>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
