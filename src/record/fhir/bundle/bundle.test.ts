import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AskFhir } from '../../../testing/fhir-client.ts'
import { anInteractingPlace } from '../../../testing/interacting-place.ts'
import { validate } from '../../validation/index.ts'

let place: Awaited<ReturnType<typeof anInteractingPlace>>
let hospital: AskFhir
let practice: AskFhir
let gp: AskFhir
beforeAll(async () => {
  place = await anInteractingPlace()
  ;({ hospital, practice, gp } = place)
})
afterAll(() => place.close())

type Entry = {
  response: { status: string; location?: string; etag?: string; outcome?: object }
  resource?: { id: string }
}
const system = 'https://golden-thread.example/Id/interactions'
const aPatient = (value: string, more: object = {}) => place.aPatient(more, value)
const aCondition = (patient: string, text: string, more: object = {}) => ({
  resourceType: 'Condition',
  subject: { reference: patient },
  code: { text },
  ...more,
})
const entry = (method: string, url: string, resource?: object, more: object = {}) => ({
  ...(resource && { resource }),
  request: { method, url, ...more },
})
const aBundle = (type: 'transaction' | 'batch', ...all: object[]) => ({
  resourceType: 'Bundle',
  type,
  entry: all,
})
const aPatch = (...operations: object[]) => ({
  resourceType: 'Binary',
  contentType: 'application/json-patch+json',
  data: btoa(JSON.stringify(operations)),
})
const statuses = (json: { entry: Entry[] }) => json.entry.map(({ response }) => response.status.slice(0, 3))

describe('a transaction', () => {
  test('deletes, creates, updates, patches and then reads, in whichever order it is sent', async () => {
    const whom = await place.kept(aPatient('order'))
    const [old, updated, patched] = await Promise.all(
      ['old', 'updated', 'patched'].map((text) =>
        place.kept(aCondition(`Patient/${whom}`, text, { identifier: [{ system, value: `order-${text}` }] })),
      ),
    )
    const { status, json, text } = await hospital(
      'POST',
      '',
      aBundle(
        'transaction',
        entry('GET', `Condition/${updated}`),
        entry('GET', `Condition?patient=${whom}`),
        entry(
          'PATCH',
          `Condition/${patched}`,
          aPatch({ op: 'replace', path: '/code/text', value: 'patched now' }),
        ),
        entry('PUT', `Condition/${updated}`, aCondition(`Patient/${whom}`, 'updated now', { id: updated })),
        // What is deleted in the same transaction is not what this finds.
        entry(
          'POST',
          'Condition',
          aCondition(`Patient/${whom}`, 'new', { identifier: [{ system, value: 'order-old' }] }),
          { ifNoneExist: `identifier=${system}|order-old` },
        ),
        entry('DELETE', `Condition?identifier=${system}|order-old`),
      ),
    )
    expect(status, text).toBe(200)
    expect(statuses(json)).toEqual(['200', '200', '200', '200', '201', '204'])
    expect(json.entry[0].resource.code.text).toBe('updated now')
    const found = json.entry[1].resource.entry.map(
      (each: { resource: { code: { text: string } } }) => each.resource.code.text,
    )
    expect(found.sort()).toEqual(['new', 'patched now', 'updated now'])
    expect((await hospital('GET', `Condition/${old}`)).status).toBe(410)
  })

  test('refuses what is about one resource twice, by name, and keeps nothing', async () => {
    const whom = await place.kept(aPatient('twice'))
    const id = await place.kept(
      aCondition(`Patient/${whom}`, 'once', { identifier: [{ system, value: 'twice' }] }),
    )
    const twice = await hospital(
      'POST',
      '',
      aBundle(
        'transaction',
        entry('PUT', `Condition/${id}`, aCondition(`Patient/${whom}`, 'changed', { id })),
        entry('DELETE', `Condition?identifier=${system}|twice`),
      ),
    )
    expect([twice.status, twice.json.issue]).toEqual([
      422,
      [expect.objectContaining({ code: 'duplicate', expression: ['Bundle.entry[0].resource'] })],
    ])
    expect((await hospital('GET', `Condition/${id}`)).headers.get('etag')).toBe('W/"1"')
  })

  test('that reads what is not there, or a version that is gone, keeps nothing', async () => {
    const value = 'nothing-kept'
    const failing = [
      entry('GET', 'Condition/none'),
      entry('DELETE', 'Condition/none'),
      entry('GET', 'Basic?_id=1'),
    ]
    for (const bad of failing)
      expect(
        (await hospital('POST', '', aBundle('transaction', entry('POST', 'Patient', aPatient(value)), bad)))
          .status,
      ).toBeGreaterThanOrEqual(404)
    const stale = entry('PUT', 'Condition/none', aCondition('Patient/x', 'x', { id: 'none' }), {
      ifMatch: 'W/"3"',
    })
    expect(
      (await hospital('POST', '', aBundle('transaction', entry('POST', 'Patient', aPatient(value)), stale)))
        .status,
    ).toBeGreaterThanOrEqual(412)
    expect(await place.rows(sql`select from people.file where local_value = ${value}`)).toEqual([])
  })

  test('answers with what was kept where its sender prefers that', async () => {
    const sent = aBundle('transaction', entry('POST', 'Patient', aPatient('preferred')))
    const answer = await hospital('POST', '', sent, { prefer: 'return=representation' })
    expect(answer.json.entry[0].resource.name[0].given).toEqual(['Una'])
  })
})

