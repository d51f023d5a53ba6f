import { z } from 'zod'
import { addedHere, type Place } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { Button, Pagination, Select, Timeline } from '../../../platform/ui/index.ts'
import { kinds } from '../../store/timeline-event.ts'
import { NoneShown } from '../frame/entry.tsx'
import { type Frame, openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import type { ResultRow } from '../lists/results.queries.ts'
import { kindWords } from './event.ts'
import { entryOf } from './event-entry.tsx'
import { resultsIn } from './result-values.tsx'
import { type Event, events } from './timeline.queries.ts'
import { cursorOf, cursorWords, kindsWanted, periods, sinceOf } from './timeline.ts'

const { timeline: section } = sections
const perPage = 50
const word = z.string().max(200).default('')

type Asked = { kind: string; source: string; period: string; before: string }

export const timelineRoute = (place: Place, views: readonly Section[]): Route[] => [
  page({
    method: 'GET',
    path: '/people/:person/timeline',
    may: reads('demographics', { purpose: 'direct care' }),
    audit: 'record.timeline',
    input: z.object({ person: personRef, kind: word, source: word, period: word, before: word }),
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const { kind, source, period, before } = context.input
      const named = kindsWanted([kind])
      const found = await events(frame.asking, {
        kinds: named.length > 0 ? named : kinds,
        sources: place.sources
          .map((each) => each.id)
          .filter((id) => source === '' || frame.shield.source(id) === source),
        since: sinceOf(period, frame.now),
        before: cursorOf(before),
        most: perPage + 1,
      })
      const asked = { kind, source, period, before }
      return recordView(frame, {
        section,
        here: addressOf(frame, asked),
        body: (
          <TimelineBody
            frame={frame}
            found={found}
            values={await resultsIn(frame.asking, found)}
            asked={asked}
          />
        ),
      })
    },
  }),
]

function addressOf({ person }: Frame, asked: Partial<Asked>): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''))
  return `/people/${person.ref}/timeline${query.size > 0 ? `?${query}` : ''}`
}

type Found = { found: Event[]; values: Map<Event, ResultRow[]> }

function TimelineBody({ frame, found, values, asked }: { frame: Frame; asked: Asked } & Found) {
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const { before, ...filters } = asked
  const filtered = Object.values(filters).some(Boolean)
  return (
    <>
      <TimelineFilter frame={frame} asked={asked} />
      {shown.length === 0 && !filtered && before === '' && (
        <NoneShown frame={frame} subject="events" categories={['activity']} />
      )}
      {shown.length === 0 && (filtered || before !== '') && (
        <p class="gt-none">
          Nothing that you can see agrees with this. <a href={addressOf(frame, {})}>Show everything</a>
        </p>
      )}
      <Timeline entries={shown.map((event) => entryOf(event, frame, values))} />
      {(before !== '' || found.length > perPage) && (
        <Pagination
          ariaLabel="Parts of the timeline"
          previous={before !== '' ? { href: addressOf(frame, filters), text: 'Newest' } : undefined}
          next={
            found.length > perPage && last
              ? { href: addressOf(frame, { ...filters, before: cursorWords(last) }), text: 'Older' }
              : undefined
          }
        />
      )}
    </>
  )
}

/** A form that is sent by GET: what one sees has an address. */
function TimelineFilter({ frame, asked }: { frame: Frame; asked: Asked }) {
  const { place, shield, who, gaps } = frame
  const mine = place.sources.filter(
    (source) =>
      source.connected &&
      source.kind !== addedHere &&
      (source.kind !== 'general-practice' ||
        shield.hides ||
        who.practices.includes(source.organisation ?? '')),
  )
  const apart = new Set(gaps.filter((gap) => gap.gap === 'not connected').map((gap) => gap.source))
  const names = [...new Set(mine.map((source) => shield.source(source.id)))].filter(
    (name) => !apart.has(name),
  )
  return (
    <form class="gt-filter-form" method="get" action={`/people/${frame.person.ref}/timeline`}>
      <Select
        id="kind"
        name="kind"
        label="Kind"
        value={asked.kind}
        items={[
          { value: '', text: 'Everything' },
          ...kinds.map((kind) => ({ value: kind, text: kindWords[kind].many })),
        ]}
      />
      <Select
        id="source"
        name="source"
        label="Source"
        value={asked.source}
        items={[{ value: '', text: 'All sources' }, ...names.map((name) => ({ value: name, text: name }))]}
      />
      <Select
        id="period"
        name="period"
        label="Period"
        value={asked.period}
        items={periods.map(({ value, words }) => ({ value, text: words }))}
      />
      <Button small variant="secondary">
        Show
      </Button>
      {(asked.kind || asked.source || asked.period) && <a href={addressOf(frame, {})}>Show everything</a>}
    </form>
  )
}
