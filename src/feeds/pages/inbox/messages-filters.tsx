import type { Place } from '../../../access/index.ts'
import { Button, Details, Input, Select, type SelectItem } from '../../../platform/ui/index.ts'
import { eventCode, eventInWords, senderName, unknown } from '../names.ts'
import { guideTo } from '../reasons.ts'
import { allStates, stateWords } from '../states.ts'
import { type Asked, addressOf, isNarrowed, messagesPath, nothingAsked } from './messages.ts'

type Props = {
  place: Place
  asked: Asked
  kinds: { message_type: string; event: string }[]
  reasons: readonly string[]
}

/** What most people ask for is one link; everything is a form. */
export const MessageFilters = (props: Props) => (
  <>
    <Quick asked={props.asked} />
    <Details summary="Filter and search" open={isNarrowed(props.asked)}>
      <FilterForm {...props} />
    </Details>
  </>
)

function Quick({ asked }: { asked: Asked }) {
  const states: { value: Asked['state']; words: string }[] = [
    { value: '', words: 'All' },
    { value: 'waiting', words: 'Waiting in quarantine' },
    ...allStates
      .filter((state) => state !== 'quarantined' && state !== 'mended')
      .map((state) => ({ value: state, words: stateWords[state].name })),
  ]
  const sorts = [
    { value: 'newest', words: 'Newest first' },
    { value: 'oldest', words: 'Oldest first' },
  ] as const
  return (
    <>
      <Links
        label="State"
        links={states.map(({ value, words }) => ({
          words,
          href: addressOf(asked, { state: value }),
          current: asked.state === value,
        }))}
      />
      <Links
        label="Order"
        links={sorts.map(({ value, words }) => ({
          words,
          href: addressOf(asked, { sort: value }),
          current: asked.sort === value,
        }))}
      />
    </>
  )
}

export const Links = ({
  label,
  links,
}: {
  label: string
  links: { words: string; href: string; current: boolean }[]
}) => (
  <nav class="gt-filter" aria-label={label}>
    <span class="gt-filter__label">{label}</span>
    <ul class="gt-filter__list">
      {links.map(({ words, href, current }) => (
        <li>
          <a href={href} aria-current={current ? 'true' : undefined}>
            {words}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

function FilterForm({ place, asked, kinds, reasons }: Props) {
  const choices = (all: SelectItem[]): SelectItem[] => [{ value: '', text: 'All' }, ...all]
  const senders = place.senders.filter((each) => each.hl7).map((each) => each.id)
  return (
    <form method="get" action={messagesPath} class="gt-filter-form">
      <input type="hidden" name="state" value={asked.state} />
      <input type="hidden" name="sort" value={asked.sort} />
      <Select
        id="sender"
        name="sender"
        label="Sender"
        value={asked.sender}
        items={choices([...senders, unknown].map((id) => ({ value: id, text: senderName(place, id) })))}
      />
      <Select
        id="type"
        name="type"
        label="Type"
        value={asked.type}
        items={choices(
          kinds.map(({ message_type, event }) => ({
            value: eventCode(message_type, event),
            text: `${eventCode(message_type, event)} ${eventInWords(message_type, event)}`.trim(),
          })),
        )}
      />
      <Select
        id="reason"
        name="reason"
        label="Reason for quarantine"
        value={asked.reason}
        items={choices(reasons.map((reason) => ({ value: reason, text: guideTo(reason).name })))}
      />
      <Input id="day" name="day" label="Day it came" type="date" value={asked.day} />
      <Input
        id="find"
        name="find"
        label="Control id, or number of a visit"
        value={asked.find}
        spellcheck={false}
        autocomplete="off"
      />
      <div class="gt-filter-form__act">
        <Button small variant="secondary">
          Show
        </Button>{' '}
        <a href={addressOf(nothingAsked)}>Clear</a>
      </div>
    </form>
  )
}
