import type { Appointment, DiagnosticReport, DocumentReference, Observation } from '@medplum/fhirtypes'
import { idFor } from '../../platform/index.ts'
import type { AppointmentSaid } from '../appointments/appointment.fhir.ts'
import type { DocumentSaid } from '../documents/document.fhir.ts'
import { layOver } from '../fold/lay-over.ts'
import { isNews, type Order } from '../fold/order.ts'
import type { ReportSaid } from '../results/report.fhir.ts'
import { standing, type Thing, thingOf, type Work, write } from './work.ts'

type About = { key: string; number: string; patient: string; order: Order }

export const reportId = (source: string, key: string): string => idFor(`${source}/DiagnosticReport/${key}`)
export const resultId = (source: string, report: string, key: string): string =>
  idFor(`${source}/Observation/${report}/${key}`)
export const documentId = (source: string, key: string): string => idFor(`${source}/DocumentReference/${key}`)
export const appointmentId = (source: string, key: string): string => idFor(`${source}/Appointment/${key}`)

/** A report by its parts, and each of its results whole: the newest counts. */
export function takeReport(work: Work, about: About, said: ReportSaid): void {
  const thing = thingOf(work, 'report', about.key, about.number)
  const { source } = work.reader
  const id = reportId(source, about.key)
  thing.changed = true
  thing.memory.patient ||= about.patient
  const subject = { reference: `Patient/${thing.memory.patient}` }
  const results = { ...thing.memory.results }
  for (const { key, observation } of said.results) {
    if (!isNews(results, key, about.order)) continue
    write(work, {
      status: 'unknown',
      code: {},
      ...observation,
      resourceType: 'Observation',
      id: resultId(source, about.key, key),
      subject,
      ...(said.report.encounter && { encounter: said.report.encounter }),
    } satisfies Observation & { id: string })
  }
  const before: DiagnosticReport & { id: string } = standing(work, 'DiagnosticReport', id) ?? {
    resourceType: 'DiagnosticReport',
    id,
    status: 'unknown',
    code: {},
  }
  const { after, orders } = layOver(before, thing.memory.report, said.report, about.order)
  const keys = Object.keys(results).sort()
  const references = keys.map((key) => ({ reference: `Observation/${resultId(source, about.key, key)}` }))
  write(work, { ...after, subject, ...(keys.length > 0 && { result: references }) })
  thing.memory = { ...thing.memory, report: orders, results }
}

/** A document by its parts. Its state follows from whether it was cancelled and whether a document that replaces it counts. */
export function takeDocument(work: Work, about: About, said: DocumentSaid): void {
  const thing = thingOf(work, 'document', about.key, about.number)
  thing.memory.patient ||= about.patient
  const orders = { ...thing.memory.orders }
  if (said.cancelled) isNews(orders, 'cancelled', about.order)
  else isNews(orders, 'told', about.order)
  if (said.parent && isNews(orders, 'parent', about.order))
    thing.memory = { ...thing.memory, parent: said.parent }
  const id = documentId(work.reader.source, about.key)
  const before: DocumentReference & { id: string } = standing(work, 'DocumentReference', id) ?? {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    content: [],
  }
  const { meta, ...document } = said.document
  // The label is said anew by each message; the version is the store’s own.
  const laid = layOver(
    before,
    orders,
    { ...document, ...(meta && { meta: { ...before.meta, ...meta } }) },
    about.order,
  )
  thing.memory = { ...thing.memory, orders: laid.orders }
  write(work, laid.after)
  settleDocument(work, thing)
  settleParent(work, thing)
}

function counts({ memory }: Thing<'document'>): boolean {
  return (memory.orders['cancelled'] ?? '') <= (memory.orders['told'] ?? '')
}

function settleDocument(work: Work, thing: Thing<'document'>): void {
  thing.changed = true
  const id = documentId(work.reader.source, thing.key)
  const before = standing<DocumentReference>(work, 'DocumentReference', id)
  if (!before) return
  const { parent, replacedBy } = thing.memory
  const replaced = Object.values(replacedBy).some((child) => child)
  const content = before.content?.length ? before.content : [{ attachment: { title: titleOf(before) } }]
  write(work, {
    ...before,
    status: counts(thing) ? (replaced ? 'superseded' : 'current') : 'entered-in-error',
    content,
    subject: { reference: `Patient/${thing.memory.patient}` },
    ...(parent && {
      relatesTo: [
        {
          code: parent.relation,
          target: { reference: `DocumentReference/${documentId(work.reader.source, parent.key)}` },
        },
      ],
    }),
  })
}

const titleOf = (document: DocumentReference): string =>
  document.description ?? document.type?.text ?? 'Document'

/** What this document replaces is replaced only while this one counts. Either may have arrived first. */
function settleParent(work: Work, child: Thing<'document'>): void {
  const { parent, by } = child.memory
  if (parent?.relation !== 'replaces') return
  const thing = thingOf(work, 'document', parent.key, by)
  thing.memory = {
    ...thing.memory,
    patient: thing.memory.patient || child.memory.patient,
    replacedBy: { ...thing.memory.replacedBy, [child.key]: counts(child) },
  }
  settleDocument(work, thing)
}

export function takeAppointment(work: Work, about: About, said: AppointmentSaid): void {
  const thing = thingOf(work, 'appointment', about.key, about.number)
  thing.changed = true
  thing.memory.patient ||= about.patient
  const id = appointmentId(work.reader.source, about.key)
  const patient = { actor: { reference: `Patient/${thing.memory.patient}` }, status: 'accepted' as const }
  const before: Appointment & { id: string } = standing(work, 'Appointment', id) ?? {
    resourceType: 'Appointment',
    id,
    status: 'booked',
    participant: [patient],
  }
  const { after, orders } = layOver(
    before,
    thing.memory.orders,
    { ...said.appointment, ...(said.with && { participant: [patient, ...said.with] }) },
    about.order,
  )
  thing.memory = { ...thing.memory, orders }
  write(work, after)
}
