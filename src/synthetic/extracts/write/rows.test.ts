import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoDay, isoMoment } from '../../lives/moment.ts'
import { Rows } from './rows.ts'

const written = (write: (rows: Rows) => void): string => {
  const rows = new Rows()
  write(rows)
  rows.end()
  return rows.bytes.subarray(0, rows.length).toString()
}

test('any text comes back as it was, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), (texts) => {
      const csv = written((rows) => {
        for (const text of texts) rows.text(text)
      })
      expect(parse(csv, { record_delimiter: '\n' })).toEqual([texts])
    }),
  )
})

test('whole numbers and decimals are written as people write them', () => {
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.integer({ min: 0, max: 99_999 }),
      (whole, hundredths, five) => {
        const csv = written((rows) => {
          rows.whole(whole)
          rows.decimal(hundredths / 100, 100)
          rows.five(five)
        })
        expect(csv).toBe(`${whole},${(hundredths / 100).toFixed(2)},${String(five).padStart(5, '0')}\n`)
      },
    ),
  )
})

test('days and moments are written as isoDay and isoMoment have them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -25_000, max: 30_000 }),
      fc.integer({ min: 0, max: 1439 }),
      (day, minute) => {
        const csv = written((rows) => {
          rows.day(day)
          rows.moment(day * 1440 + minute)
        })
        expect(csv).toBe(`${isoDay(day)},${isoMoment(day * 1440 + minute)}\n`)
      },
    ),
  )
})

test('what is not there is left empty, and rows follow one another', () => {
  const rows = new Rows()
  for (const nth of [1, 2]) {
    rows.text(undefined)
    rows.whole(nth)
    rows.decimal(undefined, 10)
    rows.is(nth === 1)
    rows.moment(undefined)
    rows.end()
  }
  expect(rows.bytes.subarray(0, rows.length).toString()).toBe(',1,,true,\n,2,,false,\n')
  expect(rows.count).toBe(2)
})

test('a number that is none is refused, not written', () => {
  expect(() => new Rows().whole(Number.NaN)).toThrow('NaN')
  expect(() => new Rows().decimal(Number.POSITIVE_INFINITY, 10)).toThrow('Infinity')
  expect(() => new Rows().day(Number.NaN)).toThrow('NaN')
})
