import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'
import { DemoAdapter } from './demo-adapter.ts'
import type { Issuer } from './issuer.ts'
import type { Place } from './place.ts'

export const demoIssuerPath = '/demo-issuer'

/** What the demonstration's issuer is called by the product itself. */
export const demoIssuer = (publicUrl: string): Issuer => ({
  url: `${publicUrl}${demoIssuerPath}`,
  demonstration: true,
  clientId: 'golden-thread',
  clientSecret: 'golden-thread-demo',
  audience: `${publicUrl}/fhir`,
})

type Chooser = (
  choices: { id: string; name: string; role: string; team: string; where: string }[],
  action: string,
) => string

/**
 * A real OpenID issuer for the demonstration, with the place's invented staff and no passwords: anyone who reaches the page may be any of
 * them. It is there only while no issuer of the place's own is set, and holds nothing about residents.
 * @returns a handler for everything under `demoIssuerPath`
 */
export async function openDemoIssuer(place: Place, publicUrl: string, dataDir: string, chooser: Chooser) {
  const provider = new Provider(demoIssuer(publicUrl).url, await configuration(place, publicUrl, dataDir))
  const serve = provider.callback()
  return async (
    request: IncomingMessage & { originalUrl?: string },
    response: ServerResponse,
  ): Promise<void> => {
    const inside = (request.url ?? '').slice(demoIssuerPath.length) || '/'
    if (inside.startsWith('/choose/')) return choose(provider, place, request, response, chooser)
    request.originalUrl = request.url ?? ''
    request.url = inside
    await serve(request, response)
  }
}

async function choose(
  provider: Provider,
  place: Place,
  request: IncomingMessage,
  response: ServerResponse,
  chooser: Chooser,
): Promise<void> {
  if (request.method === 'POST') {
    const chosen = new URLSearchParams(await bodyOf(request)).get('staff') ?? ''
    const known = place.demoStaff.some((staff) => staff.id === chosen)
    const result = known ? { login: { accountId: chosen } } : { error: 'access_denied' }
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  }
  const choices = place.demoStaff.map((staff) => ({
    id: staff.id,
    name: staff.name,
    role: place.roles[staff.role]?.name ?? staff.role,
    team: staff.teams.map((id) => place.teams.find((team) => team.id === id)?.name ?? id).join(', '),
    where:
      place.organisations.find((organisation) => organisation.code === staff.organisation)?.short ??
      staff.organisation,
  }))
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self'",
  })
  response.end(chooser(choices, request.url ?? ''))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > 10_000) break
  }
  return body
}

/** The systems that sign in by themselves: those that send here, and the region's, which asks. */
const systemsOf = ({
  senders,
  regionalRecord: region,
}: Place): { id: string; demoSecret?: string | undefined }[] =>
  region ? [...senders, { id: region.client, demoSecret: region.demoSecret }] : senders

async function configuration(place: Place, publicUrl: string, dataDir: string): Promise<Configuration> {
  const own = demoIssuer(publicUrl)
  const staff = new Map(place.demoStaff.map((each) => [each.id, each]))
  return {
    clients: [
      {
        client_id: own.clientId,
        client_secret: own.clientSecret,
        redirect_uris: [`${publicUrl}/sign-in/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
      ...systemsOf(place).flatMap((sender) =>
        sender.demoSecret
          ? [
              {
                client_id: sender.id,
                client_secret: sender.demoSecret,
                grant_types: ['client_credentials'],
                redirect_uris: [],
                response_types: [],
              },
            ]
          : [],
      ),
    ],
    adapter: DemoAdapter,
    jwks: { keys: [await signingKey(dataDir)] },
    cookies: { keys: [own.clientSecret], long: { signed: true }, short: { signed: true } },
    claims: { openid: ['sub'], profile: ['name'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: staff.get(id)?.name ?? id }),
    }),
    interactions: { url: (_context, interaction) => `${demoIssuerPath}/choose/${interaction.uid}` },
    // The demonstration asks nobody for consent: its one client is this product.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc
      const grant = new context.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    routes: { jwks: '/jwks', token: '/token' },
    ttl: {
      Session: 3600,
      Interaction: 3600,
      Grant: 3600,
      AccessToken: 3600,
      IdToken: 3600,
      ClientCredentials: 3600,
      AuthorizationCode: 60,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // Systems get a token for the FHIR API without asking; people who sign in need none.
        defaultResource: (_context, client) => (client?.clientId === own.clientId ? [] : own.audience),
        getResourceServerInfo: () => ({
          scope: 'system/*.cruds',
          audience: own.audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 3600,
        }),
      },
    },
  }
}

/** Kept beside the database, so that sessions and tokens outlive a restart. */
async function signingKey(dataDir: string): Promise<JWK> {
  const path = join(dataDir, 'demo-issuer-key.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as JWK
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }
  writeFileSync(path, JSON.stringify(key), { mode: 0o600 })
  return key
}
