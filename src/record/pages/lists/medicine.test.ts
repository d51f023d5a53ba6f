import { expect, test } from 'vitest'
import { course, dosage, isCurrent, medicineStatus } from './medicine.ts'

const now = new Date('2026-11-22T09:00:00Z')
const past = new Date('2026-11-21T09:00:00Z')
const future = new Date('2026-11-23T09:00:00Z')

test.each([
  ['active', null, true, 'Current'],
  ['active', future, true, 'Current'],
  ['active', past, false, 'Ended'],
  ['on-hold', null, true, 'On hold'],
  ['intended', null, true, 'To be started'],
  [null, null, true, 'Current'],
  ['stopped', null, false, 'Stopped'],
  ['completed', null, false, 'Completed'],
  ['entered-in-error', null, false, 'Entered in error'],
  ['unknown', null, false, 'Not known'],
])('%s, ending %s: current %s, told %s', (status, ended_at, current, words) => {
  expect(isCurrent({ status, ended_at }, now)).toBe(current)
  expect(medicineStatus({ status, ended_at }, now)).toBe(words)
})

test.each([
  ['Continuous long term therapy', null, 'Repeat'],
  ['Short course (acute) therapy', null, 'Acute'],
  [null, 5, 'Repeat'],
  [null, null, 'Not stated'],
  ['Seasonal', 0, 'Not stated'],
])('%s with %s repeats is %s', (course_type, repeats_allowed, expected) =>
  expect(course({ course_type, repeats_allowed })).toBe(expected),
)

const none = { dosage_text: null, dose: null, frequency: null, route: null, as_needed: null }
test.each([
  [{ ...none, dosage_text: 'One each day' }, 'One each day'],
  [{ ...none, dosage_text: 'Two, when needed', as_needed: true }, 'Two, when needed'],
  [{ ...none, dosage_text: 'Two tablets', as_needed: true }, 'Two tablets, when needed'],
  [{ ...none, dose: '5 mg', frequency: 'twice a day', route: 'by mouth' }, '5 mg, twice a day, by mouth'],
  [none, undefined],
])('%j is taken %s', (row, expected) => expect(dosage(row)).toBe(expected))
