import type { Hl7Message } from '@medplum/core'
import type { Appointment, AppointmentParticipant } from '@medplum/fhirtypes'
import { type Fault, Invalid } from '../../platform/index.ts'
import { locationSystem } from '../adt/stay.fhir.ts'
import { fieldOf, repetitionsIn, repetitionsOf, textIn, wrongStructure } from '../hl7/hl7.ts'
import type { Moment } from '../hl7/hl7-time.ts'
import { timeAt, timeIn } from '../reading/envelope.ts'
import type { Envelope, Reader, Telling } from '../reading/reading.ts'
import { longestIdentifier } from '../reading/who.ts'
import { codeIn } from '../results/code.fhir.ts'

/** What one message says of an appointment. Its patient is a participant as well, and is added where it is kept. */
export type AppointmentSaid = {
  appointment: Partial<Appointment>
  with: AppointmentParticipant[] | undefined
}

type Status = NonNullable<Appointment['status']>

/** What each SIU event makes of the appointment; undefined: only its details. */
const events: Record<string, Status | undefined> = {
  S12: 'booked',
  S13: 'booked',
  S14: undefined,
  S15: 'cancelled',
  S16: 'cancelled',
  S17: 'entered-in-error',
  S18: undefined,
  S19: undefined,
  S20: undefined,
  S21: undefined,
  S22: undefined,
  S26: 'noshow',
}

/** HL7 table 0278, in SCH-25. */
const statuses: Record<string, Status> = {
  BOOKED: 'booked',
  CANCELLED: 'cancelled',
  CANCELED: 'cancelled',
  DC: 'cancelled',
  COMPLETE: 'fulfilled',
  COMPLETED: 'fulfilled',
  DELETED: 'entered-in-error',
  NOSHOW: 'noshow',
  OVERBOOK: 'booked',
  PENDING: 'pending',
  STARTED: 'arrived',
  ARRIVED: 'arrived',
  WAITLIST: 'waitlist',
}

/** @throws Invalid with the field */
export function appointmentsIn(message: Hl7Message, envelope: Envelope, reader: Reader): Telling[] {
  if (!Object.hasOwn(events, envelope.event)) {
    const words = `SIU ${envelope.event} is not taken`
    throw new Invalid([{ path: 'MSH-9', words, code: 'unsupported' }])
  }
  if (!message.getSegment('SCH'))
    throw wrongStructure('SCH', 'Without an SCH segment nothing says which appointment it is')
  const key = fieldOf(message, 'SCH', 2) || fieldOf(message, 'SCH', 1)
  if (key === '') {
    const words = 'Without its number the appointment could not be changed or cancelled later'
    throw new Invalid([{ path: 'SCH-2', words, code: 'missing' }])
  }
  if (key.length > longestIdentifier)
    throw new Invalid([{ path: 'SCH-2', words: 'The number is too long', code: 'value' }])
  const status = events[envelope.event] ?? statuses[fieldOf(message, 'SCH', 25).toUpperCase()]
  const [kind] = [...repetitionsOf(message, 'SCH', 8), ...repetitionsOf(message, 'SCH', 7)]
  const [why] = [...repetitionsOf(message, 'SCH', 7), ...repetitionsOf(message, 'SCH', 6)]
  const [service] = repetitionsOf(message, 'AIS', 3)
  const comment = message
    .getAllSegments('NTE')
    .map((segment) => textIn(segment, 3, message.context))
    .filter((text) => text !== '')
    .join('\n')
  const [type, reason, serviceType] = [codeIn(kind), codeIn(why), codeIn(service)]
  const participants = participantsIn(message, reader)
  const appointment: Partial<Appointment> = {
    identifier: [{ value: key }],
    ...(status && { status }),
    ...(type && { appointmentType: type }),
    ...(reason && { reasonCode: [reason] }),
    ...(serviceType && { serviceType: [serviceType] }),
    ...(comment && { comment }),
    ...timesIn(message, envelope.notes),
  }
  return [
    {
      kind: 'appointment',
      key,
      said: { appointment, with: participants.length > 0 ? participants : undefined },
    },
  ]
}

/** SCH-11 in versions before 2.5, TQ1 since; else the first of what is booked. */
function timesIn(
  message: Hl7Message,
  notes: Fault[],
): Pick<Appointment, 'start' | 'end' | 'minutesDuration'> {
  const [timing] = repetitionsOf(message, 'SCH', 11)
  const start =
    timeIn(timing?.(4) ?? '', 'SCH-11', notes) ??
    timeAt(message, 'TQ1', 7, notes) ??
    timeAt(message, 'AIS', 4, notes) ??
    timeAt(message, 'AIL', 6, notes) ??
    timeAt(message, 'AIP', 6, notes)
  // FHIR has appointments at an instant, so a day alone says too little.
  if (!start?.fhir.includes('T')) return {}
  const said = timeIn(timing?.(5) ?? '', 'SCH-11', notes) ?? timeAt(message, 'TQ1', 8, notes)
  const minutes = durationIn(message)
  const end = said?.fhir.includes('T') && said.at >= start.at ? said.fhir : after(start, minutes ?? 0)
  return { start: start.fhir, end, ...(minutes && { minutesDuration: minutes }) }
}

const minute = 60_000
const after = (start: Moment, minutes: number): string =>
  minutes === 0 ? start.fhir : new Date(start.at.getTime() + minutes * minute).toISOString()

/** SCH-9 and 10, or those of the first service. Minutes unless it says otherwise. */
function durationIn(message: Hl7Message): number | undefined {
  for (const [segment, field] of [
    ['SCH', 9],
    ['AIS', 7],
    ['AIL', 9],
    ['AIP', 9],
  ] as const) {
    const length = Number(fieldOf(message, segment, field))
    if (!(length > 0)) continue
    const unit = fieldOf(message, segment, field + 1).toLowerCase()
    const each = /^s/.test(unit) ? 1 / 60 : /^h/.test(unit) ? 60 : 1
    const minutes = Math.round(length * each)
    if (minutes >= 1 && minutes <= 60 * 24 * 31) return minutes
  }
  return undefined
}

/** AIL where, AIP with whom. */
function participantsIn(message: Hl7Message, reader: Reader): AppointmentParticipant[] {
  const { context } = message
  const places = message.getAllSegments('AIL').flatMap((segment) => {
    const [at] = repetitionsIn(segment, 3, context)
    const code = at?.(1)
    if (!at || !code) return []
    const display = [at(9) || at(4) || '', code, at(2)].filter((part) => part !== '').join(', ')
    const identifier = { system: locationSystem, value: `${reader.organisation}/${code}` }
    return [{ actor: { type: 'Location', identifier, display }, status: 'accepted' as const }]
  })
  const people = message.getAllSegments('AIP').flatMap((segment) => {
    const [who] = repetitionsIn(segment, 3, context)
    const display = who ? [who(6), who(3), who(2)].filter((part) => part !== '').join(' ') || who(1) : ''
    return display === '' ? [] : [{ actor: { display }, status: 'accepted' as const }]
  })
  const seen = new Set<string>()
  return [...places, ...people].filter(({ actor }) => {
    const isNew = !seen.has(actor.display)
    seen.add(actor.display)
    return isNew
  })
}
