import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SmartPlace, type Somebody, smartPlace } from '../../testing/apps/smart-place.ts'

/** Backend services: an app that nobody uses signs in by an assertion and acts in its own role, within its scopes. */

let place: SmartPlace
let margaret: Somebody
beforeAll(async () => {
  place = await smartPlace()
  margaret = await place.somebody('9990001235')
})
afterAll(() => place.close())

async function ask(assertion: string, scope: string) {
  const answer = await fetch(`${place.app.base}/demo-issuer/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, string> }
}

async function fhir(token: string | undefined, path: string, body?: object, method = body ? 'POST' : 'GET') {
  const answer = await fetch(`${place.app.base}/fhir${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/fhir+json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, text: await answer.text() }
}

const tokenOf = async (client: string, scope: string) =>
  (await ask(await place.assertion(client), scope)).json['access_token']

describe('signing in', () => {
  test('an assertion is good for one token of five minutes', async () => {
    const assertion = await place.assertion('hospital-service')
    const first = await ask(assertion, 'system/Observation.rs')
    expect(first.status).toBe(200)
    expect(first.json).toMatchObject({
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'system/Observation.rs',
    })
    const again = await ask(assertion, 'system/Observation.rs')
    expect([again.status, again.json['error']]).toEqual([401, 'invalid_client'])
  })

  test.each([
    ['another key', async () => ({ key: place.stranger })],
    ['another audience', async () => ({ claims: { aud: 'https://elsewhere.example/token' } })],
    ['more than five minutes', async () => ({ seconds: 400 })],
    ['the past', async () => ({ seconds: -60 })],
    ['another issuer', async () => ({ claims: { iss: 'ward-board' } })],
  ])('an assertion with %s is refused', async (_, changed) => {
    const { status, json } = await ask(
      await place.assertion('hospital-service', await changed()),
      'system/Observation.rs',
    )
    expect([status, json['error']]).toEqual([401, 'invalid_client'])
    expect(json['access_token']).toBeUndefined()
  })

  test.each([
    'system/Condition.rs',
    'system/Observation.d',
    'user/Observation.rs',
    'system/Observation.rs?category=vital-signs',
  ])('the scope %s, which it was not allowed, is refused by name', async (scope) => {
    const { status, json } = await ask(await place.assertion('hospital-service'), scope)
    expect([status, json['error']]).toEqual([400, 'invalid_scope'])
    expect(json['error_description']).toContain(scope)
  })
})

describe('a sender', () => {
  const observation = (patient: string) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Pulse' },
    subject: { reference: `Patient/${patient}` },
  })
  const hospitalPatient = async () => {
    const [row] = await place.asOwner(sql<{ id: string }>`
      select id from record.resource where type = 'Patient' and source = 'rfr-hospital' and id = any (${margaret.patients}::text[])`)
    return row?.id ?? ''
  }

  test('writes what its scopes give, reads it back, and nothing else', async () => {
    const token = await tokenOf('hospital-service', 'system/Observation.crus')
    const patient = await hospitalPatient()
    const made = await fhir(token, '/Observation', observation(patient))
    expect(made.status, made.text).toBe(201)
    const { id } = JSON.parse(made.text) as { id: string }
    expect((await fhir(token, `/Observation/${id}`)).status).toBe(200)
    const again = await fhir(
      token,
      `/Observation/${id}`,
      { ...observation(patient), id, status: 'amended' },
      'PUT',
    )
    expect(again.status, again.text).toBe(200)
    const rows = await place.asOwner(
      sql<{ status: string }>`select status from record.v_observation where resource_id = ${id}`,
    )
    expect(rows).toEqual([{ status: 'amended' }])
    const refused = await fhir(token, '/Condition', { ...observation(patient), resourceType: 'Condition' })
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('the app has no scope for Condition.c')
    expect((await fhir(token, `/Patient/${patient}`)).status).toBe(403)
    expect((await fhir(token, `/Encounter?patient=${patient}`)).status).toBe(403)
  })

  test('cannot slip what it may not write into a bundle', async () => {
    const token = await tokenOf('hospital-service', 'system/Observation.crus')
    const patient = await hospitalPatient()
    const entry = (resource: object, type: string) => ({ resource, request: { method: 'POST', url: type } })
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        entry(observation(patient), 'Observation'),
        entry(
          {
            resourceType: 'Condition',
            code: { text: 'Planted' },
            subject: { reference: `Patient/${patient}` },
          },
          'Condition',
        ),
      ],
    }
    expect((await fhir(token, '', bundle)).status).toBe(403)
    const planted = await place.asOwner(sql`select from record.resource where body like '%Planted%'`)
    expect(planted).toHaveLength(0)
  })

  test('that may only create reads nothing by creating what is there', async () => {
    const may = await tokenOf('hospital-service', 'system/Observation.crus')
    const patient = await hospitalPatient()
    const identifier = [{ system: 'https://hospital.example/result', value: 'kept' }]
    const secret = { ...observation(patient), identifier, code: { text: 'Kept from it' } }
    const { id } = JSON.parse((await fhir(may, '/Observation', secret)).text) as { id: string }
    const token = await tokenOf('hospital-service', 'system/Observation.c')
    expect((await fhir(token, `/Observation/${id}`)).status).toBe(403)
    const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${place.app.base}/fhir${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/fhir+json',
          prefer: 'return=representation',
          ...headers,
        },
        body: JSON.stringify(body),
      })
      return { status: answer.status, text: await answer.text() }
    }
    const own = 'identifier=https://hospital.example/result|kept'
    for (const [condition, status] of [
      [own, 200],
      [`_id=${id}`, 403],
    ] as const) {
      const alone = await send('/Observation', observation(patient), { 'if-none-exist': condition })
      expect([alone.status, alone.text.includes('Kept from it')]).toEqual([status, false])
      for (const type of ['batch', 'transaction']) {
        const request = { method: 'POST', url: 'Observation', ifNoneExist: condition }
        const entry = [{ resource: observation(patient), request }]
        const answer = await send('', { resourceType: 'Bundle', type, entry })
        expect(answer.text).toContain(status === 200 ? '"status":"200 OK"' : 'forbidden')
        expect(answer.text).not.toContain('Kept from it')
      }
    }
  })

  test('has no page, no cookie and no other interface', async () => {
    const token = await tokenOf('hospital-service', 'system/Observation.crus')
    for (const path of ['/', '/people/find', `/people/${margaret.ref}`, '/feeds/messages']) {
      const answer = await fetch(place.app.base + path, {
        redirect: 'manual',
        headers: { authorization: `Bearer ${token}` },
      })
      expect(answer.headers.get('set-cookie')).toBeNull()
      if (path !== '/')
        expect([answer.status, answer.headers.get('location')?.split('?')[0]], path).toEqual([
          303,
          '/sign-in',
        ])
    }
    const file = await fetch(`${place.app.base}/files/caseloads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body: 'a',
    })
    expect(file.status).toBe(401)
  })
})

describe('a reader', () => {
  test('sees what its role and teams may, and the audit names it', async () => {
    const token = await tokenOf('ward-board', 'system/*.rs')
    const seen = await fhir(token, `/Condition?patient=${margaret.patient}`)
    // Its role holds no clinical data, whatever its scopes say.
    expect([seen.status, JSON.parse(seen.text).total]).toEqual([200, 0])
    const plans = await fhir(token, `/CarePlan?patient:identifier=${margaret.nhsNumber}`)
    expect(plans.status).toBe(200)
    const audited = await place.asOwner(sql<{ actor: string; app: string }>`
      select distinct actor, detail ->> 'app' as app from access.audit where actor like 'app:%' order by 1`)
    expect(audited).toContainEqual({ actor: 'app:ward-board', app: 'ward-board' })
    expect(audited).toContainEqual({ actor: 'app:hospital-service', app: 'hospital-service' })
  })
})
