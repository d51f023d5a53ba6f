import type { Place } from '../../access/index.ts'
import { dateInWords, familyGiven, NhsNumber } from '../../platform/ui/index.ts'
import type { Side } from './worklist.queries.ts'

/** A source by its name. A protected address hides which practice it is, since that tells where somebody lives. */
export function sourceName(place: Place, side: Pick<Side, 'source' | 'hidden'>): string {
  const source = place.sources.find((each) => each.id === side.source)
  if (!source) return 'A source that is no longer connected'
  if (source.kind === 'general-practice') {
    const practice = place.organisations.find((each) => each.code === source.organisation)?.name
    return side.hidden ? 'A GP practice' : (practice ?? source.name)
  }
  return source.name
}

/** Who said something: a practitioner by name, a source by its own; the rules where nobody did. */
export function whoSaid(place: Place, id: string | null): string {
  if (id === null) return 'the rules'
  const staff = [...place.staff, ...place.demoStaff].find((each) => each.id === id)
  if (staff) return staff.name
  const source = [...place.sources].find((each) => id === each.id || id.endsWith(`:${each.id}`))
  const sender = place.senders.find((each) => each.id === id)
  return source?.name ?? place.sources.find((each) => each.id === sender?.source)?.name ?? id
}

export const nameOf = (side: Side): string =>
  familyGiven({ family: side.family, given: side.given, prefix: side.title ?? undefined })

export const NumberOf = ({ side }: { side: Side }) =>
  side.nhs_number ? (
    <>
      <NhsNumber value={side.nhs_number} />
      {numberStatus(side) && ` (${numberStatus(side)})`}
    </>
  ) : (
    <>NHS number not known</>
  )

export const numberStatus = (side: Pick<Side, 'number_verified'>): string =>
  side.number_verified === null ? '' : side.number_verified ? 'verified' : 'not verified'

export const bornInWords = (side: Pick<Side, 'birth_date'>): string =>
  side.birth_date ? dateInWords(side.birth_date) : 'Not known'

export const genderInWords = (side: Pick<Side, 'gender'>): string =>
  side.gender ? side.gender.charAt(0).toUpperCase() + side.gender.slice(1) : 'Not known'

/** A practice's own number tells which practice it is. */
export const localNumber = (side: Side): string => (side.hidden ? 'Hidden: protected address' : side.local)

type Choice = { words: string; href: string; current: boolean; count?: number }

/** Filters and orders as links: they work without scripts and can be linked to. */
export const Choices = ({ label, choices }: { label: string; choices: Choice[] }) => (
  <nav class="gt-filter" aria-label={label}>
    <span class="gt-filter__label">{label}</span>
    <ul class="gt-filter__list">
      {choices.map(({ words, href, current, count }) => (
        <li>
          <a href={href} aria-current={current ? 'true' : undefined}>
            {words} {count !== undefined && <span class="gt-filter__count">({count})</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
