import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MedplumClient } from '@medplum/core'
import type { Bundle, Observation } from '@medplum/fhirtypes'
import { Client } from 'fhir-kit-client'
import smart from 'fhirclient'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allow, chooseThe, standalone, token } from '../../testing/apps/authorising.ts'
import { type SmartPlace, type Somebody, smartPlace } from '../../testing/apps/smart-place.ts'
import { type Landed, type Visitor, visitor } from '../../testing/apps/visitor.ts'

/** The client libraries that others build with, driving the running product. None of them knows anything of us. */

let place: SmartPlace
let margaret: Somebody
let apps: Server
let appUrl: string
beforeAll(async () => {
  apps = createServer(serve)
  await new Promise<void>((done) => apps.listen(0, '127.0.0.1', done))
  appUrl = `http://127.0.0.1:${(apps.address() as AddressInfo).port}`
  place = await smartPlace(appUrl)
  margaret = await place.somebody('9990001235')
})
afterAll(async () => {
  apps.close()
  await place.close()
})

type State = Record<string, unknown>
const kept: State = {}
/** One visitor at a time: what fhirclient keeps between two requests. */
const storage = {
  get: async (key: string) => kept[key],
  set: async (key: string, value: unknown) => {
    kept[key] = value
    return value
  },
  unset: async (key: string) => delete kept[key],
}

const scope = 'openid offline_access patient/*.rs'
const secretApp = { clientId: 'whole-record', clientSecret: 'whole-record-demo-secret' }

/** Two apps on one server, both written with fhirclient as its documentation says: one opens by itself, one on a record. */
const serve: Parameters<typeof createServer>[1] = async (request, response) => {
  const api = smart(request as never, response, storage as never)
  const path = new URL(request.url ?? '/', appUrl).pathname
  try {
    if (path === '/begin')
      return void (await api.authorize({
        ...secretApp,
        scope: `${scope} launch/patient`,
        iss: `${place.app.base}/fhir`,
        redirectUri: `${appUrl}/whole`,
        pkceMode: 'required',
      }))
    if (path === '/launch-charts')
      return void (await api.authorize({
        clientId: 'charts',
        clientPrivateJwk: place.privateJwk as never,
        scope: `${scope} launch`,
        redirectUri: `${appUrl}/charts`,
        pkceMode: 'required',
      }))
    const client = await api.ready()
    const own = await client.patient.read()
    const seen = (await client.request(`Observation?patient=${client.patient.id}`)) as Bundle
    const before = client.getState('tokenResponse.refresh_token') as string
    // The library signs no assertion to refresh; with a secret it can.
    if (path === '/whole') await client.refresh()
    const again = (await client.request(`Observation?patient=${client.patient.id}`)) as Bundle
    response.end(
      JSON.stringify({
        patient: own.id,
        seen: seen.total,
        again: again.total,
        rotated: before !== client.getState('tokenResponse.refresh_token'),
      }),
    )
  } catch (problem) {
    response.statusCode = 500
    response.end((problem as Error).message)
  }
}

/** Goes on where an app on its own server sends the browser. */
async function throughApp(who: Visitor, url: string): Promise<Landed> {
  const sent = await fetch(url, { redirect: 'manual' })
  const location = new URL(sent.headers.get('location') ?? '', url)
  if (location.origin === appUrl) return throughApp(who, location.href)
  return who.go(location.href)
}

async function shownBy(landed: Landed) {
  let url = landed.url.href
  for (let hop = 0; hop < 3; hop++) {
    const answer = await fetch(url, { redirect: 'manual' })
    const location = answer.headers.get('location')
    if (location === null) return { status: answer.status, text: await answer.text() }
    url = new URL(location, url).href
  }
  throw new Error(`${landed.url} leads in a circle`)
}

