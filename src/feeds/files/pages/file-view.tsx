import type { Place } from '../../../access/index.ts'
import type { Fault, View } from '../../../platform/index.ts'
import {
  Button,
  Checkboxes,
  dateInWords,
  ErrorSummary,
  InsetText,
  instantInWords,
  numberWithCommas,
  SummaryList,
  Table,
  Tag,
  Textarea,
  WarningCallout,
} from '../../../platform/ui/index.ts'
import type { Kind } from '../extracts.queries.ts'
import { limitsPassed } from '../limits.ts'
import type { Extract, QuarantineCount, QuarantinedLine } from './pages.queries.ts'
import { QuarantineTable } from './quarantine-table.tsx'
import {
  datasetName,
  datasetOf,
  kindInWords,
  nameOf,
  reasonInWords,
  stateInWords,
  wayInWords,
} from './words.ts'

type Shown = {
  place: Place
  extract: Extract
  reasons: QuarantineCount[]
  lines: QuarantinedLine[]
  faults: Fault[]
  notice?: string | undefined
}

/** One file: what it says, how it differs from what is held, what is refused, and whether it is accepted. */
export function fileView(shown: Shown): View {
  const { extract, faults, notice, reasons, lines } = shown
  const { words, colour } = stateInWords[extract.state]
  return {
    title: datasetName(extract.dataset),
    status: faults.length > 0 ? 422 : 200,
    backLink: { href: '/files', text: 'Files' },
    body: (
      <>
        {faults.length > 0 && (
          <ErrorSummary errorList={faults.map(({ words: text, path }) => ({ text, href: `#${path}` }))} />
        )}
        <h1 class="nhsuk-heading-l">
          {datasetName(extract.dataset)} <Tag colour={colour}>{words}</Tag>
        </h1>
        {notice && <InsetText>{notice}</InsetText>}
        <About {...shown} />
        {extract.faults && <Refused faults={extract.faults} />}
        {extract.counts && <Differences extract={extract} />}
        {extract.state === 'checked' && <Decide extract={extract} faults={faults} />}
        {reasons.length > 0 && (
          <>
            <h2 class="nhsuk-heading-m" id="refused">
              Refused lines
            </h2>
            <p>
              These lines are kept in quarantine. A later file that says them rightly settles them by itself.
            </p>
            <ul>
              {reasons.map(({ reason, lines: count }) => (
                <li>
                  {reasonInWords(reason)}: {numberWithCommas(count)}
                </li>
              ))}
            </ul>
            <p>
              <a href={`/files/received/${extract.id}/refused.csv`}>Download the refused lines (CSV)</a>
            </p>
            <QuarantineTable lines={lines} caption={`The first ${lines.length}`} withFile={false} />
          </>
        )}
      </>
    ),
  }
}

function About({ place, extract }: Shown) {
  const { extractDate, state, stateAt, stateBy, why, acceptedBy } = extract
  const source = place.sources.find((each) => each.id === extract.source)?.name ?? extract.source
  const because = why ? `: ${why}` : ''
  return (
    <SummaryList
      rows={[
        { key: 'As of', value: extractDate ? dateInWords(extractDate) : 'Not known' },
        { key: 'From', value: `${source}, ${wayInWords[extract.way]}` },
        { key: 'Name', value: extract.name },
        {
          key: 'Received',
          value: `${instantInWords(extract.receivedAt)}, by ${nameOf(place, extract.sentBy)}`,
        },
        acceptedBy !== null && {
          key: 'Accepted',
          value: `by ${nameOf(place, acceptedBy)}${state === 'accepted' ? because : ''}`,
        },
        state === 'rejected' && {
          key: 'Rejected',
          value: `${instantInWords(stateAt)}, by ${nameOf(place, stateBy)}${because}`,
        },
        state === 'applied' && { key: 'Applied', value: instantInWords(stateAt) },
      ]}
    />
  )
}

const Refused = ({ faults }: { faults: NonNullable<Extract['faults']> }) => (
  <WarningCallout heading={{ text: 'Nothing of this file was used', level: 2 }}>
    <ul>
      {faults.map((fault) => (
        <li>{fault.words}</li>
      ))}
    </ul>
    <p>
      Put the file right where it is made, and <a href="/files/send">send it again</a>.
    </p>
  </WarningCallout>
)

const kinds: Kind[] = ['added', 'changed', 'ended', 'unchanged', 'older']

function Differences({ extract }: { extract: Extract }) {
  const { counts } = extract
  if (!counts) return null
  // The comparison is with what is held now. Once a file is applied there is nothing left of it to look at line by line.
  const open = extract.state === 'checked'
  return (
    <>
      <h2 class="nhsuk-heading-m">{open ? 'What would change' : 'What was found when it was compared'}</h2>
      {!datasetOf(extract.dataset)?.isFullList && (
        <p>This kind of file brings news: what it leaves out stays as it is.</p>
      )}
      <Table
        responsive
        caption={`${numberWithCommas(counts.lines)} lines, compared with ${numberWithCommas(counts.held)} that are held`}
        head={['Kind', { text: 'Lines', format: 'numeric' }, 'What it means']}
        rows={[
          ...kinds.map((kind) => [
            {
              text:
                open && counts[kind] > 0 ? (
                  <a href={`/files/received/${extract.id}/${kind}`}>{kindInWords[kind].words}</a>
                ) : (
                  kindInWords[kind].words
                ),
            },
            { text: numberWithCommas(counts[kind]), format: 'numeric' as const },
            kindInWords[kind].means,
          ]),
          [
            { text: counts.refused > 0 ? <a href="#refused">Refused</a> : 'Refused' },
            { text: numberWithCommas(counts.refused), format: 'numeric' as const },
            'Cannot be used. They are kept in quarantine with the reason.',
          ],
        ]}
      />
    </>
  )
}

function Decide({ extract, faults }: { extract: Extract; faults: Fault[] }) {
  const wrong = (path: string) => faults.find((fault) => fault.path === path)?.words
  const limits = extract.counts ? limitsPassed(extract.counts) : []
  const address = `/files/received/${extract.id}`
  return (
    <>
      <h2 class="nhsuk-heading-m">Accept or reject</h2>
      <form method="post" action={`${address}/accept`} novalidate>
        {limits.length > 0 && (
          <WarningCallout heading="Look twice">
            <ul>
              {limits.map((words) => (
                <li>{words}</li>
              ))}
            </ul>
            <Checkboxes
              idPrefix="sure"
              name="sure"
              errorMessage={wrong('sure')}
              items={[{ value: 'yes', text: 'I have looked at this and the file is right' }]}
            />
          </WarningCallout>
        )}
        <Button preventDoubleClick>Accept the file</Button>
      </form>
      <form method="post" action={`${address}/reject`} novalidate>
        <Textarea
          id="why"
          name="why"
          errorMessage={wrong('why')}
          rows={2}
          label="Why the file is rejected"
          hint="Whoever sent it can read this"
        />
        <Button variant="secondary">Reject the file</Button>
      </form>
    </>
  )
}
