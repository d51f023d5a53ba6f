import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Found, frame, framer } from './framing.ts'

const said = (text: string): Found => ({ message: Buffer.from(text) })
const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('a stream becomes messages', () => {
  test.each<[string, string[], Found[]]>([
    ['one message', ['\x0bA\x1c\r'], [said('A')]],
    ['three in one packet', ['\x0bA\x1c\r\x0bB\x1c\r\x0bC\x1c\r'], [said('A'), said('B'), said('C')]],
    ['split inside the end', ['\x0bA\x1c', '\r\x0bB\x1c\r'], [said('A'), said('B')]],
    ['split after the start', ['\x0b', 'A\x1c\r'], [said('A')]],
    ['line ends between frames', ['\x0bA\x1c\r\r\n\x0bB\x1c\r\n'], [said('A'), said('B')]],
    ['an empty message', ['\x0b\x1c\r'], [said('')]],
    ['an end inside the text', ['\x0bA\x1cB\x1c\r'], [said('A\x1cB')]],
    ['an end inside the text, split', ['\x0bA\x1c', 'B\x1c\r'], [said('A\x1cB')]],
    ['two ends', ['\x0bA\x1c\x1c\r'], [said('A\x1c')]],
    ['no CR before the next start', ['\x0bA\x1c\x0bB\x1c\r'], [said('A'), said('B')]],
    ['never ended', ['\x0bA'], []],
    ['bytes before', ['GET /\x0bA\x1c\r'], [{ ignored: 5, why: 'outside a frame' }, said('A')]],
    [
      'given up and begun anew',
      ['\x0bAAA\x0bB\x1c\r'],
      [{ ignored: 3, why: 'frame never ended' }, said('B')],
    ],
    ['given up, split', ['\x0bAAA', '\x0bB\x1c\r'], [{ ignored: 3, why: 'frame never ended' }, said('B')]],
    ['too long', ['\x0bABCDEFGHIJK'], [{ tooLong: 11 }]],
    ['too long in pieces', ['\x0bABCDEF', 'GHIJK'], [{ tooLong: 11 }]],
  ])('%s', (_name, chunks, expected) => {
    const cut = framer(10)
    expect(chunks.flatMap((chunk) => cut(bytes(chunk)))).toEqual(expected)
  })

  test('however the network splits it', () => {
    const content = fc
      .uint8Array({ maxLength: 40 })
      .map((array) => Buffer.from(array.map((byte) => (byte === 0x0b || byte === 0x1c ? 0x20 : byte))))
    fc.assert(
      fc.property(
        fc.array(content, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (messages, sizes) => {
          const stream = Buffer.concat(messages.map(frame))
          const cut = framer(1000)
          const found: Found[] = []
          for (let at = 0, turn = 0; at < stream.length; turn++) {
            const size = sizes[turn % sizes.length] ?? 1
            found.push(...cut(stream.subarray(at, at + size)))
            at += size
          }
          expect(found).toEqual(messages.map((message) => ({ message })))
        },
      ),
    )
  })
})