describe('a batch', () => {
  test('takes POST for a create and nothing else, and an id only where it is the one in the address', async () => {
    const whom = await place.kept(aPatient('addressed'))
    const other = aCondition(`Patient/${whom}`, 'other', { id: 'other' })
    const { json } = await hospital(
      'POST',
      '',
      aBundle(
        'batch',
        entry('POST', 'Patient/$validate', aPatient('validated')),
        entry('POST', `Patient/${whom}`, aPatient('validated')),
        entry('PUT', 'Condition/one', other),
      ),
    )
    expect(statuses(json)).toEqual(['422', '422', '400'])
    expect(await place.rows(sql`select from people.file where local_value = 'validated'`)).toEqual([])
    expect((await hospital('GET', 'Condition/one')).status).toBe(404)
  })

  test('of reads is open to whoever reads, and tells of what is refused as of what is absent', async () => {
    const mine = await place.kept(aPatient('mine'))
    const theirs = await place.kept(aPatient('theirs', { generalPractitioner: undefined }))
    const gets = [
      `Patient/${mine}`,
      `Patient/${theirs}`,
      'Patient/none',
      `Patient/${mine}/_history/1`,
      `Patient?_id=${theirs}`,
      `Patient/${mine}/$everything`,
      'metadata',
      'Patient/$export',
    ]
    const { status, json, text } = await gp(
      'POST',
      '',
      aBundle('batch', ...gets.map((url) => entry('GET', url))),
    )
    expect(status, text).toBe(200)
    expect(statuses(json)).toEqual(['200', '404', '404', '200', '200', '200', '422', '422'])
    expect(validate(json).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(json.entry[1]).toEqual(json.entry[2])
    expect(json.entry[4].resource.total).toBe(0)
    const audited = await place.rows<{ action: string; outcome: string }>(
      sql`select action, outcome from access.audit where request = (select request from access.audit where action = 'fhir.bundle' and actor = 'demo-gp' order by id desc limit 1) order by id`,
    )
    expect(audited.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
      'fhir.bundle allowed',
      'fhir.everything allowed',
      'fhir.read allowed',
      'fhir.read refused',
      'fhir.search allowed',
      'fhir.vread allowed',
    ])
  })

  test('that changes anything is refused entry by entry to whoever only reads', async () => {
    const mine = await place.kept(aPatient('unchanged'))
    const { json } = await gp(
      'POST',
      '',
      aBundle(
        'batch',
        entry('DELETE', `Patient/${mine}`),
        entry('POST', 'Patient', aPatient('x')),
        entry('GET', `Patient/${mine}`),
      ),
    )
    expect(statuses(json)).toEqual(['403', '403', '200'])
    expect((await gp('POST', '', aBundle('transaction', entry('DELETE', `Patient/${mine}`)))).status).toBe(
      403,
    )
  })

  test('does each entry as it would be done alone, whatever is wrong with others', async () => {
    const whom = await place.kept(aPatient('each'))
    const good = (index: number) =>
      entry(
        'PUT',
        `Condition/each-${index}`,
        aCondition(`Patient/${whom}`, `c${index}`, { id: `each-${index}` }),
      )
    const all = Array.from({ length: 60 }, (_, index) =>
      index % 17 === 3
        ? entry('PUT', `Condition/each-${index}`, aCondition('Patient/none', 'x', { id: `each-${index}` }))
        : good(index),
    )
    all.push(
      good(1),
      entry('PATCH', 'Condition/each-2', aPatch({ op: 'remove', path: '/none' })),
      entry('DELETE', 'Condition/each-4'),
      entry('GET', 'Condition/each-4'),
    )
    const { json } = await hospital('POST', '', aBundle('batch', ...all))
    const expected = all.map((_, index) => (index < 60 ? (index % 17 === 3 ? '422' : '201') : ''))
    expect(statuses(json)).toEqual([...expected.slice(0, 60), '200', '422', '204', '410'])
    expect(json.entry[20].response.outcome.issue[0].expression[0]).toBe(
      'Bundle.entry[20].resource.subject.reference',
    )
    expect(json.entry[60].response.etag).toBe('W/"2"')
    expect((await hospital('GET', 'Condition/each-1/_history')).json.total).toBe(2)
    // Another source's are neither changed nor read.
    const others = await practice(
      'POST',
      '',
      aBundle('batch', entry('DELETE', 'Condition/each-1'), entry('GET', 'Condition/each-1'), good(5)),
    )
    expect(statuses(others.json)).toEqual(['404', '404', '403'])
  })

  test('of more than 5,000 entries is refused', async () => {
    const many = aBundle('batch', ...Array.from({ length: 5001 }, () => entry('GET', 'Patient/x')))
    expect((await hospital('POST', '', many)).json.issue[0].code).toBe('too-long')
  })
})
