import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../platform/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { type AskFhir, fhirAs } from '../../testing/fhir-client.ts'
import { signIn, systemToken } from '../../testing/http.ts'

let app: TestApp
let owner: Database
let hospital: AskFhir
let practice: AskFhir
let gp: AskFhir
let otherGp: AskFhir
beforeAll(async () => {
  app = await testApp()
  owner = openDatabase(app.ownerUrl, 1)
  const as = async (name: string) =>
    fhirAs(app.base, { token: await systemToken(app.base, `demo-${name}`, `demo-${name}-secret`) })
  hospital = await as('hospital')
  practice = await as('practice')
  gp = fhirAs(app.base, { cookie: await signIn(app.base, 'demo-gp') })
  otherGp = fhirAs(app.base, { cookie: await signIn(app.base, 'demo-gp-other') })
})
afterAll(async () => {
  await owner.close()
  await app.close()
})

const rows = <Row>(query: ReturnType<typeof sql<Row>>) =>
  owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows)

let serial = 0
const localSystem = 'https://golden-thread.example/Id/interactions'
/** A patient whom the practice of demo-gp has registered. */
const aPatient = (more: object = {}) => ({
  resourceType: 'Patient',
  identifier: [{ system: localSystem, value: `p${++serial}` }],
  name: [{ family: `Interaction${serial}`, given: ['Una'] }],
  birthDate: '1960-05-06',
  generalPractitioner: [
    { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'ZP001' } },
  ],
  ...more,
})
const aCondition = (patient: string, text = 'Asthma', more: object = {}) => ({
  resourceType: 'Condition',
  subject: { reference: `Patient/${patient}` },
  code: { text },
  ...more,
})
async function kept(body: object, by = hospital): Promise<string> {
  const answer = await by('POST', (body as { resourceType: string }).resourceType, body)
  expect(answer.status, answer.text).toBe(201)
  return answer.json.id
}
async function condition(text = 'Asthma', more: object = {}) {
  const patient = await kept(aPatient())
  return { patient, id: await kept(aCondition(patient, text, more)) }
}

