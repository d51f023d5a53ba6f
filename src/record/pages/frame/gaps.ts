import type { Place } from '../../../access/index.ts'
import { addedHere, rulesOf } from '../../../access/index.ts'
import type { Person } from '../../../platform/index.ts'
import { instantInWords, type SourceGap } from '../../../platform/ui/index.ts'
import { freshnessOf } from '../../freshness.ts'
import type { Heard } from './frame.queries.ts'
import { organisationLabel, type Shield } from './shield.ts'

/** One thing that a reader might take for absent, and is not shown or not known. */
export type Gap = { source: string; gap: SourceGap; reason: string; action?: { text: string; href: string } }

type Asked = {
  place: Place
  role: Place['roles'][string]
  organisation: string
  person: Pick<Person, 'ref' | 'protections' | 'glassBroken' | 'bonds'>
  /** Practices at which the person is registered, and sources of which something is shown: other practices do not matter here. */
  practices: readonly string[]
  seen: readonly string[]
  heard: readonly Heard[]
  /** How many items of a source are hidden while it is found out whose they are. */
  reported: readonly { source: string; items: number }[]
  shield: Shield
  now: Date
}

/** Everything that this record leaves out for this reader, so that what is withheld, late or unknown never looks like absent. */
export function gapsFor(asked: Asked): Gap[] {
  return [
    ...ofPerson(asked),
    ...ofReported(asked),
    ...asked.place.sources
      .filter((source) => concerns(asked, source))
      .flatMap((source) => ofSource(asked, source)),
    ...ofRole(asked.role),
  ]
}

/** Said whatever the source, so that nobody takes the item's being gone for its never having been. */
function ofReported({ reported, shield }: Asked): Gap[] {
  return reported.map(({ source, items }) => ({
    source: shield.source(source),
    gap: 'withheld',
    reason: `${items === 1 ? '1 item' : `${items} items`} from ${shield.source(source)} ${items === 1 ? 'has' : 'have'} been withdrawn while ${items === 1 ? 'its owner is' : 'their owners are'} checked.`,
  }))
}

type Source = Place['sources'][number]

/** Of the practices only the person's own; every other service may hold something about anybody. */
const concerns = ({ practices, seen }: Asked, source: Source): boolean =>
  // Nobody waits for what practitioners may add by hand.
  source.kind !== addedHere &&
  (source.kind !== 'general-practice' ||
    seen.includes(source.id) ||
    practices.includes(source.organisation ?? ''))

function ofPerson({ person, role, organisation, place, shield }: Asked): Gap[] {
  const gaps: Gap[] = []
  const open = role.capabilities.includes('break-glass')
    ? { action: { text: 'Break the glass in an emergency', href: `/people/${person.ref}/break-glass` } }
    : {}
  if (person.protections.objection && !person.glassBroken) {
    const own = organisationLabel(place, organisation, shield.hides)
    const reason = `This person has asked that their record is not shared. Only what ${own} holds is shown.`
    gaps.push({ source: 'Other organisations', gap: 'possibly withheld', reason, ...open })
  }
  if (shield.hides) {
    const reason =
      'Addresses, practices, wards, clinics, teams, names of staff and documents are not shown, because they could give away where this person is.'
    gaps.push({ source: 'Location', gap: 'withheld', reason, ...open })
  }
  return gaps
}

function ofSource({ place, heard, shield, now, role, person, practices }: Asked, source: Source): Gap[] {
  const name = shield.source(source.id)
  const last = heard.find((each) => each.source === source.id)
  // A source that is not connected may have sent a list all the same: then it is as late as the list.
  if ((!source.connected && !last?.last_received_at) || source.organisation === null)
    return [{ source: name, gap: 'not connected', reason: '' }]
  if (!rulesOf(place).agrees(source.organisation, now)) {
    return [
      {
        source: name,
        // A practice holds a record of whoever is registered with it; of another source nobody can say.
        gap: practices.includes(source.organisation) ? 'withheld' : 'possibly withheld',
        reason: `${shield.hides ? 'It' : name} has no sharing agreement in force, so what it holds is not shown.`,
      },
    ]
  }
  const gaps: Gap[] = []
  if (last?.withholding) {
    const open = role.capabilities.includes('break-glass')
      ? { action: { text: 'Break the glass in an emergency', href: `/people/${person.ref}/break-glass` } }
      : {}
    gaps.push({
      source: name,
      gap: 'withheld',
      reason: 'Some of it is specially protected. Ask the person, or the service itself.',
      ...open,
    })
  }
  const lastKept = last?.last_received_at
  const freshness = freshnessOf(source, lastKept, now)
  if (freshness === 'never heard')
    gaps.push({ source: name, gap: 'late', reason: 'Nothing has been received from it yet.' })
  else if (freshness === 'late' && lastKept) {
    gaps.push({
      source: name,
      gap: 'late',
      reason: `Nothing has been received from it since ${instantInWords(lastKept)}.`,
    })
  }
  return gaps
}

/** The kinds of item a record may have, in the words of a page. Demographics every reader of a record holds. */
const kindsOfItem: Record<string, string> = {
  alert: 'alerts and allergies',
  clinical: 'problems and procedures',
  medicines: 'medicines',
  results: 'test results',
  activity: 'contacts and stays',
  document: 'documents',
  'care-plan': 'care plans',
  'mental-health': 'mental health notes',
  'social-care': 'social care notes',
  safeguarding: 'safeguarding concerns',
}

/** What the role leaves out, as one statement about the role: whether there is any about this person is not for the reader to know. */
function ofRole(role: Asked['role']): Gap[] {
  const missing = Object.keys(kindsOfItem).filter((category) => !role.categories.includes(category))
  if (missing.length === 0) return []
  const words = listed(missing.map((category) => kindsOfItem[category] ?? category))
  return [
    {
      source: capital(words),
      gap: 'not for your role',
      reason: `Not part of the role of ${role.name.toLowerCase()}.`,
    },
  ]
}

/** The categories of a page that the reader's role leaves out, in words. */
export function leftOutByRole(role: Asked['role'], categories: readonly string[]): string[] {
  return categories
    .filter((category) => !role.categories.includes(category))
    .map((category) => kindsOfItem[category] ?? category)
}

/** "a, b and c" */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
