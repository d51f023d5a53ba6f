import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../platform/index.ts'
import { type TestApp, testApp } from '../../testing/app.ts'
import { signIn, systemToken } from '../../testing/http.ts'
import { aFile } from './a-file.ts'

let app: TestApp
let owner: Database
let officer: string
let hospitalOfficer: string
const tokens: Record<string, string> = {}
beforeAll(async () => {
  app = await testApp()
  owner = openDatabase(app.ownerUrl, 2)
  officer = await signIn(app.base, 'demo-data-officer')
  hospitalOfficer = await signIn(app.base, 'demo-data-officer-hospital')
  for (const name of ['council', 'children', 'community', 'hospice', 'practice'])
    tokens[name] = await systemToken(app.base, `demo-${name}`, `demo-${name}-secret`)
})
afterAll(async () => {
  await owner.close()
  await app.close()
})

type Sent = {
  status: number
  id: string
  state: string
  link: string
  counts: Record<string, number>
  lookTwice: string[]
  faults: { place: string; words: string }[]
  refusedLines: { line: number; column: string; words: string }[]
}

async function send(by: string, set: string, body: string): Promise<Sent> {
  const answer = await fetch(`${app.base}/files/${set}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[by]}`, 'content-type': 'text/csv' },
    body,
  })
  return { ...((await answer.json()) as object), status: answer.status } as Sent
}

