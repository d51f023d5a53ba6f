import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anAdt } from '../../adt/an-adt.ts'
import { forMending, rawField, visible, withField } from './raw-text.ts'
import { labelled, numbersIn, wrongPlace } from './reading.ts'

const message = anAdt('A01', { control: 'M1' })
const fieldIn = (text: string, segment: string, number: number, place: string | null = null, hides = false) =>
  labelled(text, place, hides)
    .segments?.find((each) => each.name === segment)
    ?.fields.find((each) => each.number === number)

describe('a labelled reading', () => {
  test.each([
    ['PID', 3, ['9990001235, NHS, NH', 'R1400017, RFR, MR'], 'Numbers of the person'],
    ['PID', 7, ['19410714'], 'Born'],
    ['PV1', 19, ['V900001'], 'Number of the visit'],
    ['MSH', 9, ['ADT, A01'], 'Type and event'],
    ['MSH', 10, ['M1'], 'Control id'],
    ['EVN', 2, ['20260612143500'], 'Recorded at'],
  ])('%s-%i is %j: %s', (segment, number, lines, name) => {
    expect(fieldIn(message, segment, number)).toMatchObject({ lines, name, wrong: false })
  })

  test('a time is said in words too, and a birth date of eight digits is left as it is', () => {
    expect(fieldIn(message, 'EVN', 2)?.inWords).toBe('12 June 2026, 2:35pm')
    expect(fieldIn(message, 'PID', 7)?.inWords).toBeUndefined()
  })

  test('escapes are read', () => {
    expect(fieldIn(anAdt('A01', { name: 'Ash\\T\\Worth^M' }), 'PID', 5)?.lines).toEqual(['Ash&Worth, M'])
  })

  test.each([
    ['PID-7', 'PID', 7],
    ['PV1-45', 'PV1', 45],
    ['PID-39', 'PID', 39],
  ])('%s is marked, even where it is empty or beyond the end', (place, segment, number) => {
    expect(fieldIn(message, segment, number, place)?.wrong).toBe(true)
    expect(fieldIn(message, segment, number === 7 ? 8 : 19, place)?.wrong ?? false).toBe(false)
  })

  test('a segment that is named and not there is told', () => {
    expect(labelled(message.replace(/PV1.*?\r/, ''), 'PV1', false).absent).toBe('PV1')
    expect(labelled(message, 'PV1', false).absent).toBeUndefined()
    expect(labelled(message, 'Patient.name', false).absent).toBeUndefined()
  })

  test('a protected address leaves nothing that may tell where the person is', () => {
    const { segments } = labelled(message, null, true)
    const shown = JSON.stringify(segments?.flatMap((each) => each.fields.map((field) => field.lines)))
    expect(shown).not.toMatch(/Barnacre|S63|AMU/)
    expect(shown).toMatch(/R1400017.*19410714.*V900001/)
  })

  test.each(['', 'hello', '\u0000', 'MSH', 'MSH|', 'MSH|^~\\&'])(
    '%j is read without falling over',
    (text) => {
      expect(() => labelled(text, 'PID-7', false)).not.toThrow()
    },
  )

  test.each([
    ['PID-7', 'PID', 7],
    ['PV1', 'PV1', undefined],
    ['Patient.name', undefined, undefined],
    [null, undefined, undefined],
  ])('%s is the place %s %s', (place, segment, field) => {
    expect(wrongPlace(place)).toEqual([segment, field])
  })
})

test('the numbers that a message names people by, spaced or not', () => {
  const text = anAdt('A01', { identifiers: '999 000 1235^^^NHS^NH~R1400017^^^RFR^MR' })
  expect(numbersIn(text)).toEqual(expect.arrayContaining(['9990001235', 'R1400017']))
  expect(numbersIn(text)).not.toContain('V900001')
})

describe('raw text', () => {
  test.each([
    ['MSH|a\rPID|b\r', 'MSH|a‹CR›\nPID|b‹CR›\n'],
    ['a\r\nb\nc', 'a‹CR›‹LF›\nb‹LF›\nc'],
    ['a\tb\u0000c\u007f', 'a‹TAB›b‹NUL›c‹DEL›'],
    ['a\u0085b\u200bc\u202ed', 'a‹U+0085›b‹U+200B›c‹U+202E›d'],
    ['kept as \u2400', 'kept as ‹NUL›'],
    ['Ångström €', 'Ångström €'],
  ])('%j is shown as %j', (text, shown) => expect(visible(text)).toBe(shown))

  test('nothing invisible is left, whatever came', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(visible(text).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      }),
    )
  })

  test.each([
    ['a\rb\r', 'a\nb\n'],
    ['MSH|a\r\nPID|b\r\n', 'MSH|a\nPID|b\n'],
    ['MSH|a\rOBX|1|x\ny\rPID|b', 'MSH|a\nOBX|1|x\\.br\\y\nPID|b'],
    ['a\nb', 'a\nb'],
  ])('%j in a text box is %j', (text, shown) => expect(forMending(text)).toBe(shown))

  test.each([
    ['PID', 7, '19410714'],
    ['MSH', 10, 'M1'],
    ['PV1', 60, ''],
    ['MRG', 1, undefined],
  ] as const)('%s-%i was written as %j', (segment, field, value) =>
    expect(rawField(message, segment, field)).toBe(value),
  )

  test('a segment that stands twice has no one field to mend', () => {
    expect(rawField(message + message, 'PID', 7)).toBeUndefined()
    expect(() => withField(message + message, 'PID', 7, 'x')).toThrow(RangeError)
  })

  test('one field is put right, and nothing else changes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(['PID', 7], ['PID', 30], ['PV1', 45], ['MSH', 10], ['EVN', 9]) as fc.Arbitrary<
          [string, number]
        >,
        fc.string({ maxLength: 12 }).filter((value) => !/[|\r\n]/.test(value)),
        ([segment, field], value) => {
          const mended = withField(message, segment, field, value)
          expect(rawField(mended, segment, field)).toBe(value)
          const before = rawField(message, segment, field) ?? ''
          expect(withField(mended, segment, field, before).replace(/\|+\r/g, '\r')).toBe(
            message.replace(/\|+\r/g, '\r'),
          )
        },
      ),
    )
  })
})
