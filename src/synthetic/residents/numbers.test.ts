import { describe, expect, test } from 'vitest'
import { isNhsNumber } from '../../people/index.ts'
import { drawGround } from '../ground/draw.ts'
import { dayFrom } from '../lives/moment.ts'
import { blockOf, numbersOf } from './numbers.ts'

const window = { from: dayFrom('2023-10-01'), until: dayFrom('2026-10-01') }
const placeOf = (people: number) => ({ ground: drawGround({ people, seed: '1' }), window })

describe('serials and NHS numbers', () => {
  test('of neighbourhoods never meet, nor those of characters and of people whom tests build', () => {
    const place = placeOf(267_000)
    let before = 2000
    place.ground.neighbourhoods.forEach((_, index) => {
      const [first, end] = blockOf(place, index)
      expect(first).toBe(before)
      expect(end).toBeGreaterThan(first)
      before = end
    })
    expect(before).toBeLessThanOrEqual(800_000)
  })

  test('are valid, and agree', () => {
    const numbers = numbersOf(placeOf(2000), 3)
    for (let nth = 0; nth < 30; nth++) {
      const { serial, nhsNumber } = numbers.next()
      expect(nhsNumber.slice(0, 9)).toBe(`999${String(serial).padStart(6, '0')}`)
      expect(isNhsNumber(nhsNumber)).toBe(true)
    }
  })

  test('of one neighbourhood end, rather than run into the next', () => {
    const numbers = numbersOf(placeOf(2000), 3)
    expect(() => {
      for (let nth = 0; nth < 1000; nth++) numbers.next()
    }).toThrow('Neighbourhood 3 has used up its serials')
  })

  test.each([
    [500_000, undefined],
    [
      700_000,
      /700000 people and 3 years need more invented NHS numbers than there are: about \d+ people fit/,
    ],
  ])('%i people', (people, says) => {
    const ask = () => blockOf(placeOf(people), 0)
    if (says) expect(ask).toThrow(says)
    else expect(ask).not.toThrow()
  })
})
