import { describe, expect, it } from 'vitest'
import { validate } from './index.ts'
import {
  allergy,
  coded,
  condition,
  encounter,
  errorsIn,
  extension,
  found,
  observation,
  patient,
  snomed,
} from './samples.ts'

describe('an invariant', () => {
  const quantity = (more: object) => ({ ...observation, valueQuantity: more })
  const contains = (more: object) => ({
    ...encounter,
    subject: { reference: '#p' },
    contained: [{ resourceType: 'Patient', id: 'p', ...more }],
  })
  const repeat = (more: object) => ({
    ...patient,
    extension: [{ url: 'urn:a', valueTiming: { repeat: more } }],
  })
  const active = coded('allergyintolerance-clinical', 'active')
  it.each<[string, unknown]>([
    ['ext-1', extension({})],
    ['ext-1', extension({ valueString: 'a', extension: [{ url: 'urn:b', valueString: 'b' }] })],
    ['per-1', { ...encounter, period: { start: '2024-07-01T10:00:00+01:00', end: '2024-07-01T08:59:59Z' } }],
    ['obs-6', { ...observation, valueString: 'a', dataAbsentReason: { text: 'b' } }],
    ['obs-7', { ...observation, code: snomed('1'), valueString: 'a', component: [{ code: snomed('1') }] }],
    ['obs-3', { ...observation, referenceRange: [{ age: { low: { value: 1 } } }] }],
    ['ait-1', allergy],
    [
      'ait-2',
      {
        ...allergy,
        clinicalStatus: active,
        verificationStatus: coded('allergyintolerance-verification', 'entered-in-error'),
      },
    ],
    ['con-4', { ...condition, abatementString: 'a', clinicalStatus: coded('condition-clinical', 'active') }],
    [
      'con-5',
      {
        ...condition,
        clinicalStatus: coded('condition-clinical', 'active'),
        verificationStatus: coded('condition-ver-status', 'entered-in-error'),
      },
    ],
    ['con-1', { ...condition, stage: [{ type: { text: 'a' } }] }],
    ['dom-3', { ...encounter, contained: [{ resourceType: 'Patient', id: 'p' }] }],
    ['dom-4', contains({ meta: { versionId: '1' } })],
    ['dom-5', contains({ meta: { security: [{ code: 'R' }] } })],
    ['qty-3', quantity({ value: 1, code: 'mg' })],
    ['att-1', { ...patient, photo: [{ data: 'aGVsbG8=' }] }],
    ['cpt-2', { ...patient, telecom: [{ value: '1' }] }],
    ['rng-2', { ...observation, valueRange: { low: { value: 2 }, high: { value: 1 } } }],
    ['rat-1', { ...observation, valueRatio: { numerator: { value: 2 } } }],
    ['tim-1', repeat({ duration: 1 })],
    ['tim-2', repeat({ period: 1 })],
    ['tim-5', repeat({ period: -1, periodUnit: 'd' })],
    ['tim-10', repeat({ when: ['HS'], timeOfDay: ['10:00:00'] })],
    [
      'cpl-3',
      {
        resourceType: 'CarePlan',
        status: 'active',
        intent: 'plan',
        subject: { reference: 'Patient/1' },
        activity: [{ reference: { reference: 'Task/1' }, detail: { status: 'completed' } }],
      },
    ],
    ['pat-1', { ...patient, contact: [{ gender: 'male' }] }],
    ['org-1', { resourceType: 'Organization', active: true }],
    [
      'app-3',
      {
        resourceType: 'Appointment',
        status: 'booked',
        participant: [{ status: 'accepted', actor: { reference: 'Patient/1' } }],
      },
    ],
    ['inv-1', { resourceType: 'Parameters', parameter: [{ name: 'a' }] }],
    ['bdl-3', { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: patient }] }],
    [
      'bdl-5',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ fullUrl: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' }],
      },
    ],
    [
      'bdl-7',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          { fullUrl: 'http://a.example/Patient/1', resource: patient },
          { fullUrl: 'http://a.example/Patient/1', resource: patient },
        ],
      },
    ],
    [
      'bdl-11',
      {
        resourceType: 'Bundle',
        type: 'document',
        identifier: { system: 'urn:a', value: '1' },
        timestamp: '2024-01-01T00:00:00Z',
        entry: [{ resource: patient }],
      },
    ],
  ])('%s', (key, resource) => {
    const issues = errorsIn(resource)
    expect(issues.map(({ words }) => /\(rule (\S+)\)\.$/.exec(words)?.[1])).toEqual([key])
    expect(issues.every(({ code }) => code === 'invariant')).toBe(true)
  })

  it('dom-2, and what is contained twice over cannot be referred to', () => {
    const link = [{ type: 'seealso', other: { reference: '#q' } }]
    expect(found(contains({ contained: [{ resourceType: 'Patient', id: 'q' }], link }))).toEqual([
      'not-found Encounter.contained[0].link[0].other.reference',
      'invariant Encounter',
    ])
  })

  it('con-3 only warns', () => {
    const listed = { ...condition, category: [coded('condition-category', 'problem-list-item')] }
    expect(validate(listed)).toMatchObject([{ severity: 'warning', path: 'Condition.clinicalStatus' }])
  })
})
