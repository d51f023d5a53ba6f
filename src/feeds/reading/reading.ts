import type { Hl7Message } from '@medplum/core'
import type { Place } from '../../access/index.ts'
import type { Fault } from '../../platform/index.ts'
import type { PatientSaid } from '../adt/patient.fhir.ts'
import type { VisitSaid } from '../adt/visit.ts'
import type { AppointmentSaid } from '../appointments/appointment.fhir.ts'
import type { DocumentSaid } from '../documents/document.fhir.ts'
import type { Order } from '../fold/order.ts'
import type { Moment } from '../hl7/hl7-time.ts'
import type { ReportSaid } from '../results/report.fhir.ts'

/** What has to be known to read a message. `today` is YYYY-MM-DD in London. */
export type Reader = { place: Place; source: string; organisation: string; now: Date; today: string }

/** Whom a message is about: `number` is what its source knows them by, and messages about one person share it. */
export type Who = { number: string; nhsNumber: string | undefined; localNumber: string | undefined }

/** What is said about one person, and about things of theirs. */
export type Telling =
  | { kind: 'visit'; key: string; said: VisitSaid }
  | { kind: 'report'; key: string; said: ReportSaid }
  | { kind: 'document'; key: string; said: DocumentSaid }
  | { kind: 'appointment'; key: string; said: AppointmentSaid }

export type Told = {
  who: Who
  patient: PatientSaid
  things: Telling[]
  /** A number under which the source knew the same person before. */
  formerly?: Who
  /** Who had this visit before (A45). */
  takesFrom?: Who
}

/** One message, read: pure, and nothing of it applied yet. `notes` are faults that did not keep it out. */
export type Reading = { event: string; recorded: Moment; order: Order; tellings: Told[]; notes: Fault[] }

export type ReadPart = (
  message: Hl7Message,
  envelope: Envelope,
  reader: Reader,
) => Omit<Told, 'who' | 'patient'>

/** What every message says of itself. */
export type Envelope = {
  type: string
  event: string
  controlId: string
  /** When the sender recorded the event: the order of its messages. */
  recorded: Moment
  /** When it happened. */
  occurred: Moment
  order: Order
  notes: Fault[]
}
