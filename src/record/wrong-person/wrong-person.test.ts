import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compileScope, inScope, rulesOf, settingsOf } from '../../access/index.ts'
import { signIn } from '../../testing/http.ts'
import { aReportingPlace } from '../../testing/reporting-place.ts'
import { allViews, tableName } from '../views/index.ts'

let place: Awaited<ReturnType<typeof aReportingPlace>>
beforeAll(async () => {
  place = await aReportingPlace()
})
afterAll(() => place.close())

describe('a result that is about somebody else', () => {
  test('is offered for reporting beside it, and gone with the report', async () => {
    const item = await place.aResult()
    const results = `/people/${item.ref}/results/${item.name.toLowerCase().replace(' ', '-')}`
    expect((await place.open('gp', results)).text).toContain(
      `/people/${item.ref}/not-theirs?items=${item.id}`,
    )
    const form = await place.open('gp', `/people/${item.ref}/not-theirs?items=${item.id}`)
    expect(form.text).toContain(`Result: ${item.name}`)

    await place.reported(item)
    expect((await place.open('gp', results)).status).toBe(404)
    const summary = await place.open('community-nurse', `/people/${item.ref}`)
    expect(summary.text).not.toContain(item.name)
    expect(summary.text).toContain('1 item from Hospital has been withdrawn while its owner is checked')
    expect(await place.events('item reported', item.id)).toEqual([
      { payload: expect.objectContaining({ source: 'rfr-hospital' }) },
    ])
    await place.decide('data-quality-officer', await place.latest(item.id), 'restore')
    expect((await place.open('gp', results)).text).toContain(item.name)
    expect((await place.open('gp', `/people/${item.ref}`)).text).not.toContain('has been withdrawn')
  })

  test('needs a reason, and an item that its reader is shown', async () => {
    const item = await place.aResult()
    const path = `/people/${item.ref}/not-theirs`
    const short = await place.send('gp', path, { items: item.id, item: `Observation/${item.id}`, why: 'no' })
    expect([short.status, short.text]).toEqual([
      422,
      expect.stringContaining('Say in a few words how you can tell'),
    ])
    const unknown = await place.send('gp', path, {
      items: 'x',
      item: 'Observation/x',
      why: 'It says somebody else',
    })
    expect(unknown.status).toBe(404)
    const patient = await place.send('gp', path, {
      items: '',
      item: `Patient/${item.patient}`,
      why: 'It says somebody else',
    })
    expect(patient.status).toBe(404)
  })

  test('stays hidden when its source sends it again', async () => {
    const item = await place.aResult()
    await place.reported(item)
    const again = await place.fhir(`/Observation/${item.id}`, {
      method: 'PUT',
      body: JSON.stringify({ ...item.body, valueQuantity: { value: 5.2, unit: 'mmol/L' } }),
    })
    expect([again.status, again.headers.get('etag')]).toEqual([200, 'W/"2"'])
    expect((await place.fhir(`/Observation/${item.id}`)).status).toBe(404)
    expect((await place.open('gp', `/people/${item.ref}/results`)).text).not.toContain(item.name)
    await place.decide('data-quality-officer', await place.latest(item.id), 'restore')
    const back = await place.fhir(`/Observation/${item.id}`)
    expect([back.status, await back.text()]).toEqual([200, expect.stringContaining('5.2')])
  })

  test('does not come back under another id when its source creates it once more by its number', async () => {
    const item = await place.aResult()
    const identifier = [{ system: 'https://lab.example/number', value: item.id }]
    const { id: _, ...body } = { ...item.body, identifier }
    const create = async () => {
      const answer = await place.fhir('/Observation', {
        method: 'POST',
        headers: { 'if-none-exist': `identifier=https://lab.example/number|${item.id}` },
        body: JSON.stringify(body),
      })
      return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
    }
    await place.fhir(`/Observation/${item.id}`, {
      method: 'PUT',
      body: JSON.stringify({ ...item.body, identifier }),
    })
    expect(await create()).toMatchObject({ status: 200, text: expect.stringContaining(item.name) })
    const report = await place.reported(item)
    const again = await create()
    expect([again.status, again.location]).toEqual([
      200,
      expect.stringContaining(`/Observation/${item.id}/_history/2`),
    ])
    // Nor is it told what is hidden.
    expect(again.text).not.toContain(item.name)
    expect((await place.open('gp', `/people/${item.ref}/results`)).text).not.toContain(item.name)

    const trevor = await place.fileOf('trevor-sykes')
    expect((await place.decide('data-quality-officer', report, 'move', { to: trevor.ref })).status).toBe(303)
    expect((await create()).location).toContain(`/Observation/${item.id}/_history/3`)
    expect((await place.open('gp', `/people/${item.ref}/results`)).text).not.toContain(item.name)
  })

  test('says whom it had reached', async () => {
    const item = await place.aResult()
    await place.fhir(`/Observation/${item.id}`)
    await place.open('community-nurse', `/people/${item.ref}/print`)
    const { report } = await place.reported(item)
    const { text } = await place.open('data-quality-officer', `/wrong-person/${report}`)
    expect(text).toMatch(/Jo Hartley[\s\S]*Opened the summary to print[\s\S]*May have/)
    expect(text).toMatch(/Read an item through the FHIR API[\s\S]*<strong>Yes/)
    await place.decide('data-quality-officer', await place.latest(item.id), 'restore')
  })
})

