import type { Place } from '../../../access/index.ts'
import type { Fault, View } from '../../../platform/index.ts'
import {
  ErrorSummary,
  howLongAgo,
  InsetText,
  instantInWords,
  NotificationBanner,
  SummaryList,
  Tag,
} from '../../../platform/ui/index.ts'
import type { MessageRow } from '../inbox/messages.queries.ts'
import { addressOf, nothingAsked } from '../inbox/messages.ts'
import { cameFromInWords, eventCode, eventInWords } from '../names.ts'
import { guideTo } from '../reasons.ts'
import { isWaiting, stateWords } from '../states.ts'
import type { Happened, Opened } from './message.queries.ts'
import { MessageActs } from './message-acts.tsx'
import { History, Others, RawText, Reading } from './message-parts.tsx'

export const dids = ['taken', 'waits', 'aside', ''] as const
/** What the reader has just done. */
type Did = (typeof dids)[number]

/** What was typed into one of the forms. */
export type Given = {
  form: 'replay' | 'field' | 'text' | 'aside'
  why: string
  value?: string | undefined
  text?: string | undefined
}

export type Shown = {
  place: Place
  opened: Opened
  history: Happened[]
  others: MessageRow[]
  /** Whether what may tell where the person is must not be shown. */
  hides: boolean
  now: Date
  did?: Did
  given?: Given | undefined
  faults?: Fault[]
  /** Somebody else has acted on it since the reader opened it. */
  changed?: boolean
}

export function messageView(shown: Shown): View {
  const { opened, faults = [], hides } = shown
  const waits = isWaiting(opened.state)
  return {
    title: eventInWords(opened.message_type, opened.event),
    wide: true,
    body: (
      <div class="gt-record">
        {faults.length > 0 && (
          <ErrorSummary
            errorList={faults.map(({ words, path }) => ({
              text: words,
              href: shown.changed || path === 'seen' ? undefined : `#${anchorOf(shown.given)}`,
            }))}
          />
        )}
        <Banner {...shown} />
        <h1 class="nhsuk-heading-l">
          <span class="nhsuk-caption-l">Message {opened.control_id || 'without a control id'}</span>
          {eventInWords(opened.message_type, opened.event)}
        </h1>
        <Facts {...shown} />
        {waits && <WhatToDo opened={opened} />}
        {waits && <MessageActs {...shown} />}
        {hides && (
          <InsetText>
            <p>
              The address of somebody in this message is protected. What may tell where they are is not shown
              here, and so the whole text is not.
            </p>
          </InsetText>
        )}
        <Reading {...shown} />
        {!hides && <RawText opened={opened} />}
        <History {...shown} />
        <Others {...shown} />
      </div>
    ),
  }
}

/** The first field of the form that was sent. */
const anchorOf = (given: Given | undefined): string =>
  given === undefined ? 'what-to-do' : given.why === '' ? `why-${given.form}` : `act-${given.form}`

const saidOf: Record<Exclude<Did, ''>, string> = {
  taken: 'The message was applied. It has left the quarantine.',
  waits: 'The message was tried and is still in quarantine. What is wrong with it now stands below.',
  aside: 'The message was set aside. It will not be applied.',
}

function Banner({ did = '', changed, opened }: Shown) {
  if (changed)
    return (
      <NotificationBanner>
        <p class="nhsuk-notification-banner__heading">
          Somebody else, or a later message, has changed this one since you opened it. Nothing of yours was
          done. It is {stateWords[opened.state].name.toLowerCase()} now: look again, and decide anew.
        </p>
      </NotificationBanner>
    )
  if (did === '') return null
  return (
    <NotificationBanner {...(did === 'waits' ? {} : { variant: 'success' as const })}>
      <p class="nhsuk-notification-banner__heading">
        {saidOf[did]}{' '}
        <a class="nhsuk-notification-banner__link" href="/feeds/quarantine">
          Back to the quarantine
        </a>
      </p>
    </NotificationBanner>
  )
}

function Facts({ place, opened, history, now }: Shown) {
  const last = history.at(-1)
  const waits = isWaiting(opened.state)
  const [kind, number] = opened.thing?.split(/\/(.*)/) ?? []
  return (
    <SummaryList
      rows={[
        {
          key: 'State',
          value: (
            <>
              <Tag colour={stateWords[opened.state].colour}>{stateWords[opened.state].name}</Tag> since{' '}
              {instantInWords(opened.state_at)}. {stateWords[opened.state].means}
            </>
          ),
        },
        waits && {
          key: 'Reason',
          value: (
            <>
              <strong>{guideTo(opened.reason).name}</strong>
              {opened.place && ` (${opened.place})`}
              {last?.words && `. ${last.words}`}
            </>
          ),
        },
        !waits && opened.reason !== null && last?.words ? { key: 'Note', value: last.words } : undefined,
        { key: 'Sender', value: cameFromInWords(place, opened) },
        { key: 'Kind', value: eventCode(opened.message_type, opened.event) || 'Not known' },
        {
          key: 'Recorded by its sender',
          value: opened.event_at ? instantInWords(opened.event_at) : 'Not known',
        },
        {
          key: 'Received',
          value: `${instantInWords(opened.received_at)} (${howLongAgo(opened.received_at, now)})`,
        },
        kind && number
          ? {
              key: kind.charAt(0).toUpperCase() + kind.slice(1),
              value: <a href={addressOf(nothingAsked, { find: number })}>{number}</a>,
            }
          : undefined,
        { key: 'Character set', value: opened.charset },
      ]}
    />
  )
}

function WhatToDo({ opened }: { opened: Opened }) {
  const guide = guideTo(opened.reason)
  return (
    <>
      <h2 class="nhsuk-heading-m" id="what-to-do">
        What to do
      </h2>
      <p>{guide.means}</p>
      <ol>
        {guide.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
    </>
  )
}
