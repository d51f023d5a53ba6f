import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../../../testing/http.ts'
import { anOfficer, type Got, type Officer, words } from '../../../testing/officer.ts'
import { anAdt } from '../../adt/an-adt.ts'

let it: Officer
beforeAll(async () => {
  it = await anOfficer()
})
afterAll(() => it.close())

describe('the quarantine', () => {
  const of = (reason: string) => `/feeds/quarantine/replay?sender=demo-hospital&reason=${reason}`

  test('counts by sender and reason with what to do, and exports the same', async () => {
    await it.told(anAdt('A29', { ...it.somebody(), control: 'Q1' }))
    const text = words(await it.ask('/feeds/quarantine'))
    expect(text).toMatch(/Kind not taken from Hospital Messages of this kind are not taken here yet\./)
    expect((await it.ask('/feeds/quarantine.csv')).text).toMatch(/Kind not taken,Hospital,1,2026-06-16T/)
    expect(words(await it.ask('/feeds/quarantine?sender=unknown'))).not.toMatch(
      /Kind not taken from Hospital/,
    )
  })

  test('what resolved by itself is shown as such', async () => {
    const who = it.somebody()
    await it.told(anAdt('A08', { ...who, control: 'B1', born: '19411314', recorded: '20260612150000' }))
    await it.told(anAdt('A08', { ...who, control: 'B2', recorded: '20260612150500' }))
    expect(await it.stateOf('B1')).toBe('resolved')
    expect(words(await it.ask('/feeds/quarantine'))).toMatch(/Resolved by themselves : [1-9]/)
    expect((await it.ask('/feeds/messages?state=resolved')).text).toContain('>B1<')
  })

  test('all of a reason are replayed together, so many for each request, with progress', async () => {
    const first = it.somebody()
    await it.told(anAdt('A01', { ...first, control: 'TWICE' }))
    for (let count = 0; count < 103; count++)
      await it.told(anAdt('A01', { ...it.somebody(), control: 'TWICE', name: `Many^${count}` }))
    const asked = await it.ask(of('control+id+reused'))
    expect(words(asked)).toContain('103 messages wait for this reason')
    const fields = (page: Got) =>
      Object.fromEntries(
        [...page.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map((match) => [
          match[1] ?? '',
          match[2] ?? '',
        ]),
      )
    const path = '/feeds/quarantine/replay'
    expect((await it.ask(path, { ...fields(asked), why: '' })).status).toBe(422)
    let page = await it.ask(path, { ...fields(asked), why: 'The sender counts anew' })
    let requests = 1
    while (page.text.includes('Go on with the next')) {
      expect(words(page)).toMatch(/\d+ of 103 messages tried/)
      page = await it.ask(path, fields(page))
      requests++
    }
    expect(requests).toBeGreaterThan(1)
    expect(words(page)).toContain('103 of 103 messages tried')
    expect(words(page)).toContain('All of them were applied')
    expect(
      await it.look("select 1 from feeds.message_now where control_id = 'TWICE' and state = 'replayed'"),
    ).toHaveLength(103)
  })
})

describe('feed health', () => {
  test('a sender is late exactly when the records of its source say so', async () => {
    const page = async () => words(await it.ask('/feeds/health'))
    const nurse = await signIn(it.app.base, 'demo-emergency-nurse')
    await it.told(anAdt('A01', { control: 'H1', ward: 'AE^^1^RFR', visit: 'V-HEALTH' }))
    const [row] = await it.look<{ ref: string }>("select ref from people.file where local_value = 'R1400017'")
    const record = async () => words(await it.ask(`/people/${row?.ref}`, undefined, nurse))
    const saysLate = /Hospital .{0,40}Nothing has been received from it since/
    const hours = it.app.place.sources.find(({ id }) => id === 'rfr-hospital')?.lateAfterHours
    for (const [ago, late] of [
      [`${hours} hours`, false],
      [`${hours} hours 1 second`, true],
    ] as const) {
      await it.look(
        `update record.source_heard set last_received_at = $1::timestamptz - $2::interval where source = 'rfr-hospital'`,
        [it.clock.now().toISOString(), ago],
      )
      expect([ago, /Hospital Late/.test(await page())]).toEqual([ago, late])
      expect([ago, saysLate.test(await record())]).toEqual([ago, late])
    }
  })

  test('says what is usual only when that is known, and exports the hours', async () => {
    expect(words(await it.ask('/feeds/health'))).toContain('What is usual: not enough history yet')
    const sheet = await it.ask('/feeds/health.csv')
    expect(sheet.text).toMatch(/Hospital,2026-06-16T12:00:00.000Z,\d+\r\n/)
    expect(sheet.text).toMatch(/Hospital,2026-06-15T13:00:00.000Z,\r\n/)
  })

  test('who is connected', async () => {
    expect(words(await it.ask('/feeds/health'))).toMatch(
      /Connected now 1 connection, 0 waiting for an answer/,
    )
  })
})

test('the list says of each message what its log says last', async () => {
  const differing = await it.look(`
    select m.id from feeds.message m
    join lateral (select * from feeds.message_state s where s.message_id = m.id order by s.id desc limit 1) last on true
    full join feeds.message_now n on n.message_id = m.id
    where (n.state, n.state_id, n.state_at, n.received_at, n.control_id, n.sender)
      is distinct from (last.state, last.id, last.recorded_at, m.received_at, m.control_id, coalesce(m.sender, 'unknown'))`)
  expect(differing).toEqual([])
  expect((await it.look('select 1 from feeds.message_now')).length).toBeGreaterThan(100)
})
