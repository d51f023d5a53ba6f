import { expect, test } from 'vitest'
import type { Invalid } from '../../platform/index.ts'
import { type AdtSays, anAdt } from '../adt/an-adt.ts'
import { aReader } from './a-reader.ts'
import { readMessage } from './read-message.ts'

const read = (event: string, says: AdtSays = {}) => readMessage(anAdt(event, says), aReader)

function refusal(text: string): string {
  try {
    readMessage(text, aReader)
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
  ['by the authority alone', '9990001235^^^NHS~R1^^^RFR', '9990001235', 'R1', 0],
  ['hospital number alone', 'R1^^^RFR^MR', undefined, 'R1', 0],
  ['without a type', 'R1', undefined, 'R1', 0],
  ['NHS number alone', '9990001235^^^NHS^NH', '9990001235', undefined, 0],
  ['a check digit that fails is left out and noted', '9990001234^^^NHS^NH~R1^^^RFR^MR', undefined, 'R1', 1],
  ['other identifiers are not the hospital’s', 'D12^^^DVLA^DL~R1^^^RFR^MR', undefined, 'R1', 0],
  ['words in the place of the type', 'R1^5^M11^PAS^GENERAL HOSPITAL~123^^^^^USSSA', undefined, 'R1', 0],
])('PID-3: %s', (_name, identifiers, nhsNumber, localNumber, notes) => {
  const reading = read('A01', { identifiers })
  expect(reading.tellings[0]?.who).toMatchObject({ nhsNumber, localNumber })
  expect(reading.notes).toHaveLength(notes)
})

const noPv1 = (text: string) => text.replace(/PV1.*?\r/, '')

test.each<[string, string, string]>([
  ['a kind of message that is not taken', anAdt('A01').replace('ADT^A01', 'DFT^P03'), 'MSH-9: unsupported'],
  ['an event that is not taken', anAdt('A29'), 'MSH-9: unsupported'],
  ['no PID', anAdt('A01').replace(/PID.*?\r/, ''), 'PID: structure'],
  ['two people', anAdt('A01').replace(/(PID.*?\r)/, '$1$1'), 'PID: structure'],
  ['no PV1', noPv1(anAdt('A01')), 'PV1: structure'],
  ['no visit number', anAdt('A01', { visit: '' }), 'PV1-19: missing'],
  ['a visit number without end', anAdt('A01', { visit: 'V'.repeat(80) }), 'PV1-19: value'],
  ['nobody', anAdt('A01', { identifiers: '' }), 'PID-3: missing'],
  ['only a number that is none', anAdt('A01', { identifiers: '9990001234^^^NHS^NH' }), 'PID-3: value'],
  ['no time', anAdt('A01', { recorded: '', sent: '' }), 'EVN-2: missing'],
  ['a time that is none', anAdt('A01', { recorded: '20261301' }), 'EVN-2: value'],
  ['sent in the future', anAdt('A01', { recorded: '20270101' }), 'MSH-7: value'],
  ['recorded in the future, sent today', anAdt('A01', { recorded: '20270101', sent: '20260612' }), 'taken'],
  ['a person update needs no visit', noPv1(anAdt('A31')), 'taken'],
  ['a merge of nobody', anAdt('A40'), 'MRG: structure'],
  ['a visit handed over by nobody', anAdt('A45'), 'MRG: structure'],
  ['results without an order', anAdt('R01').replace('ADT^R01', 'ORU^R01'), 'OBR: structure'],
  ['a document without TXA', anAdt('T02').replace('ADT^T02', 'MDM^T02'), 'TXA: structure'],
  ['an appointment without SCH', anAdt('S12').replace('ADT^S12', 'SIU^S12'), 'SCH: structure'],
])('%s', (_name, text, expected) => expect(refusal(text)).toBe(expected))

test('an event recorded in the future is ordered by when it was sent, and that is noted', () => {
  const reading = read('A01', { recorded: '20270101', sent: '20260612120000' })
  expect([reading.recorded.fhir, reading.notes[0]?.path]).toEqual(['2026-06-12T12:00:00+01:00', 'EVN-2'])
})

test('a local time that came twice is taken and noted', () => {
  const reader = { ...aReader, now: new Date('2026-11-01T00:00:00Z') }
  expect(readMessage(anAdt('A01', { recorded: '20261025013000' }), reader).notes).toMatchObject([
    { path: 'EVN-2' },
  ])
})

test('two people who swap beds are two people', () => {
  const [head, evn, pid, pv1] = anAdt('A17', { visit: 'V1' }).split('\r')
  const [, , other, otherVisit] = anAdt('A17', { identifiers: 'R2', visit: 'V2' }).split('\r')
  const reading = readMessage([head, evn, pid, pv1, other, otherVisit].join('\r'), aReader)
  expect(reading.tellings.map(({ who, things }) => [who.number, things[0]?.key])).toEqual([
    ['R1400017', 'V1'],
    ['R2', 'V2'],
  ])
})
