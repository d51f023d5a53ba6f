import type {
  Appointment,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  Observation,
  Patient,
} from '@medplum/fhirtypes'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aListeningPlace, type ListeningPlace } from '../../testing/listening-place.ts'
import { anAdt } from '../adt/an-adt.ts'

let place: ListeningPlace
beforeEach(async () => {
  place = await aListeningPlace()
})
afterEach(() => place.close())

const pid = 'PID|1||9990001235^^^NHS^NH~R1400017^^^RFR^MR||Ashworth^Margaret^^^Mrs^^L||19410714|F'
let serial = 0
const message = (type: string, sent: string, ...segments: string[]): string => {
  serial += 1
  return [`MSH|^~\\&|RFRPAS|RFR|GT|R|${sent}||${type}|X${serial}|P|2.4`, pid, ...segments, ''].join('\r')
}

describe('results', () => {
  const oru = (sent: string, status: string, ...results: string[]) =>
    message(
      'ORU^R01',
      sent,
      `OBR|1|P1|L1|UE^Urea and electrolytes^L|||20260612090000|||||||||||||||${sent}||CH|${status}`,
      'NTE|1||Taken fasting',
      ...results,
    )
  const sodium = 'OBX|1|NM|2951-2^Sodium^LN||131.0|mmol/L|133 - 146|L|||P|||20260612090000|LAB^Pathology'

  test('a report with its results, units, ranges, flags and comments', async () => {
    const told = await place.told(
      oru(
        '20260612100000',
        'P',
        sodium,
        'NTE|1||Repeat \\T\\ review',
        'OBX|2|NM|K^Potassium^L||<1.5|mmol/L||LL~A|||F',
        'OBX|3|TX|C^Comment^L||Line one||||||F',
        'OBX|4|TX|C^Comment^L||Line ^two||||||F',
        'OBX|5|CE|G^Group^L||A^Group A^L||||||F',
        'OBX|6|SN|T^Titre^L||^1^:^128||||||F',
        'OBX|7|NM|H^Haemolysis^L|| ||||||X',
      ),
    )
    expect(told).toBe('AA')
    const results = await place.current<Observation>('Observation')
    const byName = Object.fromEntries(results.map((each) => [each.code?.text, each]))
    expect(byName['Sodium']).toMatchObject({
      status: 'preliminary',
      code: { coding: [{ system: 'http://loinc.org', code: '2951-2' }] },
      valueQuantity: { value: 131, unit: 'mmol/L' },
      referenceRange: [{ low: { value: 133 }, high: { value: 146 }, text: '133 - 146' }],
      interpretation: [{ coding: [{ code: 'L', display: 'Low' }] }],
      effectiveDateTime: '2026-06-12T09:00:00+01:00',
      performer: [{ display: 'Pathology' }],
      note: [{ text: 'Repeat & review' }],
    })
    expect(byName['Potassium']?.valueQuantity).toEqual({ value: 1.5, comparator: '<', unit: 'mmol/L' })
    expect(byName['Potassium']?.interpretation).toHaveLength(2)
    expect(byName['Comment']?.valueString).toBe('Line one\nLine ^two')
    expect(byName['Group']?.valueCodeableConcept).toMatchObject({ text: 'Group A' })
    expect(byName['Titre']?.valueString).toBe('1:128')
    expect(byName['Haemolysis']).toMatchObject({
      status: 'cancelled',
      dataAbsentReason: { text: 'No value was sent' },
    })
    const [report] = await place.current<DiagnosticReport>('DiagnosticReport')
    expect(report).toMatchObject({
      status: 'preliminary',
      code: { text: 'Urea and electrolytes' },
      conclusion: 'Taken fasting',
      identifier: [{ value: 'L1' }],
    })
    expect(report?.result).toHaveLength(6)
    const [row] = await place.look<{ body: string }>(
      `select body from record.resource where body like '%"131.0%' or body like '%:131.0,%'`,
    )
    expect(row?.body).toContain('"value":131.0')
  })

  const corrected = oru('20260612120000', 'C', 'OBX|1|NM|2951-2^Sodium^LN||141|mmol/L|133 - 146|N|||C')
  test.each([
    ['in order', [oru('20260612100000', 'F', sodium), corrected]],
    ['the correction first', [corrected, oru('20260612100000', 'F', sodium)]],
  ])('a corrected result stands in place of the earlier one: %s', async (_name, messages) => {
    for (const each of messages) expect(await place.told(each)).toBe('AA')
    expect(await place.current<Observation>('Observation')).toMatchObject([
      { status: 'corrected', valueQuantity: { value: 141 } },
    ])
    expect(await place.current<DiagnosticReport>('DiagnosticReport')).toMatchObject([{ status: 'corrected' }])
  })

  test('a laboratory’s old address does not undo what the register says', async () => {
    await place.told(anAdt('A31', { address: '1 New Street^^^^S1 1AA^^H' }))
    await place.told(
      oru('20260614100000', 'F', sodium).replace('|19410714|F', '|19410714|F|||2 Old Road^^^^S2 2BB^^H'),
    )
    expect(await place.current<Patient>('Patient')).toMatchObject([{ address: [{ line: ['1 New Street'] }] }])
  })
})