describe('reading', () => {
  test('one version as it was', async () => {
    const { patient, id } = await condition()
    await hospital('PUT', `Condition/${id}`, { ...aCondition(patient, 'Severe asthma'), id })
    const first = await gp('GET', `Condition/${id}/_history/1`)
    expect([first.status, first.json.code.text, first.headers.get('etag')]).toEqual([200, 'Asthma', 'W/"1"'])
    expect((await gp('GET', `Condition/${id}/_history/2`)).json.code.text).toBe('Severe asthma')
    expect((await gp('GET', `Condition/${id}/_history/3`)).status).toBe(404)
    expect((await gp('GET', `Condition/${id}/_history/x`)).status).toBe(404)
    expect((await otherGp('GET', `Condition/${id}/_history/1`)).status).toBe(404)
  })

  test('is not sent again what it has', async () => {
    const { id } = await condition()
    const read = await gp('GET', `Condition/${id}`)
    const modified = read.headers.get('last-modified') ?? ''
    const again = (headers: Record<string, string>) =>
      gp('GET', `Condition/${id}`, undefined, headers).then(({ status, text }) => [status, text === ''])
    expect(await again({ 'if-none-match': 'W/"1"' })).toEqual([304, true])
    expect(await again({ 'if-none-match': 'W/"2", "1"' })).toEqual([304, true])
    expect(await again({ 'if-none-match': 'W/"2"', 'if-modified-since': modified })).toEqual([200, false])
    expect(await again({ 'if-modified-since': modified })).toEqual([304, true])
    expect(await again({ 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' })).toEqual([200, false])
  })

  test.each([
    ['application/fhir+xml', 406],
    ['text/html', 406],
    ['application/fhir+json; fhirVersion=3.0', 406],
    ['application/fhir+json; fhirVersion=4.0', 200],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 200],
    ['application/fhir+xml, application/json;q=0.5', 200],
  ])('as %s is answered %i', async (accept, status) => {
    const { id } = await condition()
    const answer = await gp('GET', `Condition/${id}`, undefined, { accept })
    expect(answer.status).toBe(status)
    if (status === 406) expect(answer.json.issue[0].diagnostics).toContain(accept)
  })

  test('the format in the address goes before Accept, and _pretty keeps decimals', async () => {
    const patient = await kept(aPatient())
    const sent = `{"resourceType":"Observation","status":"final","code":{"text":"Weight"},"subject":{"reference":"Patient/${patient}"},"valueQuantity":{"value":70.10}}`
    const { json } = await hospital('POST', 'Observation', sent)
    const at = `Observation/${json.id}`
    expect((await gp('GET', `${at}?_format=xml`)).status).toBe(406)
    expect((await gp('GET', `${at}?_format=json`, undefined, { accept: 'text/html' })).status).toBe(200)
    const pretty = await gp('GET', `${at}?_pretty=true`)
    expect(pretty.text).toMatch(/\n {4}"value": 70.10\n/)
  })
})

describe('a history', () => {
  test('of one resource is paged, and begins where it is asked to', async () => {
    const { patient, id } = await condition('v1')
    for (const text of ['v2', 'v3', 'v4'])
      await hospital('PUT', `Condition/${id}`, { ...aCondition(patient, text), id })
    const seen: string[] = []
    let next: string | undefined = `Condition/${id}/_history?_count=3`
    for (; next !== undefined; ) {
      const { json } = await gp('GET', next)
      seen.push(
        ...json.entry.map(({ resource }: { resource: { code: { text: string } } }) => resource.code.text),
      )
      next = json.link.find((each: { relation: string }) => each.relation === 'next')?.url
    }
    expect(seen).toEqual(['v4', 'v3', 'v2', 'v1'])
    expect((await gp('GET', `Condition/${id}/_history`)).json.total).toBe(4)
    const later = await gp('GET', `Condition/${id}/_history?_since=2999-01-01T00:00:00Z`)
    expect([later.status, later.json.entry]).toEqual([200, []])
    expect((await gp('GET', `Condition/${id}/_history?_at=2020`)).json.issue[0].expression).toEqual(['_at'])
  })

  test('of a type holds what the reader may see of it, and of others nothing', async () => {
    const mine = await condition('Of a type')
    const elsewhere = await kept(aPatient({ generalPractitioner: undefined }))
    const hidden = await kept(aCondition(elsewhere, 'Of a type'))
    const idsOf = async (ask: AskFhir) => {
      const versions: { id: string; meta: { versionId: string } }[] = []
      let next: string | undefined = 'Condition/_history?_count=2'
      for (; next !== undefined; ) {
        const { json } = await ask('GET', next)
        versions.push(...json.entry.flatMap((entry: { resource?: object }) => entry.resource ?? []))
        next = json.link.find((each: { relation: string }) => each.relation === 'next')?.url
      }
      expect(new Set(versions.map(({ id, meta }) => `${id} ${meta.versionId}`)).size).toBe(versions.length)
      return versions.map(({ id }) => id)
    }
    expect(await idsOf(gp)).toContain(mine.id)
    expect(await idsOf(gp)).not.toContain(hidden)
    expect((await idsOf(hospital)).slice(0, 2)).toEqual([hidden, mine.id])
    expect(await idsOf(practice)).toEqual([])
    expect(await idsOf(otherGp)).toEqual([])
  })
})

describe('a deletion', () => {
  test('takes the resource away for whoever could read it, and is there for nobody else', async () => {
    const { patient, id } = await condition('To be deleted')
    const search = () => gp('GET', `Condition?patient=${patient}`).then(({ json }) => json.entry.length)
    expect(await search()).toBe(1)
    expect((await practice('DELETE', `Condition/${id}`)).status).toBe(404)
    expect((await gp('DELETE', `Condition/${id}`)).status).toBe(403)
    const deleted = await hospital('DELETE', `Condition/${id}`)
    expect([deleted.status, deleted.text, deleted.headers.get('etag')]).toEqual([204, '', 'W/"2"'])
    expect(await search()).toBe(0)
    expect((await gp('GET', `Condition/${id}`)).status).toBe(410)
    expect((await gp('GET', `Condition/${id}/_history/2`)).status).toBe(410)
    expect((await otherGp('GET', `Condition/${id}`)).status).toBe(404)
    expect((await practice('GET', `Condition/${id}`)).status).toBe(404)
    const history = await gp('GET', `Condition/${id}/_history`)
    expect(history.json.entry.map((entry: { request: { method: string } }) => entry.request.method)).toEqual([
      'DELETE',
      'POST',
    ])
    for (const table of ['v_condition', 'timeline_event'])
      expect(await rows(sql`select from ${sql.table(`record.${table}`)} where resource_id = ${id}`)).toEqual(
        [],
      )
    expect((await hospital('DELETE', `Condition/${id}`)).headers.get('etag')).toBe('W/"2"')
  })

  test('is undone by sending it again, about the same person and nobody else', async () => {
    const { patient, id } = await condition('Comes back')
    const other = await kept(aPatient())
    await hospital('DELETE', `Condition/${id}`)
    expect((await hospital('PUT', `Condition/${id}`, { ...aCondition(other), id })).status).toBe(422)
    const back = await hospital('PUT', `Condition/${id}`, { ...aCondition(patient, 'Came back'), id })
    expect([back.status, back.headers.get('etag')]).toEqual([200, 'W/"3"'])
    expect((await gp('GET', `Condition/${id}`)).json.code.text).toBe('Came back')
    expect((await gp('GET', `Condition?patient=${patient}`)).json.entry).toHaveLength(1)
  })

  test('ends what the resource made a team read, and what stood above that', async () => {
    const patient = await kept(aPatient({ generalPractitioner: undefined }))
    const consent = await kept({
      resourceType: 'Consent',
      status: 'active',
      scope: { text: 'privacy' },
      category: [{ text: 'objection' }],
      policyRule: { text: 'none' },
      patient: { reference: `Patient/${patient}` },
      provision: { type: 'deny' },
    })
    const episode = await kept({
      resourceType: 'EpisodeOfCare',
      status: 'active',
      patient: { reference: `Patient/${patient}` },
      team: [{ identifier: { system: 'https://golden-thread.example/Id/team', value: 'rfr-dn-north' } }],
    })
    const inForce = () =>
      rows<{ bonds: number; objections: number }>(sql`
      select (select count(*)::int from access.reach r where r.person_key = h.person_key) as bonds,
        (select count(*)::int from (select distinct on (basis) * from access.protection p where p.person_key = h.person_key order by basis, id desc) p where p.in_force) as objections
      from record.resource_home h where h.type = 'Patient' and h.id = ${patient}`)
    const before = await inForce()
    expect(before).toEqual([{ bonds: 1, objections: 1 }])
    await hospital('DELETE', `Consent/${consent}`)
    await hospital('DELETE', `EpisodeOfCare/${episode}`)
    expect(await inForce()).toEqual([{ bonds: 0, objections: 0 }])
  })

  test('of a document takes its content along', async () => {
    const patient = await kept(aPatient())
    const urn = 'urn:uuid:1b4ae6a5-0000-4000-8000-00000000000b'
    const { json } = await hospital('POST', '', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          fullUrl: urn,
          resource: { resourceType: 'Binary', contentType: 'text/plain', data: 'aGVsbG8=' },
          request: { method: 'POST', url: 'Binary' },
        },
        {
          resource: {
            resourceType: 'DocumentReference',
            status: 'current',
            subject: { reference: `Patient/${patient}` },
            content: [{ attachment: { contentType: 'text/plain', url: urn } }],
          },
          request: { method: 'POST', url: 'DocumentReference' },
        },
      ],
    })
    const [binary, document] = json.entry.map((entry: { response: { location: string } }) =>
      entry.response.location.replace(/\/_history.*/, ''),
    )
    expect((await hospital('GET', binary)).status).toBe(200)
    await hospital('DELETE', document)
    expect((await hospital('GET', binary)).status).toBe(410)
  })

  test('of a Patient waits for what is about them', async () => {
    const { patient, id } = await condition()
    const refused = await hospital('DELETE', `Patient/${patient}`)
    expect([refused.status, refused.json.issue[0].diagnostics]).toEqual([
      409,
      expect.stringContaining('Condition'),
    ])
    const both = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [`Patient/${patient}`, `Condition/${id}`].map((url) => ({ request: { method: 'DELETE', url } })),
    }
    expect(
      (await hospital('POST', '', both)).json.entry.map(
        (entry: { response: { status: string } }) => entry.response.status,
      ),
    ).toEqual(['204 No Content', '204 No Content'])
    expect((await hospital('GET', `Patient/${patient}`)).status).toBe(410)
    expect(
      await rows(
        sql`select from people.demographic d join record.resource_home h using (person_key) where h.id = ${patient}`,
      ),
    ).toEqual([])
    const again = aPatient()
    expect((await hospital('PUT', `Patient/${patient}`, { ...again, id: patient })).status).toBe(200)
    expect((await gp('GET', `Patient/${patient}`)).json.name[0].family).toBe(again.name[0]?.family)
  })

  test('of what concerns nobody, and back again', async () => {
    const id = await kept({ resourceType: 'Organization', name: 'To be closed' })
    expect((await practice('DELETE', `Organization/${id}`)).status).toBe(404)
    expect((await hospital('DELETE', `Organization/${id}`)).status).toBe(204)
    expect((await practice('GET', `Organization/${id}`)).status).toBe(410)
    const back = await hospital('PUT', `Organization/${id}`, {
      resourceType: 'Organization',
      id,
      name: 'Open',
    })
    expect([back.status, back.headers.get('etag')]).toEqual([200, 'W/"3"'])
  })

  test('at a version', async () => {
    const { id } = await condition()
    expect((await hospital('DELETE', `Condition/${id}`, undefined, { 'if-match': 'W/"2"' })).status).toBe(412)
    expect((await hospital('DELETE', `Condition/${id}`, undefined, { 'if-match': 'W/"1"' })).status).toBe(204)
  })
})

