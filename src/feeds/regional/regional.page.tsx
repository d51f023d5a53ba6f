import { sql } from 'kysely'
import { z } from 'zod'
import type { Place } from '../../access/index.ts'
import { holds, page, personRef, type Route, type View } from '../../platform/index.ts'
import { Button, InsetText, instantInWords, SummaryList } from '../../platform/ui/index.ts'

const watching = holds('watch-regional-record', { purpose: 'access review' })

type State = { waiting: number; oldest: Date | null; delivered_today: number; last_delivered: Date | null }
type GivenUp = { ref: string; since: Date; attempts: number; problem: string | null }

/** How sending to the regional record goes, and what was given up; it says nothing about anyone. */
export function regionalRoutes(place: Place): Route[] {
  const show = page({
    method: 'GET',
    path: '/regional-record',
    may: watching,
    audit: 'regional.state',
    input: z.object({}),
    run: async ({ db }) => {
      const { rows } = await sql<State>`select * from feeds.region_state()`.execute(db)
      const given = await sql<GivenUp>`select * from feeds.region_given_up()`.execute(db)
      return view(place, rows[0] as State, given.rows)
    },
  })
  const again = page({
    method: 'POST',
    path: '/regional-record/:person/again',
    may: watching,
    audit: 'regional.again',
    input: z.object({ person: personRef }),
    run: async ({ db, input }) => {
      await sql`select feeds.region_due(${input.person.ref}::uuid)`.execute(db)
      return { redirect: '/regional-record' }
    },
  })
  return [show, again]
}

function view({ regionalRecord }: Place, state: State, given: GivenUp[]): View {
  return {
    title: 'Regional record',
    body: (
      <>
        <h1 class="nhsuk-heading-l">Regional record</h1>
        {regionalRecord ? (
          <Going name={regionalRecord.name} state={state} given={given} />
        ) : (
          <InsetText>This place is not connected to a regional record. Nothing is sent.</InsetText>
        )}
      </>
    ),
  }
}

const Going = ({ name, state, given }: { name: string; state: State; given: GivenUp[] }) => (
  <>
    <p>What changes here is sent to the {name}, as far as its role and agreement allow.</p>
    <SummaryList
      rows={[
        { key: 'Waiting to be sent', value: String(state.waiting) },
        {
          key: 'Longest waiting since',
          value: state.oldest ? instantInWords(state.oldest) : 'Nothing waits',
        },
        { key: 'Sent in the last 24 hours', value: String(state.delivered_today) },
        {
          key: 'Last sent',
          value: state.last_delivered ? instantInWords(state.last_delivered) : 'Nothing has been sent yet',
        },
      ]}
    />
    <h2 class="nhsuk-heading-m">Given up ({given.length})</h2>
    {given.length === 0 && <p>Everything could be sent, or is still being tried.</p>}
    {given.map((each) => (
      <div class="nhsuk-card">
        <div class="nhsuk-card__content">
          <h3 class="nhsuk-heading-s">{each.problem ?? 'It could not be sent'}</h3>
          <p>
            Record {each.ref}, after {each.attempts} {each.attempts === 1 ? 'attempt' : 'attempts'}, on{' '}
            {instantInWords(each.since)}.
          </p>
          <form method="post" action={`/regional-record/${each.ref}/again`} novalidate>
            <Button small variant="secondary">
              Send again
            </Button>
          </form>
        </div>
      </div>
    ))}
  </>
)
