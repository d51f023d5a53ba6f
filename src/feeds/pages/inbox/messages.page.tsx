import type { Place } from '../../../access/index.ts'
import { type Db, type Download, page, type Route, type View } from '../../../platform/index.ts'
import { type CsvColumn, counted, csvOf, londonDate } from '../../../platform/ui/index.ts'
import { allReasons } from '../../hl7/acknowledgement.ts'
import { lookingAfter } from '../may.ts'
import { cameFromInWords, eventCode, eventInWords } from '../names.ts'
import { guideTo } from '../reasons.ts'
import { isWaiting, stateWords } from '../states.ts'
import { MessageTable, Pages } from './message-table.tsx'
import {
  countMessages,
  filesOfMessages,
  type MessageRow,
  messageKinds,
  messagesPage,
} from './messages.queries.ts'
import { type Asked, addressOf, askedSchema, isNarrowed, messagesPath } from './messages.ts'
import { MessageFilters } from './messages-filters.tsx'

const perPage = 50
const mostCounted = 10_000
const mostInSheet = 10_000

/** Every message that came in and what became of it. What a message says is on a page of its own. */
export function messagesRoutes(place: Place): Route[] {
  const list = page({
    method: 'GET',
    path: messagesPath,
    may: lookingAfter,
    audit: 'feeds.messages',
    input: askedSchema,
    run: async ({ db, input, now, shown }) => {
      const rows = await messagesPage(db, input, perPage + 1)
      shown(await filesLookedUp(db, input, rows), { ...input })
      const [count, kinds] = await Promise.all([countMessages(db, input, mostCounted + 1), messageKinds(db)])
      return listView({ place, asked: input, rows, count, kinds, now })
    },
  })

  const sheet = page({
    method: 'GET',
    path: `${messagesPath}.csv`,
    may: lookingAfter,
    audit: 'feeds.messages.export',
    input: askedSchema,
    run: async ({ db, input, now, shown }): Promise<Download> => {
      const rows = await messagesPage(db, input, mostInSheet)
      shown(await filesLookedUp(db, input, rows), { ...input, rows: rows.length })
      return {
        type: 'text/csv; charset=utf-8',
        body: csvOf(columnsOf(place), rows),
        filename: `messages-${londonDate(now)}.csv`,
      }
    },
  })
  return [list, sheet]
}

/** To look up a number is to look up whoever has it. */
const filesLookedUp = (db: Db, { find }: Asked, rows: MessageRow[]): Promise<string[]> =>
  filesOfMessages(db, find === '' ? [] : rows.map((row) => row.message_id))

type Shown = {
  place: Place
  asked: Asked
  rows: MessageRow[]
  count: number
  kinds: { message_type: string; event: string }[]
  now: Date
}

function listView({ place, asked, rows, count, kinds, now }: Shown): View {
  const page = rows.slice(0, perPage)
  return {
    title: 'Messages',
    wide: true,
    body: (
      <div class="gt-record">
        <h1 class="nhsuk-heading-l">Messages</h1>
        <p>
          Every message that came in by HL7 v2, and what became of it. What a message says is shown when you
          open it, and that is recorded.
        </p>
        <MessageFilters place={place} asked={asked} kinds={kinds} reasons={allReasons} />
        <p class="gt-list__count">
          {countInWords(count)}{' '}
          {isNarrowed(asked) && <a href={addressOf(asked, { ...nothingBut(asked) })}>Show all</a>}{' '}
          {count > 0 && (
            <a href={addressOf(asked, {}, `${messagesPath}.csv`)}>
              Export {count > mostInSheet ? `the first ${mostInSheet.toLocaleString('en-GB')}` : 'these'} as a
              spreadsheet (CSV)
            </a>
          )}
        </p>
        {page.length > 0 && <MessageTable place={place} rows={page} asked={asked} now={now} />}
        <Pages asked={asked} last={rows.length > perPage ? page.at(-1)?.message_id : undefined} />
      </div>
    ),
  }
}

const nothingBut = (asked: Asked): Asked => ({ ...askedSchema.parse({}), sort: asked.sort })

const countInWords = (count: number): string => {
  if (count > mostCounted) return `More than ${counted(mostCounted, 'message')}.`
  return count === 0 ? 'No message like this has come in.' : `${counted(count, 'message')}.`
}

const columnsOf = (place: Place): CsvColumn<MessageRow>[] => [
  { heading: 'Sender', of: (row) => cameFromInWords(place, row) },
  { heading: 'Type', of: (row) => eventCode(row.message_type, row.event) },
  { heading: 'What it tells', of: (row) => eventInWords(row.message_type, row.event) },
  { heading: 'Control id', of: (row) => row.control_id },
  { heading: 'Recorded by its sender', of: (row) => row.event_at },
  { heading: 'Received', of: (row) => row.received_at },
  { heading: 'State', of: (row) => stateWords[row.state].name },
  { heading: 'Since', of: (row) => row.state_at },
  { heading: 'Reason', of: (row) => (isWaiting(row.state) ? guideTo(row.reason).name : '') },
  { heading: 'Field', of: (row) => row.place },
]