describe('by what a search finds', () => {
  const by = (value: string) => `identifier=${localSystem}|${value}`
  const numbered = (patient: string, value: string, text: string, more: object = {}) =>
    aCondition(patient, text, { identifier: [{ system: localSystem, value }], ...more })

  test('an update replaces the one that is there, and creates it where none is', async () => {
    const patient = await kept(aPatient())
    const made = await hospital('PUT', `Condition?${by('u1')}`, numbered(patient, 'u1', 'One'))
    expect(made.status).toBe(201)
    const changed = await hospital('PUT', `Condition?${by('u1')}`, numbered(patient, 'u1', 'Two'))
    expect([changed.status, changed.json.id, changed.json.code.text]).toEqual([200, made.json.id, 'Two'])
    const other = numbered(patient, 'u1', 'Three', { id: 'another' })
    expect((await hospital('PUT', `Condition?${by('u1')}`, other)).status).toBe(422)
    const taken = numbered(patient, 'u2', 'Four', { id: made.json.id })
    expect((await hospital('PUT', `Condition?${by('u2')}`, taken)).status).toBe(409)
    const named = await hospital(
      'PUT',
      `Condition?${by('u3')}`,
      numbered(patient, 'u3', 'Five', { id: `own-${patient}` }),
    )
    expect([named.status, named.json.id]).toEqual([201, `own-${patient}`])
    await kept(numbered(patient, 'u1', 'A second'))
    expect((await hospital('PUT', `Condition?${by('u1')}`, numbered(patient, 'u1', 'Six'))).status).toBe(412)
    expect((await hospital('PUT', 'Condition', numbered(patient, 'u1', 'Six'))).status).toBe(422)
  })

  test('a deletion takes one away, none is no fault, and several are refused', async () => {
    const patient = await kept(aPatient())
    const id = await kept(numbered(patient, 'd1', 'One'))
    expect((await practice('DELETE', `Condition?${by('d1')}`)).status).toBe(204)
    expect((await hospital('GET', `Condition/${id}`)).status).toBe(200)
    expect((await hospital('DELETE', `Condition?${by('d1')}`)).status).toBe(204)
    expect((await hospital('GET', `Condition/${id}`)).status).toBe(410)
    const again = await hospital('POST', 'Condition', numbered(patient, 'd1', 'Anew'), {
      'if-none-exist': by('d1'),
    })
    expect(again.status).toBe(201)
    await kept(numbered(patient, 'd1', 'Two'))
    expect((await hospital('DELETE', `Condition?${by('d1')}`)).status).toBe(412)
    expect((await hospital('DELETE', 'Condition')).status).toBe(422)
  })

  test('by any search that is declared', async () => {
    const { patient, id } = await condition('Searched')
    const patch = [{ op: 'replace', path: '/code/text', value: 'Found' }]
    const done = await hospital('PATCH', `Condition?patient=${patient}`, patch, {
      'content-type': 'application/json-patch+json',
    })
    expect([done.status, done.json.id, done.json.code.text]).toEqual([200, id, 'Found'])
    const wrong = await hospital('DELETE', `Condition?patient=${patient}&favourite=1`)
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('favourite')])
  })
})

