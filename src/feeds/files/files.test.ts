import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SendingPlace, sendingPlace } from '../../testing/sending-place.ts'
import { aFile } from './a-file.ts'

let place: SendingPlace
beforeAll(async () => {
  place = await sendingPlace()
})
afterAll(() => place.close())

describe('a file that a system sends', () => {
  test('is checked, waits for somebody, and then becomes the record, with its relationships', async () => {
    const margaret = {
      nhs_number: '9990000026',
      family_name: 'Oldroyd',
      given_name: 'Vera',
      date_of_birth: '1938-02-01',
    }
    const sent = await place.send('council', 'care-home-residents', aFile('care-home-residents', [margaret]))
    expect([sent.status, sent.state]).toEqual([201, 'checked'])
    expect(sent.counts).toMatchObject({ lines: 1, added: 1, refused: 0, ended: 0 })
    expect(await place.kept('EpisodeOfCare', '9990000026')).toEqual([])

    const page = await place.look(`/files/received/${sent.id}`)
    expect(page.text).toContain('To accept')
    expect((await place.look(`/files/received/${sent.id}/added`)).text).toContain('Vera Oldroyd')
    await place.acceptAndApply(sent)

    const [stay] = await place.kept('EpisodeOfCare', '9990000026')
    expect(stay).toMatchObject({
      status: 'active',
      type: [{ text: 'Care home: permanent stay at Wickersley Lodge' }],
      period: { start: '2026-03-01' },
      team: [{ identifier: { value: 'zch01-home' } }],
    })
    const [patient] = await place.kept('Patient', '9990000026')
    expect(patient).toMatchObject({ birthDate: '1938-02-01', address: [{ postalCode: 'S66 1AA' }] })
    const bonds = await place.asOwner(
      sql<{
        principal: string
      }>`select principal from access.relationship where kind = 'open episode' and principal = 'zch01-home'`,
    )
    expect(bonds).toHaveLength(1)
    const audited = await place.asOwner(
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
    const first = await place.send('council', 'care-home-residents', file)
    const second = await place.send('council', 'care-home-residents', file)
    expect([second.status, second.state, second.id]).toEqual([200, 'repeat', first.id])
    await place.decide(first.id, 'reject', { why: 'only a test' })
    // What was turned away may be sent again.
    expect((await place.send('council', 'care-home-residents', file)).state).toBe('checked')
  })

  test('a file that cannot be used as a whole is kept and refused, each fault in words', async () => {
    const sent = await place.send(
      'council',
      'care-home-residents',
      'Home code,Extract date,Favourite colour\nZCH01,2026-10-01,red\n',
    )
    expect([sent.status, sent.state]).toEqual([422, 'refused'])
    expect(sent.faults).toContainEqual({
      place: 'NHS number',
      words: 'The file has no column “NHS number”',
    })
    expect((await place.look(`/files/received/${sent.id}`)).text).toContain('Nothing of this file was used')
  })

  test('another sender cannot send it, nor a system that sends no files', async () => {
    expect(
      (await place.send('practice', 'care-home-residents', aFile('care-home-residents', [{}]))).status,
    ).toBe(404)
    expect((await place.send('council', 'no-such-set', 'a')).status).toBe(404)
    const empty = await place.send('council', 'care-home-residents', '')
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
    const sent = await place.send('council', 'care-home-residents', aFile('care-home-residents', people))
    expect(sent.counts).toMatchObject({ added: 1, refused: 2 })
    expect(sent.refusedLines).toEqual([
      { line: 3, column: 'NHS number', words: expect.stringContaining('“9990000043” is no NHS number') },
      {
        line: 4,
        column: 'Moved in',
        words: expect.stringContaining('“31/02/2026” is not a date: write it as'),
      },
    ])
    await place.acceptAndApply(sent)
    expect((await place.look('/files/quarantine')).text).toContain('Not a valid NHS number')
    const sheet = await place.look(`/files/received/${sent.id}/refused.csv`)
    expect(sheet.text.split('\r\n')).toHaveLength(4)

    // The list of the day after says both rightly: nothing is left in quarantine, and whoever is not in it has ended.
    const mended = [
      { ...people[1], nhs_number: '9990000050' },
      { ...people[2], moved_in: '28/02/2026' },
    ].map((each) => ({ ...each, extract_date: '2026-10-02' }))
    const next = await place.send('council', 'care-home-residents', aFile('care-home-residents', mended))
    await place.acceptAndApply(next)
    expect((await place.look('/files/quarantine')).text).toContain('No line is in quarantine')
    const [left] = await place.kept('EpisodeOfCare', '9990000042')
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
    await place.acceptAndApply(
      await place.send('council', 'adult-social-care', aFile('adult-social-care', [service])),
    )
    const later = { period_start: '2026-10-01', period_end: '2026-12-31', event_start_date: '2026-10-05' }
    const sent = await place.send(
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
    await place.acceptAndApply(sent)
    const states = await place.asOwner(sql<{ line: number; state: string; reason: string | null }>`
      select line, state, reason from feeds.extract_line_state where extract_id = ${sent.id} order by line`)
    expect(states).toEqual([
      { line: 2, state: 'applied', reason: null },
      { line: 3, state: 'quarantined', reason: 'unknown person' },
      { line: 4, state: 'quarantined', reason: 'another person' },
    ])
  })
})
