import type { Encounter, Patient } from '@medplum/fhirtypes'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compileScope, rulesOf, senderActor, settingsOf } from '../../access/index.ts'
import { keepTransaction } from '../../record/index.ts'
import { aListeningPlace, inShort, type ListeningPlace } from '../../testing/listening-place.ts'
import { anAdt } from '../adt/an-adt.ts'

let place: ListeningPlace
beforeEach(async () => {
  place = await aListeningPlace()
})
afterEach(() => place.close())

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
    expect(await place.current<Encounter>('Encounter')).toMatchObject([
      { status: 'in-progress', period: { start: '2026-06-12T14:30:00+01:00' } },
    ])
    expect(await place.current<Patient>('Patient')).toMatchObject([{ birthDate: '1941-07-14' }])
    expect(await place.look('select body, charset, sender, source from feeds.message')).toEqual([
      { body: admission, charset: 'utf-8', sender: 'demo-hospital', source: 'rfr-hospital' },
    ])
    expect(await place.states()).toEqual([{ control_id: 'M1', state: 'applied', reason: null, place: null }])
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
    expect(await place.current<Encounter>('Encounter')).toMatchObject([{ status: 'cancelled' }])
    expect(await place.look(`select 1 from access.reach where principal = 'rfr-amu'`)).toEqual([])
  })

  test('a late admission does not open a discharged visit', async () => {
    expect(await place.told(discharge)).toBe('AA')
    expect(await place.told(admission)).toBe('AA')
    expect(await place.current<Encounter>('Encounter')).toMatchObject([
      {
        status: 'finished',
        period: { start: '2026-06-12T14:30:00+01:00', end: '2026-06-15T11:00:00+01:00' },
      },
    ])
  })

  test('what an older message says of a person does not replace what a newer one said', async () => {
    await place.told(anAdt('A31', { recorded: '20260614090000', address: '1 New Street^^^^S1 1AA^^H' }))
    await place.told(admission)
    expect(await place.current<Patient>('Patient')).toMatchObject([{ address: [{ line: ['1 New Street'] }] }])
    expect(await place.current<Encounter>('Encounter')).toHaveLength(1)
  })

  test('an update that says nothing new makes no new version', async () => {
    await place.told(admission)
    const before = await place.versions()
    expect(await place.told(anAdt('A31', { recorded: '20260613090000' }))).toBe('AA')
    expect(await place.versions()).toBe(before)
  })

  test('an NHS number whose check digit fails is left out and noted', async () => {
    expect(
      await place.told(anAdt('A01', { control: 'M1', identifiers: '9990001234^^^NHS^NH~R1400017^^^RFR^MR' })),
    ).toBe('AA')
    expect((await place.current<Patient>('Patient'))[0]?.identifier).toMatchObject([{ value: 'R1400017' }])
    expect(await place.states()).toEqual([
      { control_id: 'M1', state: 'applied', reason: 'value', place: 'PID-3' },
    ])
  })

  test('a message in ISO 8859-1', async () => {
    const text = anAdt('A01', { charset: '8859/1', name: 'Zoë^Chloé' })
    expect(await place.told(Buffer.from(text, 'latin1'))).toBe('AA')
    expect(await place.current<Patient>('Patient')).toMatchObject([{ name: [{ family: 'Zoë' }] }])
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
    expect(await place.current<Patient>('Patient')).toMatchObject([
      {
        id: 'margaret',
        meta: { versionId: '2', security: margaret.meta?.security },
        gender: 'female',
        generalPractitioner: margaret.generalPractitioner,
      },
    ])
    expect(await place.current<Encounter>('Encounter')).toMatchObject([
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
    expect(await place.current<Encounter>('Encounter')).toMatchObject([{ id: 'stay', status: 'finished' }])
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
    expect(await place.current<Patient>('Patient')).toMatchObject([{ meta: { versionId: '1' } }])
  })

  test('a visit number that belongs to somebody else changes nobody’s record', async () => {
    await place.told(admission)
    const other = anAdt('A01', {
      identifiers: '9990001308^^^NHS^NH~R1400034^^^RFR^MR',
      name: 'Bramwell^Harold',
      born: '19380203',
    })
    expect(await place.told(other)).toBe('AE (PID-3)')
    expect((await place.states()).at(-1)).toMatchObject({ state: 'quarantined', reason: 'another person' })
    expect(await place.current<Patient>('Patient')).toHaveLength(1)
  })
})

describe('repeats', () => {
  test('the same message again, with a new time on its envelope, is applied once', async () => {
    await place.told(admission)
    const before = await place.versions()
    expect(await place.told(admission.replace('20260612143500', '20260612150000'))).toBe('AA')
    expect(await place.versions()).toBe(before)
    expect((await place.states()).map(({ state }) => state)).toEqual(['applied', 'repeat'])
  })

  test('another message under the same control id is not applied', async () => {
    await place.told(admission)
    expect(await place.told(anAdt('A03', { control: 'M1' }))).toBe('AE (MSH-10)')
    expect(await place.current<Encounter>('Encounter')).toMatchObject([{ status: 'in-progress' }])
  })

  test('the same message on two connections at one moment is applied once', async () => {
    const senders = await Promise.all([1, 2, 3, 4].map(() => place.connect()))
    const answers = await Promise.all(senders.map((sender) => sender.send(admission)))
    expect(answers.map(inShort)).toEqual(['AA', 'AA', 'AA', 'AA'])
    expect((await place.states()).map(({ state }) => state).sort()).toEqual([
      'applied',
      'repeat',
      'repeat',
      'repeat',
    ])
    expect(await place.versions()).toBe(2)
  })

  test('messages about one person on several connections all find their place', async () => {
    const senders = await Promise.all([1, 2, 3, 4].map(() => place.connect()))
    const visits = Array.from({ length: 24 }, (_, index) => anAdt('A01', { visit: `V${index}` }))
    const answers = await Promise.all(visits.map((text, index) => senders[index % 4]?.send(text) ?? ''))
    expect(new Set(answers.map(inShort))).toEqual(new Set(['AA']))
    expect(await place.current('Encounter')).toHaveLength(24)
    expect(await place.current('Patient')).toHaveLength(1)
  })
})