describe('a patch', () => {
  const patched = (path: string, patch: unknown, headers: Record<string, string> = {}) =>
    hospital('PATCH', path, patch, { 'content-type': 'application/json-patch+json', ...headers })

  test('changes what it names, and leaves every decimal as it was sent', async () => {
    const patient = await kept(aPatient())
    const sent = `{"resourceType":"Observation","status":"final","code":{"text":"Weight"},"subject":{"reference":"Patient/${patient}"},"valueQuantity":{"value":70.10,"unit":"kg"}}`
    const { json } = await hospital('POST', 'Observation', sent)
    const at = `Observation/${json.id}`
    const done = await patched(
      at,
      '[{"op":"add","path":"/referenceRange","value":[{"low":{"value":50.00}}]},{"op":"replace","path":"/status","value":"amended"}]',
      { 'if-match': 'W/"1"' },
    )
    expect([done.status, done.headers.get('etag')]).toEqual([200, 'W/"2"'])
    const read = await gp('GET', at)
    expect(read.text).toContain('"value":70.10')
    expect(read.text).toContain('"value":50.00')
    expect(read.json).toMatchObject({ status: 'amended', meta: { versionId: '2' } })
    expect((await patched(at, [], { 'if-match': 'W/"1"' })).status).toBe(412)
  })

  test.each([
    ['a resource that would be wrong', [{ op: 'replace', path: '/subject', value: 5 }], 400],
    ['another id', [{ op: 'replace', path: '/id', value: 'x' }], 422],
    ['another type', [{ op: 'replace', path: '/resourceType', value: 'Procedure' }], 422],
    ['what is not there', [{ op: 'remove', path: '/abatementString' }], 422],
    ['no patch', { op: 'remove' }, 400],
  ])('is refused for %s', async (_words, patch, status) => {
    const { id } = await condition()
    expect((await patched(`Condition/${id}`, patch)).status).toBe(status)
    expect((await gp('GET', `Condition/${id}`)).headers.get('etag')).toBe('W/"1"')
  })

  test('about another person is refused, as of what is not there, gone or another source’s', async () => {
    const { id } = await condition()
    const other = await kept(aPatient())
    const move = [{ op: 'replace', path: '/subject/reference', value: `Patient/${other}` }]
    expect((await patched(`Condition/${id}`, move)).status).toBe(422)
    expect((await patched('Condition/none', [])).status).toBe(404)
    const theirs = await kept(aPatient(), practice)
    expect((await patched(`Patient/${theirs}`, [])).status).toBe(404)
    await hospital('DELETE', `Condition/${id}`)
    expect((await patched(`Condition/${id}`, [])).status).toBe(410)
  })

  test('comes as JSON Patch, and nothing else does', async () => {
    const { patient, id } = await condition()
    const parameters = await hospital('PATCH', `Condition/${id}`, { resourceType: 'Parameters' })
    expect([parameters.status, parameters.text]).toEqual([415, expect.stringContaining('json-patch')])
    const put = await hospital(
      'PUT',
      `Condition/${id}`,
      { ...aCondition(patient), id },
      { 'content-type': 'application/json-patch+json' },
    )
    expect(put.status).toBe(415)
  })
})

describe('what is answered to a change', () => {
  test.each([
    ['return=minimal', (text: string) => expect(text).toBe('')],
    ['return=representation', (text: string) => expect(text).toContain('Preferred')],
    ['return=OperationOutcome', (text: string) => expect(text).toContain('"OperationOutcome"')],
  ])('with %s', async (prefer, expected) => {
    const patient = await kept(aPatient())
    const made = await hospital('POST', 'Condition', aCondition(patient, 'Preferred'), { prefer })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toMatch(/\/Condition\/[^/]+\/_history\/1$/)
    expect(made.headers.get('last-modified')).toMatch(/GMT$/)
    expected(made.text)
  })
})
