import type { Moment } from '../../lives/moment.ts'
import type { Person } from '../../people/person.ts'
import { localNumberOf } from '../../record/patient.ts'
import { components, hl7Time, segment } from './segments.ts'

/** One message of the hospital's system, as it goes over the line. */
export interface Message {
  /** When it is sent. */
  at: Moment
  /** MSH-10, the same for the same news of the same person. */
  control: string
  /** Segments without their ends, so that what is wrong on purpose can be put in. */
  segments: readonly string[]
}

const separators = '^~\\&'

export function header(type: string, event: string, at: Moment, control: string): string {
  const fields = segment('MSH', {
    2: 'RFRPAS',
    3: 'RFR',
    4: 'GOLDENTHREAD',
    5: 'ROTHERHAM',
    6: hl7Time(at),
    8: `${type}^${event}`,
    9: control,
    10: 'P',
    11: '2.4',
    14: 'AL',
    15: 'NE',
    16: 'GBR',
    17: 'UNICODE UTF-8',
  })
  return fields.replace('MSH|', `MSH|${separators}`)
}

export const evn = (event: string, at: Moment, occurred: Moment): string =>
  segment('EVN', { 1: event, 2: hl7Time(at), 6: hl7Time(occurred) })

/** Who it is about, by both numbers; `nhsNumber` null for whoever has none, or where the clerk did not know it. */
export function pid(person: Person, nhsNumber: string | null, died?: Moment): string {
  const { line, town, postcode } = person.address
  const local = `${localNumberOf(person, { kind: 'hospital' })}^^^RFR^MR`
  return segment('PID', {
    1: '1',
    3: nhsNumber === null ? local : `${nhsNumber}^^^NHS^NH~${local}`,
    5: components(person.family, person.given[0] ?? '', '', '', person.title ?? '', '', 'L'),
    7: person.born.replaceAll('-', ''),
    8: person.sex === 'female' ? 'F' : 'M',
    10: person.ethnicity,
    11: components(line, '', town, '', postcode, '', 'H'),
    ...(person.mobile && { 13: person.mobile }),
    ...(died !== undefined && { 29: hl7Time(died), 30: 'Y' }),
  })
}

/** A message as its bytes are: every segment ends with a carriage return. */
export const textOf = (message: Message): string => message.segments.map((each) => `${each}\r`).join('')
