import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Clock } from '../../platform/index.ts'
import type { Issuer } from '../issuer.ts'
import type { Claims } from './app-actor.ts'
import { discovering } from './discovery.ts'

const said = z.looseObject({
  client_id: z.string().optional(),
  azp: z.string().optional(),
  sub: z.string().optional(),
  scope: z.string().default(''),
  patient: z.string().optional(),
})
const introspected = said.extend({
  active: z.literal(true),
  aud: z.union([z.string(), z.array(z.string())]),
})

/**
 * Reads access tokens of the place's issuer: those that say all themselves (RFC 9068) by its signature, others by asking it (RFC 7662).
 * @param asks whether there are tokens of the second kind: without apps that practitioners use, whatever is sent is not asked about
 * @returns what the token says; undefined for one that is expired, revoked, forged, or of another issuer
 */
export function tokenReader(
  issuer: () => Issuer,
  clock: Clock,
  asks: boolean,
): (token: string) => Promise<Claims | undefined> {
  const discover = discovering(issuer)
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined

  const verified = async (token: string): Promise<Claims | undefined> => {
    const { url, audience } = issuer()
    try {
      keys ??= createRemoteJWKSet(new URL((await discover()).jwks_uri))
      const { payload } = await jwtVerify(token, keys, { issuer: url, audience, currentDate: clock.now() })
      return claimsOf(payload)
    } catch (problem) {
      // An issuer that could not be reached is asked again.
      if (!(problem instanceof errors.JOSEError)) keys = undefined
      return undefined
    }
  }

  const asked = async (token: string): Promise<Claims | undefined> => {
    const { clientId, clientSecret, audience } = issuer()
    try {
      const { introspection_endpoint: endpoint } = await discover()
      if (endpoint === undefined) return undefined
      const proof = [clientId, clientSecret].map(encodeURIComponent).join(':')
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(proof).toString('base64')}` },
        body: new URLSearchParams({ token }),
      })
      const read = introspected.safeParse(await answer.json())
      return read.success && [read.data.aud].flat().includes(audience) ? claimsOf(read.data) : undefined
    } catch {
      return undefined
    }
  }

  return async (token) => {
    if (token.split('.').length === 3) return verified(token)
    return asks ? asked(token) : undefined
  }
}

function claimsOf(payload: unknown): Claims | undefined {
  const read = said.safeParse(payload)
  if (!read.success) return undefined
  const { client_id, azp, sub, scope, patient } = read.data
  const client = client_id ?? azp ?? sub
  if (client === undefined) return undefined
  return { client, subject: sub, scopes: scope.split(' ').filter(Boolean), patient }
}
