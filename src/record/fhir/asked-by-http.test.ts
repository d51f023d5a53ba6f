import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anInteractingPlace } from '../../testing/interacting-place.ts'
import { validate } from '../validation/index.ts'

let place: Awaited<ReturnType<typeof anInteractingPlace>>
let id: string
let patient: string
beforeAll(async () => {
  place = await anInteractingPlace()
  ;({ id, patient } = await place.condition('Asked by HTTP'))
})
afterAll(() => place.close())

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const errorsIn = (resource: unknown) => validate(resource).filter(({ severity }) => severity === 'error')

describe('HTTP', () => {
  test('HEAD answers as GET does, without the body', async () => {
    for (const path of [`Condition/${id}`, `Condition?_id=${id}`, 'metadata']) {
      const [got, head] = [await place.gp('GET', path), await place.gp('HEAD', path)]
      expect([head.status, head.text], path).toEqual([200, ''])
      for (const name of ['etag', 'last-modified', 'content-type'])
        expect(head.headers.get(name), `${path} ${name}`).toBe(got.headers.get(name))
    }
    expect((await place.gp('HEAD', 'Condition/none')).status).toBe(404)
    expect((await place.otherGp('HEAD', `Condition/${id}`)).status).toBe(404)
  })

  test.each([
    ['POST', 'Condition/one', 405, 'PUT, PATCH, DELETE, GET, HEAD'],
    ['DELETE', 'Condition/one/_history', 405, 'GET, HEAD'],
    ['PUT', '', 405, 'POST'],
    ['POST', '$nonsense', 404, null],
    ['POST', 'Condition/$nonsense', 404, null],
    ['GET', 'Condition/one/two/three', 404, null],
  ])('%s of %s is %i, and says which methods there are', async (method, path, status, allow) => {
    const answer = await place.hospital(method, path, method === 'GET' ? undefined : {})
    expect([answer.status, answer.json.resourceType]).toEqual([status, 'OperationOutcome'])
    const methods = (text: string | null) => text?.split(', ').sort()
    expect(methods(answer.headers.get('allow'))).toEqual(methods(allow))
  })

  test('OPTIONS says which methods an address takes', async () => {
    const answer = await place.hospital('OPTIONS', 'Condition/_search')
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'OPTIONS, POST'])
  })

  test('If-None-Match: * is anything that is there', async () => {
    expect((await place.gp('GET', `Condition/${id}`, undefined, { 'if-none-match': '*' })).status).toBe(304)
  })

  test.each([
    ['another media type', 'text/plain'],
    ['another version of FHIR', 'application/fhir+json; fhirVersion=5.0'],
    ['another character set, which would be kept wrong', 'application/fhir+json; charset=iso-8859-1'],
    ['a form', 'application/x-www-form-urlencoded'],
  ])('what is sent as %s is refused', async (_words, type) => {
    const answer = await place.hospital('POST', 'Condition', place.aCondition(patient), {
      'content-type': type,
    })
    expect([answer.status, answer.text]).toEqual([415, expect.stringContaining('application/fhir+json')])
  })

  test.each([
    'application/json',
    'application/fhir+json; charset=UTF-8; fhirVersion=4.0',
    'application/fhir+json; charset="utf-8"',
  ])('what is sent as %s is kept', async (type) => {
    const answer = await place.hospital('POST', 'Condition', place.aCondition(patient), {
      'content-type': type,
    })
    expect(answer.status, answer.text).toBe(201)
  })
})

describe('a request that is wrong in itself is 400', () => {
  test.each([
    ['no id', {}, 'Condition.id'],
    ['another id', { id: 'another' }, 'Condition.id'],
    ['another type', { resourceType: 'Basic', code: { text: 'x' } }, 'resourceType'],
  ])('an update with %s', async (_words, more, at) => {
    const sent = at === 'resourceType' ? more : { ...place.aCondition(patient), ...more }
    const { status, json } = await place.hospital('PUT', `Condition/${id}`, sent)
    expect([status, json.issue[0].expression]).toEqual([400, [at]])
  })
})

describe('a search by POST', () => {
  test('takes what stands in the address and in the form, both', async () => {
    const other = await place.condition('Another')
    const found = async (address: string, body: string) =>
      (await place.hospital('POST', `Condition/_search?${address}`, body, form)).json.total
    expect(await found(`_id=${id}`, `patient=${patient}`)).toBe(1)
    expect(await found(`_id=${id}`, `_id=${other.id}`)).toBe(0)
  })

  test('takes no resource for a form', async () => {
    const answer = await place.hospital('POST', 'Condition/_search', { resourceType: 'Parameters' })
    expect([answer.status, answer.text]).toEqual([415, expect.stringContaining('form-urlencoded')])
  })
})

test('every Bundle is valid, with nothing in it as well', async () => {
  const none = [
    'Condition?_id=none',
    'Condition?_summary=count',
    `Condition/${id}/_history?_since=2999-01-01T00:00:00Z`,
    `Patient/${patient}/$everything?_since=2999-01-01T00:00:00Z`,
    `Patient/${patient}/Flag`,
    `Patient/${patient}/*?_lastUpdated=gt2999`,
    'metadata',
  ]
  for (const path of none) expect(errorsIn((await place.hospital('GET', path)).json), path).toEqual([])
  for (const type of ['batch', 'transaction']) {
    const { status, json } = await place.hospital('POST', '', { resourceType: 'Bundle', type })
    expect([status, errorsIn(json)], type).toEqual([200, []])
  }
})
