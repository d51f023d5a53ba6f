import type { Hl7Message } from '@medplum/core'
import { type Fault, Invalid } from '../../platform/index.ts'
import { orderOf } from '../fold/order.ts'
import { fieldOf, repetitionsOf } from '../hl7/hl7.ts'
import { type Moment, readTime } from '../hl7/hl7-time.ts'
import type { Envelope } from './reading.ts'

const day = 86_400_000

/**
 * What a message is, and when its sender recorded it: EVN-2 (OBR-22 for results), else MSH-7; EVN-6 when it happened, else the same. A clock
 * may be some minutes ahead; a message recorded days from now would stand above everything said until then, so MSH-7 counts instead.
 * @throws Invalid with the reason and the field
 */
export function readEnvelope(message: Hl7Message, now: Date): Envelope {
  const notes: Fault[] = []
  const [named] = repetitionsOf(message, 'MSH', 9)
  const type = named?.(1) ?? ''
  // HL7 v2.2 and some later senders leave the event to EVN-1.
  const event = named?.(2) || fieldOf(message, 'EVN', 1)
  const said = recordedAt(message, type, notes)
  // Where EVN-2 says when, MSH-7 only tells two events of one moment apart.
  const sent = said ? readTime(fieldOf(message, 'MSH', 7)) : timeAt(message, 'MSH', 7, notes)
  const isAhead = said !== undefined && said.at.getTime() > now.getTime() + day
  if (isAhead)
    notes.push({ path: recordedIn(type), words: 'This is in the future; MSH-7 is taken', code: 'value' })
  const recorded = isAhead ? sent : (said ?? sent)
  if (recorded === undefined)
    throw new Invalid([{ path: 'EVN-2', words: 'Nothing says when this was recorded', code: 'missing' }])
  if (recorded.at.getTime() > now.getTime() + day)
    throw new Invalid([{ path: 'MSH-7', words: 'This was sent in the future', code: 'value' }])
  const controlId = fieldOf(message, 'MSH', 10)
  const weight = type === 'ADT' ? 'registered' : 'heard'
  return {
    type,
    event,
    controlId,
    recorded,
    occurred: timeAt(message, 'EVN', 6, notes) ?? recorded,
    order: orderOf(weight, recorded.at, (sent ?? recorded).at, controlId),
    notes,
  }
}

const recordedIn = (type: string): string => (type === 'ORU' ? 'OBR-22' : 'EVN-2')

function recordedAt(message: Hl7Message, type: string, notes: Fault[]): Moment | undefined {
  if (type === 'ADT') return timeAt(message, 'EVN', 2, notes)
  return type === 'ORU' ? timeAt(message, 'OBR', 22, notes) : undefined
}

/**
 * The time in a field, undefined when the field is empty. A local time in an hour that came twice is noted.
 * @throws Invalid when it is no time
 */
export function timeAt(
  message: Hl7Message,
  segment: string,
  field: number,
  notes: Fault[],
): Moment | undefined {
  return timeIn(fieldOf(message, segment, field), `${segment}-${field}`, notes)
}

/** The same for a time that was already found. */
export function timeIn(written: string, path: string, notes: Fault[]): Moment | undefined {
  if (written === '') return undefined
  const moment = readTime(written)
  if (moment === undefined)
    throw new Invalid([{ path, words: 'This is not a date or a time', code: 'value' }])
  if (moment.doubt)
    notes.push({
      path,
      words: `By the clock this time ${moment.doubt}, when the clocks changed`,
      code: 'value',
    })
  return moment
}
