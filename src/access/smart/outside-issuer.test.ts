import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, systemClock } from '../../platform/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { keepCharacters } from '../../testing/keep-characters.ts'

/** A place whose own issuer signs practitioners and apps in: what its access tokens must say, docs/smart.md. */

let issuer: Server
let issuerUrl: string
let app: TestApp
let sign: (claims: Record<string, unknown>, audience?: string) => Promise<string>
/** What the issuer says of tokens that say nothing themselves. */
const known = new Map<string, Record<string, unknown>>()

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }]
  issuer = createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url === '/keys') return response.end(JSON.stringify({ keys }))
    if (request.url === '/introspect') {
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        const token = new URLSearchParams(body).get('token') ?? ''
        response.end(JSON.stringify(known.get(token) ?? { active: false }))
      })
      return
    }
    return response.end(
      JSON.stringify({
        issuer: issuerUrl,
        jwks_uri: `${issuerUrl}/keys`,
        authorization_endpoint: `${issuerUrl}/authorize`,
        token_endpoint: `${issuerUrl}/token`,
        introspection_endpoint: `${issuerUrl}/introspect`,
      }),
    )
  })
  await new Promise<void>((done) => issuer.listen(0, '127.0.0.1', done))
  issuerUrl = `http://localhost:${(issuer.address() as AddressInfo).port}`
  app = await testApp(systemClock, undefined, {
    config: { issuer: { url: issuerUrl, clientId: 'golden-thread', clientSecret: 'a-secret' } },
    place: (place) => ({
      ...place,
      staff: [
        {
          id: 'subject-1',
          name: 'Dr Priya Nair',
          role: 'gp',
          organisation: 'ZP001',
          teams: ['zp001-practice'],
        },
      ],
      apps: [
        {
          id: 'viewer',
          name: 'Viewer',
          organisation: 'RFR',
          proof: { kind: 'public' },
          redirectUris: ['https://viewer.example/'],
          scopes: ['patient/*.rs'],
        },
      ],
    }),
  })
  await keepCharacters(app.database, app.place, systemClock.now())
  sign = (claims, audience = `${app.base}/fhir`) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuerUrl)
      .setAudience(audience)
      .setExpirationTime('5m')
      .sign(privateKey)
})
afterAll(async () => {
  issuer.close()
  await app.close()
})

async function ask(token: string, path = '/Patient?identifier=9990001235') {
  const answer = await fetch(`${app.base}/fhir${path}`, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, text: await answer.text() }
}

const found = ({ text }: { text: string }): string[] =>
  (JSON.parse(text) as { entry?: { resource: { id: string } }[] }).entry?.map(
    ({ resource }) => resource.id,
  ) ?? []

/** A Patient of Margaret's, and one of somebody else on the same practice's list. */
async function patients(): Promise<string[]> {
  const owner = openDatabase(app.ownerUrl, 1)
  try {
    const { rows } = await owner.transaction('owner', {}, (db) =>
      sql<{ id: string }>`
        select distinct on (d.nhs_number = '9990001235') r.id from record.resource r join people.demographic d using (person_key)
        where r.type = 'Patient' and r.source = 'zp001-gp' and r.sensitivity = 'normal' and not exists (
          select from access.protection p where p.person_key = r.person_key)
        order by d.nhs_number = '9990001235' desc, r.id`.execute(db),
    )
    return rows.map((row) => row.id)
  } finally {
    await owner.close()
  }
}

test('its token is taken as far as the practitioner, the registration and the person it names', async () => {
  const claims = { sub: 'subject-1', client_id: 'viewer', scope: 'patient/*.rs user/*.rs' }
  // user/ scopes are not what the app is registered for, and nobody is named: nothing is left.
  expect(found(await ask(await sign(claims)))).toEqual([])
  const cookieless = await fetch(`${app.base}/fhir/.well-known/smart-configuration`)
  expect(await cookieless.json()).toMatchObject({ authorization_endpoint: `${issuerUrl}/authorize` })
  const [margaret, other] = await patients()
  const about = await sign({ ...claims, patient: margaret })
  expect(found(await ask(about))).toContain(margaret)
  expect((await ask(about, `/Patient/${margaret}`)).status).toBe(200)
  expect((await ask(about, `/Patient/${other}`)).status).toBe(404)
  expect((await ask(await sign({ ...claims, patient: other }), `/Patient/${other}`)).status).toBe(200)
})

test('one of another audience, another app, a practitioner whom the place does not know, or forged is none', async () => {
  const claims = { sub: 'subject-1', client_id: 'viewer', scope: 'patient/*.rs' }
  expect((await ask(await sign(claims))).status).toBe(200)
  expect((await ask(await sign(claims, 'https://elsewhere.example/fhir'))).status).toBe(401)
  expect((await ask(await sign({ ...claims, client_id: 'nobody' }))).status).toBe(401)
  expect((await ask(await sign({ ...claims, sub: 'nobody' }))).status).toBe(401)
  // The demonstration's staff are nobody here.
  expect((await ask(await sign({ ...claims, sub: 'demo-gp' }))).status).toBe(401)
  const [head, body] = (await sign(claims)).split('.')
  expect((await ask(`${head}.${body}.${'A'.repeat(342)}`)).status).toBe(401)
})

test('one that says nothing itself is asked about', async () => {
  const said = {
    active: true,
    sub: 'subject-1',
    client_id: 'viewer',
    scope: 'patient/*.rs',
    aud: `${app.base}/fhir`,
  }
  known.set('opaque-1', said)
  known.set('opaque-2', { ...said, aud: 'https://elsewhere.example/fhir' })
  expect((await ask('opaque-1')).status).toBe(200)
  expect((await ask('opaque-2')).status).toBe(401)
  expect((await ask('opaque-3')).status).toBe(401)
})
