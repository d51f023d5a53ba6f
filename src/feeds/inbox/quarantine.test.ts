import { setTimeout as pause } from 'node:timers/promises'
import type { Encounter } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compileScope, rulesOf, senderActor, settingsOf } from '../../access/index.ts'
import { aListeningPlace, inShort, type ListeningPlace } from '../../testing/listening-place.ts'
import { anAdt } from '../adt/an-adt.ts'

let place: ListeningPlace
beforeEach(async () => {
  place = await aListeningPlace()
})
afterEach(() => place.close())

const admission = anAdt('A01', { control: 'M1', recorded: '20260612143500', occurred: '20260612143000' })
describe('quarantine', () => {
  test('a birth date that is none is named by its place and never quoted', async () => {
    const answer = await place.sender.send(
      anAdt('A01', { control: 'M1', version: '2.5.1', born: '19411314' }),
    )
    expect(answer.split('\r').slice(1, -1)).toEqual([
      'MSA|AE|M1|A value cannot be what it should be (PID-7)',
      'ERR||PID^1^7|102^Data type error^HL70357|E||||A value cannot be what it should be (PID-7)',
    ])
    expect(await place.states()).toEqual([
      { control_id: 'M1', state: 'quarantined', reason: 'value', place: 'PID-7' },
    ])
    expect(await place.look('select outcome, person_key from access.audit')).toEqual([
      { outcome: 'failed', person_key: null },
    ])
    expect(await place.versions()).toBe(0)
    expect(JSON.stringify(place.logged)).not.toMatch(/19411314|Ashworth|9990001235/)
  })

  test('a cancellation of an admission never seen waits, and counts when the admission arrives', async () => {
    const cancel = anAdt('A11', { control: 'M9', recorded: '20260612150000' })
    expect(await place.told(cancel)).toBe('AE (PV1-19)')
    expect(await place.told(admission)).toBe('AA')
    expect(await place.told(cancel)).toBe('AA')
    expect(await place.current<Encounter>('Encounter')).toMatchObject([{ status: 'cancelled' }])
    expect((await place.states()).map(({ control_id, state }) => [control_id, state])).toEqual([
      ['M9', 'quarantined'],
      ['M1', 'applied'],
      ['M9', 'replayed'],
      ['M9', 'repeat'],
    ])
  })

  test('a sender that keeps trying makes no second copy', async () => {
    const cancel = anAdt('A11', { control: 'M9' })
    for (let tries = 0; tries < 3; tries++) expect(await place.told(cancel)).toBe('AE (PV1-19)')
    expect(await place.look('select 1 from feeds.message')).toHaveLength(1)
    expect((await place.states()).map(({ state }) => state)).toEqual([
      'quarantined',
      'quarantined',
      'quarantined',
    ])
  })

  test.each([
    ['an event that is not taken', anAdt('A29'), 'AE (MSH-9)', 'unsupported'],
    ['a merge that does not say of whom', anAdt('A40'), 'AR (MRG)', 'structure'],
    ['no PV1', anAdt('A01').replace(/PV1.*?\r/, ''), 'AR (PV1)', 'structure'],
    ['no control id', anAdt('A01', { control: '' }), 'AR (MSH-10)', 'structure'],
    ['an unknown sender', anAdt('A01', { application: 'OTHER' }), 'AR (MSH-3)', 'unknown sender'],
    ['no message at all', 'hello', 'AR (MSH)', 'structure'],
    ['a NUL character', anAdt('A01', { name: 'Ash\0worth' }), 'AE (MSH)', 'value'],
    ['nothing', '', 'AR (MSH)', 'structure'],
  ])('%s', async (_name, text, answer, reason) => {
    expect(await place.told(text)).toBe(answer)
    expect(await place.states()).toMatchObject([{ state: 'quarantined', reason }])
    expect(await place.look('select body from feeds.message')).toEqual([
      { body: text.replaceAll('\0', '\u2400') },
    ])
    expect(await place.versions()).toBe(0)
  })
})

describe('who may', () => {
  test('a sender whose organisation no longer agrees is refused, and what it sent is kept', async () => {
    await place.close()
    place = await aListeningPlace((usual) => ({
      ...usual,
      agreements: usual.agreements.map((each) =>
        each.organisation === 'RFR' ? { ...each, until: '2026-05-31' } : each,
      ),
    }))
    expect(await place.told(admission)).toBe('AR (MSH-4)')
    expect(await place.look('select sender, source from feeds.message')).toEqual([
      { sender: 'demo-hospital', source: 'unknown' },
    ])
    expect(await place.versions()).toBe(0)
  })

  const as = async (id: string | undefined, query: string) => {
    const actor = id === undefined ? undefined : senderActor(place.place, id)
    const now = place.clock.now()
    const settings = actor
      ? settingsOf(actor, compileScope(actor, 'feed', rulesOf(place.place), place.place.sources, now))
      : {}
    return place.database.transaction(
      'record',
      settings,
      async (db) => (await sql.raw(query).execute(db)).rows.length,
    )
  }

  test('messages are read by their own source and by no other', async () => {
    await place.told(admission)
    await place.told(anAdt('A01', { application: 'OTHER' }))
    expect(await as('demo-hospital', 'select 1 from feeds.message')).toBe(1)
    expect(await as('demo-hospital', 'select 1 from feeds.message_state')).toBe(1)
    expect(await as('demo-practice', 'select 1 from feeds.message')).toBe(0)
    expect(await as(undefined, 'select 1 from feeds.message')).toBe(0)
  })

  test.each([
    'update feeds.message set body = $$$$',
    'delete from feeds.message',
    'delete from feeds.message_state',
    'truncate feeds.message cascade',
  ])('nobody may %s', async (query) => {
    await place.told(admission)
    await expect(as('demo-hospital', query)).rejects.toMatchObject({ code: '42501' })
  })

  test('nobody in particular may leave what is unknown and nothing else', async () => {
    const row = `insert into feeds.message values (gen_random_uuid(), null, '%', '', '', '', '', '', now(), '', '', '', '')`
    await expect(as(undefined, row.replace('%', 'unknown'))).resolves.toBe(0)
    await expect(as(undefined, row.replace('%', 'rfr-hospital'))).rejects.toMatchObject({ code: '42501' })
    await expect(as('demo-practice', row.replace('%', 'rfr-hospital'))).rejects.toMatchObject({
      code: '42501',
    })
  })
})

test('without the database there is no answer and the connection is dropped; sent again, the message is applied', async () => {
  const name = new URL(place.ownerUrl).pathname.slice(1)
  const elsewhere = new URL(place.ownerUrl)
  elsewhere.pathname = '/postgres'
  const server = new pg.Client({ connectionString: elsewhere.href })
  await server.connect()
  await server.query(`alter database ${name} allow_connections false`)
  await place.look(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
    [name],
  )
  await expect(place.told(admission)).rejects.toThrow('without an acknowledgement')
  expect(place.logged).toContainEqual(expect.objectContaining({ event: 'connection dropped' }))
  await server.query(`alter database ${name} allow_connections true`)
  await server.end()
  await pause(10)
  const again = await place.connect()
  expect(inShort(await again.send(admission))).toBe('AA')
  expect((await place.states()).map(({ state }) => state)).toEqual(['applied'])
})
