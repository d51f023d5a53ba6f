import * as oidc from 'openid-client'
import { z } from 'zod'
import { type Actor, anyone, NotAllowed, page, type Route } from '../platform/index.ts'
import { forget } from './authenticate.ts'
import type { Issuer } from './issuer.ts'
import type { Place } from './place.ts'
import { beginSession, endedCookie, endSession, sessionCookie } from './sessions.ts'

const localPath = z
  .string()
  .regex(/^\/(?![/\\])/)
  .catch('/')

/** Ways in and out: OpenID Connect, authorisation code with PKCE. The issuer says who someone is; the place says what they may. */
export function signInRoutes(place: Place, issuer: () => Issuer, publicUrl: () => string): Route[] {
  const client = remembered(issuer)
  const callbackUrl = () => `${publicUrl()}/sign-in/callback`

  const begin = page({
    method: 'GET',
    path: '/sign-in',
    may: anyone('the way in'),
    audit: 'session.begin',
    input: z.object({ to: localPath.default('/') }),
    run: async ({ db, now, input }) => {
      const verifier = oidc.randomPKCECodeVerifier()
      const state = oidc.randomState()
      const nonce = oidc.randomNonce()
      await db
        .insertInto('access.sign_in')
        .values({ state, nonce, verifier, return_to: input.to, began: now })
        .execute()
      const url = oidc.buildAuthorizationUrl(await client(), {
        redirect_uri: callbackUrl(),
        scope: 'openid profile',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return { redirect: url.href }
    },
  })

  const callback = page({
    method: 'GET',
    path: '/sign-in/callback',
    may: anyone('the issuer sends people back here'),
    audit: 'session.callback',
    input: z.looseObject({ state: z.string() }),
    run: async ({ db, now, input }) => {
      const pending = await db
        .deleteFrom('access.sign_in')
        .where('state', '=', input.state)
        .returningAll()
        .executeTakeFirst()
      if (!pending) return { redirect: '/sign-in' }
      const answer = new URL(callbackUrl())
      for (const [name, value] of Object.entries(input)) answer.searchParams.set(name, String(value))
      const tokens = await oidc.authorizationCodeGrant(await client(), answer, {
        pkceCodeVerifier: pending.verifier,
        expectedState: pending.state,
        expectedNonce: pending.nonce,
      })
      const actor = practitioner(issuer().demonstration ? place.demoStaff : place.staff, tokens.claims()?.sub)
      const token = await beginSession(db, actor, place, now)
      return {
        redirect: pending.return_to,
        cookies: [sessionCookie(token, publicUrl().startsWith('https:'))],
      }
    },
  })

  const end = page({
    method: 'POST',
    path: '/sign-out',
    may: anyone('the way out'),
    audit: 'session.end',
    input: z.object({}),
    run: async ({ db, session }) => {
      if (session) {
        await endSession(db, session)
        forget(session)
      }
      return { redirect: '/', cookies: [endedCookie] }
    },
  })
  return [begin, callback, end]
}

/** What the place lets this person do. Someone whom the issuer knows but the place does not may do nothing. */
function practitioner(known: Place['staff'], subject: string | undefined): Actor {
  const staff = known.find((each) => each.id === subject)
  if (!staff) throw new NotAllowed('the place has no role for you')
  return {
    id: staff.id,
    name: staff.name,
    kind: 'staff',
    role: staff.role,
    organisation: staff.organisation,
    teams: staff.teams,
  }
}

function remembered(issuer: () => Issuer): () => Promise<oidc.Configuration> {
  let found: Promise<oidc.Configuration> | undefined
  return () => {
    const { url, clientId, clientSecret } = issuer()
    // A demonstration on one machine speaks plain HTTP to itself; any other issuer must use TLS.
    const insecure =
      new URL(url).hostname === 'localhost' ? { execute: [oidc.allowInsecureRequests] } : undefined
    found ??= oidc.discovery(new URL(url), clientId, clientSecret, undefined, insecure)
    found.catch(() => {
      found = undefined
    })
    return found
  }
}
