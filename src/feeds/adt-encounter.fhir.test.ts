import { join } from 'node:path'
import type { Encounter } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { readPlace } from '../access/index.ts'
import { validate } from '../record/index.ts'
import { readAdt } from './adt.ts'
import { encounterFrom, stateOf } from './adt-encounter.fhir.ts'
import { type AdtSays, anAdt } from './an-adt.ts'
import { parseMessage } from './hl7.ts'
import { type Applied, effectOf } from './visit.ts'

const place = readPlace(join(import.meta.dirname, '../../places/rotherham'))

/** One message after another, as they came, about one visit. */
function after(...messages: [event: string, says: AdtSays][]): Encounter {
  let before: Encounter | undefined
  const history: Applied[] = []
  for (const [event, says] of messages) {
    const message = parseMessage(anAdt(event, says))
    const adt = readAdt(message)
    const effect = effectOf(adt.event, stateOf(before), adt.recorded.at, history)
    history.push({ event, recorded: adt.recorded.at })
    if (!effect) continue
    before = encounterFrom(message, adt, effect, {
      id: 'e1',
      patient: 'p1',
      before,
      organisation: 'RFR',
      place,
    })
    expect(validate(before as never).filter((issue) => issue.severity === 'error')).toEqual([])
  }
  if (!before) throw new Error('no visit')
  return before
}

const wards = (encounter: Encounter) =>
  encounter.location?.map(({ location, period, status }) => [
    location.identifier?.value,
    period?.start?.slice(8, 16),
    period?.end?.slice(8, 16),
    status,
  ])

const admit: [string, AdtSays] = [
  'A01',
  { recorded: '20260612143500', occurred: '20260612143000', admitted: '20260612143000' },
]
const transfer: [string, AdtSays] = [
  'A02',
  { recorded: '20260613090500', occurred: '20260613090000', ward: 'A5^2^B7^RFR' },
]
const discharge: [string, AdtSays] = [
  'A03',
  {
    recorded: '20260615110500',
    occurred: '20260615110000',
    ward: 'A5^2^B7^RFR',
    discharged: '20260615110000',
  },
]
const cancelled: [string, AdtSays] = ['A11', { recorded: '20260612150000' }]

test('an admission', () => {
  expect(
    after([
      'A01',
      { ...admit[1], consultant: 'C1^Wainwright^Tom^^^Dr', reason: '267036007^Shortness of breath^SCT' },
    ]),
  ).toEqual({
    resourceType: 'Encounter',
    id: 'e1',
    identifier: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'VN' }] },
        system: 'https://golden-thread.example/Id/rfr-visit-number',
        value: 'V900001',
      },
    ],
    status: 'in-progress',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: 'IMP',
      display: 'inpatient encounter',
    },
    subject: { reference: 'Patient/p1' },
    participant: [
      {
        type: [
          {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
                code: 'ATND',
                display: 'attender',
              },
            ],
          },
        ],
        individual: { display: 'Dr Tom Wainwright' },
      },
    ],
    period: { start: '2026-06-12T14:30:00+01:00' },
    reasonCode: [
      {
        coding: [{ system: 'http://snomed.info/sct', code: '267036007', display: 'Shortness of breath' }],
        text: 'Shortness of breath',
      },
    ],
    location: [
      {
        location: {
          identifier: { system: 'https://golden-thread.example/Id/location', value: 'RFR/AMU' },
          display: 'Acute Medical Unit, bed 12',
        },
        status: 'active',
        period: { start: '2026-06-12T14:30:00+01:00' },
      },
    ],
    serviceProvider: {
      identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'RFR' },
      display: 'The Rotherham NHS Foundation Trust',
    },
  })
})

test.each([
  ['I', 'IMP'],
  ['E', 'EMER'],
  ['O', 'AMB'],
  ['P', 'PRENC'],
  ['', 'IMP'],
  ['Q', 'IMP'],
])('PV1-2 %j is %s', (visitClass, code) => expect(after(['A01', { visitClass }]).class.code).toBe(code))

