import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FhirAnswered, fhirAs } from '../../../testing/fhir-client.ts'
import { signIn, systemToken } from '../../../testing/http.ts'
import { aReportingPlace } from '../../../testing/reporting-place.ts'

/** The hospital of a place that is full of characters fetches what it sent. */
let place: Awaited<ReturnType<typeof aReportingPlace>>
let hospital: ReturnType<typeof fhirAs>
let practice: ReturnType<typeof fhirAs>
beforeAll(async () => {
  place = await aReportingPlace()
  const as = async (name: string) =>
    fhirAs(place.app.base, {
      token: await systemToken(place.app.base, `demo-${name}`, `demo-${name}-secret`),
    })
  hospital = await as('hospital')
  practice = await as('practice')
})
afterAll(() => place.close())

const later = { prefer: 'respond-async' }
type Manifest = {
  output: { type: string; url: string; count: number }[]
  transactionTime: string
  requiresAccessToken: boolean
}

async function exported(path: string, by = hospital): Promise<{ status: FhirAnswered; manifest: Manifest }> {
  const begun = await by('GET', path, undefined, later)
  expect(begun.status, begun.text).toBe(202)
  const at = begun.headers.get('content-location') ?? ''
  for (;;) {
    const status = await by('GET', at)
    if (status.status === 200) return { status, manifest: status.json }
    expect([status.status, status.headers.get('x-progress')]).toEqual([
      202,
      expect.stringMatching(/^\d+ people/),
    ])
  }
}

async function linesOf(manifest: Manifest, by = hospital): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = []
  for (const { url, type, count } of manifest.output) {
    const file = await by('GET', url)
    expect([file.status, file.headers.get('content-type')]).toEqual([
      200,
      'application/fhir+ndjson; charset=utf-8',
    ])
    const lines = file.text.split('\n').filter((line) => line !== '')
    expect(lines).toHaveLength(count)
    const parsed = lines.map((line) => JSON.parse(line))
    expect(new Set(parsed.map((each) => each.resourceType))).toEqual(new Set([type]))
    all.push(...parsed)
  }
  return all
}

const keptBy = (source: string) =>
  place.ask(
    sql<{
      place: string
    }>`select type || '/' || id as place from record.resource where source = ${source} order by 1`,
  )
const placesOf = (lines: Record<string, unknown>[]) =>
  lines.map((each) => ({ place: `${each['resourceType']}/${each['id']}` }))
const sorted = (all: { place: string }[]) => all.toSorted((one, other) => (one.place < other.place ? -1 : 1))

