import { setTimeout as pause } from 'node:timers/promises'
import type { Encounter, Patient } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compileScope, rulesOf, senderActor, settingsOf } from '../access/index.ts'
import { keepTransaction } from '../record/index.ts'
import { aListeningPlace, inShort, type ListeningPlace } from './a-listening-place.ts'
import { anAdt } from './an-adt.ts'

let place: ListeningPlace
beforeEach(async () => {
  place = await aListeningPlace()
})
afterEach(() => place.close())

const states = () =>
  place.look<{ control_id: string; state: string; reason: string | null; place: string | null }>(
    'select m.control_id, s.state, s.reason, s.place from feeds.message_state s join feeds.message m on m.id = s.message_id order by s.id',
  )
const current = async <Type>(type: string): Promise<Type[]> =>
  (
    await place.look<{ body: string }>('select body from record.resource where type = $1 order by id', [type])
  ).map(({ body }) => JSON.parse(body) as Type)
const versions = async () => (await place.look('select 1 from record.resource_history')).length

const admission = anAdt('A01', { control: 'M1', recorded: '20260612143500', occurred: '20260612143000' })
const discharge = anAdt('A03', {
  control: 'M2',
  recorded: '20260615110500',
  occurred: '20260615110000',
  discharged: '20260615110000',
})

describe('what is applied', () => {
  test('an admission is on the record, kept as it came, and audited, before its sender is told', async () => {
    expect(await place.told(admission)).toBe('AA')
    expect(await current<Encounter>('Encounter')).toMatchObject([
      { status: 'in-progress', period: { start: '2026-06-12T14:30:00+01:00' } },
    ])
    expect(await current<Patient>('Patient')).toMatchObject([{ birthDate: '1941-07-14' }])
    expect(await place.look('select body, charset, sender, source from feeds.message')).toEqual([
      { body: admission, charset: 'utf-8', sender: 'demo-hospital', source: 'rfr-hospital' },
    ])
    expect(await states()).toEqual([{ control_id: 'M1', state: 'applied', reason: null, place: null }])
    const [file] = await place.look<{ person_key: string }>('select person_key from people.file')
    const [message] = await place.look<{ id: string }>('select id from feeds.message')
    expect(
      await place.look('select request, actor, purpose, action, outcome, person_key from access.audit'),
    ).toEqual([
      {
        request: message?.id,
        actor: 'demo-hospital',
        purpose: 'feed',
        action: 'feed.hl7',
        outcome: 'allowed',
        person_key: file?.person_key,
      },
    ])
    expect(await place.look('select principal, kind from access.relationship')).toEqual([
      { principal: 'rfr-amu', kind: 'admission' },
    ])
  })

  test('a cancelled admission takes the ward’s reason to read away', async () => {
    await place.told(admission)
    expect(await place.told(anAdt('A11', { recorded: '20260612150000' }))).toBe('AA')
    expect(await current<Encounter>('Encounter')).toMatchObject([{ status: 'cancelled' }])
    expect(await place.look(`select 1 from access.reach where principal = 'rfr-amu'`)).toEqual([])
  })

  test('a late admission does not open a discharged visit', async () => {
    expect(await place.told(discharge)).toBe('AA')
    expect(await place.told(admission)).toBe('AA')
    expect(await current<Encounter>('Encounter')).toMatchObject([
      {
        status: 'finished',
        period: { start: '2026-06-12T14:30:00+01:00', end: '2026-06-15T11:00:00+01:00' },
      },
    ])
  })

  test('what an older message says of a person does not replace what a newer one said', async () => {
    await place.told(anAdt('A31', { recorded: '20260614090000', address: '1 New Street^^^^S1 1AA^^H' }))
    await place.told(admission)
    expect(await current<Patient>('Patient')).toMatchObject([{ address: [{ line: ['1 New Street'] }] }])
    expect(await current<Encounter>('Encounter')).toHaveLength(1)
  })

  test('an update that says nothing new makes no new version', async () => {
    await place.told(admission)
    const before = await versions()
    expect(await place.told(anAdt('A31', { recorded: '20260613090000' }))).toBe('AA')
    expect(await versions()).toBe(before)
  })

  test('an NHS number whose check digit fails is left out and noted', async () => {
    expect(
      await place.told(anAdt('A01', { control: 'M1', identifiers: '9990001234^^^NHS^NH~R1400017^^^RFR^MR' })),
    ).toBe('AA')
    expect((await current<Patient>('Patient'))[0]?.identifier).toMatchObject([{ value: 'R1400017' }])
    expect(await states()).toEqual([{ control_id: 'M1', state: 'applied', reason: 'value', place: 'PID-3' }])
  })

  test('a message in ISO 8859-1', async () => {
    const text = anAdt('A01', { charset: '8859/1', name: 'Zoë^Chloé' })
    expect(await place.told(Buffer.from(text, 'latin1'))).toBe('AA')
    expect(await current<Patient>('Patient')).toMatchObject([{ name: [{ family: 'Zoë' }] }])
  })
})

