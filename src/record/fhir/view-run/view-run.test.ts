import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AskFhir, fhirAs } from '../../../testing/fhir-client.ts'
import { systemToken } from '../../../testing/http.ts'
import { aReportingPlace } from '../../../testing/reporting-place.ts'

let place: Awaited<ReturnType<typeof aReportingPlace>>
let gp: AskFhir
let hospital: AskFhir
let other: AskFhir
beforeAll(async () => {
  place = await aReportingPlace()
  gp = fhirAs(place.app.base, { cookie: place.cookies.get('gp') ?? '' })
  const as = async (name: string) =>
    fhirAs(place.app.base, {
      token: await systemToken(place.app.base, `demo-${name}`, `demo-${name}-secret`),
    })
  hospital = await as('hospital')
  other = await as('hospice')
})
afterAll(() => place.close())

const view = {
  resourceType: 'ViewDefinition',
  name: 'results',
  status: 'active',
  resource: 'Observation',
  select: [
    {
      column: [
        { name: 'id', path: 'id' },
        { name: 'value', path: 'value.ofType(Quantity).value' },
        { name: 'words', path: 'code.text' },
      ],
    },
  ],
}
const parameters = (...all: object[]) => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'viewResource', resource: view }, ...all],
})
const observation = (id: string, words: string) => ({
  name: 'resource',
  resource: { resourceType: 'Observation', id, status: 'final', code: { text: words } },
})
const run = (body: unknown, query = '', by = gp, accept?: string) =>
  by('POST', `$viewdefinition-run${query}`, body, accept === undefined ? {} : { accept })

describe('a view that is sent along', () => {
  test('runs over resources that are sent too, as JSON, NDJSON and CSV', async () => {
    const sent = parameters(observation('a', 'one, "two"'), observation('b', 'three'))
    expect((await run(sent)).json).toEqual([
      { id: 'a', value: null, words: 'one, "two"' },
      { id: 'b', value: null, words: 'three' },
    ])
    expect((await run(sent, '?_format=ndjson')).text).toBe(
      '{"id":"a","value":null,"words":"one, \\"two\\""}\n{"id":"b","value":null,"words":"three"}\n',
    )
    const csv = await run(sent, '', gp, 'text/csv')
    expect([csv.headers.get('content-type'), csv.text]).toEqual([
      'text/csv; charset=utf-8',
      'id,value,words\r\na,,"one, ""two"""\r\nb,,three\r\n',
    ])
    const bare = parameters(
      observation('a', 'x'),
      { name: '_format', valueCode: 'csv' },
      { name: 'header', valueBoolean: false },
    )
    expect((await run(bare)).text).toBe('a,,x\r\n')
    expect(
      (
        await run(
          parameters(observation('a', 'x'), observation('b', 'y'), { name: '_limit', valueInteger: 1 }),
        )
      ).json,
    ).toHaveLength(1)
  })

  test('runs over one patient’s record, as far as the reader may see it, and keeps decimals', async () => {
    const item = await place.aResult()
    const body = JSON.stringify({ ...item.body, valueQuantity: { value: 'V', unit: 'mmol/L' } }).replace(
      '"V"',
      '4.10',
    )
    await hospital('PUT', `Observation/${item.id}`, body)
    const about = `?patient=${item.patient}`
    const seen = await run(view, about)
    expect(seen.text).toContain(`{"id":"${item.id}","value":4.10,"words":"${item.name}"}`)
    expect((await run(view, `${about}&_format=csv`)).text).toContain(`${item.id},4.10,${item.name}`)
    expect((await run(view, about, other)).status).toBe(404)
    await place.reported(item)
    expect((await run(view, about)).text).not.toContain(item.name)
    const everything = await gp('GET', `Patient/${item.patient}/$everything`)
    expect(everything.text).not.toContain(item.name)
  })

  test.each([
    ['a pattern that tries every way to match', "code.text.matches('^(a+)+$')"],
    ['a text that grows without end', `code.text${`.replace('a', '${'a'.repeat(200)}')`.repeat(6)}`],
    [
      'a list that grows without end',
      `code.text.toChars()${'.select(%resource.code.text.toChars())'.repeat(9)}.count() > 1`,
    ],
  ])('is stopped, and keeps nobody waiting, for %s', async (_words, path) => {
    const costly = { ...view, select: [{ column: [{ name: 'x', path, type: 'string' }] }] }
    const sent = {
      resourceType: 'Parameters',
      parameter: [{ name: 'viewResource', resource: costly }, observation('a', `${'a'.repeat(60)}!`)],
    }
    const answer = await run(sent)
    expect([answer.status, answer.json.issue[0].code]).toEqual([422, 'too-costly'])
  })

  test('names the place of a pattern that is none', async () => {
    const wrong = { ...view, select: [{ column: [{ name: 'x', path: "code.text.matches('(')" }] }] }
    const sent = {
      resourceType: 'Parameters',
      parameter: [{ name: 'viewResource', resource: wrong }, observation('a', 'x')],
    }
    const answer = await run(sent)
    expect([answer.status, answer.json.issue[0].expression?.[0]]).toEqual([422, 'select[0].column[0].path'])
  })

  test.each([
    [
      'a view that is wrong',
      { ...view, select: [{ column: [{ name: 'x', path: 'a b' }] }] },
      '',
      'select[0].column[0].path',
    ],
    ['no resources', view, '', 'resource'],
    [
      'a parameter that is none',
      parameters({ name: 'source', valueString: 'x' }),
      '',
      'Parameters.parameter[1].name',
    ],
    ['another resource', { resourceType: 'Patient' }, '', 'resourceType'],
    ['no view', { resourceType: 'Parameters', parameter: [] }, '', 'Parameters.parameter'],
    ['a limit that is none', view, '?_limit=few', '_limit'],
    [
      'a path that is too deep',
      { ...view, select: [{ column: [{ name: 'x', path: '('.repeat(50_000) }] }] },
      '',
      'select[0].column[0].path',
    ],
  ])('names the place of %s', async (_words, body, query, at) => {
    const answer = await run(body, query)
    const status = query === '' ? 422 : 400
    expect([answer.status, answer.json.issue[0].expression?.[0]]).toEqual([status, at])
  })
})

