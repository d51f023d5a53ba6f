import { expect, test } from 'vitest'
import { decode, encode } from './charset.ts'

const header = (charset: string) => `MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.4||||||${charset}\rPID|||`

test.each([
  ['nothing declared, UTF-8 sent', '', Buffer.from('Zoë'), 'Zoë', 'utf-8', true],
  ['UNICODE UTF-8', 'UNICODE UTF-8', Buffer.from('Zoë'), 'Zoë', 'utf-8', true],
  ['8859/1', '8859/1', Buffer.from('Zoë', 'latin1'), 'Zoë', 'windows-1252', true],
  [
    '8859/1, first of several',
    '8859/1~UNICODE UTF-8',
    Buffer.from('Zoë', 'latin1'),
    'Zoë',
    'windows-1252',
    true,
  ],
  ['ASCII', 'ASCII', Buffer.from('Zoe'), 'Zoe', 'utf-8', true],
  [
    'ASCII declared, windows-1252 sent',
    'ASCII',
    Buffer.from([0x4f, 0x92, 0x4e]),
    'O’N',
    'windows-1252',
    false,
  ],
  [
    'UTF-8 declared, windows-1252 sent',
    'UNICODE UTF-8',
    Buffer.from('Zoë', 'latin1'),
    'Zoë',
    'windows-1252',
    false,
  ],
  ['a set that is not known', 'GB 18030-2000', Buffer.from('Zoë'), 'Zoë', 'utf-8', true],
])('%s', (_name, declared, name, expected, charset, asDeclared) => {
  const decoded = decode(Buffer.concat([Buffer.from(header(declared)), name]))
  expect(decoded).toEqual({ text: header(declared) + expected, charset, asDeclared })
})

test('an answer goes back as the message came', () => {
  expect(encode('Zoë', 'windows-1252')).toEqual(Buffer.from('Zoë', 'latin1'))
  expect(encode('“O’Neil”', 'windows-1252')).toEqual(
    Buffer.from([0x93, 0x4f, 0x92, 0x4e, 0x65, 0x69, 0x6c, 0x94]),
  )
  expect(encode('\u4e1c', 'windows-1252')).toEqual(Buffer.from('?'))
  expect(encode('Zoë', 'utf-8')).toEqual(Buffer.from('Zoë', 'utf8'))
})

test('what is no message at all', () => {
  for (const bytes of [[], [0xff, 0xfe], [0x4d, 0x53, 0x48]])
    expect(decode(Buffer.from(bytes)).text).toBeTypeOf('string')
})
