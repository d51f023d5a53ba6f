import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { holds, page, type Route } from '../../platform/index.ts'
import { howLongAgo, instantInWords, Table, Tag } from '../../platform/ui/index.ts'
import { kindOf } from './items.ts'
import { type Report, reports } from './wrong-person.queries.ts'

export const puttingRight = holds('put-right', { purpose: 'access review' })

/** What has been reported as somebody else's: what is open with its age, and what became of the rest. */
export const worklistRoutes = (place: Place): Route[] => [
  page({
    method: 'GET',
    path: '/wrong-person',
    may: puttingRight,
    audit: 'wrong-person.list',
    input: z.object({}),
    run: async ({ db, now, shown }) => {
      const all = await reports(db)
      shown(all.map((each) => each.person_key))
      const open = all.filter(isOpen)
      const done = all.filter((each) => !isOpen(each))
      return {
        title: 'Wrong person',
        body: (
          <>
            <h1 class="nhsuk-heading-l">Wrong person</h1>
            <p>
              Items that somebody reported as being about somebody else. Nobody sees them until they are put
              right, so the oldest comes first.
            </p>
            <h2 class="nhsuk-heading-m">To put right ({open.length})</h2>
            {open.length === 0 ? (
              <p>Nothing waits: every report has been put right.</p>
            ) : (
              <Reports place={place} now={now} reports={open} />
            )}
            {done.length > 0 && (
              <>
                <h2 class="nhsuk-heading-m">Put right ({done.length})</h2>
                <Reports place={place} now={now} reports={done} />
              </>
            )}
          </>
        ),
      }
    },
  }),
]

export const isOpen = ({ state }: Pick<Report, 'state'>): boolean =>
  state === 'reported' || state === 'disposal proposed'

const states: Record<string, { words: string; colour: 'red' | 'orange' | 'green' | 'blue' | 'grey' }> = {
  reported: { words: 'Reported', colour: 'red' },
  'disposal proposed': { words: 'Disposal proposed', colour: 'orange' },
  restored: { words: 'Theirs after all', colour: 'green' },
  moved: { words: 'Moved', colour: 'blue' },
  disposed: { words: 'Disposed of', colour: 'grey' },
}

export const StateTag = ({ state }: { state: string }) => (
  <Tag colour={states[state]?.colour ?? 'grey'}>{states[state]?.words ?? state}</Tag>
)

export const sourceName = (place: Place, id: string): string =>
  place.sources.find((source) => source.id === id)?.name ?? id

function Reports({ place, now, reports: shown }: { place: Place; now: Date; reports: Report[] }) {
  return (
    <Table
      responsive
      caption={{ text: 'Reports', classes: 'nhsuk-u-visually-hidden' }}
      head={[{ text: 'Reported' }, { text: 'What' }, { text: 'By whom and why' }, { text: 'State' }]}
      rows={shown.map((report) => [
        {
          text: (
            <>
              <a href={`/wrong-person/${report.id}`}>{instantInWords(report.recorded_at)}</a>
              <br />
              {howLongAgo(report.recorded_at, now)}
            </>
          ),
        },
        { text: `${kindOf(report.type)} from ${sourceName(place, report.source)}` },
        { text: `${report.recorded_by_name}: ${report.why}` },
        { text: <StateTag state={report.state} /> },
      ])}
    />
  )
}
