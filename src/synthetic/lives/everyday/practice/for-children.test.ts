import { describe, expect, it, test } from 'vitest'
import type { MedicineId } from '../../../health/medicines.ts'
import { medicineFacts } from '../../../health/medicines.ts'
import { forAge } from './for-children.ts'
import { alike, of } from './someone.ts'

test.each<[MedicineId, number, MedicineId | undefined]>([
  ['amoxicillin', 3, 'amoxicillinChild'],
  ['amoxicillin', 12, 'amoxicillin'],
  ['amoxicillinChild', 40, 'amoxicillin'],
  ['doxycycline', 11, 'amoxicillinChild'],
  ['codeineShort', 17, undefined],
  ['naproxenShort', 16, 'naproxenShort'],
  ['paracetamolChild', 2, 'paracetamolChild'],
])('%s at the age of %i is %s', (medicine, age, given) => expect(forAge(medicine, age)).toBe(given))

describe('a small child', () => {
  it('is given no antibiotic to be swallowed whole', () => {
    const given = of(alike(150, { age: 2 }), 'prescription').map(({ medicine }) => medicineFacts(medicine))
    const antibiotics = given.filter(({ section }) => section === '5.1')
    expect(antibiotics.length).toBeGreaterThan(50)
    for (const { text } of antibiotics) expect(text).not.toMatch(/tablets|capsules/)
  })
})
