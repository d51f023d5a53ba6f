import type { Hl7Message } from '@medplum/core'
import { faultInWords, readNhsNumber } from '../people/index.ts'
import { type Fault, Invalid } from '../platform/index.ts'
import { fieldOf, repetitionsOf, wrongStructure } from './hl7.ts'
import { type Moment, readTime } from './hl7-time.ts'

/** The ADT events that are taken, and whether they are about a visit. */
const events = {
  A01: 'visit',
  A02: 'visit',
  A03: 'visit',
  A04: 'visit',
  A08: 'person',
  A11: 'visit',
  A12: 'visit',
  A13: 'visit',
  A28: 'person',
  A31: 'person',
} as const

export type AdtEvent = keyof typeof events

/** What an ADT message says of itself: who, which visit, and when. `notes` are faults that did not keep it out. */
export type Adt = {
  event: AdtEvent
  nhsNumber: string | undefined
  localNumber: string | undefined
  visit: string | undefined
  /** When the sender recorded the event: the order of its messages. */
  recorded: Moment
  /** When it happened. */
  occurred: Moment
  notes: Fault[]
}

const longestIdentifier = 60

/** @throws Invalid with the reason and the field */
export function readAdt(message: Hl7Message): Adt {
  const [type] = repetitionsOf(message, 'MSH', 9)
  const event = type?.(2) || fieldOf(message, 'EVN', 1)
  if (type?.(1) !== 'ADT' || !Object.hasOwn(events, event)) {
    throw new Invalid([
      { path: 'MSH-9', words: `${type?.(1) ?? ''} ${event} is not taken yet`, code: 'unsupported' },
    ])
  }
  const named = event as AdtEvent
  if (message.getAllSegments('PID').length !== 1)
    throw wrongStructure('PID', 'The message must be about one person, in one PID segment')
  if (events[named] === 'visit' && message.getAllSegments('PV1').length !== 1) {
    throw wrongStructure('PV1', 'The message must be about one visit, in one PV1 segment')
  }
  const notes: Fault[] = []
  const { nhsNumber, localNumber } = personNumbers(message, notes)
  const visit = visitNumber(message)
  if (events[named] === 'visit' && visit === undefined) {
    throw new Invalid([
      {
        path: 'PV1-19',
        words: 'Without a visit number the visit cannot be told from others',
        code: 'missing',
      },
    ])
  }
  return { event: named, nhsNumber, localNumber, visit, ...times(message, notes), notes }
}

function visitNumber(message: Hl7Message): string | undefined {
  const visit = fieldOf(message, 'PV1', 19) || fieldOf(message, 'PID', 18)
  if (visit.length > longestIdentifier)
    throw new Invalid([{ path: 'PV1-19', words: 'The visit number is too long', code: 'value' }])
  return visit || undefined
}

/**
 * PID-3: `9990001235^^^NHS^NH~R1400017^^^RFR^MR`. A number that cannot be an NHS number is left out and noted, as long as the sender's own
 * number says who is meant; alone it says nothing.
 */
function personNumbers(message: Hl7Message, notes: Fault[]): Pick<Adt, 'nhsNumber' | 'localNumber'> {
  let nhsNumber: string | undefined
  let localNumber: string | undefined
  for (const identifier of repetitionsOf(message, 'PID', 3)) {
    const isNhs = identifier(5) === 'NH' || identifier(4) === 'NHS' || identifier(4) === 'NHSNBR'
    if (
      !isNhs &&
      identifier(1) !== '' &&
      identifier(1).length <= longestIdentifier &&
      localTypes.has(identifier(5))
    )
      localNumber ??= identifier(1)
    if (!isNhs || identifier(1) === '') continue
    const read = readNhsNumber(identifier(1))
    if ('number' in read) nhsNumber ??= read.number
    else notes.push({ path: 'PID-3', words: faultInWords[read.fault], code: 'value' })
  }
  if (nhsNumber !== undefined || localNumber !== undefined) return { nhsNumber, localNumber }
  const [fault] = notes
  throw new Invalid([
    fault ?? {
      path: 'PID-3',
      words: 'The message names nobody: neither an NHS number nor a local number',
      code: 'missing',
    },
  ])
}

/** What a sender calls its own number; many say nothing. */
const localTypes = new Set(['MR', 'MRN', 'PI', 'PT', 'PAS', 'HOSP', ''])

/** EVN-2 when it was recorded, else MSH-7; EVN-6 when it happened, else the same. */
function times(message: Hl7Message, notes: Fault[]): Pick<Adt, 'recorded' | 'occurred'> {
  const recorded = timeAt(message, 'EVN', 2, notes) ?? timeAt(message, 'MSH', 7, notes)
  if (recorded === undefined)
    throw new Invalid([{ path: 'EVN-2', words: 'Nothing says when this was recorded', code: 'missing' }])
  return { recorded, occurred: timeAt(message, 'EVN', 6, notes) ?? recorded }
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
  const written = fieldOf(message, segment, field)
  if (written === '') return undefined
  const path = `${segment}-${field}`
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
