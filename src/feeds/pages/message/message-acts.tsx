import type { ComponentChildren } from 'preact'
import { Button, Details, Input, InsetText, Textarea } from '../../../platform/ui/index.ts'
import { messagesPath } from '../inbox/messages.ts'
import { guideTo } from '../reasons.ts'
import { fieldNames, shownUnderProtection } from './field-names.ts'
import type { Opened } from './message.queries.ts'
import type { Given, Shown } from './message-view.tsx'
import { forMending, rawField } from './raw-text.ts'
import { wrongPlace } from './reading.ts'

type Props = Pick<Shown, 'opened' | 'hides' | 'given'>

/** Mend, replay, set aside: each with its reason, which is kept for ever with the name of who gave it. */
export function MessageActs({ opened, hides, given }: Props) {
  if (opened.message_type === 'FHIR') return <FhirActs opened={opened} given={given} />
  const field = fieldToMend(opened, hides)
  return (
    <div class="gt-acts">
      {field && (
        <Act form="field" action="mend" title={`Mend ${field.place}`} opened={opened} given={given}>
          <Input
            id="act-field"
            name="value"
            code
            spellcheck={false}
            autocomplete="off"
            value={given?.form === 'field' ? given.value : field.value}
            label={`${field.place}: ${field.name}`}
            hint="As HL7 writes it, such as 19410714 for 14 July 1941. The original is kept."
          />
        </Act>
      )}
      {!hides && <MendText opened={opened} given={given} only={field === undefined} />}
      <Act form="replay" action="replay" title="Replay as it is" opened={opened} given={given}>
        <p>Tries the message once more, unchanged{opened.mended !== null && ' since it was last mended'}.</p>
      </Act>
      <SetAside opened={opened} given={given} />
    </div>
  )
}

const SetAside = ({ opened, given }: Pick<Props, 'opened' | 'given'>) => (
  <Act form="aside" action="set-aside" title="Set aside" opened={opened} given={given}>
    <p>The message will not be applied. It stays here with your reason, and leaves the quarantine.</p>
  </Act>
)

/** Its sender was told what was wrong, and sends again. */
const FhirActs = ({ opened, given }: Pick<Props, 'opened' | 'given'>) => (
  <div class="gt-acts">
    <InsetText>
      <p>
        This came by FHIR. Its sender was told at once what was wrong. When it sends the message again, put
        right, that one is applied and this one leaves the quarantine by itself. It cannot be mended or
        replayed here.
      </p>
    </InsetText>
    <SetAside opened={opened} given={given} />
  </div>
)

/** `only`: no single field can be mended; where that is what usually helps it is open from the start. */
const MendText = ({ opened, given, only }: Omit<Props, 'hides'> & { only: boolean }) => (
  <Details
    summary="Mend the whole text"
    open={given?.form === 'text' || (only && guideTo(opened.reason).usually === 'Mend')}
  >
    <Act form="text" action="mend" title="Mend the whole text" opened={opened} given={given}>
      <Textarea
        id="act-text"
        name="text"
        rows={10}
        spellcheck={false}
        autocomplete="off"
        classes="gt-raw-input"
        value={given?.form === 'text' ? given.text : forMending(opened.mended ?? opened.body)}
        label="Text of the message"
        hint="Each line is a segment. The original is kept."
      />
    </Act>
  </Details>
)

const buttons: Record<Given['form'], string> = {
  field: 'Mend and try',
  text: 'Mend the text and try',
  replay: 'Replay',
  aside: 'Set aside',
}

type ActProps = {
  form: Given['form']
  action: string
  title: string
  opened: Opened
  given: Given | undefined
  children: ComponentChildren
}

function Act({ form, action, title, opened, given, children }: ActProps) {
  const mine = given?.form === form ? given : undefined
  return (
    <form
      class="gt-act"
      method="post"
      action={`${messagesPath}/${opened.message_id}/${action}`}
      aria-labelledby={`title-${form}`}
      novalidate
    >
      <h3 class="nhsuk-heading-s" id={`title-${form}`}>
        {title}
      </h3>
      <input type="hidden" name="seen" value={String(opened.state_id)} />
      {children}
      <Input
        id={`why-${form}`}
        name="why"
        label="Why"
        autocomplete="off"
        value={mine?.why}
        errorMessage={mine && mine.why === '' ? 'Say why' : undefined}
      />
      <Button
        small
        variant={form === 'field' ? undefined : form === 'aside' ? 'warning' : 'secondary'}
        preventDoubleClick
      >
        {buttons[form]}
      </Button>
    </form>
  )
}

/** The field that was wrong, where the message has it once and it may be shown. */
function fieldToMend({ place, body, mended }: Opened, hides: boolean) {
  const [segment, field] = wrongPlace(place)
  if (segment === undefined || field === undefined) return undefined
  const label = fieldNames[segment]?.[field]
  if (hides && (!shownUnderProtection.has(segment) || !label || label.endsWith('*'))) return undefined
  const value = rawField(mended ?? body, segment, field)
  return value === undefined ? undefined : { place, value, name: label?.replace('*', '') ?? 'Another field' }
}