describe('documents', () => {
  const mdm = (event: string, number: string, parent: string, ...body: string[]) =>
    message(
      `MDM^${event}`,
      `2026061${serial % 3}12000${serial % 10}`,
      `TXA|1|DS^Discharge summary^L|TX|20260612090000|||||C1^Pryce^Gethin^^^Dr|||${number}|${parent}|||letter.pdf|AU`,
      ...body,
    )
  const pdf = Buffer.from('%PDF-1.4 not much').toString('base64')

  test('text and files are kept with who wrote them', async () => {
    expect(
      await place.told(
        mdm(
          'T02',
          'D1^DOCS',
          '',
          'OBX|1|TX|1^Letter||Dear \\.br\\colleague',
          `OBX|2|ED|2^PDF||RFR^application^pdf^Base64^${pdf}`,
        ),
      ),
    ).toBe('AA')
    const [document] = await place.current<DocumentReference>('DocumentReference')
    expect(document).toMatchObject({
      status: 'current',
      docStatus: 'final',
      author: [{ display: 'Dr Gethin Pryce' }],
      type: { text: 'Discharge summary' },
      masterIdentifier: { value: 'D1^DOCS' },
    })
    const [file, text] = document?.content ?? []
    expect(file?.attachment).toMatchObject({ contentType: 'application/pdf', data: pdf, title: 'letter.pdf' })
    expect(Buffer.from(text?.attachment.data ?? '', 'base64').toString()).toBe('Dear \ncolleague')
  })

  test('a file that is not encoded as it says is refused', async () => {
    expect(await place.told(mdm('T02', 'D1', '', 'OBX|1|ED|2^PDF||RFR^application^pdf^Base64^%%%'))).toBe(
      'AE (OBX-5)',
    )
  })

  test('what is replaced says so, whichever came first; what is cancelled is in error', async () => {
    const states = async () =>
      Object.fromEntries(
        (await place.current<DocumentReference>('DocumentReference')).map((each) => [
          each.masterIdentifier?.value,
          each.status,
        ]),
      )
    await place.told(mdm('T10', 'D2', 'D1', 'OBX|1|TX|1||Second'))
    await place.told(mdm('T02', 'D1', '', 'OBX|1|TX|1||First'))
    expect(await states()).toEqual({ D1: 'superseded', D2: 'current' })
    await place.told(message('MDM^T11', '20260614120000', 'TXA|1|DS||||||||||D2'))
    expect(await states()).toEqual({ D1: 'current', D2: 'entered-in-error' })
  })
})

describe('appointments', () => {
  const siu = (event: string, sent: string, when: string) =>
    message(
      `SIU^${event}`,
      sent,
      `SCH|P1|F1||||REASON^Knee clinic|FOLLOWUP^Follow-up||30|min|^^^${when}`,
      'AIL|1||CLIN3^^^RFR',
      'AIP|1||C1^Pryce^Gethin^^^Dr',
    )

  test('booked, moved, and cancelled; a late change of time does not book it again', async () => {
    await place.told(siu('S12', '20260610090000', '20260620093000'))
    expect(await place.current<Appointment>('Appointment')).toMatchObject([
      {
        status: 'booked',
        start: '2026-06-20T09:30:00+01:00',
        end: '2026-06-20T09:00:00.000Z',
        minutesDuration: 30,
        participant: [{}, { actor: { display: 'RFR, CLIN3' } }, { actor: { display: 'Dr Gethin Pryce' } }],
      },
    ])
    await place.told(siu('S15', '20260612090000', ''))
    expect(await place.told(siu('S13', '20260611090000', '20260621093000'))).toBe('AA')
    expect(await place.current<Appointment>('Appointment')).toMatchObject([
      { status: 'cancelled', start: '2026-06-21T09:30:00+01:00' },
    ])
  })

  test.each([
    ['S17', 'entered-in-error'],
    ['S26', 'noshow'],
    ['S14', 'booked'],
  ])('%s: %s', async (event, status) => {
    await place.told(siu('S12', '20260610090000', '20260620093000'))
    await place.told(siu(event, '20260611090000', '20260620093000'))
    expect(await place.current<Appointment>('Appointment')).toMatchObject([{ status }])
  })
})

