import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { token } from '../../testing/apps/authorising.ts'
import { type SmartPlace, smartPlace } from '../../testing/apps/smart-place.ts'

/** Apps that run in a browser: whose pages may ask, and how they find the way in. */

let place: SmartPlace
beforeAll(async () => {
  place = await smartPlace()
})
afterAll(() => place.close())

describe('from a browser', () => {
  test('only pages of registered apps may ask, over FHIR and for a token, and never with cookies', async () => {
    const { base } = place.app
    for (const path of ['/fhir/Observation', '/fhir', '/demo-issuer/token']) {
      const preflight = (origin: string) =>
        fetch(base + path, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization',
          },
        })
      const ours = await preflight('https://app.example')
      expect([ours.status, ours.headers.get('access-control-allow-origin')], path).toEqual([
        204,
        'https://app.example',
      ])
      expect(ours.headers.get('access-control-allow-credentials')).toBeNull()
      const other = await preflight('https://evil.example')
      expect([other.status, other.headers.get('access-control-allow-origin')], path).toEqual([403, null])
    }
    for (const path of ['/fhir/metadata', '/fhir/.well-known/smart-configuration', '/fhir/Patient/unknown']) {
      const ask = async (origin: string) =>
        (await fetch(base + path, { headers: { origin } })).headers.get('access-control-allow-origin')
      expect([await ask('https://app.example'), await ask('https://evil.example')], path).toEqual([
        'https://app.example',
        null,
      ])
    }
    const page = await fetch(`${base}/`, { headers: { origin: 'https://app.example' } })
    expect(page.headers.get('access-control-allow-origin')).toBeNull()
    const exchanged = await token(
      place,
      { grant_type: 'refresh_token', client_id: 'observations', refresh_token: 'none' },
      { origin: 'https://evil.example' },
    )
    expect(exchanged.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('an app finds the way in', async () => {
    const { base } = place.app
    const found = await (await fetch(`${base}/fhir/.well-known/smart-configuration`)).json()
    expect(found).toMatchObject({
      authorization_endpoint: `${base}/demo-issuer/auth`,
      token_endpoint: `${base}/demo-issuer/token`,
      code_challenge_methods_supported: ['S256'],
    })
    const metadata = JSON.stringify(await (await fetch(`${base}/fhir/metadata`)).json())
    expect(metadata).toContain('oauth-uris')
    expect(metadata).toContain(`"valueUri":"${base}/demo-issuer/token"`)
  })
})
