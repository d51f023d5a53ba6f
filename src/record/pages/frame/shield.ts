import type { Place } from '../../../access/index.ts'

type Sources = Pick<Place, 'sources' | 'organisations'>

/**
 * What is said of where an item comes from. A protected address must not be found through the record: the practice, a ward, a clinic, a
 * team that serves one end of town or the name of a GP would each give it away, so only the kind of source is named and no author is.
 * Whoever broke the glass sees everything, and then nothing is hidden.
 */
export type Shield = {
  hides: boolean
  source(id: string): string
  author(name: string | null | undefined): string | undefined
  /** A ward, clinic, team, practice, or words that may hold one. */
  location(words: string | null | undefined): string | undefined
}

export type Protected = { protections: { protectedAddress: boolean }; glassBroken: boolean }

export const hidesLocation = (person: Protected): boolean =>
  person.protections.protectedAddress && !person.glassBroken

export function shieldFor(place: Sources, hides: boolean): Shield {
  return {
    hides,
    source: (id) => sourceLabel(place, id, hides),
    author: (name) => (hides ? undefined : (name ?? undefined)),
    location: (words) => (hides ? undefined : (words ?? undefined)),
  }
}

/** "Hospital", or the organisation's name where several sources share one name, as practices do; by kind only where the place is hidden. */
export function sourceLabel(place: Sources, id: string, hides: boolean): string {
  const source = place.sources.find((each) => each.id === id)
  if (!source) return 'Another source'
  if (hides) return kindsOfSource[source.kind] ?? 'Another service'
  const shared = place.sources.filter((each) => each.name === source.name).length > 1
  return (
    (shared && place.organisations.find((each) => each.code === source.organisation)?.short) || source.name
  )
}

const kindsOfSource: Record<string, string> = {
  hospital: 'Hospital',
  community: 'Community services',
  'mental-health': 'Mental health services',
  'social-care': 'Social care',
  hospice: 'Hospice',
  'general-practice': 'General practice',
  ambulance: 'Ambulance service',
  children: 'Children’s services',
  'added-here': 'A practitioner (added by hand)',
}

/** An organisation's kind, where its name would say where a person lives. */
export function organisationLabel(place: Sources, code: string, hides: boolean): string {
  const organisation = place.organisations.find((each) => each.code === code)
  if (!hides) return organisation?.short ?? code
  return kindsOfOrganisation[organisation?.kind ?? ''] ?? 'Another organisation'
}

const kindsOfOrganisation: Record<string, string> = {
  hospital: 'Hospital or community services',
  'mental-health': 'Mental health services',
  council: 'Council',
  hospice: 'Hospice',
  'general-practice': 'General practice',
  partnership: 'Place partnership',
}