describe('people', () => {
  const persons = () =>
    place.look(
      `select string_agg(f.local_value, ' ' order by f.local_value) as files from access.person_file p join people.file f using (person_key) group by person_id order by 1`,
    )
  const merge = (event: string) =>
    `${anAdt(event, { identifiers: 'R2^^^RFR^MR', recorded: '20260612150000' }).replace(/PV1.*/s, '')}MRG|R1400017^^^RFR^MR\r`

  test.each(['A40', 'A34', 'A47'])(
    '%s makes two numbers one person, whichever comes first',
    async (event) => {
      expect(await place.told(merge(event))).toBe('AA')
      expect(await place.told(anAdt('A01', { identifiers: 'R1400017^^^RFR^MR' }))).toBe('AA')
      expect(await persons()).toEqual([{ files: 'R1400017 R2' }])
      expect((await place.current<Patient>('Patient')).map(({ active }) => active).sort()).toEqual([
        false,
        undefined,
      ])
    },
  )

  test('two people with NHS numbers of their own are not merged on a message', async () => {
    await place.told(anAdt('A28', { visit: '' }))
    await place.told(
      anAdt('A28', {
        identifiers: '9990001308^^^NHS^NH~R2^^^RFR^MR',
        name: 'Bramwell^Harold',
        born: '19380203',
        visit: '',
      }),
    )
    const both = merge('A40')
      .replace('R2^^^RFR^MR', '9990001308^^^NHS^NH~R2^^^RFR^MR')
      .replace('Ashworth^Margaret', 'Bramwell^Harold')
      .replace('19410714', '19380203')
    expect(await place.told(both)).toBe('AE (MRG-1)')
    expect(await persons()).toHaveLength(2)
  })

  test('a visit goes to another person and leaves nothing where it was, nor a reason to read', async () => {
    await place.told(anAdt('A01'))
    await place.told(anAdt('A28', { identifiers: 'R2^^^RFR^MR', name: 'Bramwell^Harold', born: '19380203' }))
    const moved = anAdt('A45', {
      identifiers: 'R2^^^RFR^MR',
      name: 'Bramwell^Harold',
      born: '19380203',
      recorded: '20260613090000',
    }).replace('PV1|', 'MRG|R1400017^^^RFR^MR||||V900001\rPV1|')
    expect(await place.told(moved)).toBe('AA')
    const [encounter, ...others] = await place.current<Encounter>('Encounter')
    expect(others).toEqual([])
    const now = await place.look(
      `select f.local_value from record.v_encounter e join people.file f using (person_key)`,
    )
    expect(now).toEqual([{ local_value: 'R2' }])
    expect(encounter?.status).toBe('in-progress')
    expect(
      await place.look(
        `select f.local_value from access.reach r join people.file f using (person_key) where principal = 'rfr-amu'`,
      ),
    ).toEqual([{ local_value: 'R2' }])
    expect(
      await place.look(
        `select version, body is null as gone from record.resource_history h join people.file f using (person_key) where type = 'Encounter' and local_value = 'R1400017' order by version`,
      ),
    ).toEqual([
      { version: 1, gone: false },
      { version: 2, gone: true },
    ])
  })

  test('a sender whose engine stops at anything but AA is told AA, and the message is in quarantine all the same', async () => {
    await place.close()
    place = await aListeningPlace((usual) => ({
      ...usual,
      senders: usual.senders.map((each) =>
        each.hl7 ? { ...each, hl7: { ...each.hl7, alwaysAA: true } } : each,
      ),
    }))
    expect(await place.told(anAdt('A13'))).toBe('AA')
    expect(await place.states()).toMatchObject([{ state: 'quarantined', reason: 'unknown visit' }])
  })
})
