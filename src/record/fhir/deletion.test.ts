import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anInteractingPlace } from '../../testing/interacting-place.ts'

let place: Awaited<ReturnType<typeof anInteractingPlace>>
beforeAll(async () => {
  place = await anInteractingPlace()
})
afterAll(() => place.close())

describe('a deletion', () => {
  test('takes the resource away for whoever could read it, and is there for nobody else', async () => {
    const { patient, id } = await place.condition('To be deleted')
    const search = () => place.gp('GET', `Condition?patient=${patient}`).then(({ json }) => json.total)
    expect(await search()).toBe(1)
    expect((await place.practice('DELETE', `Condition/${id}`)).status).toBe(404)
    expect((await place.gp('DELETE', `Condition/${id}`)).status).toBe(403)
    const deleted = await place.hospital('DELETE', `Condition/${id}`)
    expect([deleted.status, deleted.text, deleted.headers.get('etag')]).toEqual([204, '', 'W/"2"'])
    expect(await search()).toBe(0)
    expect((await place.gp('GET', `Condition/${id}`)).status).toBe(410)
    expect((await place.gp('GET', `Condition/${id}/_history/2`)).status).toBe(410)
    expect((await place.otherGp('GET', `Condition/${id}`)).status).toBe(404)
    expect((await place.practice('GET', `Condition/${id}`)).status).toBe(404)
    const history = await place.gp('GET', `Condition/${id}/_history`)
    expect(history.json.entry.map((entry: { request: { method: string } }) => entry.request.method)).toEqual([
      'DELETE',
      'POST',
    ])
    for (const table of ['v_condition', 'timeline_event'])
      expect(
        await place.rows(sql`select from ${sql.table(`record.${table}`)} where resource_id = ${id}`),
      ).toEqual([])
    expect((await place.hospital('DELETE', `Condition/${id}`)).headers.get('etag')).toBe('W/"2"')
  })

  test('is undone by sending it again, about the same person and nobody else', async () => {
    const { patient, id } = await place.condition('Comes back')
    const other = await place.kept(place.aPatient())
    await place.hospital('DELETE', `Condition/${id}`)
    expect((await place.hospital('PUT', `Condition/${id}`, { ...place.aCondition(other), id })).status).toBe(
      422,
    )
    const back = await place.hospital('PUT', `Condition/${id}`, {
      ...place.aCondition(patient, 'Came back'),
      id,
    })
    expect([back.status, back.headers.get('etag')]).toEqual([200, 'W/"3"'])
    expect((await place.gp('GET', `Condition/${id}`)).json.code.text).toBe('Came back')
    expect((await place.gp('GET', `Condition?patient=${patient}`)).json.entry).toHaveLength(1)
  })

  test('ends what the resource made a team read, and what stood above that', async () => {
    const patient = await place.kept(place.aPatient({ generalPractitioner: undefined }))
    const consent = await place.kept({
      resourceType: 'Consent',
      status: 'active',
      scope: { text: 'privacy' },
      category: [{ text: 'objection' }],
      policyRule: { text: 'none' },
      patient: { reference: `Patient/${patient}` },
      provision: { type: 'deny' },
    })
    const episode = await place.kept({
      resourceType: 'EpisodeOfCare',
      status: 'active',
      patient: { reference: `Patient/${patient}` },
      team: [{ identifier: { system: 'https://golden-thread.example/Id/team', value: 'rfr-dn-north' } }],
    })
    const inForce = () =>
      place.rows<{ bonds: number; objections: number }>(sql`
      select (select count(*)::int from access.reach r where r.person_key = h.person_key) as bonds,
        (select count(*)::int from (select distinct on (basis) * from access.protection p where p.person_key = h.person_key order by basis, id desc) p where p.in_force) as objections
      from record.resource_home h where h.type = 'Patient' and h.id = ${patient}`)
    const before = await inForce()
    expect(before).toEqual([{ bonds: 1, objections: 1 }])
    await place.hospital('DELETE', `Consent/${consent}`)
    await place.hospital('DELETE', `EpisodeOfCare/${episode}`)
    expect(await inForce()).toEqual([{ bonds: 0, objections: 0 }])
  })

  test('of a document takes its content along', async () => {
    const patient = await place.kept(place.aPatient())
    const urn = 'urn:uuid:1b4ae6a5-0000-4000-8000-00000000000b'
    const { json } = await place.hospital('POST', '', {
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
    expect((await place.hospital('GET', binary)).status).toBe(200)
    await place.hospital('DELETE', document)
    expect((await place.hospital('GET', binary)).status).toBe(410)
  })

  test('of a Patient waits for what is about them', async () => {
    const { patient, id } = await place.condition()
    const refused = await place.hospital('DELETE', `Patient/${patient}`)
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
      (await place.hospital('POST', '', both)).json.entry.map(
        (entry: { response: { status: string } }) => entry.response.status,
      ),
    ).toEqual(['204 No Content', '204 No Content'])
    expect((await place.hospital('GET', `Patient/${patient}`)).status).toBe(410)
    expect(
      await place.rows(
        sql`select from people.demographic d join record.resource_home h using (person_key) where h.id = ${patient}`,
      ),
    ).toEqual([])
    const again = place.aPatient()
    expect((await place.hospital('PUT', `Patient/${patient}`, { ...again, id: patient })).status).toBe(200)
    expect((await place.gp('GET', `Patient/${patient}`)).json.name[0].family).toBe(again.name[0]?.family)
  })

  test('of what concerns nobody, and back again', async () => {
    const id = await place.kept({ resourceType: 'Organization', name: 'To be closed' })
    expect((await place.practice('DELETE', `Organization/${id}`)).status).toBe(404)
    expect((await place.hospital('DELETE', `Organization/${id}`)).status).toBe(204)
    expect((await place.practice('GET', `Organization/${id}`)).status).toBe(410)
    const back = await place.hospital('PUT', `Organization/${id}`, {
      resourceType: 'Organization',
      id,
      name: 'Open',
    })
    expect([back.status, back.headers.get('etag')]).toEqual([200, 'W/"3"'])
  })

  test('at a version', async () => {
    const { id } = await place.condition()
    expect(
      (await place.hospital('DELETE', `Condition/${id}`, undefined, { 'if-match': 'W/"2"' })).status,
    ).toBe(412)
    expect(
      (await place.hospital('DELETE', `Condition/${id}`, undefined, { 'if-match': 'W/"1"' })).status,
    ).toBe(204)
  })
})
