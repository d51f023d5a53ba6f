import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../../testing/http.ts'
import { type SendingPlace, sendingPlace } from '../../testing/sending-place.ts'
import { aFile } from './a-file.ts'

let place: SendingPlace
beforeAll(async () => {
  place = await sendingPlace()
})
afterAll(() => place.close())

describe('accepting', () => {
  test('what is unusual must be looked at twice', async () => {
    const many = Array.from({ length: 10 }, (_, n) => ({
      person_id: `P${n}`,
      nhs_number: '',
      family_name: `Child${n}`,
    }))
    await place.acceptAndApply(await place.send('children', 'children-send', aFile('children-send', many)))
    const cut = many.slice(0, 3).map((each) => ({ ...each, extract_date: '2026-10-08' }))
    const sent = await place.send('children', 'children-send', aFile('children-send', cut))
    expect(sent.lookTwice).toEqual(['7 of 10 that are held now would end. Is this the whole list?'])
    const first = await place.decide(sent.id, 'accept')
    expect([first.status, first.text.includes('Tick the box')]).toEqual([422, true])
    expect((await place.decide(sent.id, 'accept', { sure: 'yes' })).status).toBe(303)
    await place.applied(sent.id)
    const [{ n } = { n: 0 }] = await place.asOwner(
      sql<{
        n: number
      }>`select count(*) as n from record.v_episode where status = 'finished' and source = 'rmbc-children'`,
    )
    expect(n).toBe(7)
  })

  test('a comparison that is out of date is made again', async () => {
    const one = await place.send(
      'council',
      'adult-social-care',
      aFile('adult-social-care', [{ event_reference: 'A1', la_person_id: 'a', nhs_number: '' }]),
    )
    const other = await place.send(
      'council',
      'adult-social-care',
      aFile('adult-social-care', [{ event_reference: 'A2', la_person_id: 'a', nhs_number: '' }]),
    )
    await place.acceptAndApply(one)
    expect((await place.decide(other.id, 'accept', { sure: 'yes' })).location).toBe(
      `/files/received/${other.id}?again=yes`,
    )
    expect((await place.decide(other.id, 'accept', { sure: 'yes' })).location).toBe(
      `/files/received/${other.id}`,
    )
    expect((await place.decide(other.id, 'reject', { why: 'too late' })).status).toBe(422)
    await place.applied(other.id)
  })

  test('is for the organisation whose file it is', async () => {
    const hospital = await signIn(place.app.base, 'demo-data-officer-hospital')
    const sent = await place.send(
      'children',
      'children-send',
      aFile('children-send', [{ person_id: 'Z', nhs_number: '', extract_date: '2026-11-01' }]),
    )
    for (const path of [
      `/files/received/${sent.id}`,
      `/files/received/${sent.id}/added`,
      `/files/received/${sent.id}/refused.csv`,
    ])
      expect((await place.look(path, hospital)).status, path).toBe(404)
    expect((await place.decide(sent.id, 'accept', { sure: 'yes' }, hospital)).status).toBe(404)
    expect((await place.look('/files', hospital)).text).not.toContain(sent.id)
    expect((await place.look('/files')).text).toContain(sent.id)
    const nurse = await signIn(place.app.base, 'demo-community-nurse')
    expect((await place.look('/files', nurse)).status).toBe(403)
    expect((await place.decide(sent.id, 'reject')).text).toContain('Say why the file is rejected')
    expect((await place.decide(sent.id, 'reject', { why: 'A test' })).status).toBe(303)
    expect((await place.look(`/files/received/${sent.id}`)).text).toContain('A test')
  })
})

test('a file within the limits accepts itself where the place says so, and a nurse sees the caseload', async () => {
  const sent = await place.send(
    'community',
    'caseloads',
    aFile('caseloads', [
      { nhs_number: '9990000107', family_name: 'Hobson', given_name: 'Joan', date_of_birth: '1944-04-04' },
    ]),
  )
  expect(sent.state).toBe('accepted')
  await place.applied(sent.id)
  const nurse = await signIn(place.app.base, 'demo-community-nurse')
  const [{ ref } = { ref: '' }] = await place.asOwner(
    sql<{
      ref: string
    }>`select people.ref_of(person_key) as ref from people.demographic where nhs_number = '9990000107'`,
  )
  const page = await place.look(`/people/${ref}`, nurse)
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
  const put = await fetch(`${place.app.base}/fhir/Patient/${patient.id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${place.tokens['practice']}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify(patient),
  })
  expect(put.status).toBe(201)
  const rows = [
    { nhs_number: '9990000115', family_name: 'Ownsystem', given_name: 'Ann', date_of_birth: '1970-01-01' },
    { nhs_number: '9990000123', family_name: 'Listed', given_name: 'Bob', date_of_birth: '1971-01-01' },
  ]
  const sent = await place.send('practice', 'gp-registrations', aFile('gp-registrations', rows))
  expect(sent.counts).toMatchObject({ added: 2 })
  const manager = await signIn(place.app.base, 'demo-data-officer-practice')
  expect((await place.decide(sent.id, 'accept', {}, manager)).status).toBe(303)
  await place.applied(sent.id)
  const practice = [
    { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'ZP001' } },
  ]
  // What its own system said of somebody stays as it was, but for the registration.
  const theirs = await place.kept('Patient', '9990000115')
  expect(theirs).toMatchObject([{ id: patient.id, telecom: patient.telecom, generalPractitioner: practice }])
  expect(theirs[0]).not.toHaveProperty('address')
  expect(await place.kept('Patient', '9990000123')).toMatchObject([
    { address: [{ line: ['9 Mill Lane', 'Rotherham'] }], generalPractitioner: practice },
  ])

  const next = await place.send(
    'practice',
    'gp-registrations',
    aFile(
      'gp-registrations',
      rows.slice(0, 1).map((row) => ({ ...row, extract_date: '2026-10-09' })),
    ),
  )
  expect(next.counts).toMatchObject({ unchanged: 1, ended: 1 })
  expect((await place.decide(next.id, 'accept', { sure: 'yes' }, manager)).status).toBe(303)
  await place.applied(next.id)
  expect((await place.kept('Patient', '9990000123'))[0]).not.toHaveProperty('generalPractitioner')
})
