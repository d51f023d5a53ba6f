import type { Bundle, CapabilityStatement, OperationOutcome } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../platform/index.ts'
import { testApp } from '../../testing/app.ts'
import { systemToken } from '../../testing/http.ts'
import { fillSearch } from './fill.job.ts'
import { readyAgain } from './ready.ts'

let app: Awaited<ReturnType<typeof testApp>>
let token: string
beforeAll(async () => {
  app = await testApp()
  token = await systemToken(app.base, 'demo-hospital', 'demo-hospital-secret')
})
afterAll(() => app.close())

const ask = (path: string, method = 'GET', body?: object) =>
  fetch(`${app.base}/fhir${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/fhir+json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })

test('what can be searched is what is said to be', async () => {
  const statement = (await (await ask('/metadata')).json()) as CapabilityStatement
  const resources = statement.rest?.[0]?.resource ?? []
  const observation = resources.find(({ type }) => type === 'Observation')
  expect(observation?.searchParam).toContainEqual({ name: 'value-quantity', type: 'quantity' })
  expect(observation?.searchInclude).toContain('Observation:subject')
  expect(resources.find(({ type }) => type === 'Patient')?.searchRevInclude).toContain('Observation:patient')
  for (const { type, searchParam = [] } of resources.filter(({ searchParam }) => searchParam)) {
    for (const { name, type: kind } of searchParam) {
      const value = kind === 'date' ? '2026' : kind === 'quantity' ? '1' : 'x'
      const answer = await ask(`/${type}?_id=none&${name}=${value}`)
      expect(answer.status, `${type} ${name} ${await answer.text()}`).toBe(200)
    }
  }
})

test('what was kept before it could be searched is filled in by a job, and not searched wrongly meanwhile', async () => {
  const identifier = [{ system: 'https://golden-thread.example/Id/test', value: 'H-1' }]
  await ask('/Patient/ann', 'PUT', { resourceType: 'Patient', id: 'ann', identifier })
  const stay = { resourceType: 'Encounter', id: 'stay', status: 'finished', class: { code: 'IMP' } }
  const kept = await ask('/Encounter/stay', 'PUT', { ...stay, subject: { reference: 'Patient/ann' } })
  expect(kept.status, await kept.text()).toBe(201)
  await ask('/Practitioner/dr', 'PUT', {
    resourceType: 'Practitioner',
    id: 'dr',
    name: [{ family: 'Jones' }],
  })
  const owner = openDatabase(app.ownerUrl, 1)
  await owner.transaction('owner', {}, async (db) => {
    await sql`update record.resource set search = null where type = 'Encounter'`.execute(db)
    await sql`update record.reference_resource set search = null`.execute(db)
  })
  await owner.close()
  readyAgain()
  for (const path of [
    '/Encounter?class=IMP',
    '/Patient?_revinclude=Encounter:patient',
    '/Practitioner?name=jones',
  ]) {
    const waiting = await ask(path)
    expect([waiting.status, ((await waiting.json()) as OperationOutcome).issue[0]?.code]).toEqual([
      503,
      'transient',
    ])
  }
  const fill = () =>
    app.database.transaction('record', { 'gt.actor': 'job:fill-search' }, (db) =>
      fillSearch.run({ db, now: new Date(0), input: {}, shown: () => undefined }),
    )
  await fill()
  await fill()
  expect(((await (await ask('/Encounter?class=IMP')).json()) as Bundle).total).toBe(1)
  expect(((await (await ask('/Practitioner?name=jones')).json()) as Bundle).total).toBe(1)
})

test('nobody but that job reads or writes what it fills in', async () => {
  const as = app.database.transaction('record', { 'gt.actor': 'demo-gp' }, (db) =>
    sql`select * from record.rows_to_fill(1)`.execute(db),
  )
  await expect(as).rejects.toThrow('only the job')
})
