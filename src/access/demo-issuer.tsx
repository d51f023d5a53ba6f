import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import Provider, { type Configuration } from 'oidc-provider'
import { madeOnce } from '../platform/index.ts'
import { DemoAdapter } from './demo-adapter.ts'
import type { Issuer } from './issuer.ts'
import type { Place } from './place.ts'
import type { AppDesk } from './smart/asking.ts'
import { askingForConsent, clientsOf, deskOf, tellLaunchContext } from './smart/issuing.ts'
import { configurationForApps } from './smart/provider.ts'
import { issuerProblem } from './staff-chooser.tsx'

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
 * @returns a handler for everything under `demoIssuerPath`, and the desk at which practitioners are asked about apps
 */
export async function openDemoIssuer(
  place: Place,
  publicUrl: string,
  dataDir: string,
  chooser: Chooser,
): Promise<{
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  desk: AppDesk
}> {
  const own = demoIssuer(publicUrl)
  const provider = new Provider(own.url, await configuration(place, publicUrl, dataDir))
  tellLaunchContext(provider)
  const serve = provider.callback()
  const handle = async (
    request: IncomingMessage & { originalUrl?: string },
    response: ServerResponse,
  ): Promise<void> => {
    const address = askingForConsent(place, request.url ?? '')
    const inside = address.slice(demoIssuerPath.length) || '/'
    if (inside.startsWith('/choose/')) return choose(provider, place, request, response, chooser)
    request.originalUrl = address
    request.url = inside
    await serve(request, response)
  }
  return { handle, desk: deskOf(provider, place, own.audience) }
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
      ...clientsOf(place),
    ],
    ...configurationForApps(place, own),
    adapter: DemoAdapter,
    jwks: { keys: [await signingKey(dataDir)] },
    cookies: { keys: [own.clientSecret], long: { signed: true }, short: { signed: true } },
    // house allows words: SMART’s own name for the scope and its claim
    claims: { openid: ['sub'], profile: ['name'], fhirUser: ['fhirUser'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => {
        const { name = id, practitioner } = staff.get(id) ?? {}
        const inRecord = practitioner && `${own.audience}/${practitioner}`
        // house allows words: SMART’s own name for the claim
        return { sub: id, name, fhirUser: inRecord }
      },
    }),
    interactions: {
      url: (_context, interaction) =>
        interaction.prompt.name === 'consent'
          ? `/apps/asking/${interaction.uid}`
          : `${demoIssuerPath}/choose/${interaction.uid}`,
    },
    // An app has what its practitioner allowed it this time, and nothing of before. Nobody is asked about the product itself.
    loadExistingGrant: async (context) => {
      const { client, session, result } = context.oidc
      if (client?.clientId !== own.clientId) {
        const allowed = result?.consent?.grantId
        return allowed ? context.oidc.provider.Grant.find(allowed) : undefined
      }
      const grant = new context.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    renderError: (context, { error, error_description: description }) => {
      context.type = 'html'
      context.body = issuerProblem(place, [error, description].filter(Boolean).join(': '))
    },
    routes: { jwks: '/jwks', token: '/token' },
  }
}

/** Kept beside the database, so that sessions and tokens outlive a restart. */
async function signingKey(dataDir: string): Promise<JWK> {
  const kept = await madeOnce(join(dataDir, 'demo-issuer-key.json'), async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    return JSON.stringify({ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' })
  })
  return JSON.parse(kept) as JWK
}
