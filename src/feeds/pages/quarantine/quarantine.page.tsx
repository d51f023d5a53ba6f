import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { type Download, page, type Route, type View } from '../../../platform/index.ts'
import {
  type CsvColumn,
  counted,
  csvOf,
  Details,
  howLongAgo,
  InsetText,
  instantInWords,
  londonDate,
  Table,
} from '../../../platform/ui/index.ts'
import { addressOf, nothingAsked } from '../inbox/messages.ts'
import { Links } from '../inbox/messages-filters.tsx'
import { lookingAfter } from '../may.ts'
import { senderName } from '../names.ts'
import { guides, guideTo } from '../reasons.ts'
import { type Left, leftSince, type Waiting, waitingByReason } from './quarantine.queries.ts'

export const quarantinePath = '/feeds/quarantine'
const week = 7 * 86_400_000

const input = z.object({
  sender: z.string().max(200).catch('').default(''),
  sort: z.enum(['oldest', 'most']).catch('oldest').default('oldest'),
})
type Asked = z.output<typeof input>

/** What waits, by sender and reason, with what to do about each. */
export function quarantineRoutes(place: Place): Route[] {
  const list = page({
    method: 'GET',
    path: quarantinePath,
    may: lookingAfter,
    audit: 'feeds.quarantine',
    input,
    run: async ({ db, input: asked, now }) => {
      const all = await waitingByReason(db)
      const senders = place.senders.map((each) => each.id)
      const left = await leftSince(db, new Date(now.getTime() - week), senders)
      return listView({ place, all, left, asked, now })
    },
  })

  const sheet = page({
    method: 'GET',
    path: `${quarantinePath}.csv`,
    may: lookingAfter,
    audit: 'feeds.quarantine.export',
    input,
    run: async ({ db, input: asked, now }): Promise<Download> => ({
      type: 'text/csv; charset=utf-8',
      body: csvOf(columnsOf(place), choose(await waitingByReason(db), asked)),
      filename: `quarantine-${londonDate(now)}.csv`,
    }),
  })
  return [list, sheet]
}

const choose = (all: readonly Waiting[], { sender, sort }: Asked): Waiting[] => {
  const rows = all.filter((each) => sender === '' || each.sender === sender)
  return sort === 'most' ? rows.sort((one, other) => other.waiting - one.waiting) : rows
}

const total = (rows: readonly Waiting[]): number => rows.reduce((sum, each) => sum + each.waiting, 0)

type Shown = { place: Place; all: Waiting[]; left: Left[]; asked: Asked; now: Date }

function listView({ place, all, left, asked, now }: Shown): View {
  const rows = choose(all, asked)
  const [oldest] = all
  return {
    title: 'Quarantine',
    wide: true,
    body: (
      <div class="gt-record">
        <h1 class="nhsuk-heading-l">Quarantine</h1>
        {oldest ? (
          <p>
            <strong>{counted(total(all), 'message')}</strong> could not be taken and{' '}
            {total(all) === 1 ? 'waits' : 'wait'}. The oldest came {howLongAgo(oldest.oldest_at, now)}. What
            they say is not in any record yet.
          </p>
        ) : (
          <InsetText>
            <p>
              Nothing is in quarantine. Every message that came in was taken, or somebody has dealt with it.
            </p>
          </InsetText>
        )}
        {all.length > 0 && <Choices place={place} all={all} asked={asked} />}
        {all.length > 0 && <Groups place={place} rows={rows} now={now} />}
        {all.length > 0 && (
          <p class="gt-list__count">
            <a href={addressOfThis(asked, {}, `${quarantinePath}.csv`)}>Export as a spreadsheet (CSV)</a>
          </p>
        )}
        <LastWeek left={left} />
        <AllReasons />
      </div>
    ),
  }
}

function addressOfThis(asked: Asked, change: Partial<Asked>, path = quarantinePath): string {
  const next = { ...asked, ...change }
  const query = new URLSearchParams(
    Object.entries(next).filter(([, value]) => value !== '' && value !== 'oldest'),
  )
  return query.size > 0 ? `${path}?${query}` : path
}