describe('what is already there', () => {
  const hospitalSays = async (...resources: (Patient | Encounter)[]) => {
    const actor = senderActor(place.place, 'demo-hospital')
    if (!actor) throw new Error('no such sender')
    const now = new Date('2026-06-10T00:00:00Z')
    const scope = compileScope(actor, 'feed', rulesOf(place.place), place.place.sources, now)
    const sending = {
      source: 'rfr-hospital',
      sourceKind: 'hospital',
      organisation: 'RFR',
      place: place.place,
      now,
    }
    const entry = resources.map((resource) => ({
      resource,
      request: { method: 'PUT' as const, url: `${resource.resourceType}/${resource.id}` },
    }))
    await place.database.transaction('record', settingsOf(actor, scope), (db) =>
      keepTransaction(db, sending, { resourceType: 'Bundle', type: 'transaction', entry }),
    )
  }
  const margaret: Patient = {
    resourceType: 'Patient',
    id: 'margaret',
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
    identifier: [
      { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990001235' },
      { system: 'https://golden-thread.example/Id/rfr-hospital-number', value: 'R1400017' },
    ],
    name: [{ use: 'official', family: 'Ashworth', given: ['Margaret'] }],
    birthDate: '1941-07-14',
    generalPractitioner: [
      { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'ZP001' } },
    ],
  }

  test('a Patient whom the source sent by another way keeps its id, its protection and its practice', async () => {
    await hospitalSays(margaret)
    expect(await place.told(admission)).toBe('AA')
    expect(await current<Patient>('Patient')).toMatchObject([
      {
        id: 'margaret',
        meta: { versionId: '2', security: margaret.meta?.security },
        gender: 'female',
        generalPractitioner: margaret.generalPractitioner,
      },
    ])
    expect(await current<Encounter>('Encounter')).toMatchObject([
      { subject: { reference: 'Patient/margaret' } },
    ])
    expect(await place.look(`select in_force from access.protection`)).toEqual([{ in_force: true }])
  })

  test('a visit that the source sent by another way is the same visit', async () => {
    await hospitalSays(margaret, {
      resourceType: 'Encounter',
      id: 'stay',
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      subject: { reference: 'Patient/margaret' },
      identifier: [{ system: 'https://golden-thread.example/Id/rfr-visit-number', value: 'V900001' }],
    })
    expect(await place.told(discharge)).toBe('AA')
    expect(await current<Encounter>('Encounter')).toMatchObject([{ id: 'stay', status: 'finished' }])
  })

  test('a hospital number that belongs to somebody else changes nobody’s record', async () => {
    await hospitalSays(margaret)
    const other = anAdt('A01', {
      identifiers: '9990001308^^^NHS^NH~R1400017^^^RFR^MR',
      name: 'Bramwell^Harold',
      born: '19380203',
      sex: 'M',
    })
    expect(await place.told(other)).toBe('AE (PID-3)')
    expect(await current<Patient>('Patient')).toMatchObject([{ meta: { versionId: '1' } }])
  })

  test('a visit number that belongs to somebody else changes nobody’s record', async () => {
    await place.told(admission)
    const other = anAdt('A01', {
      identifiers: '9990001308^^^NHS^NH~R1400034^^^RFR^MR',
      name: 'Bramwell^Harold',
      born: '19380203',
    })
    expect(await place.told(other)).toBe('AE')
    expect((await states()).at(-1)).toMatchObject({ state: 'quarantined', reason: 'another person' })
    expect(await current<Patient>('Patient')).toHaveLength(1)
  })
})

