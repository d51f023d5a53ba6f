import { expect, test } from 'vitest'
import type { Invalid } from '../platform/index.ts'
import { readAdt } from './adt.ts'
import { type AdtSays, anAdt } from './an-adt.ts'
import { parseMessage } from './hl7.ts'

const read = (event: string, says: AdtSays = {}) => readAdt(parseMessage(anAdt(event, says)))

function refusal(text: string): string {
  try {
    readAdt(parseMessage(text))
    return 'taken'
  } catch (problem) {
    const [fault] = (problem as Invalid).faults
    return `${fault?.path}: ${fault?.code}`
  }
}

test.each<[string, string, string | undefined, string | undefined, number]>([
  ['NHS and hospital number', '9990001235^^^NHS^NH~R1^^^RFR^MR', '9990001235', 'R1', 0],
  ['the other way round', 'R1^^^RFR^MR~9990001235^^^NHS^NH', '9990001235', 'R1', 0],
  ['written in three parts', '999 000 1235^^^NHS^NH~R1^^^RFR^MR', '9990001235', 'R1', 0],
  ['hospital number alone', 'R1^^^RFR^MR', undefined, 'R1', 0],
  ['without a type', 'R1', undefined, 'R1', 0],
  ['NHS number alone', '9990001235^^^NHS^NH', '9990001235', undefined, 0],
  ['a check digit that fails is left out and noted', '9990001234^^^NHS^NH~R1^^^RFR^MR', undefined, 'R1', 1],
  ['other identifiers are not the hospital’s', 'D12^^^DVLA^DL~R1^^^RFR^MR', undefined, 'R1', 0],
])('PID-3: %s', (_name, identifiers, nhsNumber, localNumber, notes) => {
  const adt = read('A01', { identifiers })
  expect([adt.nhsNumber, adt.localNumber, adt.notes.length]).toEqual([nhsNumber, localNumber, notes])
})

test.each<[string, string, string]>([
  ['a kind of message that is not taken', anAdt('A01').replace('ADT^A01', 'ORU^R01'), 'MSH-9: unsupported'],
  ['an event that is not taken', anAdt('A40'), 'MSH-9: unsupported'],
  ['no PID', anAdt('A01').replace(/PID.*?\r/, ''), 'PID: structure'],
  ['two people', anAdt('A01').replace(/(PID.*?\r)/, '$1$1'), 'PID: structure'],
  ['no PV1', anAdt('A01').replace(/PV1.*?\r/, ''), 'PV1: structure'],
  ['no visit number', anAdt('A01', { visit: '' }), 'PV1-19: missing'],
  ['a visit number without end', anAdt('A01', { visit: 'V'.repeat(80) }), 'PV1-19: value'],
  ['nobody', anAdt('A01', { identifiers: '' }), 'PID-3: missing'],
  [
    'only a number that cannot be an NHS number',
    anAdt('A01', { identifiers: '9990001234^^^NHS^NH' }),
    'PID-3: value',
  ],
  ['no time', anAdt('A01', { recorded: '', sent: '' }), 'EVN-2: missing'],
  ['a time that is none', anAdt('A01', { recorded: '20261301' }), 'EVN-2: value'],
  ['a person update needs no visit', anAdt('A31').replace(/PV1.*?\r/, ''), 'taken'],
])('%s', (_name, text, expected) => expect(refusal(text)).toBe(expected))

test('when it was recorded and when it happened', () => {
  expect(read('A01', { recorded: '20260612143500', occurred: '20260612143000' })).toMatchObject({
    recorded: { fhir: '2026-06-12T14:35:00+01:00' },
    occurred: { fhir: '2026-06-12T14:30:00+01:00' },
  })
  expect(read('A01', { recorded: '', sent: '20260612143600' }).occurred.fhir).toBe(
    '2026-06-12T14:36:00+01:00',
  )
})

test('a local time that came twice is taken and noted', () => {
  expect(read('A01', { recorded: '20261025013000' }).notes).toMatchObject([{ path: 'EVN-2' }])
})
