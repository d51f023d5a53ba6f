/** As much of places/rotherham as inventing its people needs. */
export interface Organisation {
  code: string
  name: string
  kind: string
}
export interface Source {
  id: string
  organisation: string | null
  name: string
  kind: string
  connected: boolean
}
export interface Team {
  id: string
  organisation: string
  name: string
  locations: readonly string[]
}
export interface Place {
  organisations: readonly Organisation[]
  sources: readonly Source[]
  teams: readonly Team[]
}

export type SourceKind =
  | 'general-practice'
  | 'hospital'
  | 'community'
  | 'mental-health'
  | 'social-care'
  | 'hospice'

/** A story may only speak of what the place has: anything else stops the work, rather than inventing a ward. */
function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw new Error(`This place has no ${what}`)
  return thing
}

export function organisationOf(place: Place, code: string): Organisation {
  return found(
    place.organisations.find((o) => o.code === code),
    `organisation ${code}`,
  )
}

export function teamOf(place: Place, id: string): Team {
  return found(
    place.teams.find((t) => t.id === id),
    `team ${id}`,
  )
}

/** A ward or department by its full name, such as RFR/AMU. */
export function teamAt(place: Place, location: string): Team {
  const [organisation, ward] = location.split('/')
  const holds = (team: Team) => team.organisation === organisation && team.locations.includes(ward ?? '')
  return found(place.teams.find(holds), `location ${location}`)
}

/** General practice has a source for each practice; every other kind has one for the place. */
export function sourceOf(place: Place, kind: SourceKind, practice: string | null): Source {
  const fits = (source: Source) =>
    source.kind === kind &&
    source.connected &&
    (kind !== 'general-practice' || source.organisation === practice)
  return found(place.sources.find(fits), `connected source of kind ${kind} for ${practice}`)
}