describe('repeats', () => {
  test('the same message again, with a new time on its envelope, is applied once', async () => {
    await place.told(admission)
    const before = await versions()
    expect(await place.told(admission.replace('20260612143500', '20260612150000'))).toBe('AA')
    expect(await versions()).toBe(before)
    expect((await states()).map(({ state }) => state)).toEqual(['applied', 'repeat'])
  })

  test('another message under the same control id is not applied', async () => {
    await place.told(admission)
    expect(await place.told(anAdt('A03', { control: 'M1' }))).toBe('AE (MSH-10)')
    expect(await current<Encounter>('Encounter')).toMatchObject([{ status: 'in-progress' }])
  })

  test('the same message on two connections at one moment is applied once', async () => {
    const senders = await Promise.all([1, 2, 3, 4].map(() => place.connect()))
    const answers = await Promise.all(senders.map((sender) => sender.send(admission)))
    expect(answers.map(inShort)).toEqual(['AA', 'AA', 'AA', 'AA'])
    expect((await states()).map(({ state }) => state).sort()).toEqual([
      'applied',
      'repeat',
      'repeat',
      'repeat',
    ])
    expect(await versions()).toBe(2)
  })

  test('messages about one person on several connections all find their place', async () => {
    const senders = await Promise.all([1, 2, 3, 4].map(() => place.connect()))
    const visits = Array.from({ length: 24 }, (_, index) => anAdt('A01', { visit: `V${index}` }))
    const answers = await Promise.all(visits.map((text, index) => senders[index % 4]?.send(text) ?? ''))
    expect(new Set(answers.map(inShort))).toEqual(new Set(['AA']))
    expect(await current('Encounter')).toHaveLength(24)
    expect(await current('Patient')).toHaveLength(1)
  })
})

describe('quarantine', () => {
  test('a birth date that is none is named by its place and never quoted', async () => {
    const answer = await place.sender.send(
      anAdt('A01', { control: 'M1', version: '2.5.1', born: '19411314' }),
    )
    expect(answer.split('\r').slice(1, -1)).toEqual([
      'MSA|AE|M1|A value cannot be what it should be (PID-7)',
      'ERR||PID^1^7|102^Data type error^HL70357|E||||A value cannot be what it should be (PID-7)',
    ])
    expect(await states()).toEqual([
      { control_id: 'M1', state: 'quarantined', reason: 'value', place: 'PID-7' },
    ])
    expect(await place.look('select outcome, person_key from access.audit')).toEqual([
      { outcome: 'failed', person_key: null },
    ])
    expect(await versions()).toBe(0)
    expect(JSON.stringify(place.logged)).not.toMatch(/19411314|Ashworth|9990001235/)
  })

  test('a cancellation of an admission never seen waits; sent again after the admission it is applied', async () => {
    const cancel = anAdt('A11', { control: 'M9', recorded: '20260612150000' })
    expect(await place.told(cancel)).toBe('AE (PV1-19)')
    expect(await place.told(admission)).toBe('AA')
    expect(await place.told(cancel)).toBe('AA')
    expect(await current<Encounter>('Encounter')).toMatchObject([{ status: 'cancelled' }])
    expect((await states()).map(({ control_id, state }) => [control_id, state])).toEqual([
      ['M9', 'quarantined'],
      ['M1', 'applied'],
      ['M9', 'applied'],
      ['M9', 'replayed'],
    ])
  })

  test('a sender that keeps trying makes no second copy', async () => {
    const cancel = anAdt('A11', { control: 'M9' })
    for (let tries = 0; tries < 3; tries++) expect(await place.told(cancel)).toBe('AE (PV1-19)')
    expect(await place.look('select 1 from feeds.message')).toHaveLength(1)
    expect((await states()).map(({ state }) => state)).toEqual(['quarantined', 'quarantined', 'quarantined'])
  })

  test.each([
    ['an event that is not taken', anAdt('A40'), 'AE (MSH-9)', 'unsupported'],
    ['no PV1', anAdt('A01').replace(/PV1.*?\r/, ''), 'AR (PV1)', 'structure'],
    ['no control id', anAdt('A01', { control: '' }), 'AR (MSH-10)', 'structure'],
    ['an unknown sender', anAdt('A01', { application: 'OTHER' }), 'AR (MSH-3)', 'unknown sender'],
    ['no message at all', 'hello', 'AR (MSH)', 'structure'],
    ['a NUL character', anAdt('A01', { name: 'Ash\0worth' }), 'AE (MSH)', 'value'],
    ['nothing', '', 'AR (MSH)', 'structure'],
  ])('%s', async (_name, text, answer, reason) => {
    expect(await place.told(text)).toBe(answer)
    expect(await states()).toMatchObject([{ state: 'quarantined', reason }])
    expect(await place.look('select body from feeds.message')).toEqual([
      { body: text.replaceAll('\0', '\u2400') },
    ])
    expect(await versions()).toBe(0)
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
    expect(await versions()).toBe(0)
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
  expect((await states()).map(({ state }) => state)).toEqual(['applied'])
})
