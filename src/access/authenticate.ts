import { createHash, timingSafeEqual } from 'node:crypto'
import type { Actor, Clock, Database, Keeper } from '../platform/index.ts'
import type { Issuer } from './issuer.ts'
import type { Place } from './place.ts'
import { regionalReader } from './regional-record.ts'
import { sessionActor } from './sessions.ts'
import { appActor } from './smart/app-actor.ts'
import { tokenReader } from './smart/token.ts'

/** Who sent a request: a practitioner with a session, or a system or an app with an access token of the place's issuer. */
export function authenticator(
  database: Database,
  place: Place,
  issuer: () => Issuer,
  clock: Clock,
  metricsToken?: string,
): Keeper['authenticate'] {
  const token = remembering(tokenActors(place, issuer, clock))
  const practitioner = remembering((session, now) =>
    database.transaction('access', { 'gt.now': now.toISOString() }, (db) =>
      sessionActor(db, session, place, now),
    ),
  )
  return async ({ session, bearer, onBehalfOf }, now) => {
    if (bearer !== undefined && metricsToken !== undefined && isSame(bearer, metricsToken)) return monitoring
    if (bearer !== undefined) {
      const known = await token(bearer, now)
      // Its token says only which system asks; the rest of the actor is of this request.
      return known?.role === 'regional-record' ? regionalReader(place, now, onBehalfOf) : known
    }
    return session === undefined ? undefined : practitioner(session, now)
  }
}

/** Holds a role that reads figures and nothing about anybody. */
const monitoring: Actor = {
  id: 'monitoring',
  name: 'Monitoring',
  kind: 'system',
  role: 'monitoring',
  organisation: '',
  teams: [],
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()
/** Takes as long whatever was sent. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digestOf(one), digestOf(other))

const rememberedFor = 5_000
const mostRemembered = 10_000

/**
 * Asks once in five seconds for one token: a page and what it loads are one reader. So a session that is ended in another process is gone at
 * the latest five seconds later; one that is ended here is forgotten at once. Nobody who was refused is remembered.
 */
function remembering(ask: (token: string, now: Date) => Promise<Actor | undefined>) {
  const known = new Map<string, { actor: Actor; until: number }>()
  // When its five seconds are over many requests of a busy reader are there at once; one of them asks for all.
  const asking = new Map<string, Promise<Actor | undefined>>()
  const askOnce = (token: string, now: Date) => {
    const going = asking.get(token) ?? ask(token, now).finally(() => asking.delete(token))
    asking.set(token, going)
    return going
  }
  forgetters.add((token) => known.delete(token))
  return async (token: string, now: Date): Promise<Actor | undefined> => {
    const found = known.get(token)
    if (found && found.until > now.getTime() && found.until - rememberedFor <= now.getTime())
      return found.actor
    const actor = await askOnce(token, now)
    if (known.size >= mostRemembered) known.clear()
    if (actor) known.set(token, { actor, until: now.getTime() + rememberedFor })
    else known.delete(token)
    return actor
  }
}

const forgetters = new Set<(token: string) => void>()

/** Signing out takes effect at once in this process. */
export function forget(token: string): void {
  for (const each of forgetters) each(token)
}

/** Who holds an access token: an app, a connected system, or nobody whom the place knows. */
function tokenActors(
  place: Place,
  issuer: () => Issuer,
  clock: Clock,
): (token: string) => Promise<Actor | undefined> {
  const isUsed = place.apps.some(({ service }) => service === undefined)
  const read = tokenReader(issuer, clock, isUsed)
  return async (token) => {
    const claims = await read(token)
    const staff = issuer().demonstration ? place.demoStaff : place.staff
    return claims && (appActor(place, staff, claims) ?? senderActor(place, claims.client))
  }
}

/** Known, but not yet whoever it asks for. */
const regionalClient = (place: Place, id: string): Actor => ({
  id,
  name: id,
  kind: 'system',
  role: 'regional-record',
  organisation: place.regionalRecord?.organisation ?? '',
  teams: [],
})

/** A connected system acts for its one source. */
export function senderActor(place: Place, id: string): Actor | undefined {
  if (place.regionalRecord?.client === id) return regionalClient(place, id)
  const sender = place.senders.find((each) => each.id === id)
  return (
    sender && {
      id: sender.id,
      name: sender.id,
      kind: 'system',
      role: 'feed',
      organisation: sender.organisation,
      teams: [],
      source: sender.source,
    }
  )
}