describe('everything of a person', () => {
  test('comes page by page from every source in reach, once each, with what it names that is about nobody', async () => {
    const margaret = await place.fileOf('margaret-ashworth')
    const seen: string[] = []
    const beside = new Set<string>()
    let next: string | undefined = `Patient/${margaret.patient}/$everything?_count=7`
    for (let first = true; next !== undefined; first = false) {
      const { status, json } = await gp('GET', next)
      expect(status).toBe(200)
      if (first) expect(json.entry[0].resource.resourceType).toBe('Patient')
      for (const { resource, search } of json.entry)
        if (search.mode === 'match') seen.push(`${resource.resourceType}/${resource.id}`)
        else beside.add(resource.resourceType)
      next = json.link.find((each: { relation: string }) => each.relation === 'next')?.url
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(14)
    expect(seen.filter((each) => each.startsWith('Patient/')).length).toBeGreaterThan(1)
    const own = await hospital('GET', `Patient/${margaret.patient}/$everything?_count=1000`)
    expect(own.json.entry.length).toBeLessThan(seen.length)
    const typed = await gp('GET', `Patient/${margaret.patient}/$everything?_type=Encounter`)
    expect(
      new Set(
        typed.json.entry
          .filter((each: { search: { mode: string } }) => each.search.mode === 'match')
          .map((each: { resource: { resourceType: string } }) => each.resource.resourceType),
      ),
    ).toEqual(new Set(['Encounter']))
    expect((await gp('GET', `Patient/${margaret.patient}/$everything?_since=2999-01-01`)).json.entry).toBe(
      undefined,
    )
    expect((await gp('GET', `Patient/${margaret.patient}/$everything?start=2020-01-01`)).status).toBe(400)
    expect((await other('GET', `Patient/${margaret.patient}/$everything`)).status).toBe(404)
  })
})
