import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Actor, Clock, Database, Keeper } from '../platform/index.ts'
import type { Issuer } from './issuer.ts'
import type { Place } from './place.ts'
import { sessionActor } from './sessions.ts'

/** Who sent a request: a practitioner with a session, or a system with an access token of the place's issuer. */
export function authenticator(database: Database, place: Place, issuer: () => Issuer, clock: Clock): Keeper['authenticate'] {
  const systems = systemTokens(place, issuer, clock)
  return async ({ session, bearer }, now) => {
    if (bearer !== undefined) return systems(bearer)
    if (session === undefined) return undefined
    return database.transaction('access', { 'gt.now': now.toISOString() }, (db) => sessionActor(db, session, place, now))
  }
}

function systemTokens(place: Place, issuer: () => Issuer, clock: Clock): (token: string) => Promise<Actor | undefined> {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined
  return async (token) => {
    const { url, audience, jwksUrl } = issuer()
    keys ??= createRemoteJWKSet(new URL(jwksUrl))
    try {
      const { payload } = await jwtVerify(token, keys, { issuer: url, audience, currentDate: clock.now() })
      return senderActor(place, String(payload['client_id'] ?? payload.sub))
    } catch {
      // Expired, forged, or of another issuer: all are simply no sign-in.
      return undefined
    }
  }
}

/** A connected system acts for its one source. */
export function senderActor(place: Place, id: string): Actor | undefined {
  const sender = place.senders.find((each) => each.id === id)
  return sender && { id: sender.id, name: sender.id, kind: 'system', role: 'feed', organisation: sender.organisation, teams: [], source: sender.source }
}
