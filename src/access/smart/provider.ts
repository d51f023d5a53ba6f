import type { Configuration, ResourceServer } from 'oidc-provider'
import type { Issuer } from '../issuer.ts'
import type { Place } from '../place.ts'
import {
  checkedParameters,
  launchClaims,
  mayAskFrom,
  mustBeAllowed,
  mustBeShort,
  scopesFor,
} from './issuing.ts'
import { otherScopes } from './scopes.ts'

const day = 86_400
/** A practitioner's token is asked about at each use and ends when it is revoked; a system's says all itself, so it lives for minutes. */
const seconds = { practitioner: 900, system: 300, sender: 3600 }

/** How the built-in issuer is set up for the place's apps and senders. */
export const configurationForApps = (place: Place, own: Issuer): Omit<Configuration, 'clients'> => ({
  scopes: [...otherScopes],
  extraParams: checkedParameters(place, own.audience),
  extraTokenClaims: (_context, token) => launchClaims(token as { grantId?: string }),
  enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'] },
  assertJwtClientAuthClaimsAndHeader: mustBeShort,
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
  clientBasedCORS: (_context, origin, client) => mayAskFrom(place, origin, client.clientId),
  pkce: { required: (_context, client) => isApp(place, client) },
  rotateRefreshToken: true,
  issueRefreshToken: async (_context, client, code) =>
    client.grantTypeAllowed('refresh_token') &&
    (code.scopes.has('offline_access') || code.scopes.has('online_access')),
  ttl: {
    Session: 3600,
    Interaction: 3600,
    // What a practitioner allowed must last as long as the refresh token that was given for it.
    Grant: 30 * day,
    RefreshToken: 30 * day,
    AccessToken: lifeOf,
    ClientCredentials: lifeOf,
    IdToken: 3600,
    AuthorizationCode: 60,
  },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: {
      enabled: true,
      allowedPolicy: (_context, client, token) => client.clientId === token.clientId,
    },
    introspection: {
      enabled: true,
      allowedPolicy: (_context, client, token) =>
        client.clientId === own.clientId || client.clientId === token.clientId,
    },
    resourceIndicators: {
      enabled: true,
      // Systems and apps get a token for the FHIR API without asking; practitioners who sign in need none.
      defaultResource: (_context, client) => (client?.clientId === own.clientId ? [] : own.audience),
      useGrantedResource: () => true,
      getResourceServerInfo: (context, _resource, client) => {
        const audience = { audience: own.audience }
        const app = place.apps.find(({ id }) => id === client.clientId)
        if (!app)
          return {
            ...audience,
            scope: 'system/*.cruds',
            accessTokenFormat: 'jwt',
            accessTokenTTL: seconds.sender,
          }
        const scope = scopesFor(context, app)
        if (!app.service)
          return { ...audience, scope, accessTokenFormat: 'opaque', accessTokenTTL: seconds.practitioner }
        mustBeAllowed(app, String(context.oidc.params?.['scope'] ?? ''))
        return { ...audience, scope, accessTokenFormat: 'jwt', accessTokenTTL: seconds.system }
      },
    },
  },
})

const isApp = (place: Place, client: { clientId: string }): boolean =>
  place.apps.some(({ id }) => id === client.clientId)

/** As long as the resource that it opens says. */
function lifeOf(_context: unknown, token: { resourceServer?: ResourceServer | undefined }): number {
  return token.resourceServer?.accessTokenTTL ?? seconds.sender
}
