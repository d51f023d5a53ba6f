import type { TimelineEntry } from '../../../platform/ui/index.ts'
import type { Frame } from '../frame/frame.tsx'
import { instantAsKnown } from '../frame/when.ts'
import { told } from './event.ts'
import type { Event } from './timeline.queries.ts'

/** An event as an entry of the timeline; `detail` in place of its own words. */
export function entryOf(
  event: Event,
  { shield, person }: Frame,
  detail?: TimelineEntry['detail'],
): TimelineEntry {
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
    detail: detail ?? words.detail,
    tags,
    source: {
      source: shield.source(event.source),
      author: shield.author(event.author),
      receivedAt: event.received_at,
    },
    enteredInError: words.error ? 'Its source has withdrawn this' : undefined,
  }
}
