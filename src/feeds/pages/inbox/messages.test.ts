import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOfficer, type Officer, words } from '../../../testing/officer.ts'
import { anAdt } from '../../adt/an-adt.ts'

let it: Officer
beforeAll(async () => {
  it = await anOfficer()
})
afterAll(() => it.close())

describe('the list of messages', () => {
  test('shows what each is and what became of it, and never what it says', async () => {
    const who = it.somebody()
    expect(await it.told(anAdt('A01', { ...who, control: 'L1' }))).toBe('AA')
    expect(await it.told(anAdt('A08', { ...who, control: 'L2', born: '19411314' }))).toBe('AE (PID-7)')
    const page = await it.ask('/feeds/messages')
    expect(page.status).toBe(200)
    const text = words(page)
    expect(text).toMatch(/Admission , L1 .*?ADT A01 .*?L1 .*?Hospital/)
    expect(text).toMatch(/In quarantine A value is wrong \(PID-7\)/)
    expect(page.text).not.toMatch(/Ashworth|R77000|19411314|Barnacre/)
    const sheet = await it.ask('/feeds/messages.csv?state=waiting')
    expect(sheet.type).toContain('text/csv')
    expect(sheet.text).toMatch(
      /Hospital,ADT A08,Change of details,L2,.*,In quarantine,.*,A value is wrong,PID-7/,
    )
    expect(sheet.text).not.toMatch(/Ashworth|R77000|L1/)
  })

  test.each([
    ['sender=demo-hospital', true],
    ['sender=unknown', false],
    ['state=applied', true],
    ['state=waiting', false],
    ['type=ADT+A01', true],
    ['type=ADT+A02', false],
    ['reason=value', false],
    ['day=2026-06-16', true],
    ['day=2026-06-15', false],
    ['day=no-day', true],
    ['find=F1', true],
    ['find=V-FILTER', true],
    ['find=F2', false],
  ])('asked for %s, an applied admission is there: %s', async (query, there) => {
    const { identifiers } = it.somebody()
    const [known] = await it.look('select 1 from feeds.message where control_id = $1', ['F1'])
    if (!known) await it.told(anAdt('A01', { identifiers, visit: 'V-FILTER', control: 'F1' }))
    expect((await it.ask(`/feeds/messages?${query}`)).text.includes('>F1<')).toBe(there)
  })

  test('pages follow each other by key: nothing twice, nothing left out', async () => {
    const who = it.somebody()
    for (let count = 0; count < 56; count++)
      await it.told(anAdt('A08', { ...who, control: `P${count}`, name: `Page^${count}` }))
    const controls: string[] = []
    for (let path: string | undefined = `/feeds/messages?find=${who.visit}`; path; ) {
      const { text } = await it.ask(path)
      controls.push(...[...text.matchAll(/gt-code">(P\d+)</g)].map((match) => match[1] ?? ''))
      path = /href="([^"]*after=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(controls).toHaveLength(56)
    expect(new Set(controls).size).toBe(56)
  })

  test('to look up a number is recorded with whose it is; to see the list is not about anybody', async () => {
    const who = it.somebody()
    await it.told(anAdt('A01', { ...who, control: 'LOOK1' }))
    await it.ask('/feeds/messages?find=LOOK1')
    await it.ask('/feeds/messages')
    const rows = await it.look<{ about: boolean; find: string }>(
      `select person_key is not null as about, detail ->> 'find' as find from access.audit where action = 'feeds.messages' order by id desc limit 2`,
    )
    expect(rows).toEqual([
      { about: false, find: '' },
      { about: true, find: 'LOOK1' },
    ])
  })
})

describe('one message', () => {
  test('is read in words, with the wrong field marked and what cannot be seen made visible', async () => {
    const who = it.somebody()
    await it.told(anAdt('A01', { ...who, control: 'R1', born: '19411314', name: 'A<b>sh^Ma\trgaret' }))
    const page = await it.ask(await it.pathOf('R1'))
    expect(page.status).toBe(200)
    const text = words(page)
    expect(text).toContain('A value is wrong (PID-7). The birth date is not a date')
    expect(text).toMatch(/PID-7 (?:\S+ )*?Born .*?Wrong 19411314/)
    expect(text).toMatch(/PV1-19 (?:\S+ )*?Number of the visit/)
    expect(page.text).toContain('A&lt;b>sh^Ma‹TAB›rgaret')
    expect(page.text).not.toContain('<b>sh')
    expect(page.text).toContain('‹CR›\nEVN|A01')
    const [audit] = await it.look<{ detail: object; action: string }>(
      `select action, detail from access.audit where action = 'feeds.message' order by id desc limit 1`,
    )
    expect(audit).toEqual({
      action: 'feeds.message',
      detail: { message: (await it.pathOf('R1')).split('/').at(-1) },
    })
  })

  test('opened, it is recorded with the file of whom it names, applied or not', async () => {
    const who = it.somebody()
    await it.told(anAdt('A01', { ...who, control: 'W1' }))
    await it.told(anAdt('A08', { ...who, control: 'W2', born: '19411314' }))
    for (const control of ['W1', 'W2']) await it.ask(await it.pathOf(control))
    const rows = await it.look<{ local_value: string }>(
      `select f.local_value from access.audit a join people.file f using (person_key) where a.action = 'feeds.message' order by a.id desc limit 2`,
    )
    expect(rows.map((row) => row.local_value)).toEqual(Array(2).fill(who.identifiers.split('^')[0]))
  })

  test('the other messages of its visit stand in the order of their events', async () => {
    const who = it.somebody()
    await it.told(anAdt('A03', { ...who, control: 'O3', recorded: '20260614100000' }))
    await it.told(anAdt('A01', { ...who, control: 'O1', recorded: '20260612143500' }))
    await it.told(anAdt('A02', { ...who, control: 'O2', recorded: '20260613100000' }))
    const { text } = await it.ask(await it.pathOf('O2'))
    const others = text.slice(text.indexOf('Other messages of the same visit'))
    expect([...others.matchAll(/gt-code">(O\d)</g)].map((match) => match[1])).toEqual(['O1', 'O3'])
  })

  test.each(['no-such-thing', '00000000-0000-4000-8000-000000000000'])('%s is not there', async (id) => {
    expect((await it.ask(`/feeds/messages/${id}`)).status).toBe(404)
  })
})
