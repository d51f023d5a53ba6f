import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anInteractingPlace } from '../../testing/interacting-place.ts'

let place: Awaited<ReturnType<typeof anInteractingPlace>>
beforeAll(async () => {
  place = await anInteractingPlace()
})
afterAll(() => place.close())

describe('by what a search finds', () => {
  const by = (value: string) => `identifier=${place.system}|${value}`
  const numbered = (patient: string, value: string, text: string, more: object = {}) =>
    place.aCondition(patient, text, { identifier: [{ system: place.system, value }], ...more })

  test('an update replaces the one that is there, and creates it where none is', async () => {
    const patient = await place.kept(place.aPatient())
    const made = await place.hospital('PUT', `Condition?${by('u1')}`, numbered(patient, 'u1', 'One'))
    expect(made.status).toBe(201)
    const changed = await place.hospital('PUT', `Condition?${by('u1')}`, numbered(patient, 'u1', 'Two'))
    expect([changed.status, changed.json.id, changed.json.code.text]).toEqual([200, made.json.id, 'Two'])
    const other = numbered(patient, 'u1', 'Three', { id: 'another' })
    expect((await place.hospital('PUT', `Condition?${by('u1')}`, other)).status).toBe(422)
    const taken = numbered(patient, 'u2', 'Four', { id: made.json.id })
    expect((await place.hospital('PUT', `Condition?${by('u2')}`, taken)).status).toBe(409)
    const named = await place.hospital(
      'PUT',
      `Condition?${by('u3')}`,
      numbered(patient, 'u3', 'Five', { id: `own-${patient}` }),
    )
    expect([named.status, named.json.id]).toEqual([201, `own-${patient}`])
    await place.kept(numbered(patient, 'u1', 'A second'))
    expect(
      (await place.hospital('PUT', `Condition?${by('u1')}`, numbered(patient, 'u1', 'Six'))).status,
    ).toBe(412)
    expect((await place.hospital('PUT', 'Condition', numbered(patient, 'u1', 'Six'))).status).toBe(400)
  })

  test('a deletion takes one away, none is no fault, and several are refused', async () => {
    const patient = await place.kept(place.aPatient())
    const id = await place.kept(numbered(patient, 'd1', 'One'))
    expect((await place.practice('DELETE', `Condition?${by('d1')}`)).status).toBe(204)
    expect((await place.hospital('GET', `Condition/${id}`)).status).toBe(200)
    expect((await place.hospital('DELETE', `Condition?${by('d1')}`)).status).toBe(204)
    expect((await place.hospital('GET', `Condition/${id}`)).status).toBe(410)
    const again = await place.hospital('POST', 'Condition', numbered(patient, 'd1', 'Anew'), {
      'if-none-exist': by('d1'),
    })
    expect(again.status).toBe(201)
    await place.kept(numbered(patient, 'd1', 'Two'))
    expect((await place.hospital('DELETE', `Condition?${by('d1')}`)).status).toBe(412)
    expect((await place.hospital('DELETE', 'Condition')).status).toBe(400)
  })

  test('by any search that is declared', async () => {
    const { patient, id } = await place.condition('Searched')
    const patch = [{ op: 'replace', path: '/code/text', value: 'Found' }]
    const done = await place.hospital('PATCH', `Condition?patient=${patient}`, patch, {
      'content-type': 'application/json-patch+json',
    })
    expect([done.status, done.json.id, done.json.code.text]).toEqual([200, id, 'Found'])
    const wrong = await place.hospital('DELETE', `Condition?patient=${patient}&favourite=1`)
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('favourite')])
    const anything = { 'if-none-exist': '' }
    const vague = await place.hospital('POST', 'Condition', place.aCondition(patient), anything)
    expect([vague.status, vague.json.issue[0].expression]).toEqual([400, ['If-None-Exist']])
    const many = await place.hospital('DELETE', 'Condition?_count=1&_sort=_id')
    expect([many.status, many.json.issue[0].code]).toEqual([400, 'required'])
  })
})

describe('a patch', () => {
  const patched = (path: string, patch: unknown, headers: Record<string, string> = {}) =>
    place.hospital('PATCH', path, patch, { 'content-type': 'application/json-patch+json', ...headers })

  test('changes what it names, and leaves every decimal as it was sent', async () => {
    const patient = await place.kept(place.aPatient())
    const sent = `{"resourceType":"Observation","status":"final","code":{"text":"Weight"},"subject":{"reference":"Patient/${patient}"},"valueQuantity":{"value":70.10,"unit":"kg"}}`
    const { json } = await place.hospital('POST', 'Observation', sent)
    const at = `Observation/${json.id}`
    const done = await patched(
      at,
      '[{"op":"add","path":"/referenceRange","value":[{"low":{"value":50.00}}]},{"op":"replace","path":"/status","value":"amended"}]',
      { 'if-match': 'W/"1"' },
    )
    expect([done.status, done.headers.get('etag')]).toEqual([200, 'W/"2"'])
    const read = await place.gp('GET', at)
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
    const { id } = await place.condition()
    expect((await patched(`Condition/${id}`, patch)).status).toBe(status)
    expect((await place.gp('GET', `Condition/${id}`)).headers.get('etag')).toBe('W/"1"')
  })

  test('about another person is refused, as of what is not there, gone or another source’s', async () => {
    const { id } = await place.condition()
    const other = await place.kept(place.aPatient())
    const move = [{ op: 'replace', path: '/subject/reference', value: `Patient/${other}` }]
    expect((await patched(`Condition/${id}`, move)).status).toBe(422)
    expect((await patched('Condition/none', [])).status).toBe(404)
    const theirs = await place.kept(place.aPatient(), place.practice)
    expect((await patched(`Patient/${theirs}`, [])).status).toBe(404)
    await place.hospital('DELETE', `Condition/${id}`)
    expect((await patched(`Condition/${id}`, [])).status).toBe(410)
  })

  test('comes as JSON Patch, and nothing else does', async () => {
    const { patient, id } = await place.condition()
    const parameters = await place.hospital('PATCH', `Condition/${id}`, { resourceType: 'Parameters' })
    expect([parameters.status, parameters.text]).toEqual([415, expect.stringContaining('json-patch')])
    const put = await place.hospital(
      'PUT',
      `Condition/${id}`,
      { ...place.aCondition(patient), id },
      { 'content-type': 'application/json-patch+json' },
    )
    expect(put.status).toBe(415)
  })
})
