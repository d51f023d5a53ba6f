import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { standalone } from '../../testing/apps/authorising.ts'
import { type SmartPlace, type Somebody, smartPlace } from '../../testing/apps/smart-place.ts'

/** An app that was given one kind of item of one person finds no other, by no way in. */

let place: SmartPlace
let margaret: Somebody
let other: { patient: string; observation: string }
let bearer: string
let patient: string
beforeAll(async () => {
  place = await smartPlace()
  margaret = await place.somebody('9990001235')
  const got = await standalone(
    place,
    {
      client: 'observations',
      redirect: 'https://app.example/',
      scope: 'launch/patient patient/Observation.rs',
    },
    'demo-gp',
    margaret,
  )
  bearer = got.json['access_token'] ?? ''
  patient = got.json['patient'] ?? ''
  const [row] = await place.asOwner(sql<{ patient: string; observation: string }>`
    select p.id as patient, o.id as observation from record.resource p join record.resource o using (person_key)
    join access.reach r using (person_key)
    where p.type = 'Patient' and o.type = 'Observation' and r.principal = 'zp001-practice' and p.id <> all (${margaret.patients}::text[])
      and o.sensitivity = 'normal' limit 1`)
  if (!row) throw new Error('The practice has nobody else with an observation')
  other = row
})
afterAll(() => place.close())

async function ask(path: string, token = bearer, body?: string) {
  const answer = await fetch(`${place.app.base}/fhir${path}`, {
    ...(body !== undefined && { method: 'POST', body }),
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
  })
  return { status: answer.status, text: await answer.text() }
}
type Item = { resourceType: string; id: string; entry?: { resource?: Item }[] }
/** Which items an answer holds; a Bundle’s are those in it. */
const ids = (text: string): string[] => {
  const one = JSON.parse(text) as Item
  const items =
    one.resourceType === 'Bundle' ? (one.entry ?? []).flatMap(({ resource }) => resource ?? []) : [one]
  return items.map(({ resourceType, id }) => `${resourceType}/${id}`)
}
const oneOf = async (type: string) =>
  (
    await place.asOwner(sql<{ id: string }>`
      select o.id from record.resource o join record.resource p using (person_key)
      where p.id = ${patient} and o.type = ${type} and o.sensitivity = 'normal' limit 1`)
  )[0]?.id ?? ''

describe('with patient/Observation.rs', () => {
  test('its person’s observations are there, by each way in', async () => {
    const id = await oneOf('Observation')
    for (const path of [
      `/Observation/${id}`,
      `/Observation/${id}/_history`,
      `/Observation?patient=${patient}&_id=${id}`,
    ]) {
      const seen = await ask(path)
      expect([seen.status, ids(seen.text)], path).toEqual([200, [`Observation/${id}`]])
    }
    const posted = await ask('/Observation/_search', bearer, `patient=${patient}`)
    expect(JSON.parse(posted.text).total).toBeGreaterThan(1)
  })

  test.each(['Condition', 'Encounter', 'Patient', 'MedicationRequest'])('no %s is, by none', async (type) => {
    const id = await oneOf(type)
    expect(id).not.toBe('')
    for (const path of [
      `/${type}/${id}`,
      `/${type}/${id}/_history`,
      `/${type}/${id}/_history/1`,
      `/${type}?_id=${id}`,
      `/${type}?patient=${patient}`,
      `/${type}?patient=${patient}&_summary=count`,
    ]) {
      const seen = await ask(path)
      expect([403, 404], path).toContain(seen.status)
      expect(seen.text, path).not.toContain(id)
    }
  })

  test('nobody else’s is, in no answer and in no count', async () => {
    for (const path of [
      `/Observation/${other.observation}`,
      `/Observation/${other.observation}/_history`,
      `/Observation/${other.observation}/_history/1`,
    ])
      expect((await ask(path)).status, path).toBe(404)
    for (const path of [
      `/Observation?_id=${other.observation}`,
      `/Observation?patient=${other.patient}`,
      `/Observation?subject=Patient/${other.patient}`,
    ]) {
      const seen = await ask(path)
      expect([seen.status, JSON.parse(seen.text).total], path).toEqual([200, 0])
    }
  })

  /** Whatever of these the search takes at all, it must not show or count what the app was not given. */
  test('neither is what another item leads to: includes, chains and counts', async () => {
    const condition = await oneOf('Condition')
    for (const path of [
      `/Observation?patient=${patient}&_include=Observation:subject`,
      `/Observation?patient=${patient}&_include=Observation:encounter`,
      `/Observation?patient=${patient}&_include=*`,
      `/Observation?patient=${patient}&_revinclude=Condition:encounter`,
    ]) {
      const seen = await ask(path)
      expect([200, 400, 403, 422], path).toContain(seen.status)
      expect(
        ids(seen.text).filter(
          (each) => !each.startsWith('Observation/') && !each.startsWith('OperationOutcome'),
        ),
        path,
      ).toEqual([])
    }
    const chained = await ask(`/Observation?patient=${patient}&subject:Patient.family=ASHWORTH`)
    if (chained.status === 200) expect(JSON.parse(chained.text).total).toBe(0)
    const has = await ask(`/Observation?patient=${patient}&_has:Condition:evidence:_id=${condition}`)
    if (has.status === 200) expect(JSON.parse(has.text).total).toBe(0)
    for (const path of [`/Patient/${patient}/$everything`, '/$export', `/Patient/${patient}/Condition`]) {
      const seen = await ask(path)
      expect(
        ids(seen.text).filter((each) => each.startsWith('Condition/') || each.startsWith('Patient/')),
        path,
      ).toEqual([])
    }
  })

  test('it writes nothing', async () => {
    const resource = { resourceType: 'Observation', status: 'final', code: { text: 'x' } }
    const entry = [{ resource, request: { method: 'POST', url: 'Observation' } }]
    for (const [method, path, sent] of [
      ['POST', '/Observation', resource],
      ['PUT', `/Observation/${await oneOf('Observation')}`, resource],
      ['DELETE', `/Observation/${await oneOf('Observation')}`, undefined],
      ['POST', '', { resourceType: 'Bundle', type: 'transaction', entry }],
    ] as const) {
      const answer = await fetch(`${place.app.base}/fhir${path}`, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(sent && { 'content-type': 'application/fhir+json' }),
        },
        ...(sent && { body: JSON.stringify(sent) }),
      })
      expect(answer.status, `${method} ${path}`).toBe(403)
    }
  })

  test('a search needs the letter s, a read the letter r', async () => {
    const id = await oneOf('Patient')
    const scope = 'launch/patient patient/Patient.r'
    const { json } = await standalone(
      place,
      { client: 'observations', redirect: 'https://app.example/', scope },
      'demo-gp',
      margaret,
    )
    expect((await ask(`/Patient/${id}`, json['access_token'])).status).toBe(200)
    const searched = await ask(`/Patient?_id=${id}`, json['access_token'])
    expect([searched.status, searched.text.includes('no scope for Patient.s')]).toEqual([403, true])
  })
})