test.each([
  ['AMU', 'RFR/AMU', 'Acute Medical Unit'],
  ['A5^2^B7^RFR', 'RFR/A5', 'Ward A5, room 2, bed B7'],
  ['X9^^^RFR01', 'RFR/X9', 'X9'],
  ['X9^^^^^^^^Day unit', 'RFR/X9', 'Day unit'],
  ['HOSPICE-IPU^^^ZHOSP', 'ZHOSP/HOSPICE-IPU', 'Hospice Inpatient Unit'],
])('PV1-3 %s is %s, %s', (ward, code, display) => {
  const [stay] = after(['A01', { ward }]).location ?? []
  expect([stay?.location.identifier?.value, stay?.location.display]).toEqual([code, display])
})

test('admitted, moved and discharged', () => {
  const visit = after(admit, transfer, discharge)
  expect([visit.status, visit.period]).toEqual([
    'finished',
    { start: '2026-06-12T14:30:00+01:00', end: '2026-06-15T11:00:00+01:00' },
  ])
  expect(wards(visit)).toEqual([
    ['RFR/AMU', '12T14:30', '13T09:00', 'completed'],
    ['RFR/A5', '13T09:00', '15T11:00', 'completed'],
  ])
})

test('a transfer that comes after the discharge finds its place and opens nothing', () => {
  expect(after(admit, discharge, transfer)).toMatchObject({
    status: 'finished',
    period: { end: '2026-06-15T11:00:00+01:00' },
  })
  expect(wards(after(admit, discharge, transfer))).toEqual(wards(after(admit, transfer, discharge)))
})

test('an admission that comes after the discharge opens nothing', () => {
  expect(after(discharge, admit)).toMatchObject({
    status: 'finished',
    period: { start: '2026-06-12T14:30:00+01:00', end: '2026-06-15T11:00:00+01:00' },
  })
})

test('a discharge without an admission is a finished visit', () => {
  expect(after(['A03', { ...discharge[1], admitted: '' }])).toMatchObject({
    status: 'finished',
    period: { end: '2026-06-15T11:00:00+01:00' },
  })
})

test('a cancelled admission', () => {
  expect(after(admit, cancelled)).toMatchObject({ status: 'cancelled', location: [{ status: 'completed' }] })
})

test('admitted again under the same number after a cancellation', () => {
  expect(after(admit, cancelled, ['A01', { ...admit[1], recorded: '20260612160000' }]).status).toBe(
    'in-progress',
  )
})

test('a cancelled transfer takes the person back', () => {
  const visit = after(admit, transfer, ['A12', { recorded: '20260613093000' }])
  expect(wards(visit)).toEqual([['RFR/AMU', '12T14:30', undefined, 'active']])
})

test('a cancelled discharge opens the visit and its last stay', () => {
  const visit = after(admit, transfer, discharge, ['A13', { recorded: '20260615120000' }])
  expect([visit.status, visit.period]).toEqual(['in-progress', { start: '2026-06-12T14:30:00+01:00' }])
  expect(wards(visit)?.at(-1)).toEqual(['RFR/A5', '13T09:00', undefined, 'active'])
})

test('told twice where someone is, they are there once', () => {
  expect(wards(after(admit, admit, ['A01', { ...admit[1], recorded: '20260612170000' }]))).toHaveLength(1)
})

test('an update changes what it says and moves nobody', () => {
  const visit = after(admit, [
    'A08',
    { recorded: '20260613100000', consultant: 'C2^Siddiqui^Farah^^^Dr', ward: 'B4' },
  ])
  expect(visit).toMatchObject({
    status: 'in-progress',
    participant: [{ individual: { display: 'Dr Farah Siddiqui' } }],
  })
  expect(wards(visit)).toEqual([['RFR/AMU', '12T14:30', undefined, 'active']])
})

test('a late update fills gaps and replaces nothing', () => {
  const visit = after(
    admit,
    ['A08', { recorded: '20260613100000', reason: '^Newer' }],
    ['A08', { recorded: '20260613080000', reason: '^Older', consultant: 'C1^Pryce^Gethin' }],
  )
  expect(visit).toMatchObject({
    reasonCode: [{ text: 'Newer' }],
    participant: [{ individual: { display: 'Gethin Pryce' } }],
  })
})

test('a discharge before the admission is refused', () => {
  expect(() => after(admit, ['A03', { discharged: '20260611110000' }])).toThrow('PV1-45')
})

test('a discharge known only by its day is not before an admission of that day', () => {
  expect(after(admit, ['A03', { discharged: '20260612' }]).period?.end).toBe('2026-06-12')
})

test('a transfer that nobody saw cannot be cancelled', () => {
  expect(() => after(admit, ['A12', {}])).toThrow('PV1-3')
})
