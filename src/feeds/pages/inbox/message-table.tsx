import type { Place } from '../../../access/index.ts'
import { howLongAgo, instantInWords, Pagination, Table, Tag } from '../../../platform/ui/index.ts'
import { cameFromInWords, eventCode, eventInWords } from '../names.ts'
import { guideTo } from '../reasons.ts'
import { isWaiting, stateWords } from '../states.ts'
import type { MessageRow } from './messages.queries.ts'
import { type Asked, addressOf, messagesPath } from './messages.ts'

/** `fixed`: in an order of its own, which the reader does not choose. */
type Props = { place: Place; rows: readonly MessageRow[]; asked: Asked; now: Date; fixed?: true }

export function MessageTable({ place, rows, asked, now, fixed }: Props) {
  const next = asked.sort === 'newest' ? 'oldest' : 'newest'
  return (
    <Table
      responsive
      compact
      caption={{ text: 'Messages', classes: 'nhsuk-u-visually-hidden' }}
      head={[
        { text: 'Message' },
        { text: 'Sender' },
        fixed
          ? { text: 'Received' }
          : {
              text: 'Received',
              sort: asked.sort === 'newest' ? 'descending' : 'ascending',
              href: addressOf(asked, { sort: next }),
            },
        { text: 'Recorded by its sender' },
        { text: 'State' },
      ]}
      rows={rows.map((row) => [
        { text: <Named row={row} /> },
        { text: cameFromInWords(place, row) },
        {
          text: (
            <>
              {instantInWords(row.received_at)}
              <br />
              {howLongAgo(row.received_at, now)}
            </>
          ),
        },
        { text: row.event_at ? instantInWords(row.event_at) : 'Not known' },
        { text: <StateOf row={row} /> },
      ])}
    />
  )
}

const Named = ({ row }: { row: MessageRow }) => (
  <>
    <a href={`${messagesPath}/${row.message_id}`}>
      {eventInWords(row.message_type, row.event)}
      <span class="nhsuk-u-visually-hidden">, {row.control_id || 'without a control id'}</span>
    </a>
    <br />
    {eventCode(row.message_type, row.event)}
    {row.control_id && (
      <>
        {' '}
        <span class="gt-code">{row.control_id}</span>
      </>
    )}
  </>
)

/** The words of a reason may quote what was sent: they stand on the page of the message alone. */
const StateOf = ({ row }: { row: Pick<MessageRow, 'state' | 'reason' | 'place'> }) => (
  <>
    <Tag colour={stateWords[row.state].colour}>{stateWords[row.state].name}</Tag>
    {isWaiting(row.state) && (
      <>
        <br />
        {guideTo(row.reason).name}
        {row.place && ` (${row.place})`}
      </>
    )}
  </>
)

export const Pages = ({ asked, last }: { asked: Asked; last: string | undefined }) =>
  last === undefined && asked.after === '' ? null : (
    <Pagination
      previous={asked.after ? { href: addressOf(asked), text: 'First page' } : undefined}
      next={last ? { href: addressOf(asked, { after: last }) } : undefined}
    />
  )
