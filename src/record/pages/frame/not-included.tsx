import { InsetText, instantInWords, WithheldNotice } from '../../../platform/ui/index.ts'
import type { Frame } from './frame.tsx'
import { type Gap, listed } from './gaps.ts'

/**
 * What this record leaves out. What concerns this person or is out of the ordinary stands out; what is so for everybody, such as a service
 * that is not connected yet, is one quiet line, or nobody would read either.
 */
export function NotIncluded({ frame }: { frame: Frame }) {
  const standing = (gap: Gap) => gap.gap === 'not connected' || gap.gap === 'not for your role'
  const pressing = frame.gaps.filter((gap) => !standing(gap))
  return (
    <>
      <HowOpened frame={frame} />
      <WithheldNotice gaps={pressing} />
      <Standing gaps={frame.gaps.filter(standing)} />
    </>
  )
}

function HowOpened({ frame: { person, shield } }: { frame: Frame }) {
  const glass = person.bonds.find((bond) => bond.kind === 'break glass')
  if (glass) {
    return (
      <InsetText classes="gt-glass" visuallyHiddenText="Warning">
        <p>
          <strong>You have broken the glass until {instantInWords(glass.until)}.</strong> Everything your role
          may see is shown
          {person.protections.protectedAddress && !shield.hides && ', the protected address included'}
          {person.protections.objection && ', although this person has asked that their record is not shared'}
          . The privacy officer has been told.
        </p>
      </InsetText>
    )
  }
  const only = person.bonds.every((bond) => bond.kind === 'stated reason') ? person.bonds[0] : undefined
  if (!only) return null
  return (
    <p class="gt-quiet-line">
      You opened this record by stating a reason. It stays open to you until {instantInWords(only.until)}.
    </p>
  )
}

function Standing({ gaps }: { gaps: Gap[] }) {
  const apart = gaps.filter((gap) => gap.gap === 'not connected').map((gap) => gap.source)
  const role = gaps.find((gap) => gap.gap === 'not for your role')
  if (apart.length === 0 && !role) return null
  return (
    <p class="gt-quiet-line">
      {apart.length > 0 && (
        <>
          <strong>Not connected:</strong> {listed(apart)}. We do not know what{' '}
          {apart.length === 1 ? 'it holds' : 'they hold'}.{' '}
        </>
      )}
      {role && (
        <>
          <strong>Not shown to your role:</strong>{' '}
          {role.source.charAt(0).toLowerCase() + role.source.slice(1)}. {role.reason}
        </>
      )}
    </p>
  )
}
