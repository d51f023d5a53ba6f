import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Provider from 'oidc-provider'
import { type ClientMetadata, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { systemClock } from '../../platform/index.ts'
import { DemoAdapter } from '../demo-adapter.ts'
import type { Place } from '../place.ts'
import { type AppRegistration, jwksFile, originsOf } from './apps.ts'
import type { AppDesk, Asked, LaunchContext } from './asking.ts'
import { faultWith, grantsOf, otherScopes } from './scopes.ts'

/** What the built-in issuer does for the place's apps: SMART App Launch 2.2 and its backend services. */

/** An assertion that says who an app is may be good for five minutes, no more. */
const mostSeconds = 300
const day = 86_400

export const clientsOf = (place: Place): ClientMetadata[] => place.apps.map((app) => clientOf(place, app))

function clientOf(place: Place, app: AppRegistration): ClientMetadata {
  const { proof } = app
  const common = {
    client_id: app.id,
    client_name: app.name,
    redirect_uris: app.redirectUris,
    response_types: app.service ? [] : (['code'] as const).slice(),
    grant_types: app.service ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
  }
  if (proof.kind === 'public') return { ...common, token_endpoint_auth_method: 'none' }
  if (proof.kind === 'secret')
    return {
      ...common,
      // The issuer insists on one. One that nobody knows lets nobody in.
      client_secret: proof.demoSecret ?? crypto.randomUUID(),
      token_endpoint_auth_method: 'client_secret_basic',
    }
  const keys =
    proof.keys ??
    jwksFile.parse(JSON.parse(readFileSync(join(place.folder, proof.keysFile ?? ''), 'utf8'))).keys
  return {
    ...common,
    jwks: { keys: keys as object[] },
    token_endpoint_auth_method: 'private_key_jwt',
  } as ClientMetadata
}

const appOf = (place: Place, id: string | undefined): AppRegistration | undefined =>
  place.apps.find((app) => app.id === id)

/** Of the scopes in this request, those that the app may have; what came with an earlier step is among them. */
export function scopesFor(context: KoaContextWithOIDC, app: AppRegistration): string {
  const { params, entities } = context.oidc
  const asked = [params?.['scope'], entities.AuthorizationCode?.scope, entities.RefreshToken?.scope]
  const all = new Set(asked.flatMap((scope) => (typeof scope === 'string' ? scope.split(' ') : [])))
  return [...all].filter((scope) => scope !== '' && faultWith(app.scopes, scope) === undefined).join(' ')
}

/** Scopes, launch and audience are checked before anybody is asked to sign in, so that an app's builder is told what is wrong. */
export const checkedParameters = (place: Place, audience: string): Configuration['extraParams'] => ({
  launch: null,
  aud(context: KoaContextWithOIDC, aud: unknown) {
    const app = appOf(place, context.oidc.client?.clientId)
    if (!app) return
    const scopes = String(context.oidc.params?.['scope'] ?? '')
      .split(' ')
      .filter(Boolean)
    mustBeAllowed(app, scopes.join(' '))
    if (typeof aud !== 'string' || aud.replace(/\/$/, '') !== audience)
      throw new errors.InvalidRequest(`aud must be ${audience}`)
    const launch = context.oidc.params?.['launch']
    if (scopes.includes('launch') !== (launch !== undefined))
      throw new errors.InvalidRequest('the scope launch and the parameter launch go together')
    const aboutOne = grantsOf(scopes).some((grant) => grant.context === 'patient')
    if (aboutOne && launch === undefined && !scopes.includes('launch/patient'))
      throw new errors.InvalidScope('patient/… scopes need launch or launch/patient', 'launch/patient')
  },
})

/** @throws InvalidScope that names the one which the app may not have */
export function mustBeAllowed(app: AppRegistration, asked: string): void {
  for (const scope of asked.split(' ').filter(Boolean)) {
    const fault = faultWith(app.scopes, scope)
    if (fault !== undefined) throw new errors.InvalidScope(`${scope} ${fault}`, scope)
  }
}

/** Assertions of apps that prove who they are by keys are good for five minutes at most; each is taken once, by the library. */
export function mustBeShort(_context: KoaContextWithOIDC, claims: Record<string, unknown>): void {
  const left = Number(claims['exp']) - systemClock.now().getTime() / 1000
  if (left > mostSeconds) throw new errors.InvalidClientAuth('exp must be at most five minutes away')
  if (claims['sub'] !== claims['iss']) throw new errors.InvalidClientAuth('sub must be the client_id')
}

/** A browser may ask the issuer only from where the app that asks is registered. */
export const mayAskFrom = (place: Place, origin: string, client: string): boolean => {
  const app = appOf(place, client)
  return app !== undefined && originsOf(app).includes(origin)
}

const contexts = new DemoAdapter('LaunchContext')
const contextOf = async (grant: string | undefined): Promise<LaunchContext> =>
  grant === undefined ? {} : (((await contexts.find(grant)) ?? {}) as LaunchContext)

/** What a token carries besides its scopes: whom the app was opened about. */
export const launchClaims = async (token: { grantId?: string }): Promise<Record<string, string>> => {
  const { patient, encounter } = await contextOf(token.grantId)
  return { ...(patient !== undefined && { patient }), ...(encounter !== undefined && { encounter }) }
}

/** Practitioners are asked each time that an app is opened: without this the issuer would let no app go on after they have signed out. */
export function askingForConsent(place: Place, address: string): string {
  const [path = '', query] = address.split(/\?(.*)/s)
  const parameters = new URLSearchParams(query)
  const prompt = parameters.get('prompt') ?? ''
  if (!path.endsWith('/auth') || !appOf(place, parameters.get('client_id') ?? undefined)) return address
  if (!/consent|none/.test(prompt)) parameters.set('prompt', `${prompt} consent`.trim())
  return `${path}?${parameters}`
}

/** Puts the launch context into the answer with the token. */
export function tellLaunchContext(provider: Provider): void {
  provider.use(async (context, next) => {
    await next()
    const { oidc } = context as KoaContextWithOIDC
    const body = context.body as Record<string, unknown> | undefined
    if (oidc?.route !== 'token' || body?.['access_token'] === undefined) return
    const grant = oidc.entities.AccessToken?.grantId
    context.body = { ...body, ...(await contextOf(grant)) }
  })
}

/** How the pages that ask a practitioner reach what waits for their answer. */
export function deskOf(provider: Provider, place: Place, audience: string): AppDesk {
  const waiting = async (id: string) => {
    const interaction = await provider.Interaction.find(id)
    const app = appOf(place, String(interaction?.params['client_id']))
    const practitioner = interaction?.session?.accountId
    const isAsking = interaction?.prompt.name === 'consent' && interaction.result === undefined
    return interaction && app && practitioner && isAsking ? { interaction, app, practitioner } : undefined
  }
  type Waiting = NonNullable<Awaited<ReturnType<typeof waiting>>>
  const finish = async ({ interaction }: Waiting, result: Record<string, unknown>) => {
    interaction.result = { ...(interaction.lastSubmission ?? {}), ...result }
    await interaction.save(interaction.exp - Math.floor(systemClock.now().getTime() / 1000))
    return interaction.returnTo
  }
  const must = async (id: string): Promise<Waiting> => {
    const found = await waiting(id)
    if (!found) throw new errors.SessionNotFound('nothing waits under this id')
    return found
  }
  return {
    asked: async (id) => {
      const found = await waiting(id)
      return found && askedIn(found.app, found.practitioner, found.interaction.params)
    },
    allow: async (id, context) => {
      const found = await must(id)
      const { scopes } = askedIn(found.app, found.practitioner, found.interaction.params)
      const grant = new provider.Grant({ accountId: found.practitioner, clientId: found.app.id })
      const staff = [...place.demoStaff, ...place.staff].find((each) => each.id === found.practitioner)
      const given = scopes.filter((scope) => scope !== 'fhirUser' || staff?.practitioner !== undefined)
      grant.addOIDCScope(
        given.filter((scope) => (otherScopes as readonly string[]).includes(scope)).join(' '),
      )
      grant.addResourceScope(audience, given.join(' '))
      // What is not given must be refused, or it would be asked about again.
      grant.rejectOIDCScope(scopes.filter((scope) => !given.includes(scope)).join(' '))
      grant.rejectResourceScope(audience, scopes.filter((scope) => !given.includes(scope)).join(' '))
      const grantId = await grant.save()
      await contexts.upsert(grantId, { ...context } as never, 30 * day)
      return finish(found, { consent: { grantId } })
    },
    refuse: async (id) => {
      const found = await must(id)
      return finish(found, { error: 'access_denied', error_description: 'The practitioner refused.' })
    },
  }
}

const askedIn = (app: AppRegistration, practitioner: string, params: Record<string, unknown>): Asked => ({
  app,
  practitioner,
  scopes: String(params['scope'] ?? '')
    .split(' ')
    .filter(Boolean),
  launch: typeof params['launch'] === 'string' ? params['launch'] : undefined,
})
