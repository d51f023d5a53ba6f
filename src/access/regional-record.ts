import { type Actor, NotAllowed } from '../platform/index.ts'
import { type Place, rulesOf } from './place.ts'

/** For whom another system asks: a practitioner elsewhere, as that system names them. */
export type OnBehalfOf = { id: string; name: string; role: string; organisation: string }

/**
 * The regional record as an actor: a reader like any other, with a role, an agreement and teams. It has no patients of its own, so the
 * place's practices lend it their bond: it may read about whoever is registered with a practice that shares. Whatever stands above a
 * relationship stands above this one.
 * @param asks the practitioner who asks by way of the region; none where we send of our own accord
 */
export function regionalActor(place: Place, now: Date, asks?: OnBehalfOf): Actor | undefined {
  const region = place.regionalRecord
  if (!region) return undefined
  const { agrees } = rulesOf(place)
  const practices = new Set(
    place.organisations
      .filter(({ kind, code }) => kind === 'general-practice' && agrees(code, now))
      .map(({ code }) => code),
  )
  return {
    id: asks ? `regional-record:${asks.id}` : 'job:regional-feed',
    name: asks ? `${asks.name}, ${asks.role}, ${asks.organisation}` : region.name,
    kind: 'system',
    role: 'regional-record',
    organisation: region.organisation,
    teams: place.teams.filter(({ organisation }) => practices.has(organisation)).map(({ id }) => id),
  }
}

/** @throws NotAllowed where the region does not say for whom it asks: an audit must name somebody */
export function regionalReader(place: Place, now: Date, asks: OnBehalfOf | undefined): Actor | undefined {
  if (!asks) throw new NotAllowed('the request names no practitioner')
  return regionalActor(place, now, asks)
}
