import type { Hl7Message } from '@medplum/core'
import { Invalid } from '../../platform/index.ts'
import { patientSaid } from '../adt/patient.fhir.ts'
import { readAdt } from '../adt/read-adt.ts'
import { appointmentsIn } from '../appointments/appointment.fhir.ts'
import { documentsIn } from '../documents/document.fhir.ts'
import { parseMessage, piecesOf, wrongStructure } from '../hl7/hl7.ts'
import { reportsIn } from '../results/report.fhir.ts'
import { readEnvelope } from './envelope.ts'
import type { Envelope, Reader, Reading, Telling, Told } from './reading.ts'
import { whoIn } from './who.ts'

type ReadThings = (message: Hl7Message, envelope: Envelope, reader: Reader) => Telling[]

/** The kinds of message that are taken, besides ADT. */
const kinds: Record<string, ReadThings> = {
  ORU: reportsIn,
  MDM: documentsIn,
  SIU: appointmentsIn,
}

/**
 * Reads a message: whom it is about, and what it says of them and of things of theirs. Pure.
 * @throws Invalid with the reason and the field
 */
export function readMessage(text: string, reader: Reader): Reading {
  const message = parseMessage(text)
  const envelope = readEnvelope(message, reader.now)
  const tellings =
    envelope.type === 'ADT' ? readAdt(message, envelope, reader) : readOthers(message, envelope, reader)
  const { event, recorded, order, notes } = envelope
  return { event, recorded, order, tellings, notes }
}

function readOthers(message: Hl7Message, envelope: Envelope, reader: Reader): Told[] {
  const { type, event } = envelope
  const read = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (!read || (type === 'ORU' && event !== 'R01')) {
    const words = `${type} ${event} is not taken`.trim()
    throw new Invalid([{ path: 'MSH-9', words, code: 'unsupported' }])
  }
  const people = piecesOf(message, 'PID')
  if (people.length === 0) throw wrongStructure('PID', 'The message has no PID segment')
  // In these the order of segments says whose a document or an appointment is; results may come about several people.
  if (people.length > 1 && type !== 'ORU')
    throw wrongStructure('PID', 'The message must be about one person, in one PID segment')
  return people.map((piece) => {
    const who = whoIn(piece, envelope.notes)
    return { who, patient: patientSaid(piece, who, envelope, reader), things: read(piece, envelope, reader) }
  })
}
