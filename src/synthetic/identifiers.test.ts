import { describe, expect, test } from 'vitest'
import { isNhsNumber } from '../people/index.ts'
import { idFor } from '../platform/index.ts'
import { nhsNumbersFrom } from './identifiers.ts'

describe('NHS numbers', () => {
  test.each([
    ['9990001235', true, 'Margaret Ashworth'],
    ['9991000003', true, 'check digit 3'],
    ['9990001234', false, 'one digit wrong'],
    ['9990001253', false, 'two digits swapped'],
    ['999000123', false, 'too short'],
    ['999 000 1235', false, 'spaces belong on the page, not in the record'],
  ])('%s: %s (%s)', (number, valid) => {
    expect(isNhsNumber(number)).toBe(valid)
  })
  test('a serial without a check digit is passed over', () => {
    const numbers = [...nhsNumbersFrom(999_900)]
    expect(numbers.length).toBeLessThan(100)
    expect(numbers.every(isNhsNumber)).toBe(true)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('ids', () => {
  test('have the shape of a UUID, are the same for one name and differ between names', () => {
    expect(idFor('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(idFor('a')).toBe(idFor('a'))
    expect(idFor('a')).not.toBe(idFor('b'))
  })
})
