import type { ComponentChildren } from 'preact'
import { Button, DateInput, Input, InsetText, Textarea } from '../../platform/ui/index.ts'
import { Named } from './named.tsx'
import type { Act, Shown } from './report-view.tsx'

/** The ways of putting a report right, as far as its state allows them. */
export function Decisions(shown: Shown) {
  const { report, actor } = shown
  if (report.state === 'disposal proposed') {
    return (
      <>
        <h2 class="nhsuk-heading-m">Disposal is proposed</h2>
        <InsetText>
          <p>
            {report.state_by_name} proposed to dispose of this: {report.state_why}
          </p>
        </InsetText>
        {report.state_by === actor.id ? (
          <p>Somebody else must confirm it. Until then you may take the proposal back.</p>
        ) : (
          <Reasoned
            shown={shown}
            act="dispose"
            label="Why do you agree?"
            button="Dispose of it for ever"
            warning
          />
        )}
        <Reasoned
          shown={shown}
          act="decline"
          label="Why should it not be disposed of?"
          button="Do not dispose of it"
        />
      </>
    )
  }
  return (
    <>
      <h2 class="nhsuk-heading-m">Put it right</h2>
      <Way heading="It is theirs after all">
        <Reasoned shown={shown} act="restore" label="How do you know?" button="Put it back" />
      </Way>
      <Way heading="It is somebody else’s, whom you know">
        <Move shown={shown} />
      </Way>
      <Way heading="It is nobody’s, or should not be kept">
        <p>Its content is erased in every version. Two people must agree, and a proof stays.</p>
        <Reasoned
          shown={shown}
          act="propose"
          label="Why should it be erased?"
          button="Propose to dispose of it"
        />
      </Way>
    </>
  )
}

const Way = ({ heading, children }: { heading: string; children: ComponentChildren }) => (
  <div class="nhsuk-card">
    <div class="nhsuk-card__content">
      <h3 class="nhsuk-heading-s">{heading}</h3>
      {children}
    </div>
  </div>
)

function Reasoned({
  shown: { report, act: tried, faults = [], given = {} },
  act,
  label,
  button,
  warning = false,
}: {
  shown: Shown
  act: Act | 'dispose'
  label: string
  button: string
  warning?: boolean
}) {
  const mine = tried === act
  return (
    <form method="post" action={`/wrong-person/${report.id}/${act}`} novalidate={act !== 'dispose'}>
      <input type="hidden" name="replaces" value={report.state_id} />
      <Textarea
        id={`${act}-why`}
        name="why"
        rows={2}
        label={label}
        value={mine ? given['why'] : undefined}
        errorMessage={mine ? faults.find(({ path }) => path === 'why')?.words : undefined}
        attributes={{ required: act === 'dispose', minlength: 10, maxlength: 1000 }}
      />
      <Button small variant={warning ? 'warning' : 'secondary'}>
        {button}
      </Button>
    </form>
  )
}

/** First whom; then, when their name has been read, the move. */
function Move({ shown }: { shown: Shown }) {
  const { report, act, faults = [], given = {}, to } = shown
  const fault = (path: string) =>
    act === 'move' ? faults.find((each) => each.path === path)?.words : undefined
  if (to) {
    return (
      <form method="post" action={`/wrong-person/${report.id}/move`} novalidate>
        <InsetText>
          <p>
            It will stand in the record of <Named whose={to} />.
          </p>
        </InsetText>
        <input type="hidden" name="replaces" value={report.state_id} />
        <input type="hidden" name="to" value={to.ref} />
        <Textarea id="move-why" name="why" rows={2} label="How do you know that it is theirs?" />
        <Button small>Move it to this person</Button> <a href={`/wrong-person/${report.id}`}>Somebody else</a>
      </form>
    )
  }
  return (
    <form method="post" action={`/wrong-person/${report.id}/whom`} novalidate>
      {fault('why') && <p class="nhsuk-error-message">{fault('why')}. Find the person again.</p>}
      <Input
        id="move-nhsNumber"
        name="nhsNumber"
        label="Their NHS number"
        inputmode="numeric"
        width={20}
        value={given['nhsNumber']}
        errorMessage={fault('nhsNumber')}
      />
      <DateInput
        id="move-born"
        fieldset={{ legend: { text: 'Their date of birth', size: 's' } }}
        hint="For example, 14 7 1941"
        values={{ day: given['day'], month: given['month'], year: given['year'] }}
        errorMessage={fault('born')}
      />
      <Button small variant="secondary">
        Find this person
      </Button>
    </form>
  )
}
