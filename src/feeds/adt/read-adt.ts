import type { Hl7Message } from '@medplum/core'
import { Invalid } from '../../platform/index.ts'
import { fieldOf, piecesOf, wrongStructure } from '../hl7/hl7.ts'
import type { Envelope, Reader, Told } from '../reading/reading.ts'
import { formerWho, longestIdentifier, whoIn } from '../reading/who.ts'
import { visitDetails } from './encounter.fhir.ts'
import { type AdtEvent, events, refusals } from './events.ts'
import { patientSaid } from './patient.fhir.ts'
import { stayIn } from './stay.fhir.ts'
import { visitEventIn } from './visit-event.ts'

/**
 * What an ADT message says: about one person, or about several where the event is about several (A17 swaps two, A40 may merge many).
 * @throws Invalid with the reason and the field
 */
export function readAdt(message: Hl7Message, envelope: Envelope, reader: Reader): Told[] {
  const { event } = envelope
  if (!Object.hasOwn(events, event)) {
    const words = refusals[event] ?? `${envelope.type} ${event} is not taken`
    throw new Invalid([{ path: 'MSH-9', words, code: 'unsupported' }])
  }
  const { about } = events[event as AdtEvent]
  const people = piecesOf(message, 'PID')
  if (people.length === 0) throw wrongStructure('PID', 'The message has no PID segment')
  if (people.length > 1 && about !== 'merge' && event !== 'A17')
    throw wrongStructure('PID', 'The message must be about one person, in one PID segment')
  return people.map((piece) => {
    const who = whoIn(piece, envelope.notes)
    const patient = patientSaid(piece, who, envelope, reader)
    switch (about) {
      case 'merge':
        return { who, patient, things: [], formerly: mergedIn(piece, envelope) }
      case 'visits of another':
        return { who, patient, ...handedOver(piece, who.number, envelope, reader) }
      case 'visit':
        return { who, patient, things: [visitIn(piece, who.number, envelope, reader)] }
      default:
        return { who, patient, things: aboutVisit(piece, who.number, envelope, reader) }
    }
  })
}

function mergedIn(piece: Hl7Message, envelope: Envelope): NonNullable<Told['formerly']> {
  if (!piece.getSegment('MRG'))
    throw wrongStructure('MRG', 'Without an MRG segment nothing says which number is merged')
  return formerWho(piece, envelope.notes)
}

/** One visit, in one PV1 segment. */
function visitIn(piece: Hl7Message, by: string, envelope: Envelope, reader: Reader): Told['things'][number] {
  if (piece.getAllSegments('PV1').length !== 1)
    throw wrongStructure('PV1', 'The message must be about one visit, in one PV1 segment')
  const key = visitNumber(piece)
  if (key === undefined) {
    const words = 'Without a visit number the visit cannot be told from others'
    throw new Invalid([{ path: 'PV1-19', words, code: 'missing' }])
  }
  const stay = stayIn(piece, reader)
  return {
    kind: 'visit',
    key,
    said: {
      event: visitEventIn(piece, by, envelope, stay),
      details: visitDetails(piece, envelope, reader),
      order: envelope.order,
    },
  }
}

/** An update names the visit it happens in, if any. */
function aboutVisit(piece: Hl7Message, by: string, envelope: Envelope, reader: Reader): Told['things'] {
  return piece.getAllSegments('PV1').length === 1 && visitNumber(piece) !== undefined
    ? [visitIn(piece, by, envelope, reader)]
    : []
}

export function visitNumber(message: Hl7Message): string | undefined {
  const visit = fieldOf(message, 'PV1', 19) || fieldOf(message, 'PID', 18)
  if (visit.length > longestIdentifier)
    throw new Invalid([{ path: 'PV1-19', words: 'The visit number is too long', code: 'value' }])
  return visit || undefined
}

/** A45: each MRG names the earlier owner (MRG-1) and the visit (MRG-5, else PV1-19 after it). */
function handedOver(
  piece: Hl7Message,
  by: string,
  envelope: Envelope,
  reader: Reader,
): Pick<Told, 'things' | 'takesFrom'> {
  const parts = piecesOf(piece, 'MRG')
  if (parts.length === 0)
    throw wrongStructure('MRG', 'Without an MRG segment nothing says whose visit it was')
  const from = formerWho(parts[0] as Hl7Message, envelope.notes)
  const things = parts.map((part) => {
    const key = fieldOf(part, 'MRG', 5) || visitNumber(part)
    if (!key || key.length > longestIdentifier)
      throw new Invalid([{ path: 'MRG-5', words: 'Nothing says which visit it is', code: 'missing' }])
    const former = part.getSegment('MRG') ? formerWho(part, []) : from
    const event = { ...visitEventIn(part, by, envelope, stayIn(part, reader)), from: former.number }
    return { kind: 'visit' as const, key, said: { event, details: {}, order: envelope.order } }
  })
  return { things, takesFrom: from }
}
