import { expect, test } from 'vitest'
import { moved as movedItem } from './moved.ts'

const now = new Date('2026-11-22T10:00:00Z')
const moved = (item: object, patient: string | null = 'right') =>
  JSON.parse(movedItem(JSON.stringify(item), { patient, version: 3, now }).body)

test('an item that moves is about the right person in every place that named the wrong one', () => {
  const observation = {
    resourceType: 'Observation',
    meta: { versionId: '2', source: 'lab' },
    subject: { reference: 'Patient/wrong', display: 'The wrong name', identifier: { value: '999' } },
    performer: [{ reference: 'https://lab.example/Patient/wrong' }, { reference: 'Practitioner/x' }],
    focus: [{ reference: 'Patient/other' }],
  }
  expect(moved(observation)).toEqual({
    ...observation,
    meta: { versionId: '3', lastUpdated: '2026-11-22T10:00:00.000Z', source: 'lab' },
    subject: { reference: 'Patient/right' },
    performer: [{ reference: 'Patient/right' }, { reference: 'Practitioner/x' }],
  })
})

test('it keeps its numbers as they came', () => {
  const body =
    '{"resourceType":"Observation","subject":{"reference":"Patient/wrong"},"valueQuantity":{"value":1.50}}'
  expect(movedItem(body, { patient: 'right', version: 2, now }).body).toContain('"value":1.50')
})

test('it names nobody where the right person has no Patient', () => {
  expect(
    moved({ resourceType: 'Flag', subject: { reference: 'Patient/wrong', display: 'Wrong' } }, null),
  ).not.toHaveProperty('subject')
})
