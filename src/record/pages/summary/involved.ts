import { folded } from '../frame/grouping.ts'
import type { EncounterRow } from '../lists/encounters.queries.ts'
import type { EpisodeRow } from './summary.queries.ts'

/** A team that has the person on its books, with who leads and when someone last saw the person. */
export type Involved = {
  team: string | undefined
  person: string | undefined
  what: string | undefined
  source: string
  since: { text: string | null; at: Date | null } | undefined
  lastContact: Date | undefined
  receivedAt: Date
}

type Episode = Pick<
  EpisodeRow,
  'source' | 'team_display' | 'care_manager_display' | 'type_text' | 'started' | 'started_at' | 'received_at'
>
type Contact = Pick<
  EncounterRow,
  'source' | 'author_display' | 'type_text' | 'reason_text' | 'started_at' | 'received_at' | 'status'
>

/**
 * Who cares for the person: first each team with an open episode, then whoever else had a contact, each once, most recent first. Contacts
 * entered in error, cancelled or planned are no contact.
 */
export function whoIsInvolved(
  episodes: readonly Episode[],
  contacts: readonly Contact[],
  now: Date,
  most: number,
): Involved[] {
  const happened = contacts.filter(
    (contact) =>
      contact.started_at !== null &&
      contact.started_at <= now &&
      !['cancelled', 'planned', 'entered-in-error'].includes(contact.status ?? ''),
  )
  const last = (source: string, name: string | null) =>
    happened.find((contact) => contact.source === source && folded(contact.author_display) === folded(name))
      ?.started_at
  const teams = episodes.map((episode) => ({
    team: episode.team_display ?? undefined,
    person: episode.care_manager_display ?? undefined,
    what: episode.type_text ?? undefined,
    source: episode.source,
    since: { text: episode.started, at: episode.started_at },
    lastContact:
      (episode.care_manager_display && last(episode.source, episode.care_manager_display)) || undefined,
    receivedAt: episode.received_at,
  }))
  const named = new Set(teams.map((team) => `${team.source} ${folded(team.person ?? '')}`))
  const others: Involved[] = []
  for (const contact of happened) {
    const key = `${contact.source} ${folded(contact.author_display)}`
    if (contact.author_display === null || contact.started_at === null || named.has(key)) continue
    named.add(key)
    const {
      author_display: person,
      type_text,
      source,
      started_at: lastContact,
      received_at: receivedAt,
    } = contact
    others.push({
      team: undefined,
      person,
      what: type_text ?? undefined,
      source,
      since: undefined,
      lastContact,
      receivedAt,
    })
  }
  return [...teams, ...others.slice(0, Math.max(0, most - teams.length))]
}
