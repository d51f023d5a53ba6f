import { Details, InsetText, instantInWords, Table, Tag } from '../../../platform/ui/index.ts'
import { MessageTable } from '../inbox/message-table.tsx'
import { nothingAsked } from '../inbox/messages.ts'
import { whoDid } from '../names.ts'
import { guideTo } from '../reasons.ts'
import { isWaiting, stateWords } from '../states.ts'
import type { Happened, Opened } from './message.queries.ts'
import type { Shown } from './message-view.tsx'
import { visible } from './raw-text.ts'
import { labelled, type ReadField, type ReadSegment } from './reading.ts'

/** The message segment by segment, with the field that was wrong marked. */
export function Reading({ opened, hides }: Pick<Shown, 'opened' | 'hides'>) {
  const wrong = isWaiting(opened.state) ? opened.place : null
  const { segments, absent } = labelled(opened.mended ?? opened.body, wrong, hides)
  return (
    <>
      <h2 class="nhsuk-heading-m">What it says{opened.mended !== null && ', as it was mended'}</h2>
      {segments === undefined && (
        <InsetText>
          <p>This cannot be read as an HL7 message. Its text stands below as it came.</p>
        </InsetText>
      )}
      {absent && (
        <p>
          <Tag colour="red">Missing</Tag> There is no {absent} segment in this message.
        </p>
      )}
      {segments?.map((segment) => (
        <Segment segment={segment} />
      ))}
    </>
  )
}

function Segment({ segment }: { segment: ReadSegment }) {
  const summary = (
    <>
      {segment.name}: {segment.inWords}
      {segment.wrong && ' (something is wrong here)'}
    </>
  )
  const opens = segment.wrong || segment.name === 'PID' || segment.name === 'PV1' || segment.name === 'EVN'
  return (
    <Details summary={{ text: summary }} open={opens}>
      {segment.fields.length === 0 ? <p>Nothing is in it.</p> : <Fields segment={segment} />}
    </Details>
  )
}

const Fields = ({ segment }: { segment: ReadSegment }) => (
  <Table
    responsive
    compact
    caption={{ text: `Fields of ${segment.name}`, classes: 'nhsuk-u-visually-hidden' }}
    head={['Field', 'What it is', 'Value']}
    rows={segment.fields.map((field) => [
      { text: `${segment.name}-${field.number}` },
      { text: field.name },
      { text: <Value field={field} /> },
    ])}
  />
)

const Value = ({ field }: { field: ReadField }) => (
  <span class={field.wrong ? 'gt-wrong' : undefined}>
    {field.wrong && (
      <>
        <Tag colour="red">Wrong</Tag>{' '}
      </>
    )}
    {field.hidden && 'Hidden: protected address'}
    {!field.hidden && field.lines.length === 0 && 'Empty'}
    {field.lines.map((line, index) => (
      <>
        {index > 0 && <br />}
        <span class="gt-code">{line}</span>
      </>
    ))}
    {field.inWords && ` (${field.inWords})`}
  </span>
)

export const RawText = ({ opened }: { opened: Opened }) => (
  <>
    <h2 class="nhsuk-heading-m">The text as it came</h2>
    <p>Characters that cannot be seen are shown by their names: ‹CR› ends a segment.</p>
    <Raw text={opened.body} label="Text as received" />
    {opened.mended !== null && (
      <>
        <h3 class="nhsuk-heading-s">The text as it was mended</h3>
        <Raw text={opened.mended} label="Text as mended" />
      </>
    )}
  </>
)

// It may be wider than the screen, so it scrolls by itself; whoever uses a keyboard must reach it for that.
const Raw = ({ text, label }: { text: string; label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus (WCAG 2.1.1)
  <section class="gt-raw" tabIndex={0} aria-label={label}>
    <pre>{visible(text)}</pre>
  </section>
)

export const History = ({ history, place }: Pick<Shown, 'history' | 'place'>) => (
  <>
    <h2 class="nhsuk-heading-m">What became of it</h2>
    <Table
      responsive
      compact
      caption={{ text: 'What became of it', classes: 'nhsuk-u-visually-hidden' }}
      head={['When', 'State', 'Why', 'Who']}
      rows={history.map((each) => [
        { text: instantInWords(each.recorded_at) },
        { text: <Tag colour={stateWords[each.state].colour}>{stateWords[each.state].name}</Tag> },
        { text: whyOf(each) },
        { text: whoDid(place, each.recorded_by) },
      ])}
    />
  </>
)

const whyOf = ({ state, reason, place, words }: Happened): string =>
  [state === 'quarantined' ? `${guideTo(reason).name}${place ? ` (${place})` : ''}` : '', words]
    .filter(Boolean)
    .join('. ') || 'As it came'

export function Others({ opened, others, place, now }: Shown) {
  const rest = others.filter((each) => each.message_id !== opened.message_id)
  if (opened.thing === null) return null
  const kind = opened.thing.split('/')[0]
  return (
    <>
      <h2 class="nhsuk-heading-m">Other messages of the same {kind}, in order</h2>
      {rest.length === 0 ? (
        <p>There are none.</p>
      ) : (
        <MessageTable place={place} rows={rest} asked={nothingAsked} now={now} fixed />
      )}
    </>
  )
}