async function look(path: string, cookie = officer): Promise<{ status: number; text: string }> {
  const answer = await fetch(app.base + path, { headers: { cookie }, redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}

async function decide(
  id: string,
  what: 'accept' | 'reject',
  fields: Record<string, string> = {},
  cookie = officer,
) {
  const answer = await fetch(`${app.base}/files/received/${id}/${what}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
    redirect: 'manual',
  })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}

const asOwner = <Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
  owner.transaction('owner', {}, async (db) => (await query.execute(db)).rows)

async function applied(id: string): Promise<void> {
  await expect
    .poll(
      async () =>
        (
          await asOwner(
            sql<{
              state: string
            }>`select state from feeds.extract_state where extract_id = ${id} order by id desc limit 1`,
          )
        )[0]?.state,
      { timeout: 20_000, interval: 100 },
    )
    .toBe('applied')
}

/** What the record holds of one type from a source, by NHS number of whom it is about. */
async function kept(type: string, nhsNumber: string): Promise<Record<string, unknown>[]> {
  const rows = await asOwner(sql<{ body: string }>`
    select r.body from record.resource r join people.demographic d using (person_key)
    where r.type = ${type} and d.nhs_number = ${nhsNumber} order by r.source, r.id`)
  return rows.map((row) => JSON.parse(row.body))
}

async function acceptAndApply(sent: Sent): Promise<void> {
  expect(sent.state).toBe('checked')
  const answer = await decide(sent.id, 'accept', { sure: 'yes' })
  expect([answer.status, answer.location]).toEqual([303, `/files/received/${sent.id}`])
  await applied(sent.id)
}

describe('a file that a system sends', () => {
  test('is checked, waits for somebody, and then becomes the record, with its relationships', async () => {
    const margaret = {
      nhs_number: '9990000026',
      family_name: 'Oldroyd',
      given_name: 'Vera',
      date_of_birth: '1938-02-01',
    }
    const sent = await send('council', 'care-home-residents', aFile('care-home-residents', [margaret]))
    expect([sent.status, sent.state]).toEqual([201, 'checked'])
    expect(sent.counts).toMatchObject({ lines: 1, added: 1, refused: 0, ended: 0 })
    expect(await kept('EpisodeOfCare', '9990000026')).toEqual([])

    const page = await look(`/files/received/${sent.id}`)
    expect(page.text).toContain('To accept')
    expect((await look(`/files/received/${sent.id}/added`)).text).toContain('Vera Oldroyd')
    await acceptAndApply(sent)

    const [stay] = await kept('EpisodeOfCare', '9990000026')
    expect(stay).toMatchObject({
      status: 'active',
      type: [{ text: 'Care home: permanent stay at Wickersley Lodge' }],
      period: { start: '2026-03-01' },
      team: [{ identifier: { value: 'zch01-home' } }],
    })
    const [patient] = await kept('Patient', '9990000026')
    expect(patient).toMatchObject({ birthDate: '1938-02-01', address: [{ postalCode: 'S66 1AA' }] })
    const bonds = await asOwner(
      sql<{
        principal: string
      }>`select principal from access.relationship where kind = 'open episode' and principal = 'zch01-home'`,
    )
    expect(bonds).toHaveLength(1)
    const audited = await asOwner(
      sql<{
        n: number
      }>`select count(*) as n from access.audit where action = 'files.apply' and person_key is not null`,
    )
    expect(audited[0]?.n).toBe(1)
  })

  test('the same bytes again are recognised', async () => {
    const file = aFile('care-home-residents', [
      { nhs_number: '9990000034', resident_id: '77', family_name: 'Twice' },
    ])
    const first = await send('council', 'care-home-residents', file)
    const second = await send('council', 'care-home-residents', file)
    expect([second.status, second.state, second.id]).toEqual([200, 'repeat', first.id])
    await decide(first.id, 'reject', { why: 'only a test' })
    // What was turned away may be sent again.
    expect((await send('council', 'care-home-residents', file)).state).toBe('checked')
  })

  test('a file that cannot be used as a whole is kept and refused, each fault in words', async () => {
    const sent = await send(
      'council',
      'care-home-residents',
      'Home code,Extract date,Favourite colour\nZCH01,2026-10-01,red\n',
    )
    expect([sent.status, sent.state]).toEqual([422, 'refused'])
    expect(sent.faults).toContainEqual({
      place: 'NHS number',
      words: 'The file has no column “NHS number”. It has “Favourite colour”, which this set does not know',
    })
    expect((await look(`/files/received/${sent.id}`)).text).toContain('Nothing of this file was used')
  })

  test('another sender cannot send it, nor a system that sends no files', async () => {
    expect((await send('practice', 'care-home-residents', aFile('care-home-residents', [{}]))).status).toBe(
      404,
    )
    expect((await send('council', 'no-such-set', 'a')).status).toBe(404)
    const empty = await send('council', 'care-home-residents', '')
    expect([empty.status, empty.state]).toEqual([400, undefined])
  })
})

describe('lines that cannot be used', () => {
  test('are told with line and column, kept in quarantine, exported, and settled by the next file', async () => {
    const people = [
      { nhs_number: '9990000042', resident_id: '1', home_code: 'ZCH02', family_name: '=HYPERLINK("x")' },
      { nhs_number: '9990000043', resident_id: '2', home_code: 'ZCH02' },
      { nhs_number: '9990000069', resident_id: '3', home_code: 'ZCH02', moved_in: '31/02/2026' },
    ]
    const sent = await send('council', 'care-home-residents', aFile('care-home-residents', people))
    expect(sent.counts).toMatchObject({ added: 1, refused: 2 })
    expect(sent.refusedLines).toEqual([
      { line: 3, column: 'NHS number', words: expect.stringContaining('“9990000043” is no NHS number') },
      {
        line: 4,
        column: 'Moved in',
        words: expect.stringContaining('“31/02/2026” is not a date: write it as'),
      },
    ])
    await acceptAndApply(sent)
    expect((await look('/files/quarantine')).text).toContain('Not a valid NHS number')
    const sheet = await look(`/files/received/${sent.id}/refused.csv`)
    expect(sheet.text.split('\r\n')).toHaveLength(4)

    // The list of the day after says both rightly: nothing is left in quarantine, and whoever is not in it has ended.
    const mended = [
      { ...people[1], nhs_number: '9990000050' },
      { ...people[2], moved_in: '28/02/2026' },
    ].map((each) => ({ ...each, extract_date: '2026-10-02' }))
    const next = await send('council', 'care-home-residents', aFile('care-home-residents', mended))
    await acceptAndApply(next)
    expect((await look('/files/quarantine')).text).toContain('No line is in quarantine')
    const [left] = await kept('EpisodeOfCare', '9990000042')
    expect(left).toMatchObject({ status: 'finished', period: { end: '2026-10-02' } })
  })

  test('an unknown person, and a number that is somebody else’s', async () => {
    const service = {
      la_person_id: '900',
      event_reference: 'Q1',
      nhs_number: '9990000077',
      family_name: 'Known',
      date_of_birth: '1950-01-01',
    }
    await acceptAndApply(await send('council', 'adult-social-care', aFile('adult-social-care', [service])))
    const later = { period_start: '2026-10-01', period_end: '2026-12-31', event_start_date: '2026-10-05' }
    const sent = await send(
      'council',
      'adult-social-care',
      aFile('adult-social-care', [
        { ...service, ...later, event_reference: 'Q2', family_name: '' },
        { ...later, la_person_id: '901', event_reference: 'Q3', nhs_number: '9990000085', family_name: '' },
        {
          ...later,
          la_person_id: '900',
          event_reference: 'Q4',
          nhs_number: '9990000093',
          family_name: 'Other',
          given_name: 'Some',
          date_of_birth: '1950-01-01',
        },
      ]),
    )
    expect(sent.counts).toMatchObject({ added: 3 })
    await acceptAndApply(sent)
    const states = await asOwner(sql<{ line: number; state: string; reason: string | null }>`
      select line, state, reason from feeds.extract_line_state where extract_id = ${sent.id} order by line`)
    expect(states).toEqual([
      { line: 2, state: 'applied', reason: null },
      { line: 3, state: 'quarantined', reason: 'unknown person' },
      { line: 4, state: 'quarantined', reason: 'another person' },
    ])
  })
})

describe('accepting', () => {
  test('what is unusual must be looked at twice', async () => {
    const many = Array.from({ length: 10 }, (_, n) => ({
      person_id: `P${n}`,
      nhs_number: '',
      family_name: `Child${n}`,
    }))
    await acceptAndApply(await send('children', 'children-send', aFile('children-send', many)))
    const cut = many.slice(0, 3).map((each) => ({ ...each, extract_date: '2026-10-08' }))
    const sent = await send('children', 'children-send', aFile('children-send', cut))
    expect(sent.lookTwice).toEqual(['7 of 10 that are held now would end. Is this the whole list?'])
    const first = await decide(sent.id, 'accept')
    expect([first.status, first.text.includes('Tick the box')]).toEqual([422, true])
    expect((await decide(sent.id, 'accept', { sure: 'yes' })).status).toBe(303)
    await applied(sent.id)
    const [{ n } = { n: 0 }] = await asOwner(
      sql<{
        n: number
      }>`select count(*) as n from record.v_episode where status = 'finished' and source = 'rmbc-children'`,
    )
    expect(n).toBe(7)
  })

  test('a comparison that is out of date is made again', async () => {
    const one = await send(
      'council',
      'adult-social-care',
      aFile('adult-social-care', [{ event_reference: 'A1', la_person_id: 'a', nhs_number: '' }]),
    )
    const other = await send(
      'council',
      'adult-social-care',
      aFile('adult-social-care', [{ event_reference: 'A2', la_person_id: 'a', nhs_number: '' }]),
    )
    await acceptAndApply(one)
    expect((await decide(other.id, 'accept', { sure: 'yes' })).location).toBe(
      `/files/received/${other.id}?again=yes`,
    )
    expect((await decide(other.id, 'accept', { sure: 'yes' })).location).toBe(`/files/received/${other.id}`)
    expect((await decide(other.id, 'reject', { why: 'too late' })).status).toBe(422)
    await applied(other.id)
  })

  test('is for the organisation whose file it is', async () => {
    const sent = await send(
      'children',
      'children-send',
      aFile('children-send', [{ person_id: 'Z', nhs_number: '', extract_date: '2026-11-01' }]),
    )
    for (const path of [
      `/files/received/${sent.id}`,
      `/files/received/${sent.id}/added`,
      `/files/received/${sent.id}/refused.csv`,
    ])
      expect((await look(path, hospitalOfficer)).status, path).toBe(404)
    expect((await decide(sent.id, 'accept', { sure: 'yes' }, hospitalOfficer)).status).toBe(404)
    expect((await look('/files', hospitalOfficer)).text).not.toContain(sent.id)
    expect((await look('/files')).text).toContain(sent.id)
    const nurse = await signIn(app.base, 'demo-community-nurse')
    expect((await look('/files', nurse)).status).toBe(403)
    expect((await decide(sent.id, 'reject')).text).toContain('Say why the file is rejected')
    expect((await decide(sent.id, 'reject', { why: 'A test' })).status).toBe(303)
    expect((await look(`/files/received/${sent.id}`)).text).toContain('A test')
  })
})

test('a file within the limits accepts itself where the place says so, and a nurse sees the caseload', async () => {
  const sent = await send(
    'community',
    'caseloads',
    aFile('caseloads', [
      { nhs_number: '9990000107', family_name: 'Hobson', given_name: 'Joan', date_of_birth: '1944-04-04' },
    ]),
  )
  expect(sent.state).toBe('accepted')
  await applied(sent.id)
  const nurse = await signIn(app.base, 'demo-community-nurse')
  const [{ ref } = { ref: '' }] = await asOwner(
    sql<{
      ref: string
    }>`select people.ref_of(person_key) as ref from people.demographic where nhs_number = '9990000107'`,
  )
  const page = await look(`/people/${ref}`, nurse)
  expect([page.status, page.text.includes('HOBSON')]).toEqual([200, true])
})

test('a practice’s list registers people, also those whom its own system sends', async () => {
  const patient = {
    resourceType: 'Patient',
    id: 'from-its-own-system',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000115' }],
    name: [{ family: 'Ownsystem', given: ['Ann'] }],
    birthDate: '1970-01-01',
    telecom: [{ system: 'phone', value: '01709 000000' }],
  }
  const put = await fetch(`${app.base}/fhir/Patient/${patient.id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${tokens['practice']}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify(patient),
  })
  expect(put.status).toBe(201)
  const rows = [
    { nhs_number: '9990000115', family_name: 'Ownsystem', given_name: 'Ann', date_of_birth: '1970-01-01' },
    { nhs_number: '9990000123', family_name: 'Listed', given_name: 'Bob', date_of_birth: '1971-01-01' },
  ]
  const sent = await send('practice', 'gp-registrations', aFile('gp-registrations', rows))
  expect(sent.counts).toMatchObject({ added: 2 })
  const manager = await signIn(app.base, 'demo-data-officer-practice')
  expect((await decide(sent.id, 'accept', {}, manager)).status).toBe(303)
  await applied(sent.id)
  const practice = [
    { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'ZP001' } },
  ]
  // What its own system said of somebody stays as it was, but for the registration.
  const theirs = await kept('Patient', '9990000115')
  expect(theirs).toMatchObject([{ id: patient.id, telecom: patient.telecom, generalPractitioner: practice }])
  expect(theirs[0]).not.toHaveProperty('address')
  expect(await kept('Patient', '9990000123')).toMatchObject([
    { address: [{ line: ['9 Mill Lane', 'Rotherham'] }], generalPractitioner: practice },
  ])

  const next = await send(
    'practice',
    'gp-registrations',
    aFile(
      'gp-registrations',
      rows.slice(0, 1).map((row) => ({ ...row, extract_date: '2026-10-09' })),
    ),
  )
  expect(next.counts).toMatchObject({ unchanged: 1, ended: 1 })
  expect((await decide(next.id, 'accept', { sure: 'yes' }, manager)).status).toBe(303)
  await applied(next.id)
  expect((await kept('Patient', '9990000123'))[0]).not.toHaveProperty('generalPractitioner')
})
