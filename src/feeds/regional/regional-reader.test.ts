import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stoppedClock } from '../../platform/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { systemToken } from '../../testing/http.ts'
import { keepWorld } from '../../testing/keep-world.ts'
import { askFhir, connected, practiceSends, someone } from '../../testing/regional-place.ts'
import { numberOf } from '../../testing/world-bundles.ts'
import { type WorldPerson, worldNow } from '../../testing/worlds.ts'

/** The region asks; nothing is sent to it. */
let app: TestApp
let owner: pg.Client
beforeAll(async () => {
  app = await testApp(stoppedClock(worldNow.toISOString()), undefined, { place: connected })
  owner = new pg.Client({ connectionString: app.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await app.close()
})

const keepAll = (...people: WorldPerson[]) => keepWorld(app.database, app.place, { people, readers: [] })
const patientId = async (whom: WorldPerson) =>
  (await practiceSends(app.base, 'GET', `/Patient?identifier=${numberOf(whom)}`)).json.entry?.[0]?.resource.id

describe('when the region asks', () => {
  const asks = {
    'x-practitioner-id': 'r-117',
    'x-practitioner-name': 'Dr%20Zo%C3%AB%20Akhtar',
    'x-practitioner-role': 'Paramedic',
    'x-practitioner-organisation': 'RX8',
  }

  test('it is answered as any reader is, and whoever it asks for is in the audit', async () => {
    const { people } = await keepAll(
      someone(),
      someone({ objection: true }),
      someone({
        practice: null,
        files: someone().files.map((file) => ({ ...file, source: 'rfr-hospital' })),
      }),
    )
    const [open, objects, elsewhere] = people as [WorldPerson, WorldPerson, WorldPerson]
    const token = await systemToken(app.base, 'region', 'region-secret')
    const found = async (whom: WorldPerson, headers: object = asks) =>
      askFhir(app.base, token, 'GET', `/Patient?identifier=${numberOf(whom)}`, undefined, headers)
    expect((await found(open)).json.total).toBe(1)
    expect((await found(objects)).json.total).toBe(0)
    expect((await found(elsewhere)).json.total).toBe(0)
    const id = await patientId(open)
    const items = open.files[0]?.items ?? []
    const conditions = await askFhir(app.base, token, 'GET', `/Condition?patient=${id}`, undefined, asks)
    expect(conditions.text).toContain(items[0]?.mark)
    const flags = await askFhir(app.base, token, 'GET', `/Flag?patient=${id}`, undefined, asks)
    expect(flags.json.total).toBe(0)
    expect(
      (await askFhir(app.base, token, 'GET', `/Patient/${await patientId(objects)}`, undefined, asks)).status,
    ).toBe(404)
    expect(
      (await askFhir(app.base, token, 'POST', '/Patient', { resourceType: 'Patient' }, asks)).status,
    ).toBe(403)
    const unnamed = await found(open, {})
    expect([unnamed.status, unnamed.text]).toEqual([403, expect.stringContaining('names no practitioner')])
    const { rows } = await owner.query(
      "select actor, actor_name, role, organisation, purpose from access.audit where actor like 'regional-record:%' and action = 'fhir.search' limit 1",
    )
    expect(rows).toEqual([
      {
        actor: 'regional-record:r-117',
        actor_name: 'Dr Zoë Akhtar, Paramedic, RX8',
        role: 'regional-record',
        organisation: 'ZREG',
        purpose: 'direct care',
      },
    ])
  })
})