function Choices({ place, all, asked }: Pick<Shown, 'place' | 'all' | 'asked'>) {
  const senders = [...new Set(all.map((each) => each.sender))].sort()
  const ofSender = (id: string) => total(all.filter((each) => each.sender === id))
  const sorts = [
    { value: 'oldest', words: 'Oldest first' },
    { value: 'most', words: 'Most first' },
  ] as const
  return (
    <>
      {senders.length > 1 && (
        <Links
          label="Sender"
          links={[
            { words: 'All', href: addressOfThis(asked, { sender: '' }), current: asked.sender === '' },
            ...senders.map((id) => ({
              words: `${senderName(place, id)} (${ofSender(id)})`,
              href: addressOfThis(asked, { sender: id }),
              current: asked.sender === id,
            })),
          ]}
        />
      )}
      <Links
        label="Order"
        links={sorts.map(({ value, words }) => ({
          words,
          href: addressOfThis(asked, { sort: value }),
          current: asked.sort === value,
        }))}
      />
    </>
  )
}

const Groups = ({ place, rows, now }: { place: Place; rows: readonly Waiting[]; now: Date }) => (
  <Table
    responsive
    caption={{ text: 'What waits, by sender and reason', classes: 'nhsuk-u-visually-hidden' }}
    head={['Reason', 'Sender', { text: 'Messages', format: 'numeric' }, 'Oldest', 'Usually', 'Many at once']}
    rows={rows.map((row) => {
      const group = new URLSearchParams({ sender: row.sender, reason: row.reason })
      const guide = guideTo(row.reason)
      return [
        {
          text: (
            <>
              <a href={addressOf(nothingAsked, { ...groupOf(row), state: 'waiting', sort: 'oldest' })}>
                {guide.name}
                <span class="nhsuk-u-visually-hidden"> from {senderName(place, row.sender)}</span>
              </a>
              <span class="gt-cell-note">{guide.means}</span>
            </>
          ),
        },
        { text: senderName(place, row.sender) },
        { text: row.waiting, format: 'numeric' },
        {
          text: (
            <>
              {howLongAgo(row.oldest_at, now)}
              <span class="gt-cell-note">{instantInWords(row.oldest_at)}</span>
            </>
          ),
        },
        { text: guide.usually },
        {
          text:
            guide.together === false ? (
              'One by one'
            ) : (
              <a href={`${quarantinePath}/replay?${group}`}>
                Replay together
                <span class="nhsuk-u-visually-hidden">
                  {' '}
                  {guide.name} from {senderName(place, row.sender)}
                </span>
              </a>
            ),
        },
      ]
    })}
  />
)

const groupOf = ({ sender, reason }: Waiting) => ({ sender, reason })

/** What left by itself is as much worth knowing as what somebody did: it needs nobody. */
function LastWeek({ left }: { left: Left[] }) {
  const of = (pick: (each: Left) => boolean) => left.filter(pick).reduce((sum, { count }) => sum + count, 0)
  const by = (state: Left['state']) => addressOf(nothingAsked, { state })
  const resolved = of(({ state, by_itself }) => state === 'resolved' && by_itself)
  const arrived = of(({ state, by_itself }) => state === 'replayed' && by_itself)
  const applied = of(({ state, by_itself }) => state === 'replayed' && !by_itself)
  const aside = of(({ state }) => state === 'set aside')
  return (
    <>
      <h2 class="nhsuk-heading-m">Left the quarantine in the last 7 days</h2>
      <ul>
        <li>
          <a href={by('resolved')}>Resolved by themselves</a>: {resolved}. Their senders have put them right
          since.
        </li>
        <li>
          <a href={by('replayed')}>Applied later</a>: {arrived} by themselves, when what they waited for came;{' '}
          {applied} replayed by somebody.
        </li>
        <li>
          <a href={by('set aside')}>Set aside</a>: {aside}.
        </li>
      </ul>
    </>
  )
}

const AllReasons = () => (
  <>
    <h2 class="nhsuk-heading-m">What to do, reason by reason</h2>
    {Object.values(guides).map((guide) => (
      <Details summary={guide.name}>
        <p>{guide.means}</p>
        <ol>
          {guide.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
      </Details>
    ))}
  </>
)

const columnsOf = (place: Place): CsvColumn<Waiting>[] => [
  { heading: 'Reason', of: (row) => guideTo(row.reason).name },
  { heading: 'Sender', of: (row) => senderName(place, row.sender) },
  { heading: 'Messages', of: (row) => row.waiting },
  { heading: 'Oldest received', of: (row) => row.oldest_at },
  { heading: 'Usually', of: (row) => guideTo(row.reason).usually },
]