test('an allergy or an alert, which stand on the summary alone, can be reported there', async () => {
  const { ref } = await place.fileOf('margaret-ashworth')
  const { text } = await place.open('gp', `/people/${ref}`)
  const items = await place.ask(sql<{ id: string }>`
    select v.resource_id as id from record.v_allergy v where people.ref_of(person_key) = ${ref}
    union all select v.resource_id from record.v_flag v where people.ref_of(person_key) = ${ref} and v.status = 'active' and v.ended_at is null`)
  expect(items.length).toBeGreaterThan(3)
  for (const { id } of items) expect(text, id).toContain(id)
})

describe('moving it', () => {
  test('writes a version in the right person’s record, and leaves nothing in the wrong one', async () => {
    const item = await place.aResult()
    const open1 = await place.reported(item)
    const trevor = await place.fileOf('trevor-sykes')
    const [day = '', month = '', year = ''] = trevor.born.split('-').reverse()
    const whom = await place.send('data-quality-officer', `/wrong-person/${open1.report}/whom`, {
      nhsNumber: place.numbers.get('trevor-sykes') ?? '',
      day,
      month,
      year,
    })
    expect(whom.text).toContain('SYKES, Trevor')
    expect(whom.text).toContain(`value="${trevor.ref}"`)
    expect((await place.decide('data-quality-officer', open1, 'move', { to: trevor.ref })).status).toBe(303)

    const moved = JSON.parse(await (await place.fhir(`/Observation/${item.id}`)).text())
    expect([moved.subject, moved.meta.versionId]).toEqual([{ reference: `Patient/${trevor.patient}` }, '2'])
    const rows = await place.ask(sql`
      select person_key, version, sensitivity, source from record.resource where id = ${item.id}`)
    expect(rows).toEqual([
      { person_key: trevor.person_key, version: 2, sensitivity: 'normal', source: 'rfr-hospital' },
    ])
    expect(
      await place.ask(sql`select person_key, title from record.v_observation where resource_id = ${item.id}`),
    ).toEqual([{ person_key: trevor.person_key, title: item.name }])
    expect((await place.open('gp', `/people/${item.ref}/results`)).text).not.toContain(item.name)
    expect((await place.open('gp', `/people/${item.ref}`)).text).not.toContain('has been withdrawn')
    const history = JSON.parse(await (await place.fhir(`/Observation/${item.id}/_history`)).text())
    expect(history.total).toBe(1)
    const done = await place.open('data-quality-officer', `/wrong-person/${open1.report}`)
    expect(done.text).toMatch(/Moved[\s\S]*Grace Holroyd: The laboratory looked it up/)
    expect(await place.events('item moved', item.id)).toHaveLength(1)
    // Its source still has it about the wrong person: that is refused, with a reason that names the place.
    const stale = await place.fhir(`/Observation/${item.id}`, {
      method: 'PUT',
      body: JSON.stringify(item.body),
    })
    expect([stale.status, await stale.text()]).toEqual([422, expect.stringContaining('another person')])
    const mended = { ...item.body, subject: { reference: `Patient/${trevor.patient}` } }
    expect(
      (await place.fhir(`/Observation/${item.id}`, { method: 'PUT', body: JSON.stringify(mended) })).status,
    ).toBe(200)
  })

  test('takes the relationships along that an admission made', async () => {
    const margaret = await place.fileOf('margaret-ashworth')
    const trevor = await place.fileOf('trevor-sykes')
    const body = {
      resourceType: 'Encounter',
      id: 'wrong-stay',
      status: 'in-progress',
      class: { code: 'IMP' },
      subject: { reference: `Patient/${margaret.patient}` },
      period: { start: '2026-11-19T10:00:00Z' },
      location: [
        {
          location: { identifier: { system: 'https://golden-thread.example/Id/location', value: 'RFR/A5' } },
        },
      ],
    }
    expect(
      (await place.fhir('/Encounter/wrong-stay', { method: 'PUT', body: JSON.stringify(body) })).status,
    ).toBe(201)
    await place.send('gp', `/people/${margaret.ref}/not-theirs`, {
      items: 'wrong-stay',
      item: 'Encounter/wrong-stay',
      why: 'She is at home, I have just seen her',
    })
    expect(
      (await place.decide('privacy-officer', await place.latest('wrong-stay'), 'move', { to: trevor.ref }))
        .status,
    ).toBe(303)
    const bonds = await place.ask(sql<{ person_key: string }>`
      select distinct r.origin as person_key from access.reach r where r.basis = 'Encounter/wrong-stay#0' and r.principal = 'rfr-ward-a5'`)
    expect(bonds).toEqual([{ person_key: trevor.person_key }])
  })
})

