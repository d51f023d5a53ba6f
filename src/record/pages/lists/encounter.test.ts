import { expect, test } from 'vitest'
import { dayOfStay, encounterTitle, goesOn, isStay, whereWasIt } from './encounter.ts'

const now = new Date('2026-11-22T09:00:00Z')

test.each([
  ['AMB', 'Kidney clinic', false, 'Kidney clinic'],
  ['AMB', 'Kidney clinic', true, 'Appointment'],
  ['IMP', null, false, 'Hospital stay'],
  ['HH', 'Visit at home', true, 'Visit at home'],
  ['XYZ', null, false, 'Contact'],
])('%s, %s, hidden %s: %s', (class_code, type_text, hides, expected) =>
  expect(encounterTitle({ class_code, type_text }, hides)).toBe(expected),
)

test.each([
  ['in-progress', null, true],
  ['arrived', null, true],
  ['in-progress', new Date('2026-11-21T09:00:00Z'), false],
  ['finished', null, false],
  ['planned', null, false],
])('%s, ended %s: goes on %s', (status, ended_at, expected) =>
  expect(goesOn({ status, ended_at }, now)).toBe(expected),
)

test.each([
  ['2026-11-22', '2026-11-22', 1],
  ['2026-11-18', '2026-11-22', 5],
  ['2026-10-24', '2026-10-26', 3],
])('admitted %s, on %s it is day %i', (admitted, today, day) => expect(dayOfStay(admitted, today)).toBe(day))

test.each([
  ['IMP', 'Ward A5, bed 3', 'The Trust', 'Ward A5, bed 3'],
  ['HH', null, 'The Trust', 'At home'],
  ['VR', null, 'The Trust', 'By phone or video'],
  ['AMB', null, 'The Trust', 'The Trust'],
  ['AMB', null, null, undefined],
])('%s at %s of %s was %s', (class_code, location_display, provider_display, expected) =>
  expect(whereWasIt({ class_code, location_display, provider_display })).toBe(expected),
)

test('a stay is a stay, and an attendance is none', () => {
  expect([isStay({ class_code: 'IMP' }), isStay({ class_code: 'EMER' })]).toEqual([true, false])
})
