import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aReportingPlace } from '../../testing/reporting-place.ts'

/** What a source does to an item after it was reported as somebody else's tells it nothing and brings nothing back. */
let place: Awaited<ReturnType<typeof aReportingPlace>>
beforeAll(async () => {
  place = await aReportingPlace()
})
afterAll(() => place.close())

const statusOf = async (path: string, init?: RequestInit) => (await place.fhir(path, init)).status
const bodyOf = async (path: string, init?: RequestInit) => (await place.fhir(path, init)).text()

describe('a reported result', () => {
  test('is in no version, history, patch or batch of its source', async () => {
    const item = await place.aResult()
    const at = `/Observation/${item.id}`
    await place.reported(item)
    expect(await statusOf(`${at}/_history/1`)).toBe(404)
    expect(await statusOf(`${at}/_history`)).toBe(404)
    expect(await bodyOf('/Observation/_history')).not.toContain(item.name)
    const patch = { method: 'PATCH', body: '[]', headers: { 'content-type': 'application/json-patch+json' } }
    expect(await statusOf(at, patch)).toBe(404)
    // What is kept in the same transaction makes it no more visible to what is read there.
    const bundle = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { resource: item.body, request: { method: 'PUT', url: `Observation/${item.id}` } },
        { request: { method: 'GET', url: `Observation/${item.id}` } },
        { request: { method: 'GET', url: `Observation/${item.id}/_history` } },
      ],
    }
    const { entry } = JSON.parse(await bodyOf('', { method: 'POST', body: JSON.stringify(bundle) }))
    expect(entry.map((each: { response: { status: string } }) => each.response.status)).toEqual([
      '200 OK',
      '404',
      '404',
    ])
  })

  test('that its source deletes is gone for good, and comes back hidden if it is sent again', async () => {
    const item = await place.aResult()
    const at = `/Observation/${item.id}`
    await place.reported(item)
    expect(await statusOf(at, { method: 'DELETE' })).toBe(204)
    expect(await statusOf(at)).toBe(404)
    expect(await statusOf(at, { method: 'PUT', body: JSON.stringify(item.body) })).toBe(200)
    expect(await statusOf(at)).toBe(404)
    expect((await place.open('gp', `/people/${item.ref}/results`)).text).not.toContain(item.name)
    await place.decide('data-quality-officer', await place.latest(item.id), 'restore')
    expect(await statusOf(at)).toBe(200)
  })

  test('that its source deleted is not there when it is put right', async () => {
    const item = await place.aResult()
    await place.reported(item)
    await place.fhir(`/Observation/${item.id}`, { method: 'DELETE' })
    await place.decide('data-quality-officer', await place.latest(item.id), 'restore')
    expect(await statusOf(`/Observation/${item.id}`)).toBe(410)
    expect((await place.open('gp', `/people/${item.ref}/results`)).text).not.toContain(item.name)
  })
})

test('the new content of a reported document is hidden with it', async () => {
  const margaret = await place.fileOf('margaret-ashworth')
  const send = (binary: string, text: string) =>
    place.fhir('', {
      method: 'POST',
      body: JSON.stringify({
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            resource: { resourceType: 'Binary', id: binary, contentType: 'text/plain', data: btoa(text) },
            request: { method: 'PUT', url: `Binary/${binary}` },
          },
          {
            resource: {
              resourceType: 'DocumentReference',
              id: 'letter',
              status: 'current',
              type: { text: 'Clinic letter' },
              date: '2026-11-19T10:00:00Z',
              subject: { reference: `Patient/${margaret.patient}` },
              content: [{ attachment: { contentType: 'text/plain', url: `Binary/${binary}` } }],
            },
            request: { method: 'PUT', url: 'DocumentReference/letter' },
          },
        ],
      }),
    })
  expect((await send('letter-1', 'Dear somebody')).status).toBe(200)
  const why = 'It is addressed to somebody else'
  const form = { items: 'letter', item: 'DocumentReference/letter', why }
  expect((await place.send('gp', `/people/${margaret.ref}/not-theirs`, form)).status).toBe(303)
  expect((await send('letter-2', 'Dear somebody else')).status).toBe(200)
  for (const path of ['/DocumentReference/letter', '/Binary/letter-1', '/Binary/letter-2'])
    expect(await statusOf(path), path).toBe(404)
  expect(await place.latest('letter-2')).toMatchObject({ state: 'reported' })
  expect(await place.events('item reported', 'letter-2')).toHaveLength(1)
  await place.decide('data-quality-officer', await place.latest('letter-2'), 'restore')
  expect(await statusOf('/Binary/letter-2')).toBe(200)
  expect(await statusOf('/Binary/letter-1')).toBe(404)
})
