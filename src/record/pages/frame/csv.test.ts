import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { csvOf } from '../../../platform/ui/index.ts'
import { csvDownload } from './csv.ts'

const only = (value: string | number | Date | null | undefined) =>
  csvOf([{ heading: 'A', of: () => value }], [null])
    .split('\r\n')
    .slice(1)
    .join('\r\n')
    .replace(/\r\n$/, '')

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "ah"', '"say ""ah"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+44 1709', "'+44 1709"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1', "' =1"],
  ['\t=1', "'\t=1"],
  [-5, '-5'],
  [4.2, '4.2'],
  [new Date('2026-11-02T01:15:00Z'), '2026-11-02T01:15:00.000Z'],
  [null, ''],
  [undefined, ''],
])('%j is written %j', (value, expected) => expect(only(value)).toBe(expected))

it('begins with the mark by which spreadsheets tell UTF-8, then the headings', () =>
  expect(
    csvOf(
      [
        { heading: 'Name', of: () => 'é' },
        { heading: 'B', of: () => 1 },
      ],
      [null, null],
    ),
  ).toBe('\uFEFFName,B\r\né,1\r\né,1\r\n'))

it('names the file by the day in England and by nobody', () => {
  const file = csvDownload(
    'problems',
    [{ heading: 'A', of: () => 1 }],
    [{}],
    new Date('2026-07-01T23:30:00Z'),
  )
  expect(file).toMatchObject({ filename: 'problems-2026-07-02.csv', type: 'text/csv; charset=utf-8' })
})

it('never lets a cell begin as a formula, whatever a source sent', () =>
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(only(text)).not.toMatch(/^"?\s*[=+\-@]/)
    }),
  ))

test('a safeguarding concern is in no sheet', () => {
  const rows = [
    { category: 'document', title: 'Discharge letter' },
    { category: 'safeguarding', title: 'Enquiry' },
  ]
  const file = csvDownload(
    'documents',
    [{ heading: 'Title', of: (row: { title: string }) => row.title }],
    rows,
    new Date('2026-11-22T10:00:00Z'),
  )
  expect(file.body).toContain('Discharge letter')
  expect(file.body).not.toContain('Enquiry')
})