test('each of the two walls hides it alone', async () => {
  const item = await place.aResult()
  const gp = place.app.place.demoStaff.find(({ id }) => id === 'demo-gp')
  if (!gp) throw new Error('The demonstration has a GP')
  const actor = { ...gp, kind: 'staff' as const }
  const { place: rotherham } = place.app
  const scope = compileScope(actor, 'direct care', rulesOf(rotherham), rotherham.sources, place.clock.now())
  const titles = async (
    run: (query: ReturnType<typeof sql<{ title: string }>>) => Promise<{ title: string }[]>,
    wall: typeof admitted,
  ) =>
    (
      await run(sql`select v.title from record.v_observation v where v.resource_id = ${item.id} and ${wall}`)
    ).map(({ title }) => title)
  const admitted = inScope(scope, 'v', sql<boolean>`true`)
  const scopeAlone = () => titles(place.ask, admitted)
  const policiesAlone = () =>
    titles(
      (query) =>
        place.app.database.transaction(
          'record',
          settingsOf(actor, scope),
          async (db) => (await query.execute(db)).rows,
        ),
      sql<boolean>`true`,
    )
  expect([await scopeAlone(), await policiesAlone()]).toEqual([[item.name], [item.name]])
  await place.reported(item)
  expect([await scopeAlone(), await policiesAlone()]).toEqual([[], []])
})

test('only who holds it puts right, and the worklist shows the oldest first with its age', async () => {
  expect((await place.open('gp', '/wrong-person')).status).toBe(403)
  const item = await place.aResult()
  await place.reported(item)
  place.clock.set('2026-11-22T09:00:00Z')
  place.cookies.set('data-quality-officer', await signIn(place.app.base, 'demo-data-quality-officer'))
  const { text } = await place.open('data-quality-officer', '/wrong-person')
  expect(text).toContain('Dr Priya Nair: The request form names somebody else')
  expect(text).toContain('2 days ago')
})

test('every table that holds rows of an item is hidden with it', async () => {
  for (const view of allViews) {
    const tables = await place.ask(sql<{ target: string }>`
      select target::text from record.tables_of(${view.resource})`)
    const named = tables.map(({ target }) => target)
    expect(named).toEqual(expect.arrayContaining([`record.${tableName(view)}`, 'record.timeline_event']))
  }
  const guarded = await place.ask(sql<{ table: string }>`
    select p.polrelid::regclass::text as table from pg_policy p where p.polname = 'in_scope'
      and not exists (select from pg_policy q where q.polrelid = p.polrelid and q.polname = 'not_reported' and not q.polpermissive)`)
  expect(guarded).toEqual([])
})
