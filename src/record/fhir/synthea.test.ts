import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Bundle, Patient, Resource } from '@medplum/fhirtypes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/app.ts'
import { signIn, systemToken } from '../../testing/http.ts'

/** Published bundles of invented people, kept beside the project and not in it. */
const folder = resolve(import.meta.dirname, '../../../../shared/data/synthea')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []

type Sent = { name: string; bundle: Bundle }
const all: Sent[] = files.map((name) => ({
  name,
  bundle: JSON.parse(readFileSync(resolve(folder, name), 'utf8')),
}))

let app: TestApp
let token: string
beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
})
afterAll(() => app.close())

async function fhir(path: string, body?: string): Promise<{ status: number; json: Record<string, unknown> }> {
  const answer = await fetch(`${app.base}/fhir${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    ...(body === undefined ? {} : { method: 'POST', body }),
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

/** As it was sent, but for what the server may change: its id, meta.versionId and lastUpdated, and references to other entries. */
function asSent(resource: unknown, places: Map<string, string>): unknown {
  const { id: _id, meta, ...rest } = resource as Resource
  const { versionId: _version, lastUpdated: _updated, ...keptMeta } = meta ?? {}
  const text = JSON.stringify({ ...rest, ...(Object.keys(keptMeta).length > 0 && { meta: keptMeta }) })
  return JSON.parse(text, (name, value) => (name === 'reference' ? (places.get(value) ?? value) : value))
}

describe.skipIf(files.length === 0)('each Synthea bundle', () => {
  test.each(all)('$name comes in as sent, and everything can be read back', async ({ bundle }) => {
    const { status, json } = await fhir('', JSON.stringify(bundle))
    expect(status, JSON.stringify(json).slice(0, 600)).toBe(200)
    const entries = bundle.entry ?? []
    const places = (json['entry'] as { response: { status: string; location: string } }[]).map(
      ({ response }) => response.location.replace(/\/_history.*/, ''),
    )
    expect(places).toHaveLength(entries.length)
    const moved = new Map(entries.map((entry, index) => [entry.fullUrl ?? '', places[index] ?? '']))
    for (const [index, { resource }] of entries.entries()) {
      const read = await fhir(`/${places[index]}`)
      expect(read.status, places[index]).toBe(200)
      expect(asSent(read.json, moved), `${places[index]} of entry ${index}`).toEqual(asSent(resource, moved))
    }
    const everything = await wholeRecord(places.find((place) => place.startsWith('Patient/')) ?? '')
    for (const [index, { resource }] of entries.entries())
      expect(asSent(everything.get(places[index] ?? ''), moved), `${places[index]} in everything`).toEqual(
        asSent(resource, moved),
      )
  })

  test.each(all)('$name can be read as a nurse would', async ({ bundle }) => {
    const see = asNurse(await signIn(app.base, 'demo-emergency-nurse'))
    const [patient] = ofType<Patient>(bundle, 'Patient')
    const [year = '', month = '', day = ''] = (patient?.birthDate ?? '').split('-')
    const found = await see('/people/find', { family: patient?.name?.[0]?.family ?? '', day, month, year })
    const person = /\/people\/([0-9a-f-]{36})/.exec(found.text)?.[1]
    expect((await see(`/people/${person}`)).status).toBe(403)
    const reason = { reason: 'with me', words: 'In the department now' }
    expect((await see(`/people/${person}/reason`, reason)).status).toBe(303)
    const summary = await see(`/people/${person}`)
    expect(summary.status).toBe(200)
    expect(summary.text).toContain((patient?.name?.[0]?.family ?? '').toUpperCase())
    for (const [page, types] of Object.entries(shownOn)) {
      const { status, text } = await see(`/people/${person}/${page}`)
      expect(status, page).toBe(200)
      for (const resource of types.flatMap((type) => ofType<Named>(bundle, type))) {
        expect(text, `${resource.resourceType} on ${page}`).toContain(inSheet(nameOf(resource)))
        expect(text).toContain('Hospital')
      }
    }
    const timeline = await wholeTimeline(see, `/people/${person}/timeline`)
    for (const resource of onTimeline.flatMap((type) => ofType<Named>(bundle, type)))
      expect(timeline, `${resource.resourceType} on the timeline`).toContain(onPage(nameOf(resource)))
  })
})

type See = ReturnType<typeof asNurse>
const asNurse = (cookie: string) => async (path: string, form?: Record<string, string>) => {
  const answer = await fetch(app.base + path, {
    headers: { cookie, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
    redirect: 'manual',
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  })
  return { status: answer.status, text: await answer.text() }
}

/** Everything of a patient, page after page, by `Type/id`. */
async function wholeRecord(patient: string): Promise<Map<string, Resource>> {
  const all = new Map<string, Resource>()
  for (let next: string | undefined = `/${patient}/$everything?_count=100`; next !== undefined; ) {
    const { json } = await fhir(next)
    const page = json as unknown as Bundle
    for (const { resource } of page.entry ?? [])
      if (resource) all.set(`${resource.resourceType}/${resource.id}`, resource)
    next = page.link?.find(({ relation }) => relation === 'next')?.url?.replace(/^.*\/fhir/, '')
  }
  return all
}

/** Page after page, as a reader turns them. */
async function wholeTimeline(see: See, path: string): Promise<string> {
  let all = ''
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, text } = await see(next)
    expect(status).toBe(200)
    all += text
    const link: string | undefined = /href="([^"]*timeline\?[^"]*)"[^>]*rel="next"/.exec(text)?.[1]
    next = link?.replaceAll('&amp;', '&')
  }
  return all
}

type Concept = { text?: string; coding?: { display?: string }[] }
type Named = Resource & {
  code?: Concept
  type?: Concept[]
  category?: Concept[]
  vaccineCode?: Concept
  medicationCodeableConcept?: Concept
}
const ofType = <Type extends Resource>(bundle: Bundle, type: string): Type[] =>
  (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource as Type] : []))

const shownOn = {
  'problems.csv': ['Condition'],
  'medicines.csv': ['MedicationRequest'],
  'encounters.csv': ['Encounter'],
  'results.csv': ['Observation'],
}
const onTimeline = ['Immunization', 'CarePlan', 'Procedure', 'AllergyIntolerance']

/** What the thing is called, which its source says in one of several places. */
function nameOf(resource: Named): string {
  const { code, vaccineCode, medicationCodeableConcept, type, category } = resource
  const concept = vaccineCode ?? medicationCodeableConcept ?? code ?? type?.[0] ?? category?.[0]
  return concept?.text ?? concept?.coding?.[0]?.display ?? ''
}

/** As the page writes it. */
const onPage = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const inSheet = (text: string): string => text.replaceAll('"', '""')
