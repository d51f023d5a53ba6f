import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskFhir } from '../../testing/fhir-client.ts'
import { anInteractingPlace } from '../../testing/interacting-place.ts'
import { validate } from '../validation/index.ts'

let place: Awaited<ReturnType<typeof anInteractingPlace>>
beforeAll(async () => {
  place = await anInteractingPlace()
})
afterAll(() => place.close())

describe('reading', () => {
  test('one version as it was', async () => {
    const { patient, id } = await place.condition()
    await place.hospital('PUT', `Condition/${id}`, { ...place.aCondition(patient, 'Severe asthma'), id })
    const first = await place.gp('GET', `Condition/${id}/_history/1`)
    expect([first.status, first.json.code.text, first.headers.get('etag')]).toEqual([200, 'Asthma', 'W/"1"'])
    expect((await place.gp('GET', `Condition/${id}/_history/2`)).json.code.text).toBe('Severe asthma')
    expect((await place.gp('GET', `Condition/${id}/_history/3`)).status).toBe(404)
    expect((await place.gp('GET', `Condition/${id}/_history/x`)).status).toBe(404)
    expect((await place.otherGp('GET', `Condition/${id}/_history/1`)).status).toBe(404)
  })

  test('is not sent again what it has', async () => {
    const { id } = await place.condition()
    const read = await place.gp('GET', `Condition/${id}`)
    const modified = read.headers.get('last-modified') ?? ''
    const again = (headers: Record<string, string>) =>
      place.gp('GET', `Condition/${id}`, undefined, headers).then(({ status, text }) => [status, text === ''])
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
    const { id } = await place.condition()
    const answer = await place.gp('GET', `Condition/${id}`, undefined, { accept })
    expect(answer.status).toBe(status)
    if (status === 406) expect(answer.json.issue[0].diagnostics).toContain(accept)
  })

  test('the format in the address goes before Accept, and _pretty keeps decimals', async () => {
    const patient = await place.kept(place.aPatient())
    const sent = `{"resourceType":"Observation","status":"final","code":{"text":"Weight"},"subject":{"reference":"Patient/${patient}"},"valueQuantity":{"value":70.10}}`
    const { json } = await place.hospital('POST', 'Observation', sent)
    const at = `Observation/${json.id}`
    expect((await place.gp('GET', `${at}?_format=xml`)).status).toBe(406)
    expect((await place.gp('GET', `${at}?_format=json`, undefined, { accept: 'text/html' })).status).toBe(200)
    const pretty = await place.gp('GET', `${at}?_pretty=true`)
    expect(pretty.text).toMatch(/\n {4}"value": 70.10\n/)
  })
})

describe('a history', () => {
  test('of one resource is paged, and begins where it is asked to', async () => {
    const { patient, id } = await place.condition('v1')
    for (const text of ['v2', 'v3', 'v4'])
      await place.hospital('PUT', `Condition/${id}`, { ...place.aCondition(patient, text), id })
    const seen: string[] = []
    let next: string | undefined = `Condition/${id}/_history?_count=3`
    for (; next !== undefined; ) {
      const { json } = await place.gp('GET', next)
      seen.push(
        ...json.entry.map(({ resource }: { resource: { code: { text: string } } }) => resource.code.text),
      )
      next = json.link.find((each: { relation: string }) => each.relation === 'next')?.url
    }
    expect(seen).toEqual(['v4', 'v3', 'v2', 'v1'])
    expect((await place.gp('GET', `Condition/${id}/_history`)).json.total).toBe(4)
    const later = await place.gp('GET', `Condition/${id}/_history?_since=2999-01-01T00:00:00Z`)
    expect([later.status, later.json.entry]).toEqual([200, undefined])
    expect((await place.gp('GET', `Condition/${id}/_history?_at=2020`)).json.issue[0].expression).toEqual([
      '_at',
    ])
  })

  test('of a type holds what the reader may see of it, and of others nothing', async () => {
    const mine = await place.condition('Of a type')
    const elsewhere = await place.kept(place.aPatient({ generalPractitioner: undefined }))
    const hidden = await place.kept(place.aCondition(elsewhere, 'Of a type'))
    const idsOf = async (ask: AskFhir) => {
      const versions: { id: string; meta: { versionId: string } }[] = []
      let next: string | undefined = 'Condition/_history?_count=2'
      for (; next !== undefined; ) {
        const { json } = await ask('GET', next)
        versions.push(...(json.entry ?? []).flatMap((entry: { resource?: object }) => entry.resource ?? []))
        next = json.link.find((each: { relation: string }) => each.relation === 'next')?.url
      }
      expect(new Set(versions.map(({ id, meta }) => `${id} ${meta.versionId}`)).size).toBe(versions.length)
      return versions.map(({ id }) => id)
    }
    expect(await idsOf(place.gp)).toContain(mine.id)
    expect(await idsOf(place.gp)).not.toContain(hidden)
    expect((await idsOf(place.hospital)).slice(0, 2)).toEqual([hidden, mine.id])
    expect(await idsOf(place.practice)).toEqual([])
    expect(await idsOf(place.otherGp)).toEqual([])
  })
})

describe('what is answered to a change', () => {
  test.each([
    ['return=minimal', (text: string) => expect(text).toBe('')],
    ['return=representation', (text: string) => expect(text).toContain('Preferred')],
    ['return=OperationOutcome', (text: string) => expect(text).toContain('"OperationOutcome"')],
  ])('with %s', async (prefer, expected) => {
    const patient = await place.kept(place.aPatient())
    const made = await place.hospital('POST', 'Condition', place.aCondition(patient, 'Preferred'), { prefer })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toMatch(/\/Condition\/[^/]+\/_history\/1$/)
    expect(made.headers.get('last-modified')).toMatch(/GMT$/)
    expected(made.text)
  })
})

test('what the server says that it does is a sound CapabilityStatement, and what it says of the types is so', async () => {
  const { json } = await place.hospital('GET', 'metadata')
  expect(validate(json).filter(({ severity }) => severity === 'error')).toEqual([])
  const { resource } = json.rest[0]
  for (const { type, interaction } of resource as { type: string; interaction: { code: string }[] }[]) {
    if (!interaction.some(({ code }) => code === 'vread')) continue
    expect([type, (await place.hospital('GET', `${type}/none/_history/1`)).status]).toEqual([type, 404])
    expect([type, (await place.hospital('GET', `${type}/_history`)).status]).toEqual([type, 200])
    expect([type, (await place.hospital('DELETE', `${type}/none`)).status]).toEqual([type, 404])
  }
})