describe('an export', () => {
  test('brings each source everything that it sent, nothing of others, and the audit names everybody in it', async () => {
    for (const [by, source] of [
      [hospital, 'rfr-hospital'],
      [practice, 'zp001-gp'],
    ] as const) {
      const { manifest, status } = await exported('Patient/$export', by)
      expect(manifest).toMatchObject({
        requiresAccessToken: true,
        request: expect.stringMatching(/\/fhir\/Patient\/\$export$/),
      })
      expect(status.headers.get('expires')).toMatch(/GMT$/)
      const lines = await linesOf(manifest, by)
      expect(sorted(placesOf(lines))).toEqual(sorted(await keptBy(source)))
      expect(lines.length).toBeGreaterThan(10)
      const [seen] = await place.ask(sql<{ missing: number }>`
        select count(*)::int as missing from (select distinct person_key from record.resource where source = ${source}) p
        where not exists (select from access.audit a where a.person_key = p.person_key and a.action = 'fhir.export.file' and a.actor = ${source === 'zp001-gp' ? 'demo-practice' : 'demo-hospital'})`)
      expect(seen?.missing).toBe(0)
    }
  })

  test('of some types, and of what is new', async () => {
    const { manifest } = await exported('Patient/$export?_type=Encounter,Condition')
    expect(new Set(manifest.output.map(({ type }) => type))).toEqual(new Set(['Encounter', 'Condition']))
    const none = await exported('Patient/$export?_since=2999-01-01T00:00:00Z')
    expect(none.manifest.output).toEqual([])
  })

  test('of a group brings its members, as they are now', async () => {
    const margaret = await place.fileOf('margaret-ashworth')
    const group = {
      resourceType: 'Group',
      id: 'ward-list',
      type: 'person',
      actual: true,
      member: [{ entity: { reference: `Patient/${margaret.patient}` } }],
    }
    expect((await hospital('PUT', 'Group/ward-list', group)).status).toBe(201)
    const { manifest } = await exported('Group/ward-list/$export')
    const people = await place.ask(sql<{ place: string }>`
      select type || '/' || id as place from record.resource where person_key = ${margaret.person_key} and source = 'rfr-hospital'`)
    expect(sorted(placesOf(await linesOf(manifest)))).toEqual(sorted(people))
    expect((await practice('GET', 'Group/ward-list/$export', undefined, later)).status).toBe(404)
  })

  test('leaves out at once what is reported as somebody else’s, even from files that were made before', async () => {
    const item = await place.aResult()
    const { manifest } = await exported('Patient/$export?_type=Observation')
    const texts = async () => {
      const files = await Promise.all(manifest.output.map(({ url }) => hospital('GET', url)))
      return files.map(({ text }) => text).join('')
    }
    expect(await texts()).toContain(`"${item.id}"`)
    const report = await place.reported(item)
    expect(await texts()).not.toContain(`"${item.id}"`)
    expect(JSON.stringify((await exported('Patient/$export?_type=Observation')).manifest.output)).not.toBe(
      JSON.stringify(manifest.output),
    )
    await place.decide('data-quality-officer', report, 'restore')
    expect(await texts()).toContain(`"${item.id}"`)
  })

  test('is fetched by whoever asked for it, and by nobody else', async () => {
    const begun = await hospital('GET', 'Patient/$export', undefined, later)
    const at = begun.headers.get('content-location') ?? ''
    const { json } = await hospital('GET', at)
    const gp = fhirAs(place.app.base, { cookie: await signIn(place.app.base, 'demo-gp') })
    for (const url of [at, json.output[0].url]) {
      expect((await practice('GET', url)).status).toBe(404)
      expect((await gp('GET', url)).status).toBe(403)
      expect((await fhirAs(place.app.base, {})('GET', url)).status).toBe(401)
    }
    expect((await practice('DELETE', at)).status).toBe(404)
    expect((await hospital('GET', `${at}/9999`)).status).toBe(404)
    expect((await hospital('DELETE', at)).status).toBe(202)
    for (const url of [at, json.output[0].url]) expect((await hospital('GET', url)).status).toBe(404)
    expect((await gp('GET', 'Patient/$export', undefined, later)).status).toBe(403)
  })

  test('refuses by name what it does not do', async () => {
    const refused = async (path: string, headers = later as Record<string, string>) => {
      const answer = await hospital('GET', path, undefined, headers)
      return [answer.status, answer.json.issue[0].expression?.[0]]
    }
    expect(await refused('Patient/$export', {})).toEqual([400, 'Prefer'])
    expect(await refused('Patient/$export?_typeFilter=x')).toEqual([400, '_typeFilter'])
    expect(await refused('Patient/$export?_outputFormat=csv')).toEqual([400, '_outputFormat'])
    expect(await refused('Patient/$export?_since=lately')).toEqual([400, '_since'])
  })

  test('ends a day after it was asked for', async () => {
    const begun = await hospital('GET', 'Patient/$export', undefined, later)
    const at = begun.headers.get('content-location') ?? ''
    expect((await hospital('GET', at)).status).toBe(200)
    place.clock.set('2026-11-21T09:00:01Z')
    hospital = fhirAs(place.app.base, {
      token: await systemToken(place.app.base, 'demo-hospital', 'demo-hospital-secret'),
    })
    expect((await hospital('GET', at)).status).toBe(404)
  })
})
