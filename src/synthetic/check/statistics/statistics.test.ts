import { describe, expect, test } from 'vitest'
import { heldBy } from './concentration.ts'
import { type Band, lifeTable, slopeIndex } from './life-table.ts'
import { autocorrelation, indices, meanDifference } from './series.ts'

describe('what the largest values hold', () => {
  test.each([
    ['one of four holds its share', [1, 1, 1, 7], 0.25, 0.7],
    ['a part of a value counts in part', [10, 10], 0.25, 0.25],
    ['all hold all', [3, 2, 1], 1, 1],
    ['order says nothing', [1, 9, 0, 0, 0], 0.2, 0.9],
  ])('%s', (_, values, part, held) => {
    expect(heldBy(values, part)).toBeCloseTo(held, 12)
  })
})

describe('a life table', () => {
  // Worked by hand. Nobody dies before 50; from 50 on 2 in 100 die a year, so 50 years before and 1/0.02 after.
  const late: Band[] = [
    { from: 0, to: 50, deaths: 0, years: 5000 },
    { from: 50, deaths: 20, years: 1000 },
  ]

  test('that leaves out who dies late', () => {
    expect(lifeTable(late).expectancy).toBeCloseTo(100, 10)
    expect(lifeTable(late).alive).toEqual([1, 1])
  })

  test('takes the chance of dying in a band from its rate by Chiang’s second method', () => {
    // n = 10, m = 10/1000: q = 0.1 / (1 + 10 · 0.9 · 0.01) = 0.1 / 1.09 for infants, who have lived a tenth of their band.
    const bands: Band[] = [
      { from: 0, to: 10, deaths: 10, years: 1000 },
      { from: 10, deaths: 10, years: 500 },
    ]
    const q = 0.1 / 1.09
    const { expectancy, alive, error } = lifeTable(bands)
    expect(alive[1]).toBeCloseTo(1 - q, 12)
    expect(expectancy).toBeCloseTo(10 * (1 - q + 0.1 * q) + 50 * (1 - q), 10)
    // Chiang’s variance of the first band: ((1 − a) · n + e)² · q² · (1 − q) / deaths, where e is what those alive at 10 may expect.
    expect(error).toBeCloseTo(Math.sqrt((9 + 50) ** 2 * ((q ** 2 * (1 - q)) / 10)), 10)
  })

  test('counts years in good health by Sullivan’s method', () => {
    const halves = late.map((band, nth) => ({ ...band, healthy: nth === 0 ? 1 : 0.5 }))
    expect(lifeTable(halves).healthy).toBeCloseTo(75, 10)
  })

  test('gives the gap between the ends of a straight line of groups', () => {
    // Ten groups one year apart: from 0.05 to 0.95 of the scale they differ by nine, over the whole scale by ten.
    const groups = Array.from({ length: 10 }, (_, nth) => ({ expectancy: 70 + nth, error: 1 }))
    const { slope, error } = slopeIndex(groups)
    expect(slope).toBeCloseTo(10, 10)
    // The places’ squares sum to 0.825 about their mean.
    expect(error).toBeCloseTo(1 / Math.sqrt(0.825), 10)
  })

  test('gives an uncertain group little weight', () => {
    const groups = [
      { expectancy: 70, error: 1 },
      { expectancy: 75, error: 1 },
      { expectancy: 60, error: 100 },
      { expectancy: 85, error: 1 },
    ]
    expect(slopeIndex(groups).slope).toBeCloseTo(20, 1)
  })
})

describe('a series', () => {
  test('is like itself moved on', () => {
    // About a mean of 2.5: products 0.75, −0.25, 0.75 of 5 in all.
    expect(autocorrelation([1, 2, 3, 4])).toBeCloseTo(1.25 / 5, 12)
    expect(autocorrelation([1, -1, 1, -1, 1, -1])).toBeCloseTo(-5 / 6, 12)
    expect(autocorrelation([1, -1, 1, -1, 1, -1], 2)).toBeCloseTo(4 / 6, 12)
  })

  test('stands beside its mean', () => {
    expect(indices([1, 2, 3])).toEqual([0.5, 1, 1.5])
    expect(meanDifference([1, 2, 3], [1, 3, 1])).toBeCloseTo(1, 12)
  })
})
