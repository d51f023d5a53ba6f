import { sql } from 'kysely'
import { expect } from 'vitest'
import { type Database, openDatabase, stoppedClock } from '../platform/index.ts'
import { type TestApp, testApp } from './app.ts'
import { signIn, systemToken } from './http.ts'
import { keepCharacters } from './keep-characters.ts'

/** A place in which the hospital sends results about the wrong person, and people report and put right. */
export async function aReportingPlace() {
  const clock = stoppedClock('2026-11-20T09:00:00Z')
  const app = await testApp(clock)
  const owner = openDatabase(app.ownerUrl, 1)
  const numbers = await keepCharacters(app.database, app.place, clock.now())
  const token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
  const cookies = new Map<string, string>()
  for (const staff of ['gp', 'community-nurse', 'privacy-officer', 'data-quality-officer'])
    cookies.set(staff, await signIn(app.base, `demo-${staff}`))
  const visiting = visitsOf(app, cookies)
  const fhir = (path: string, init: RequestInit = {}) =>
    fetch(`${app.base}/fhir${path}`, {
      ...init,
      headers: {
        ...(init.body != null && { 'content-type': 'application/fhir+json' }),
        ...Object.fromEntries(new Headers(init.headers)),
        authorization: `Bearer ${token}`,
      },
    })
  return {
    app,
    clock,
    numbers,
    cookies,
    fhir,
    ...visiting,
    ...itemsOf(owner, numbers, fhir, visiting.send),
    close: async () => {
      await owner.close()
      await app.close()
    },
  }
}

function visitsOf(app: TestApp, cookies: Map<string, string>) {
  return {
    async open(staff: string, path: string) {
      const answer = await fetch(app.base + path, {
        redirect: 'manual',
        headers: { cookie: cookies.get(staff) ?? '' },
      })
      return { status: answer.status, text: await answer.text() }
    },
    async send(staff: string, path: string, form: Record<string, string>) {
      const answer = await fetch(app.base + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: cookies.get(staff) ?? '', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form),
      })
      return { status: answer.status, text: await answer.text() }
    },
  }
}

type Fhir = (path: string, init?: RequestInit) => Promise<Response>
type Send = ReturnType<typeof visitsOf>['send']

function itemsOf(owner: Database, numbers: Map<string, string>, fhir: Fhir, send: Send) {
  const ask = <Row>(query: ReturnType<typeof sql<Row>>) =>
    owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows)

  async function fileOf(character: string, source = 'rfr-hospital') {
    const [row] = await ask(sql<{ person_key: string; ref: string; patient: string; born: string }>`
      select d.person_key, people.ref_of(d.person_key) as ref, d.birth_date::text as born,
        (select id from record.resource r where r.person_key = d.person_key and r.type = 'Patient' limit 1) as patient
      from people.demographic d where d.nhs_number = ${numbers.get(character)} and d.source = ${source}`)
    if (!row) throw new Error(`${character} has no file of ${source}`)
    return row
  }

  let sent = 0
  /** The hospital sends a result about Margaret Ashworth that is somebody else's. */
  async function aResult() {
    const margaret = await fileOf('margaret-ashworth')
    const name = `Potassium ${++sent}`
    const id = `result-${sent}`
    const body = {
      resourceType: 'Observation',
      id,
      status: 'final',
      code: { text: name },
      subject: { reference: `Patient/${margaret.patient}`, display: 'Margaret Ashworth' },
      effectiveDateTime: '2026-11-19',
      valueQuantity: { value: 4.1, unit: 'mmol/L' },
    }
    expect((await fhir(`/Observation/${id}`, { method: 'PUT', body: JSON.stringify(body) })).status).toBe(201)
    return { ...margaret, id, name, body }
  }

  async function latest(id: string) {
    const [row] = await ask(sql<{ report: string; replaces: string; state: string }>`
      select s.report_id as report, s.id::text as replaces, s.state from record.wrong_person_state s
      join record.wrong_person_report r on r.id = s.report_id where r.resource_id = ${id} order by s.id desc limit 1`)
    if (!row) throw new Error(`${id} is not reported`)
    return row
  }

  return {
    ask,
    fileOf,
    aResult,
    /** The latest state of the report of an item. */
    latest,
    /** The GP reports it. */
    async reported(item: { ref: string; id: string }) {
      const { status } = await send('gp', `/people/${item.ref}/not-theirs`, {
        items: item.id,
        item: `Observation/${item.id}`,
        why: 'The request form names somebody else',
      })
      expect(status).toBe(303)
      return latest(item.id)
    },
    decide: (
      staff: string,
      { report, replaces }: { report: string; replaces: string },
      act: string,
      more = {},
    ) =>
      send(staff, `/wrong-person/${report}/${act}`, {
        replaces,
        why: 'The laboratory looked it up',
        ...more,
      }),
    events: (type: string, id: string) =>
      ask(
        sql<{
          payload: { source: string }
        }>`select payload from platform.event where type = ${type} and payload->>'id' = ${id}`,
      ),
  }
}
