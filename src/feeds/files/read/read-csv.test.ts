import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Invalid } from '../../../platform/index.ts'
import { encodingOf } from './encoding.ts'
import { readCsv } from './read-csv.ts'

async function read(file: string | Buffer): Promise<{ line: number; values: string[] }[]> {
  const found: { line: number; values: string[] }[] = []
  for await (const { line, values } of readCsv(Buffer.from(file))) found.push({ line, values })
  return found
}

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
const latin = (text: string) => Buffer.from(text, 'latin1')

describe('a file becomes the same records, however it is written', () => {
  const records = [
    { line: 1, values: ['name', 'town'] },
    { line: 2, values: ['Zoë', 'Wath, upon Dearne'] },
  ]
  test.each<[string, string | Buffer]>([
    ['plain', 'name,town\nZoë,"Wath, upon Dearne"\n'],
    ['line ends of Windows', 'name,town\r\nZoë,"Wath, upon Dearne"\r\n'],
    ['line ends of an old Mac', 'name,town\rZoë,"Wath, upon Dearne"\r'],
    ['no last line end', 'name,town\nZoë,"Wath, upon Dearne"'],
    ['a mark of UTF-8', '\uFEFFname,town\nZoë,"Wath, upon Dearne"\n'],
    ['UTF-16, as Excel’s “Unicode text”', utf16('name\ttown\r\nZoë\tWath, upon Dearne\r\n')],
    ['Windows-1252', latin('name,town\r\nZoë,"Wath, upon Dearne"\r\n')],
    ['semicolons', 'name;town\nZoë;Wath, upon Dearne\n'],
    ['tabs', 'name\ttown\nZoë\tWath, upon Dearne\n'],
    ['semicolons within quotation marks in the header', '"name","town"\nZoë,"Wath, upon Dearne"\n'],
    ['all quoted', '"name","town"\n"Zoë","Wath, upon Dearne"\n'],
    ['empty lines at the end', 'name,town\nZoë,"Wath, upon Dearne"\n\n,\n  \n'],
  ])('%s', async (_, file) => {
    expect(await read(file)).toEqual(records)
  })
})

test('a line that Excel writes to say the delimiter is no record', async () => {
  expect(await read('sep=;\r\na;b\r\n1;2\r\n')).toEqual([
    { line: 2, values: ['a', 'b'] },
    { line: 3, values: ['1', '2'] },
  ])
})

test('a value may hold line ends and quotation marks, and the lines after it keep their numbers', async () => {
  expect(await read('a,b\n"one\r\ntwo","say ""hello"""\n3,5\' 4" tall\n')).toEqual([
    { line: 1, values: ['a', 'b'] },
    { line: 2, values: ['one\r\ntwo', 'say "hello"'] },
    { line: 4, values: ['3', '5\' 4" tall'] },
  ])
})

test('what Windows-1252 has and Latin-1 has not', async () => {
  expect(await read(Buffer.from([0x61, 0x0a, 0x80, 0x92, 0x0a]))).toEqual([
    { line: 1, values: ['a'] },
    { line: 2, values: ['€’'] },
  ])
})

test('a character of several bytes on the edge of a piece is read whole', async () => {
  for (const shift of [0, 1, 2]) {
    const long = 'é'.repeat(33_000)
    const [, record] = await read(`a${'x'.repeat(shift)},b\n1,${long}\n`)
    expect(record?.values[1] === long, `shifted by ${shift}`).toBe(true)
  }
})

test.each([
  ['a quotation mark that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', 'line 3'],
  ['one in a file that goes on and on', `a,b\n1,"2\n${'3,4\n'.repeat(60_000)}`, 'line 2'],
])('%s is told with the line', async (_, file, path) => {
  await expect(read(file)).rejects.toThrow(Invalid)
  await expect(read(file)).rejects.toMatchObject({
    faults: [{ path, words: expect.stringMatching(/never closed/) }],
  })
})

test('the encoding is told by mark, then by what the bytes can be', () => {
  expect(encodingOf(Buffer.from('Zoë'))).toBe('utf-8')
  expect(encodingOf(latin('Zoë'))).toBe('windows-1252')
  expect(encodingOf(utf16('Zoë'))).toBe('utf-16le')
  expect(encodingOf(Buffer.from([0xfe, 0xff, 0, 0x41]))).toBe('utf-16be')
})

const value = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\uFEFF'))

test('whatever is written as RFC 4180 has it is read back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      async (rows, delimiter, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const written = [['h1', 'h2', 'h3'], ...rows].map((row) => row.map(quoted).join(delimiter)).join(end)
        const found = (await read(written)).slice(1).map(({ values }) => values)
        expect(found).toEqual(rows.filter((row) => row.some((text) => text.trim() !== '')))
      },
    ),
    { numRuns: 200 },
  )
})

test('no bytes at all bring it down', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      await read(Buffer.from(bytes)).catch((problem) => expect(problem).toBeInstanceOf(Invalid))
    }),
    { numRuns: 500 },
  )
})
