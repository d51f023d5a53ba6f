import type { Place } from '../../access/index.ts'
import type { Actor, Fault, View } from '../../platform/index.ts'
import {
  Details,
  ErrorSummary,
  howLongAgo,
  instantInWords,
  SummaryList,
  Table,
} from '../../platform/ui/index.ts'
import { actInWords, actsInWords } from '../pages/looked/looked.ts'
import { Decisions } from './decisions.tsx'
import { kindOf, nameOf } from './items.ts'
import { Named } from './named.tsx'
import { isOpen, StateTag, sourceName } from './worklist.page.tsx'
import type { Proof, Reached, Report, ReportedItem, ReportState, Whose } from './wrong-person.queries.ts'

export type Act = 'restore' | 'move' | 'propose' | 'decline'

export type Shown = {
  place: Place
  actor: Actor
  now: Date
  report: Report
  item: ReportedItem | undefined
  states: ReportState[]
  reached: Reached[]
  /** What was tried and did not pass, and what was typed. */
  act?: Act
  faults?: Fault[]
  given?: Record<string, string>
  /** Who was found by number and birth date, to confirm. */
  to?: Whose
}

export function viewOf(shown: Shown): View {
  const { report, item, place, now, faults = [] } = shown
  const name = item?.body ? nameOf(JSON.parse(item.body)) : undefined
  const title = `${kindOf(report.type)} reported as somebody else’s`
  return {
    title,
    status: faults.length > 0 ? 422 : 200,
    backLink: { href: '/wrong-person', text: 'Wrong person' },
    body: (
      <>
        {faults.length > 0 && (
          <ErrorSummary
            errorList={faults.map(({ path, words }) => ({
              text: words,
              href: `#${shown.act ?? ''}-${path}`,
            }))}
          />
        )}
        <h1 class="nhsuk-heading-l">{title}</h1>
        <SummaryList
          rows={[
            { key: 'State', value: <StateTag state={report.state} /> },
            { key: 'In the record of', value: item ? <Named whose={item} /> : 'Not known' },
            ...(name ? [{ key: 'What', value: name }] : []),
            { key: 'Source', value: sourceName(place, report.source) },
            {
              key: 'Reported',
              value: `${instantInWords(report.recorded_at)} (${howLongAgo(report.recorded_at, now)}), by ${report.recorded_by_name}`,
            },
            { key: 'Because', value: report.why },
          ]}
        />
        {item?.body && <AsKept body={item.body} />}
        {isOpen(report) && !item?.body && (
          <p class="gt-none">Its source has since taken this item back. It can be restored or disposed of.</p>
        )}
        {isOpen(report) && <Decisions {...shown} />}
        {report.proof && <Erased proof={report.proof} />}
        <WhereItWent {...shown} />
        <h2 class="nhsuk-heading-m">What has been done</h2>
        <ol class="nhsuk-list nhsuk-list--number">
          {shown.states.map((state) => (
            <li>
              <StateTag state={state.state} /> {instantInWords(state.recorded_at)}, {state.recorded_by_name}:{' '}
              {state.why}
            </li>
          ))}
        </ol>
      </>
    ),
  }
}

/** A document's content would fill the page; it is said how long it is. */
const AsKept = ({ body }: { body: string }) => (
  <Details summary="The item as its source sent it">
    <pre class="gt-as-kept" tabindex={0}>
      {JSON.stringify(JSON.parse(body), shortData, 2)}
    </pre>
  </Details>
)

const shortData = (key: string, value: unknown): unknown =>
  key === 'data' && typeof value === 'string' && value.length > 100
    ? `${Math.round((value.length * 3) / 4)} bytes of content`
    : value

const Erased = ({ proof }: { proof: Proof }) => (
  <>
    <h2 class="nhsuk-heading-m">Proof of disposal</h2>
    <SummaryList
      rows={[
        {
          key: 'Proposed',
          value: `${proof.proposed.name}, ${instantInWords(proof.proposed.at)}: ${proof.proposed.why}`,
        },
        {
          key: 'Confirmed',
          value: `${proof.confirmed.name}, ${instantInWords(proof.confirmed.at)}: ${proof.confirmed.why}`,
        },
        { key: 'Versions erased', value: String(proof.versions.length) },
        { key: 'Digest (SHA-256)', value: <code class="gt-digest">{proof.sha256}</code> },
      ]}
    />
  </>
)

function WhereItWent({ place, reached }: Shown) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Where it went before it was reported</h2>
      {reached.length === 0 ? (
        <p>The audit names nobody who saw it.</p>
      ) : (
        <Table
          responsive
          caption={{ text: 'Tell them, if they may have acted on it', size: 's' }}
          head={[{ text: 'Who' }, { text: 'What they did' }, { text: 'When' }, { text: 'Saw it' }]}
          rows={readersOf(reached).map(({ one, certain, acts, last }) => [
            {
              text: `${one.actor_name}, ${roleOf(place, one.role)}, ${organisationOf(place, one.organisation)}`,
            },
            { text: actsInWords(acts) },
            { text: instantInWords(last) },
            { text: certain ? <strong>Yes</strong> : 'May have: it was in the record they opened' },
          ])}
        />
      )}
    </>
  )
}

/** Each reader once, whoever certainly saw it first, with all that they did. */
function readersOf(reached: Reached[]) {
  const readers = [...Map.groupBy(reached, (each) => each.actor).values()].flatMap((ofOne) => {
    const [one] = ofOne
    if (!one) return []
    const last = new Date(Math.max(...ofOne.map((each) => each.until.getTime())))
    return [
      {
        one,
        last,
        certain: ofOne.some((each) => each.certain),
        acts: ofOne.map((each) => actInWords(each.action)),
      },
    ]
  })
  return readers.sort((one, other) => Number(other.certain) - Number(one.certain))
}

const roleOf = (place: Place, role: string): string => place.roles[role]?.name ?? role
const organisationOf = (place: Place, code: string): string =>
  place.organisations.find((each) => each.code === code)?.short ?? code
