import {
  Details,
  howLongAgo,
  instantInWords,
  numberWithCommas,
  SummaryList,
  Table,
  Tag,
  type TagColour,
  Trend,
  timeInWords,
} from '../../../platform/ui/index.ts'
import { addressOf, nothingAsked } from '../inbox/messages.ts'
import { type Figures, type Health, lagInWords, type Status, usualOf } from './health.ts'

const words: Record<Status, { name: string; colour: TagColour }> = {
  late: { name: 'Late', colour: 'red' },
  refusing: { name: 'Refusing', colour: 'red' },
  quiet: { name: 'Quiet', colour: 'orange' },
  normal: { name: 'Normal', colour: 'green' },
  'too early to say': { name: 'Too early to say', colour: 'grey' },
}

export function SenderHealth({ health, now }: { health: Health; now: Date }) {
  const { id, name, status, figures } = health
  return (
    <section class="gt-part" aria-labelledby={`sender-${id}`}>
      <h2 class="gt-part__title" id={`sender-${id}`}>
        {name} {status && <Tag colour={words[status].colour}>{words[status].name}</Tag>}
      </h2>
      {status && <p>{whyOf(health, status)}</p>}
      <SummaryList
        rows={[
          {
            key: 'Last message',
            value: figures.last_received_at
              ? `${howLongAgo(figures.last_received_at, now)} (${instantInWords(figures.last_received_at)})`
              : 'None has ever come',
          },
          { key: 'Last hour', value: <LastHour figures={figures} /> },
          { key: 'Refused', value: refusedInWords(figures) },
          { key: 'In quarantine', value: <InQuarantine figures={figures} now={now} /> },
          { key: 'From the event to its message', value: lag(figures.arrival_p50, figures.arrival_p95) },
          {
            key: 'From the message to the record',
            value: lag(figures.applied_p50, figures.applied_p95),
          },
          { key: 'Connected now', value: connectedInWords(health) },
        ]}
      />
      <LastDay health={health} />
    </section>
  )
}

/** Why it has its word, so that the word can be checked. */
function whyOf({ freshness, lastKept, lateAfterHours, figures }: Health, status: Status): string {
  const usual = usualOf(figures)
  if (freshness === 'never heard') return 'Nothing of it has been kept in the record yet. Records say so.'
  switch (status) {
    case 'late':
      return `Nothing of it has been kept in the record since ${lastKept ? instantInWords(lastKept) : 'ever'}. It is late after ${lateAfterHours} hours. Records say so.`
    case 'refusing':
      return `${figures.refused_last_hour} of the ${figures.last_hour} messages of the last hour went to quarantine.`
    case 'quiet':
      return `${figures.last_hour} in the last hour; ${numberWithCommas(usual ?? 0)} would be usual.`
    case 'normal':
      return 'It sends as it usually does at this hour, and it is taken.'
    case 'too early to say':
      return 'There is not enough history yet to say what is usual at this hour.'
  }
}

const LastHour = ({ figures }: { figures: Figures }) => {
  const usual = usualOf(figures)
  return (
    <>
      {numberWithCommas(figures.last_hour)}
      {usual === undefined
        ? '. What is usual: not enough history yet'
        : `. Usual at this hour of the week: ${numberWithCommas(usual)} (the middle of ${figures.weeks} weeks)`}
    </>
  )
}

const refusedInWords = ({ last_hour, refused_last_hour, last_day, refused_last_day }: Figures): string =>
  `${numberWithCommas(refused_last_hour)} of ${numberWithCommas(last_hour)} in the last hour, ${numberWithCommas(refused_last_day)} of ${numberWithCommas(last_day)} in the last 24`

const InQuarantine = ({ figures, now }: { figures: Figures; now: Date }) =>
  figures.waiting === 0 || figures.oldest_waiting_at === null ? (
    <>None</>
  ) : (
    <>
      <a href={addressOf(nothingAsked, { sender: figures.sender, state: 'waiting', sort: 'oldest' })}>
        {numberWithCommas(figures.waiting)}
      </a>
      , the oldest came {howLongAgo(figures.oldest_waiting_at, now)}
    </>
  )

const lag = (half: number | null, most: number | null): string =>
  half === null
    ? 'Not known in the last 24 hours'
    : `Half within ${lagInWords(half)}, 95% within ${lagInWords(most)}`

function connectedInWords({ connected }: Health): string {
  const waiting = connected.reduce((sum, each) => sum + each.waiting, 0)
  if (connected.length === 0) return 'No'
  return `${connected.length === 1 ? '1 connection' : `${connected.length} connections`}, ${waiting} waiting for an answer`
}

function LastDay({ health: { name, hours } }: { health: Health }) {
  const points = hours.map(({ ends, messages }) => ({ at: ends, value: messages }))
  return (
    <>
      {points.some(({ value }) => value !== null) && (
        <Trend
          title={`${name}, messages an hour`}
          unit="in the last hour"
          each="hour"
          fromZero
          points={points}
        />
      )}
      <Details summary={`The last 24 hours as a table: ${name}`}>
        <Table
          compact
          caption={{ text: `Messages of ${name}, hour by hour`, classes: 'nhsuk-u-visually-hidden' }}
          head={['Hour until', { text: 'Messages', format: 'numeric' }]}
          rows={hours.map(({ ends, messages }) => [
            { text: timeInWords(ends) },
            { text: messages === null ? 'Not known' : numberWithCommas(messages), format: 'numeric' },
          ])}
        />
      </Details>
    </>
  )
}
