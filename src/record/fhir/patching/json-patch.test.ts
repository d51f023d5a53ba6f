import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLossless } from '../../store/lossless-json.ts'
import { patched, readPatch } from './json-patch.ts'

const body =
  '{"resourceType":"Observation","id":"o","valueQuantity":{"value":70.10,"unit":"kg"},"note":[{"text":"one"},{"text":"two"}]}'
const applied = (...operations: unknown[]) =>
  JSON.stringify(patched(body, readPatch(parseLossless(JSON.stringify(operations)))))

describe('a patch', () => {
  test.each([
    ['replaces', { op: 'replace', path: '/note/0/text', value: 'new' }, '"text":"new"'],
    ['adds to the end', { op: 'add', path: '/note/-', value: { text: 'three' } }, '{"text":"three"}]'],
    ['removes', { op: 'remove', path: '/note/1' }, '"note":[{"text":"one"}]'],
    ['moves', { op: 'move', from: '/note/1', path: '/note/0' }, '[{"text":"two"},{"text":"one"}]'],
    [
      'copies a decimal as it is written',
      { op: 'copy', from: '/valueQuantity', path: '/x' },
      '"x":{"value":70.10,',
    ],
    [
      'tests a number by its value',
      { op: 'test', path: '/valueQuantity/value', value: 70.1 },
      '"value":70.10',
    ],
  ])('%s, and leaves every decimal as it was', (_words, operation, expected) => {
    expect(applied(operation)).toContain(expected)
    expect(applied(operation)).toContain('"value":70.10')
  })

  test('brings decimals as they are written', () => {
    const patch = readPatch(parseLossless('[{"op":"replace","path":"/valueQuantity/value","value":1.500e2}]'))
    expect(JSON.stringify(patched(body, patch))).toContain('"value":1.500e2')
  })

  test.each([
    ['what is not there', { op: 'replace', path: '/note/7/text', value: 1 }],
    ['a test that fails', { op: 'test', path: '/note/0/text', value: 'two' }],
    ['an operation that is none', { op: 'increase', path: '/note' }],
    ['a path that is none', { op: 'remove', path: 'note' }],
    ['a place inside text', { op: 'add', path: '/id/x', value: 1 }],
    ['a place inside a number', { op: 'add', path: '/valueQuantity/value/x', value: 1 }],
    ['a list’s member with a leading zero', { op: 'replace', path: '/note/00', value: {} }],
    ['an escape that is none', { op: 'add', path: '/a~2b', value: 1 }],
    ['no value', { op: 'add', path: '/note/0' }],
    ['a way into the prototype', { op: 'add', path: '/__proto__/polluted', value: true }],
    ['a whole that is no resource', { op: 'replace', path: '', value: 'text' }],
  ])('is refused for %s', (_words, operation) => {
    expect(() => applied(operation)).toThrow(expect.objectContaining({ name: 'Invalid' }))
  })

  test.each([
    ['copies what it copied, over and over', 60, { op: 'copy', from: '/note', path: '/note/-' }],
    ['has operations without end', 100_000, { op: 'add', path: '/note/0', value: {} }],
  ])('that %s is refused at once', (_words, times, operation) => {
    expect(() => applied(...Array.from({ length: times }, () => operation))).toThrow(
      expect.objectContaining({ name: 'Invalid' }),
    )
  })

  test('that does nothing gives back any JSON as it was written', () => {
    const number = fc.constantFrom('1.0', '-0', '1e400', '12345678901234567890.123456789', '0.10', '7')
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        number,
        fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text.replaceAll('\u0000', ''))),
        fc.array(tie('tree'), { maxLength: 4 }).map((all) => `[${all.join(',')}]`),
        fc
          .array(tie('tree'), { maxLength: 4 })
          .map((all) => `{${all.map((each, at) => `"n${at}":${each}`).join(',')}}`),
      ),
    }))
    fc.assert(
      fc.property(tree, (text) => {
        const written = `{"a":${text}}`
        expect(JSON.stringify(patched(written, []))).toBe(JSON.stringify(parseLossless(written)))
      }),
    )
  })
})
