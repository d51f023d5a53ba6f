import { z } from 'zod'
import { anyone, fhirRoute, type Route, Unavailable } from '../../platform/index.ts'
import type { Issuer } from '../issuer.ts'
import { type Discovery, discovering } from './discovery.ts'
import { otherScopes } from './scopes.ts'

const capabilities = [
  'launch-ehr',
  'launch-standalone',
  'client-public',
  'client-confidential-symmetric',
  'client-confidential-asymmetric',
  'sso-openid-connect',
  'context-banner',
  'context-ehr-patient',
  'context-ehr-encounter',
  'context-standalone-patient',
  'permission-offline',
  'permission-online',
  'permission-patient',
  'permission-user',
  'permission-v1',
  'permission-v2',
]

/** Where an app finds the way in: SMART App Launch 2.2, "Conformance". */
export const smartConfiguration = (issuer: () => Issuer): Route => {
  const discover = discovering(issuer)
  return fhirRoute({
    method: 'GET',
    path: '/fhir/.well-known/smart-configuration',
    may: anyone('where apps find the way in'),
    audit: 'fhir.smart-configuration',
    input: z.object({}),
    run: async () => ({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(configurationOf(await discovered(discover))),
    }),
  })
}

async function discovered(discover: () => Promise<Discovery>): Promise<Discovery> {
  try {
    return await discover()
  } catch {
    throw new Unavailable('The place’s OpenID issuer does not answer.')
  }
}

const configurationOf = (found: Discovery) => ({
  issuer: found.issuer,
  jwks_uri: found.jwks_uri,
  authorization_endpoint: found.authorization_endpoint,
  token_endpoint: found.token_endpoint,
  ...(found.introspection_endpoint && { introspection_endpoint: found.introspection_endpoint }),
  ...(found.revocation_endpoint && { revocation_endpoint: found.revocation_endpoint }),
  grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
  scopes_supported: [...otherScopes, 'patient/*.rs', 'user/*.rs', 'system/*.cruds'],
  capabilities,
})

/** The same for the CapabilityStatement: where tokens come from, as apps before SMART 2 look for it. */
export const smartSecurity = (issuer: () => Issuer): (() => Promise<Record<string, unknown>>) => {
  const discover = discovering(issuer)
  return async () => securityOf(await discover().catch(() => undefined))
}

function securityOf(uris: Discovery | undefined): Record<string, unknown> {
  const uri = (url: string, valueUri: string | undefined) =>
    valueUri === undefined ? [] : [{ url, valueUri }]
  return {
    cors: true,
    service: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
            code: 'SMART-on-FHIR',
          },
        ],
        text: 'OAuth2 using SMART on FHIR',
      },
    ],
    ...(uris && {
      extension: [
        {
          url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
          extension: [
            ...uri('authorize', uris.authorization_endpoint),
            ...uri('token', uris.token_endpoint),
            ...uri('introspect', uris.introspection_endpoint),
            ...uri('revoke', uris.revocation_endpoint),
          ],
        },
      ],
    }),
  }
}
