import { expect, test } from 'vitest'
import { anAdt } from '../adt/an-adt.ts'
import { acknowledge, type Quarantine } from './acknowledgement.ts'
import { readHeader } from './hl7.ts'

const now = new Date('2026-06-12T13:36:00Z')
const answer = (text: string, quarantine?: Quarantine) =>
  acknowledge(readHeader(text), quarantine, 'ack-1', now).split('\r')

test('applied', () => {
  expect(answer(anAdt('A01', { control: 'M1', charset: 'UNICODE UTF-8' }))).toEqual([
    'MSH|^~\\&|GOLDENTHREAD|ROTHERHAM|RFRPAS|RFR|20260612143600+0100||ACK^A01^ACK|ack-1|P|2.4||||||UNICODE UTF-8',
    'MSA|AA|M1',
    '',
  ])
})

test.each<[string, string, Quarantine, string[]]>([
  [
    'before 2.5 the place stands in ERR-1',
    '2.4',
    { reason: 'value', place: 'PID-7', words: 'quotes what was sent' },
    ['MSA|AE|M1|A value cannot be what it should be (PID-7)', 'ERR|PID^1^7^102&Data type error&HL70357'],
  ],
  [
    'since 2.5 in ERR-2',
    '2.5.1',
    { reason: 'value', place: 'PID-7', words: 'quotes what was sent' },
    [
      'MSA|AE|M1|A value cannot be what it should be (PID-7)',
      'ERR||PID^1^7|102^Data type error^HL70357|E||||A value cannot be what it should be (PID-7)',
    ],
  ],
  [
    'a whole segment',
    '2.5.1',
    { reason: 'structure', place: 'PV1', words: '' },
    [
      'MSA|AR|M1|The message is not built as HL7 v2 builds it (PV1)',
      'ERR||PV1^1|100^Segment sequence error^HL70357|E||||The message is not built as HL7 v2 builds it (PV1)',
    ],
  ],
  [
    'no place in the message',
    '2.5.1',
    { reason: 'not kept', place: 'Patient.name[0]', words: '' },
    [
      'MSA|AE|M1|The record could not take what the message says',
      'ERR|||207^Application internal error^HL70357|E||||The record could not take what the message says',
    ],
  ],
])('in quarantine: %s', (_name, version, quarantine, expected) => {
  expect(answer(anAdt('A01', { control: 'M1', version }), quarantine).slice(1, -1)).toEqual(expected)
})

test('what had no header is answered all the same', () => {
  expect(answer('garbage', { reason: 'structure', place: 'MSH', words: '' })[1]).toBe(
    'MSA|AR||The message is not built as HL7 v2 builds it (MSH)',
  )
})
