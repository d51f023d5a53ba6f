import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { sql } from 'kysely'
import type { Place } from '../../access/index.ts'
import { openDatabase, systemClock } from '../../platform/index.ts'
import { testApp } from '../app.ts'
import { keepCharacters } from '../keep-characters.ts'

type Apps = Place['apps']
type Signed = {
  alg?: string
  key?: CryptoKey
  claims?: Record<string, unknown>
  jti?: string
  seconds?: number
}

/** What an app may find of somebody in the store, with the eyes of the tables' owner. */
export type Somebody = { ref: string; patient: string; patients: string[]; nhsNumber: string; born: string }

/** The whole product with apps registered and the named characters in its record; for tests. */
export async function smartPlace(appUrl = 'https://app.example') {
  const pair = await generateKeyPair('ES384', { extractable: true })
  const other = await generateKeyPair('ES384')
  const keys = [{ ...(await exportJWK(pair.publicKey)), kty: 'EC', kid: 'first', alg: 'ES384', use: 'sig' }]
  const app = await testApp(systemClock, undefined, {
    place: (place) => ({
      ...place,
      apps: registered(appUrl, keys),
      demoStaff: place.demoStaff.map((staff) =>
        staff.id === 'demo-social-worker' ? { ...staff, practitioner: 'Practitioner/leanne' } : staff,
      ),
    }),
  })
  await keepCharacters(app.database, app.place, systemClock.now())
  const owner = openDatabase(app.ownerUrl, 2)
  const asOwner = <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
    owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows)

  /** An assertion by which an app says who it is. */
  const assertion = (
    client: string,
    { alg = 'ES384', key = pair.privateKey, claims = {}, jti, seconds = 240 }: Signed = {},
  ) => {
    const now = Math.floor(systemClock.now().getTime() / 1000)
    return new SignJWT({
      iss: client,
      sub: client,
      aud: `${app.base}/demo-issuer/token`,
      jti: jti ?? randomUUID(),
      exp: now + seconds,
      ...claims,
    })
      .setProtectedHeader({ alg, kid: 'first', typ: 'JWT' })
      .sign(key)
  }

  return {
    app,
    asOwner,
    privateJwk: {
      ...(await exportJWK(pair.privateKey)),
      kid: 'first',
      alg: 'ES384',
      key_ops: ['sign'],
    },
    assertion,
    stranger: other.privateKey,
    somebody: (given: string) => somebody(asOwner, given),
    close: async () => {
      await owner.close()
      await app.close()
    },
  }
}

export type SmartPlace = Awaited<ReturnType<typeof smartPlace>>

const about = ['openid', 'profile', 'fhirUser', 'launch', 'launch/patient', 'offline_access', 'online_access']

const registered = (appUrl: string, keys: object[]): Apps => [
  {
    id: 'observations',
    name: 'Observations at a glance',
    organisation: 'RFR',
    proof: { kind: 'public' },
    redirectUris: [`${appUrl}/`],
    launchUrl: `${appUrl}/launch.html`,
    scopes: [...about, 'patient/Observation.rs', 'patient/Patient.r'],
  },
  {
    id: 'whole-record',
    name: 'Whole record',
    organisation: 'ZP001',
    proof: { kind: 'secret', demoSecret: 'whole-record-demo-secret' },
    redirectUris: [`${appUrl}/whole`],
    scopes: [...about, 'patient/*.rs', 'user/*.rs'],
  },
  {
    id: 'charts',
    name: 'Growth charts',
    organisation: 'RFR',
    proof: { kind: 'keys', keys: keys as never },
    redirectUris: [`${appUrl}/charts`],
    launchUrl: `${appUrl}/launch-charts`,
    scopes: [...about, 'patient/*.rs'],
  },
  {
    id: 'hospital-service',
    name: 'Hospital interface',
    organisation: 'RFR',
    proof: { kind: 'keys', keys: keys as never },
    redirectUris: [],
    scopes: ['system/Observation.crus', 'system/Patient.rs'],
    service: { role: 'feed', source: 'rfr-hospital', teams: [] },
  },
  {
    id: 'ward-board',
    name: 'Ward board',
    organisation: 'RFR',
    proof: { kind: 'keys', keys: keys as never },
    redirectUris: [],
    scopes: ['system/*.rs'],
    service: { role: 'co-ordinator', teams: ['rfr-dn-north', 'rfr-dn-central', 'rfr-dn-south'] },
  },
]

async function somebody(
  asOwner: <Row>(query: ReturnType<typeof sql<Row>>) => Promise<Row[]>,
  nhsNumber: string,
): Promise<Somebody> {
  const rows = await asOwner(sql<{ ref: string; patient: string; born: string; person_id: string }>`
    select people.ref_of(d.person_key) as ref, r.id as patient, d.birth_date::text as born, f.person_id
    from people.demographic d join access.person_file f using (person_key)
    join record.resource r on r.person_key = d.person_key and r.type = 'Patient'
    where d.nhs_number = ${nhsNumber} order by r.source = 'zp001-gp' desc`)
  const [first] = rows
  if (!first) throw new Error(`Nobody has ${nhsNumber}`)
  return { ...first, nhsNumber, patients: rows.map((row) => row.patient) }
}
