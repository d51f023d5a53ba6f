import { expect, test } from 'vitest'
import { Invalid } from '../../platform/index.ts'
import { fieldOf, isCleared, parseMessage, readHeader, repetitionsOf } from './hl7.ts'

const msh = 'MSH|^~\\&|RFRPAS|RFR|GT|R|20260101||ADT^A01|7|P|2.4'

test.each([
  ['A\\T\\E', 'A&E'],
  ['a\\F\\b\\S\\c\\R\\d\\E\\e', 'a|b^c~d\\e'],
  ['first\\.br\\second', 'first\nsecond'],
  ['\\H\\bold\\N\\', 'bold'],
  ['caf\\XE9\\', 'café'],
  ['\\Zunknown\\', '\\Zunknown\\'],
  ['one \\ alone', 'one \\ alone'],
  ['""', ''],
])('%s reads %j', (written, expected) => {
  expect(fieldOf(parseMessage(`${msh}\rPV2|||${written}`), 'PV2', 3)).toBe(expected)
})

test('repetitions, components and subcomponents', () => {
  const message = parseMessage(`${msh}\rPID|||1^^^NHS&x^NH~~2^^^RFR^MR`)
  expect(repetitionsOf(message, 'PID', 3).map((each) => [each(1), each(4), each(4, 2), each(9)])).toEqual([
    ['1', 'NHS', 'x', ''],
    ['2', 'RFR', '', ''],
  ])
  expect(repetitionsOf(message, 'PID', 40)).toEqual([])
  expect(repetitionsOf(message, 'ZZZ', 1)).toEqual([])
})

test('separators of the sender’s own', () => {
  const message = parseMessage(
    'MSH#*!?@#RFRPAS#RFR#GT#R#20260101##ADT*A01#7#P#2.4\rPID###1***NHS*NH!2***RFR@x*MR',
  )
  expect(repetitionsOf(message, 'PID', 3).map((each) => [each(1), each(5), each(4, 2)])).toEqual([
    ['1', 'NH', ''],
    ['2', 'MR', 'x'],
  ])
})

test.each([
  ['CR', `${msh}\rPID|||1\rPV1||I\r`],
  ['CR LF', `${msh}\r\nPID|||1\r\nPV1||I\r\n`],
  ['LF', `${msh}\nPID|||1\nPV1||I\n`],
  ['some of each', `${msh}\rPID|||1\nPV1||I`],
])('segments end with %s', (_name, text) => {
  const message = parseMessage(text)
  expect([fieldOf(message, 'PID', 3), fieldOf(message, 'PV1', 2)]).toEqual(['1', 'I'])
})

test('a line end typed into a field is text and begins no segment', () => {
  const message = parseMessage(`${msh}\rPV2|||first\nsecond|x\rZZ1|`)
  expect(fieldOf(message, 'PV2', 3)).toBe('first\nsecond')
  expect(fieldOf(message, 'PV2', 4)).toBe('x')
})

test('two quotation marks clear a field; an empty one says nothing', () => {
  const message = parseMessage(`${msh}\rPID|||1||||""|`)
  expect([isCleared(message, 'PID', 7), isCleared(message, 'PID', 8), isCleared(message, 'PID', 90)]).toEqual(
    [true, false, false],
  )
})

test.each(['', 'MSH', 'MSH|', 'MSH|^~', 'MSH|^^^^|A', 'MSH|ABCD|A', 'PID|||1'])(
  '%j has not the structure of a message',
  (text) => {
    expect(() => parseMessage(text)).toThrow(Invalid)
  },
)

test('a header is read even when nothing else can be', () => {
  expect(readHeader('MSH|^~\\&|RFRPAS^x|RFR|GT|R|20260101||ADT^A01|7|P|2.4\r\0\0')).toMatchObject({
    sendingApplication: 'RFRPAS^x',
    messageType: 'ADT',
    event: 'A01',
    controlId: '7',
    version: '2.4',
  })
  expect(readHeader('MSHX')).toBeUndefined()
  expect(readHeader('')).toBeUndefined()
})
