import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allow, authorising, chooseThe, refuse, standalone, token } from '../../testing/apps/authorising.ts'
import { type SmartPlace, type Somebody, smartPlace } from '../../testing/apps/smart-place.ts'
import { visitor } from '../../testing/apps/visitor.ts'

/** Standalone launch: an app opens by itself, its practitioner signs in, chooses somebody and allows it. */

let place: SmartPlace
let margaret: Somebody
beforeAll(async () => {
  place = await smartPlace()
  margaret = await place.somebody('9990001235')
})
afterAll(() => place.close())

const observations = {
  client: 'observations',
  redirect: 'https://app.example/',
  scope: 'openid profile fhirUser launch/patient offline_access patient/Observation.rs patient/Patient.read',
}

async function fhir(bearer: string | undefined, path: string) {
  const answer = await fetch(`${place.app.base}/fhir${path}`, {
    headers: { authorization: `Bearer ${bearer}` },
  })
  return { status: answer.status, text: await answer.text() }
}

describe('an app that its practitioner allows', () => {
  test('gets a token with the person, and sees what both may', async () => {
    const got = await standalone(
      place,
      { ...observations, scope: observations.scope.replace('.read', '.r') },
      'demo-gp',
      margaret,
    )
    expect(got.consent.text).toContain('Observations at a glance')
    expect(got.consent.text).toContain('ASHWORTH, Margaret')
    expect(got.consent.text).toContain('see test results and measurements')
    expect(got.landed.url.origin).toBe('https://app.example')
    expect(got.landed.url.searchParams.get('state')).toBe('state-of-the-app')
    expect(got.status, JSON.stringify(got.json)).toBe(200)
    expect(got.json).toMatchObject({ token_type: 'Bearer', need_patient_banner: true, expires_in: 900 })
    expect(margaret.patients).toContain(got.json['patient'])
    // Who she is in the record, the place does not say; so the app is not told that it was.
    expect(got.json['scope']?.split(' ').toSorted()).toEqual([
      'launch/patient',
      'offline_access',
      'openid',
      'patient/Observation.rs',
      'patient/Patient.r',
      'profile',
    ])
    const bearer = got.json['access_token']
    const patient = got.json['patient']
    expect((await fhir(bearer, `/Patient/${patient}`)).status).toBe(200)
    const seen = await fhir(bearer, `/Observation?patient=${patient}`)
    expect(JSON.parse(seen.text).total).toBeGreaterThan(0)
    expect((await fhir(bearer, `/Condition?patient=${patient}`)).status).toBe(403)
    expect((await fhir(bearer, `/Patient?_id=${patient}`)).status).toBe(403)
  })

  test('goes on with refresh tokens, each good for once; revoking one ends all', async () => {
    const asking = { ...observations, scope: 'launch/patient offline_access patient/Observation.rs' }
    const { json } = await standalone(place, asking, 'demo-gp', margaret)
    const refresh = (refresh_token: string | undefined, scope?: string) =>
      token(place, {
        grant_type: 'refresh_token',
        client_id: 'observations',
        refresh_token: refresh_token ?? '',
        ...(scope && { scope }),
      })
    const second = await refresh(json['refresh_token'])
    expect(second.status, JSON.stringify(second.json)).toBe(200)
    expect(second.json['patient']).toBe(json['patient'])
    expect(second.json['refresh_token']).not.toBe(json['refresh_token'])
    expect((await fhir(second.json['access_token'], `/Observation?patient=${json['patient']}`)).status).toBe(
      200,
    )
    const revoked = await fetch(`${place.app.base}/demo-issuer/token/revocation`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'observations', token: second.json['refresh_token'] ?? '' }),
    })
    expect(revoked.status).toBe(200)
    expect((await refresh(second.json['refresh_token'])).json['error']).toBe('invalid_grant')
  })

  test('a refresh token that is used twice ends everything', async () => {
    const asking = { ...observations, scope: 'launch/patient offline_access patient/Observation.rs' }
    const { json } = await standalone(place, asking, 'demo-gp', margaret)
    const refresh = (refresh_token: string | undefined) =>
      token(place, {
        grant_type: 'refresh_token',
        client_id: 'observations',
        refresh_token: refresh_token ?? '',
      })
    const second = await refresh(json['refresh_token'])
    expect((await refresh(json['refresh_token'])).json['error']).toBe('invalid_grant')
    expect((await refresh(second.json['refresh_token'])).json['error']).toBe('invalid_grant')
    expect((await fhir(second.json['access_token'], `/Observation?patient=${json['patient']}`)).status).toBe(
      401,
    )
  })

  test('user/ scopes need nobody chosen, and reach whom the practitioner reaches', async () => {
    const who = visitor(place.app.base)
    const flow = authorising(place, {
      client: 'whole-record',
      redirect: 'https://app.example/whole',
      scope: 'user/Observation.rs',
    })
    const consent = await flow.begin(who, 'demo-gp')
    expect(consent.text).toContain('About everyone whom you may see')
    const basic = `Basic ${Buffer.from('whole-record:whole-record-demo-secret').toString('base64')}`
    const { json } = await flow.exchange(await allow(who, consent), { authorization: basic }, {})
    expect(json['patient']).toBeUndefined()
    const seen = await fhir(json['access_token'], `/Observation?patient=${margaret.patient}`)
    expect(JSON.parse(seen.text).total).toBeGreaterThan(0)
  })

  test('is told who its practitioner is, where the place says it', async () => {
    const who = visitor(place.app.base)
    const flow = authorising(place, {
      client: 'observations',
      redirect: 'https://app.example/',
      scope: 'openid profile fhirUser',
    })
    const { json } = await flow.exchange(await allow(who, await flow.begin(who, 'demo-social-worker')))
    const claims = JSON.parse(Buffer.from(json['id_token']?.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({
      sub: 'demo-social-worker',
      name: 'Leanne Marsh',
      // house allows words: SMART’s own name for the claim
      fhirUser: `${place.app.base}/fhir/Practitioner/leanne`,
    })
    expect(json['scope']).toBe('openid profile fhirUser')
  })

  test('the token tells whoever may ask what it is for', async () => {
    const asking = { ...observations, scope: 'launch/patient patient/Observation.rs' }
    const { json } = await standalone(place, asking, 'demo-gp', margaret)
    const ask = async (headers: Record<string, string>) =>
      (await (
        await fetch(`${place.app.base}/demo-issuer/token/introspection`, {
          method: 'POST',
          headers,
          body: new URLSearchParams({ token: json['access_token'] ?? '' }),
        })
      ).json()) as Record<string, unknown>
    const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` })
    expect(await ask(basic('golden-thread:golden-thread-demo'))).toMatchObject({
      active: true,
      client_id: 'observations',
      sub: 'demo-gp',
      scope: 'launch/patient patient/Observation.rs',
      patient: json['patient'],
    })
    expect(await ask(basic('whole-record:whole-record-demo-secret'))).toEqual({ active: false })
  })
})

describe('an app that its practitioner refuses', () => {
  test('is told so and gets nothing', async () => {
    const who = visitor(place.app.base)
    const flow = authorising(place, observations1)
    const consent = await chooseThe(who, await flow.begin(who, 'demo-gp'), margaret)
    const landed = await refuse(who, consent)
    expect(landed.url.searchParams.get('error')).toBe('access_denied')
    expect(landed.url.searchParams.get('code')).toBeNull()
    // The page is not answered twice.
    expect((await allow(who, consent)).text).toContain('not asking any more')
  })

  test('cannot be opened about somebody with whom the practitioner has no relationship', async () => {
    const who = visitor(place.app.base)
    const page = await authorising(place, observations1).begin(who, 'demo-gp-other')
    const refused = await chooseThe(who, page, margaret)
    expect([refused.status, refused.text.includes('no relationship')]).toEqual([403, true])
    const asked = await who.go(`${page.url.pathname}/people/${margaret.ref}/allow`, {})
    expect(asked.status).toBe(403)
    expect(asked.url.origin).toBe(place.app.base)
  })

  test('is not allowed by anybody but who opened it', async () => {
    const victim = visitor(place.app.base)
    const attacker = visitor(place.app.base)
    const page = await authorising(place, observations1).begin(attacker, 'demo-social-worker')
    await victim.chooseStaff(await victim.go('/sign-in'), 'demo-gp')
    for (const path of ['', `/people/${margaret.ref}`]) {
      const shown = await victim.go(`${page.url.pathname}${path}`)
      expect([shown.status, shown.text.includes('Somebody else opened this app')]).toEqual([403, true])
    }
    expect((await victim.go(`${page.url.pathname}/people/${margaret.ref}/allow`, {})).status).toBe(403)
  })
})

const observations1 = { ...observations, scope: 'launch/patient patient/Observation.rs' }

describe('a request that is not right', () => {
  const failed = async (asking: Parameters<typeof authorising>[1]) =>
    await authorising(place, asking).begin(visitor(place.app.base), 'demo-gp')

  test('to be sent back elsewhere goes nowhere', async () => {
    const page = await failed({ ...observations1, changed: { redirect_uri: 'https://evil.example/' } })
    expect([page.url.origin, page.status]).toEqual([place.app.base, 400])
  })

  test.each([
    [
      'without a code challenge',
      { leaveOut: ['code_challenge', 'code_challenge_method'] },
      'invalid_request',
    ],
    ['with a plain challenge', { changed: { code_challenge_method: 'plain' } }, 'invalid_request'],
    ['for another server', { changed: { aud: 'https://elsewhere.example/fhir' } }, 'invalid_request'],
    ['without saying for which server', { leaveOut: ['aud'] }, 'invalid_request'],
    [
      'with a granular scope',
      { scope: 'launch/patient patient/Observation.rs?category=laboratory' },
      'invalid_scope',
    ],
    [
      'with more than it is registered for',
      { scope: 'launch/patient patient/Condition.rs' },
      'invalid_scope',
    ],
    ['with a scope that nobody knows', { scope: 'launch/patient patient/Observation.sr' }, 'invalid_scope'],
    ['about a person without any way to choose one', { scope: 'patient/Observation.rs' }, 'invalid_scope'],
    ['with launch and no handle', { scope: 'launch patient/Observation.rs' }, 'invalid_request'],
  ])('%s is sent back to be told so', async (_, changed, error) => {
    const { url } = await failed({ ...observations1, ...changed })
    expect([url.origin, url.searchParams.get('error')]).toEqual(['https://app.example', error])
    const scope = 'scope' in changed ? changed.scope.split(' ').at(-1) : undefined
    if (error === 'invalid_scope')
      expect(url.searchParams.get('error_description')).toContain(scope?.split('.')[0]?.split('/')[0])
  })

  test('with another verifier, or a code used twice, gets no token', async () => {
    const who = visitor(place.app.base)
    const flow = authorising(place, observations1)
    const landed = await allow(who, await chooseThe(who, await flow.begin(who, 'demo-gp'), margaret))
    const wrong = await flow.exchange(landed, {}, { code_verifier: 'x'.repeat(43) })
    expect(wrong.json['error']).toBe('invalid_grant')
    const { json, flow: again, landed: once } = await standalone(place, observations1, 'demo-gp', margaret)
    const bearer = json['access_token']
    expect((await fhir(bearer, `/Observation?patient=${json['patient']}`)).status).toBe(200)
    expect((await again.exchange(once)).json['error']).toBe('invalid_grant')
  })
})