describe('fhirclient', () => {
  test('standalone, with a secret: reads its patient and her observations, and goes on by refreshing', async () => {
    const who = visitor(place.app.base)
    const signIn = await throughApp(who, `${appUrl}/begin`)
    const consent = await chooseThe(who, await who.chooseStaff(signIn, 'demo-gp'), margaret)
    const { status, text } = await shownBy(await allow(who, consent))
    expect(status, text).toBe(200)
    const shown = JSON.parse(text) as State
    expect(margaret.patients).toContain(shown['patient'])
    expect(shown['seen']).toBeGreaterThan(0)
    expect(shown).toMatchObject({ again: shown['seen'], rotated: true })
  })

  test('opened on a record, with a key of its own: reads her observations', async () => {
    const who = visitor(place.app.base)
    await who.chooseStaff(await who.go('/sign-in'), 'demo-gp')
    const launched = await who.go(`/people/${margaret.ref}/apps/charts`, {})
    expect(launched.url.origin).toBe(appUrl)
    const consent = await throughApp(who, launched.url.href)
    expect(consent.text).toContain('Allow Growth charts to use the record?')
    const { status, text } = await shownBy(await allow(who, consent))
    expect(status, text).toBe(200)
    const shown = JSON.parse(text) as State
    expect(margaret.patients).toContain(shown['patient'])
    expect(shown['seen']).toBeGreaterThan(0)
  })

  test('tells why the practitioner’s refusal ends it', async () => {
    const who = visitor(place.app.base)
    const page = await who.chooseStaff(await throughApp(who, `${appUrl}/begin`), 'demo-gp')
    const landed = await who.go(`${page.url.pathname}/refuse`, {})
    const { status, text } = await shownBy(landed)
    expect([status, text.includes('The practitioner refused')]).toEqual([500, true])
  })
})

const serviceToken = async (client: string, asked: string) =>
  (
    await token(place, {
      grant_type: 'client_credentials',
      scope: asked,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await place.assertion(client),
    })
  ).json['access_token'] ?? ''

describe('fhir-kit-client', () => {
  test('finds the way in, sends and reads back as a backend service, and is told what it may not', async () => {
    const baseUrl = `${place.app.base}/fhir`
    const found = await new Client({ baseUrl }).smartAuthMetadata()
    expect(String(found.tokenUrl)).toBe(`${place.app.base}/demo-issuer/token`)
    const client = new Client({
      baseUrl,
      bearerToken: await serviceToken('hospital-service', 'system/Observation.crus system/Patient.rs'),
    })
    const [patient] = await place.asOwner(sql<{ id: string }>`
      select id from record.resource where type = 'Patient' and source = 'rfr-hospital' and id = any (${margaret.patients}::text[])`)
    const body = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Weight' },
      subject: { reference: `Patient/${patient?.id}` },
      valueQuantity: { value: 71.5, unit: 'kg' },
    }
    const made = await client.create({ resourceType: 'Observation', body })
    const read = await client.read({ resourceType: 'Observation', id: String(made['id']) })
    expect(read).toMatchObject({ valueQuantity: { value: 71.5 } })
    const bundle = (await client.search({
      resourceType: 'Observation',
      searchParams: { _id: String(made['id']) },
    })) as unknown as Bundle
    expect(bundle.total).toBe(1)
    await expect(
      client.search({ resourceType: 'Condition', searchParams: { patient: String(patient?.id) } }),
    ).rejects.toMatchObject({
      response: { status: 403 },
    })
  })
})

describe('MedplumClient', () => {
  test('reads and searches with an app’s token, and is told what that does not give', async () => {
    const got = await standalone(
      place,
      { client: 'observations', redirect: `${appUrl}/`, scope: 'launch/patient patient/Observation.rs' },
      'demo-gp',
      margaret,
    )
    const client = new MedplumClient({
      baseUrl: place.app.base,
      fhirUrlPath: 'fhir',
      accessToken: got.json['access_token'] ?? '',
    })
    const found = (await client.search(
      'Observation',
      `patient=${got.json['patient']}`,
    )) as Bundle<Observation>
    expect(found.total).toBeGreaterThan(0)
    const first = found.entry?.[0]?.resource
    expect(await client.readResource('Observation', first?.id ?? '')).toMatchObject({ id: first?.id })
    await expect(client.readResource('Patient', got.json['patient'] ?? '')).rejects.toThrow(
      /no scope for Patient.r/,
    )
    await expect(client.search('Condition', `patient=${got.json['patient']}`)).rejects.toThrow(
      /no scope for Condition.s/,
    )
  })
})