describe('what the practitioner may not see', () => {
  test('the app does not, whatever its scopes say', async () => {
    const whole = {
      client: 'whole-record',
      redirect: 'https://app.example/whole',
      scope: 'launch/patient patient/*.rs user/*.rs',
    }
    const basic = {
      authorization: `Basic ${Buffer.from('whole-record:whole-record-demo-secret').toString('base64')}`,
    }
    // Without the secret there is no token, whatever was allowed.
    const bare = await standalone(place, whole, 'demo-social-worker', margaret)
    expect(bare.json['error']).toBe('invalid_client')
    const totals: number[] = []
    for (const staff of ['demo-gp', 'demo-social-worker']) {
      const { json } = await standalone(place, whole, staff, margaret, basic)
      const seen = await ask(`/Condition?patient:identifier=${margaret.nhsNumber}`, json['access_token'])
      expect(seen.status).toBe(200)
      totals.push((JSON.parse(seen.text) as { total: number }).total)
    }
    // A social worker's role holds no clinical data.
    expect(totals[0]).toBeGreaterThan(0)
    expect(totals[1]).toBe(0)
  })

  test('requests of one practitioner by two apps, and by herself, do not share a transaction', async () => {
    const since = await place.asOwner(
      sql<{ id: number }>`select coalesce(max(id), 0) as id from access.audit`,
    )
    const second = await standalone(
      place,
      { client: 'observations', redirect: 'https://app.example/', scope: 'launch/patient patient/Patient.r' },
      'demo-gp',
      margaret,
    )
    const cookie = await second.who.go('/')
    expect(cookie.status).toBe(200)
    const observation = await oneOf('Observation')
    // Until all have come nothing can be audited, so that those behind the first are gathered.
    const owner = new pg.Client({ connectionString: place.app.ownerUrl })
    await owner.connect()
    await owner.query('begin; lock table access.audit in access exclusive mode')
    const asking = Array.from({ length: 60 }, (_, n) =>
      n % 2
        ? ask(`/Observation/${observation}`)
        : ask(`/Observation/${observation}`, second.json['access_token']),
    )
    await new Promise((passed) => setTimeout(passed, 200))
    await owner.query('rollback')
    await owner.end()
    const asked = await Promise.all(asking)
    // Had one round been shared, all of it would have been let through, or none.
    expect(asked.map(({ status }) => status)).toEqual(asked.map((_, n) => (n % 2 ? 200 : 403)))
    const rows = await place.asOwner(sql<{ transaction: string; outcome: string }>`
      select transaction::text, outcome from access.audit where id > ${since[0]?.id ?? 0} and action = 'fhir.read'`)
    const rounds = Map.groupBy(rows, (row) => row.transaction)
    for (const [, those] of rounds) expect(new Set(those.map((row) => row.outcome)).size).toBe(1)
    expect(rounds.size).toBeLessThan(rows.length)
  })
})
