import { z } from 'zod'
import { type Look, type Place, whoLooked } from '../../../access/index.ts'
import { page, personRef, type Route, reads } from '../../../platform/index.ts'
import { instantInWords, Table, Tag, timeInWords } from '../../../platform/ui/index.ts'
import { type Frame, openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import { organisationLabel } from '../frame/shield.ts'
import { actsInWords, basisInWords, outcomeInWords, type Visit, visitsOf } from './looked.ts'

const { looked: section } = sections
const most = 200

/** Who has looked at this person's record, refusals too: everyone who may read the record may see who else has. */
export const lookedRoute = (place: Place, views: readonly Section[]): Route[] => [
  page({
    method: 'GET',
    path: '/people/:person/looked',
    may: reads('demographics', { purpose: 'direct care' }),
    audit: 'record.looked',
    input: z.object({ person: personRef }),
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      return recordView(frame, {
        section,
        body: <Looks frame={frame} looks={await whoLooked(context.db, frame.asking.files, most)} />,
      })
    },
  }),
]

function Looks({ frame, looks }: { frame: Frame; looks: Look[] }) {
  if (looks.length === 0)
    return (
      <p class="gt-none">
        Nobody has opened this record before you. Your own visit is recorded with this page.
      </p>
    )
  return (
    <>
      <p>
        Who opened or searched for this record, newest first
        {looks.length === most ? `; the latest ${most} are shown` : ''}. What was refused is here too.
        {frame.shield.hides &&
          ' Names and organisations are not shown, because they could give away where this person is.'}
      </p>
      <Table
        responsive
        compact
        caption={{ text: 'Who has looked', classes: 'nhsuk-u-visually-hidden' }}
        head={[
          { text: 'When' },
          { text: 'Who' },
          { text: 'Role and organisation' },
          { text: 'What' },
          { text: 'Outcome' },
        ]}
        rows={visitsOf(looks).map((visit) => [
          { text: <When visit={visit} /> },
          { text: <Who frame={frame} visit={visit} /> },
          {
            text: `${frame.place.roles[visit.role]?.name ?? 'System'}, ${organisationLabel(frame.place, visit.organisation, frame.shield.hides)}`,
          },
          { text: actsInWords(visit.acts, visit.outcome === 'refused') },
          { text: <Outcome visit={visit} /> },
        ])}
      />
    </>
  )
}

const When = ({ visit: { from, to } }: { visit: Visit }) => (
  <>
    {instantInWords(from)}
    {timeInWords(from) !== timeInWords(to) && ` to ${timeInWords(to)}`}
  </>
)

/** The app is not named where names are not: it may be one place’s own. */
function Who({ frame, visit }: { frame: Frame; visit: Visit }) {
  const app = frame.place.apps.find(({ id }) => id === visit.app)?.name ?? visit.app
  return (
    <>
      {frame.shield.author(visit.actor_name) ?? 'Not shown'}
      {app !== null && app !== visit.actor_name && !frame.shield.hides && (
        <span class="gt-cell-note">with the app {app}</span>
      )}
    </>
  )
}

const Outcome = ({ visit }: { visit: Visit }) => (
  <>
    {visit.outcome === 'allowed' ? (
      outcomeInWords(visit.outcome)
    ) : (
      <Tag colour="red" classes="gt-tag">
        {outcomeInWords(visit.outcome)}
      </Tag>
    )}
    {basisInWords(visit.basis) && <span class="gt-cell-note">by {basisInWords(visit.basis)}</span>}
  </>
)
