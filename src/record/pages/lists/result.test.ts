import { expect, test } from 'vitest'
import { flagOf, testKey, usualRange, type Value, valueInWords, wordsAsKey } from './result.ts'

const none: Value = {
  value_number: null,
  value_text: null,
  unit: null,
  comparator: null,
  absent_reason: null,
  components: [],
}
const part = (title: string, value_number: number) => ({
  title,
  value_number,
  value_text: null,
  unit: 'mmHg',
})

test.each<[Partial<Value>, string]>([
  [{ value_number: '151', unit: 'µmol/L' }, '151 µmol/L'],
  [{ value_number: '1.50', unit: 'mmol/L' }, '1.50 mmol/L'],
  [{ value_number: '2184', unit: 'ng/L' }, '2,184 ng/L'],
  [{ value_number: '12345.60', unit: null }, '12,345.60'],
  [{ value_number: '97', unit: '%' }, '97%'],
  [{ value_number: '5', unit: 'mg/L', comparator: '<' }, '<5 mg/L'],
  [{ value_text: 'Never smoked tobacco' }, 'Never smoked tobacco'],
  [
    { components: [part('Systolic blood pressure', 118), part('Diastolic blood pressure', 68)] },
    '118/68 mmHg',
  ],
  [{ components: [part('Left eye', 12), part('Right eye', 14)] }, 'Left eye 12 mmHg, Right eye 14 mmHg'],
  [{ absent_reason: 'Sample haemolysed' }, 'No result: sample haemolysed'],
  [{}, 'No result given'],
])('%j reads %s', (value, expected) => expect(valueInWords({ ...none, ...value })).toBe(expected))

// The table of flagOf, row by row.
test.each([
  ['H', '121', null, '45', '105', 'High'],
  ['N', '121', null, '45', '105', 'Usual'],
  [null, '121', null, '45', '105', 'High'],
  [null, '105', null, '45', '105', 'Usual'],
  [null, '44.9', null, '45', '105', 'Low'],
  [null, '8', null, null, '5', 'High'],
  [null, '42', null, '60', null, 'Low'],
  [null, '5', '<', null, '3', undefined],
  [null, '8', null, null, null, undefined],
  [null, null, null, '45', '105', undefined],
  ['HH', '6.9', null, '3.5', '5.3', 'Very high'],
  ['LL', null, null, null, null, 'Very low'],
  ['A', null, null, null, null, 'Abnormal'],
  ['unheard-of', '9', null, '1', '5', 'High'],
])(
  '%s, %s%s in %s to %s is %s',
  (interpretation_code, value_number, comparator, reference_low, reference_high, expected) =>
    expect(flagOf({ interpretation_code, value_number, comparator, reference_low, reference_high })).toBe(
      expected,
    ),
)

test.each([
  ['45', '105', null, '45 to 105'],
  [null, '5', null, 'up to 5'],
  ['60', null, null, '60 or more'],
  [null, null, 'negative', 'negative'],
  [null, null, null, undefined],
])('low %s, high %s, words %s: %s', (reference_low, reference_high, reference_text, expected) =>
  expect(usualRange({ reference_low, reference_high, reference_text })).toBe(expected),
)

test('a test is named in an address by its code, or else by its words', () => {
  expect(testKey({ code: '1000731000000107', title: 'Serum creatinine' })).toBe('1000731000000107')
  expect(testKey({ code: null, title: 'Swelling (oedema) assessment' })).toBe('swelling-oedema-assessment')
  expect(wordsAsKey('  ')).toBe('')
})
