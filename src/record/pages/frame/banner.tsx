import { PatientBanner } from '../../../platform/ui/index.ts'
import { gravity } from './allergy.ts'
import type { AllergyRow } from './frame.queries.ts'
import type { Frame } from './frame.tsx'
import { type Group, said } from './grouping.ts'

/** Who this is, and what must be known before anything is done. */
export function Banner({ frame }: { frame: Frame }) {
  const { who, shield, now } = frame
  const { family, given, prefix } = who
  return (
    <PatientBanner
      name={{ family, given, prefix }}
      preferredName={who.preferredName}
      birthDate={who.birthDate}
      died={who.died}
      gender={who.gender}
      nhsNumber={who.nhsNumber}
      today={now}
      address={who.addresses[0]?.lines}
      phones={who.phone ? [{ label: 'Phone', number: who.phone }] : []}
      protectedAddress={shield.hides}
      wide
    >
      <AllergyLine frame={frame} />
      <AlertLine frame={frame} />
    </PatientBanner>
  )
}

function AllergyLine({ frame: { allergies, role } }: { frame: Frame }) {
  const { standing, noneKnown } = allergies
  if (!role.categories.includes('alert')) return null
  if (standing.length === 0) {
    return (
      <p class="gt-banner__line">
        <span class="gt-banner__label">Allergies</span>{' '}
        {noneKnown.length > 0 ? 'No known allergies' : 'No information recorded'}
      </p>
    )
  }
  return (
    <p class="gt-banner__line">
      <span class="gt-banner__label">Allergies</span>{' '}
      {standing.map((group, index) => (
        <>
          {index > 0 && <span class="gt-banner__between"> · </span>}
          <strong>{group.items[0].title ?? 'Not named'}</strong>
          {reactionOf(group)}
        </>
      ))}
    </p>
  )
}

function reactionOf(group: Group<AllergyRow>): string {
  const words = [
    gravity(group) === 2 ? 'high risk' : '',
    ...said(group, (row) => row.manifestations?.toLowerCase()),
  ].filter(Boolean)
  return words.length > 0 ? ` (${words.join(': ')})` : ''
}

/** A safeguarding concern is for the screen only: paper is left on kitchen tables. */
function AlertLine({ frame: { flags, who } }: { frame: Frame }) {
  const alerts = flags.map((flag) => ({
    words: flag.title ?? 'Alert without a name',
    screenOnly: flag.category === 'safeguarding',
  }))
  const language =
    who.language && who.language !== 'English' ? [{ words: who.language, screenOnly: false }] : []
  const all = [...alerts, ...language]
  if (all.length === 0) return null
  const onlyScreen = all.every((each) => each.screenOnly)
  return (
    <p class={onlyScreen ? 'gt-banner__line gt-screen-only' : 'gt-banner__line'}>
      <span class="gt-banner__label">Alerts</span>{' '}
      {all.map((each, index) => (
        <span class={each.screenOnly ? 'gt-screen-only' : undefined}>
          {index > 0 && <span class="gt-banner__between"> · </span>}
          <strong>{each.words}</strong>
        </span>
      ))}
    </p>
  )
}
