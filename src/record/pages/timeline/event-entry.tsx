import type { TimelineEntry } from '../../../platform/ui/index.ts'
import { notTheirsAddress } from '../frame/entry.tsx'
import { isConcern } from '../frame/flag.ts'
import type { Frame } from '../frame/frame.tsx'
import { instantAsKnown } from '../frame/when.ts'
import type { ResultRow } from '../lists/results.queries.ts'
import { told } from './event.ts'
import { ResultValues } from './result-values.tsx'
import type { Event } from './timeline.queries.ts'

/** An event as an entry of the timeline; results with their values. */
export function entryOf(
  event: Event,
  { shield, person }: Frame,
  values: Map<Event, ResultRow[]>,
): TimelineEntry {
  const rows = values.get(event) ?? []
  const words = told(event, shield)
  const tags = [
    ...(words.tag ? [{ text: words.tag }] : []),
    ...(words.undated ? [{ text: 'No date given: shown when received', colour: 'orange' as const }] : []),
  ]
  return {
    when: instantAsKnown({ text: event.at_text, at: event.at }) ?? event.at,
    kind: words.kind,
    title: words.title,
    href: words.path && `/people/${person.ref}${words.path}`,
    detail: rows.length > 0 ? <ResultValues rows={rows} /> : words.detail,
    tags,
    source: {
      source: shield.source(event.source),
      author: shield.author(event.author),
      receivedAt: event.received_at,
    },
    screenOnly: isConcern(event),
    // An episode’s closing has its opening’s id.
    notTheirs: notTheirsAddress(person.ref, event.ids ?? [event.id.replace(/ closed$/, '')]),
    enteredInError: words.error ? 'Its source has withdrawn this' : undefined,
  }
}
