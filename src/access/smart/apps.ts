import { z } from 'zod'
import { faultWith, grantsOf, readScope } from './scopes.ts'

/** Where a browser may be sent back with a code: by https, or to this machine itself while an app is being built. */
const address = z
  .url()
  .refine(
    (url) =>
      /^https:\/\/|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(url) && !url.includes('#'),
    'must start with https:// and have no #',
  )

const key = z.looseObject({ kty: z.string(), kid: z.string().optional() })

/**
 * How an app proves who it is. public: not at all, it runs in a browser or on a phone. secret: by a secret that the issuer holds.
 * keys: by assertions signed with its own key, whose public half stands here or, as `keysFile`, beside this file.
 */
const proof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('public') }),
  z.object({ kind: z.literal('secret'), demoSecret: z.string().min(16).optional() }),
  z.object({
    kind: z.literal('keys'),
    keys: z.array(key).min(1).optional(),
    keysFile: z
      .string()
      .regex(/^[a-z0-9.-]+\.json$/)
      .optional(),
  }),
])

/** The apps of a place: places/NAME/apps.json. */
export const appsFile = z.array(
  z.object({
    id: z.string().regex(/^[A-Za-z0-9._-]{3,64}$/),
    name: z.string(),
    /** Which organisation answers for it. */
    organisation: z.string(),
    proof,
    redirectUris: z.array(address).default([]),
    /** Where the record opens it; an app without one is only opened by itself. */
    launchUrl: address.optional(),
    scopes: z.array(z.string()).min(1),
    /** For an app that nobody uses: the role in which it acts, and its source or the teams whose bonds it has. */
    service: z
      .object({ role: z.string(), source: z.string().optional(), teams: z.array(z.string()).default([]) })
      .optional(),
  }),
)

export type AppRegistration = z.output<typeof appsFile>[number]

export const jwksFile = z.object({ keys: z.array(key).min(1) })

/** What of a registration contradicts itself. */
export function faultsIn(app: AppRegistration): string[] {
  const faults = app.scopes.flatMap((scope) => {
    const fault = readScope(scope) === undefined ? undefined : faultWith(app.scopes, scope)
    return fault === undefined ? [] : [`scope “${scope}” ${fault}`]
  })
  const grants = grantsOf(app.scopes)
  const isService = app.service !== undefined
  if (grants.some(({ context }) => (context === 'system') !== isService))
    faults.push(
      isService
        ? 'has “service”, so that its scopes must be system/…'
        : 'has system/… scopes and no “service”',
    )
  if (isService && app.proof.kind === 'public') faults.push('has “service”, which a public app cannot have')
  if (isService && app.redirectUris.length > 0) faults.push('has “service”, and nobody whom to send back')
  if (!isService && app.redirectUris.length === 0) faults.push('needs “redirectUris”')
  if (app.proof.kind === 'keys' && !app.proof.keys === !app.proof.keysFile)
    faults.push('needs either “keys” or “keysFile”')
  return faults.map((fault) => `app ${app.id} ${fault}`)
}

/** Where a page of the app runs that asks us from a browser. */
export const originsOf = (app: AppRegistration): string[] => [
  ...new Set(
    [...app.redirectUris, ...(app.launchUrl ? [app.launchUrl] : [])].map((uri) => new URL(uri).origin),
  ),
]
