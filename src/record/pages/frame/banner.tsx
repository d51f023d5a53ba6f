import type { ComponentChildren } from 'preact'
import { PatientBanner } from '../../../platform/ui/index.ts'
import { gravity } from './allergy.ts'
import { deathSaid } from './death.ts'
import { isConcern } from './flag.ts'
import type { AllergyRow } from './frame.queries.ts'
import type { Frame } from './frame.tsx'
import { type Group, said } from './grouping.ts'
import type { Who } from './who.ts'

/** Who this is, and what must be known before anything is done. */
export function Banner({ frame }: { frame: Frame }) {
  const { who, shield, now, person } = frame
  const addressOpened = person.protections.protectedAddress && !shield.hides
  const { family, given, prefix } = who
  const banner = (
    <PatientBanner
      name={{ family, given, prefix }}
      preferredName={who.preferredName}
      birthDate={who.birthDate}
      died={who.died}
      gender={who.gender}
      nhsNumber={who.nhsNumber}
      today={now}
      address={who.told ? who.addresses[0]?.lines : [notShown]}
      phones={who.told ? phonesOf(who) : [{ label: 'Phone', number: notShown }]}
      protectedAddress={shield.hides}
      wide
    >
      <DeathLine frame={frame} />
      <AllergyLine frame={frame} />
      <AlertLine frame={frame} />
      {addressOpened && (
        <Line label="Address">
          Protected. You see it because you broke the glass: do not write it down or say it aloud.
        </Line>
      )}
    </PatientBanner>
  )
  // On paper the address is left out even so.
  return addressOpened ? <div class="gt-address-opened">{banner}</div> : banner
}

const notShown = 'Not shown to you'
const phonesOf = ({ phone }: Who) => (phone ? [{ label: 'Phone', number: phone }] : [])

function DeathLine({ frame: { who, shield } }: { frame: Frame }) {
  if (!who.died) return null
  const { differ, words } = deathSaid(who.deaths, who.silentOnDeath, shield.source)
  return (
    <Line label="Death">
      {differ && <strong>Sources differ: check before you act. </strong>}
      {words}
    </Line>
  )
}

function AllergyLine({ frame: { allergies, role } }: { frame: Frame }) {
  const { standing, noneKnown } = allergies
  if (!role.categories.includes('alert')) return null
  if (standing.length === 0) {
    return (
      <Line label="Allergies">
        {noneKnown.length > 0 ? 'No known allergies' : 'Not known: nothing recorded that you can see'}
      </Line>
    )
  }
  return (
    <Line label="Allergies">
      {standing.map((group, index) => (
        <>
          {index > 0 && ' · '}
          <strong>{group.items[0].title ?? 'Not named'}</strong>
          {reactionOf(group)}
        </>
      ))}
    </Line>
  )
}

function reactionOf(group: Group<AllergyRow>): string {
  const words = [
    gravity(group) === 2 ? 'high risk' : '',
    ...said(group, (row) => row.manifestations?.toLowerCase()),
  ]
  return words.some(Boolean) ? ` (${words.filter(Boolean).join(': ')})` : ''
}

function AlertLine({ frame: { flags, who } }: { frame: Frame }) {
  const language = who.language && who.language !== 'English' ? who.language : undefined
  const interpreter =
    who.interpreter && !/interpreter/i.test(language ?? '') ? 'Interpreter needed' : undefined
  const alerts = flags.filter((flag) => !isConcern(flag)).map((flag) => flag.title ?? 'Alert without a name')
  const concerns = flags.filter(isConcern).map((flag) => flag.title ?? 'Concern without a name')
  const all = [...alerts, ...[language, interpreter].filter((words) => words !== undefined)]
  return (
    <>
      {all.length > 0 && (
        <Line label="Alerts">
          <strong>{all.join(' · ')}</strong>
        </Line>
      )}
      {concerns.length > 0 && (
        <Line label="Safeguarding" screenOnly>
          <strong>{concerns.join(' · ')}</strong>
        </Line>
      )}
    </>
  )
}

function Line({
  label,
  screenOnly,
  children,
}: {
  label: string
  screenOnly?: boolean
  children: ComponentChildren
}) {
  return (
    <p class={screenOnly ? 'gt-banner__line gt-screen-only' : 'gt-banner__line'}>
      <span class="gt-banner__label">{label}</span> <span>{children}</span>
    </p>
  )
}
