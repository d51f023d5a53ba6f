import type { Hl7Message, Hl7Segment } from '@medplum/core'
import type { Attachment, CodeableConcept, DiagnosticReport, Identifier } from '@medplum/fhirtypes'
import { Invalid } from '../../platform/index.ts'
import { visitIdentifier } from '../adt/encounter.fhir.ts'
import { visitNumber } from '../adt/read-adt.ts'
import { attachmentIn } from '../documents/attachment.ts'
import { fieldOf, piecesOf, repetitionsOf, textIn, wrongStructure } from '../hl7/hl7.ts'
import { timeAt } from '../reading/envelope.ts'
import type { Envelope, Reader, Telling } from '../reading/reading.ts'
import { longestIdentifier } from '../reading/who.ts'
import { codeIn } from './code.fhir.ts'
import { observationsIn, type Tested } from './observation.fhir.ts'

/** What one message says of one order’s report and of its results; `key` of each result tells it from the others of the report. */
export type ReportSaid = { report: Partial<DiagnosticReport>; results: Tested[] }

/**
 * ORU: one report for each OBR. It is known by the laboratory’s number (OBR-3, else the sender’s, OBR-2) and the test asked for, since one
 * number often serves all the tests of one specimen.
 * @throws Invalid with the field
 */
export function reportsIn(message: Hl7Message, envelope: Envelope, reader: Reader): Telling[] {
  const orders = piecesOf(message, 'OBR')
  if (orders.length === 0)
    throw wrongStructure('OBR', 'The message has no OBR segment, so nothing was tested')
  const visit = visitNumber(message)
  return orders.map((piece) => ({
    kind: 'report',
    ...reportIn(piece, orders.length === 1, visit, envelope, reader),
  }))
}

function reportIn(
  piece: Hl7Message,
  alone: boolean,
  visit: string | undefined,
  envelope: Envelope,
  reader: Reader,
): { key: string; said: ReportSaid } {
  const number = orderNumber(piece, alone)
  const test = codeIn(repetitionsOf(piece, 'OBR', 4)[0])
  const key = `${number.value}/${fieldOf(piece, 'OBR', 4) || fieldOf(piece, 'OBR', 1)}`
  const effective = timeAt(piece, 'OBR', 7, envelope.notes)?.fhir
  const issued = timeAt(piece, 'OBR', 22, envelope.notes)?.fhir
  const category = categories[fieldOf(piece, 'OBR', 24).toUpperCase()]
  const conclusion = commentOf(piece)
  const forms = formsIn(piece)
  const interpreter = interpreterOf(piece)
  const fallback = {
    effective,
    issued: instantOnly(issued),
    category: category && resultOf(category.code === imaging.code ? 'imaging' : 'laboratory'),
  }
  const results = observationsIn(resultSegments(piece), piece.context, fallback, envelope)
  const report: Partial<DiagnosticReport> = {
    identifier: [number],
    status: reportStatus(fieldOf(piece, 'OBR', 25).toUpperCase()),
    code: test ?? { text: 'Report' },
    ...(category && { category: [{ coding: [category] }] }),
    ...(effective && { effectiveDateTime: effective }),
    ...(fallback.issued && { issued: fallback.issued }),
    ...(conclusion && { conclusion }),
    ...(forms.length > 0 && { presentedForm: forms }),
    ...(interpreter && { resultsInterpreter: [{ display: interpreter }] }),
    ...(visit && { encounter: { identifier: visitIdentifier(visit, reader.organisation) } }),
  }
  return { key, said: { report, results } }
}

/** OBR-32: an identifier, then family and given name, within the first component. */
function interpreterOf(piece: Hl7Message): string {
  const [by] = repetitionsOf(piece, 'OBR', 32)
  return by ? [by(1, 5), by(1, 3), by(1, 2) || by(2)].filter((part) => part !== '').join(' ') : ''
}

/** What follows the OBR. Some messages have results of the person before it, which belong to no report. */
const resultSegments = (piece: Hl7Message): Hl7Segment[] =>
  piece.segments.slice(piece.segments.findIndex((segment) => segment.name === 'OBR') + 1)

/** An instant of FHIR has a time and an offset. */
const instantOnly = (written: string | undefined): string | undefined =>
  written !== undefined && /T.*(?:Z|[+-]\d\d:\d\d)$/.test(written) ? written : undefined

/** ORC stands before its OBR, so it says nothing where a message holds several. */
function orderNumber(piece: Hl7Message, alone: boolean): Identifier {
  const filler = fieldOf(piece, 'OBR', 3) || (alone ? fieldOf(piece, 'ORC', 3) : '')
  const placer = fieldOf(piece, 'OBR', 2) || (alone ? fieldOf(piece, 'ORC', 2) : '')
  const value = filler || placer
  if (value === '') {
    const words = 'Without the laboratory’s number a correction could not be told from another result'
    throw new Invalid([{ path: 'OBR-3', words, code: 'missing' }])
  }
  if (value.length > longestIdentifier)
    throw new Invalid([{ path: 'OBR-3', words: 'The number is too long', code: 'value' }])
  const code = filler ? 'FILL' : 'PLAC'
  return { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }] }, value }
}

const section = 'http://terminology.hl7.org/CodeSystem/v2-0074'
const imaging = { system: section, code: 'RAD', display: 'Radiology' }
const laboratory = { system: section, code: 'LAB', display: 'Laboratory' }

const resultOf = (code: 'imaging' | 'laboratory'): CodeableConcept => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }],
})

/** HL7 table 0074, as far as a reader would look for it. */
const categories: Record<string, { system: string; code: string; display: string }> = {
  RAD: imaging,
  RX: imaging,
  CT: imaging,
  NMR: imaging,
  RUS: imaging,
  CUS: imaging,
  OUS: imaging,
  VUS: imaging,
  NMS: imaging,
  LAB: laboratory,
  CH: laboratory,
  HM: laboratory,
  BLB: laboratory,
  MB: laboratory,
  SP: laboratory,
  IMM: laboratory,
  SR: laboratory,
  CP: laboratory,
  TX: laboratory,
  VR: laboratory,
  MCB: laboratory,
  PHR: laboratory,
}

/** HL7 table 0123. Whatever is not known to be final is not shown as final. */
function reportStatus(code: string): NonNullable<DiagnosticReport['status']> {
  const known: Record<string, DiagnosticReport['status']> = {
    F: 'final',
    C: 'corrected',
    P: 'preliminary',
    R: 'preliminary',
    A: 'partial',
    O: 'registered',
    I: 'registered',
    S: 'registered',
    X: 'cancelled',
  }
  return known[code] ?? 'unknown'
}

/** Comments of the laboratory on the whole report: NTE between OBR and the first OBX. */
function commentOf(piece: Hl7Message): string {
  const after = piece.segments.slice(piece.segments.findIndex((segment) => segment.name === 'OBR') + 1)
  const until = after.findIndex((segment) => segment.name === 'OBX')
  return after
    .slice(0, until < 0 ? after.length : until)
    .filter((segment) => segment.name === 'NTE')
    .map((segment) => textIn(segment, 3, piece.context))
    .filter((text) => text !== '')
    .join('\n')
}

/** A report sent as a file (OBX-2 ED), such as a PDF. */
function formsIn(piece: Hl7Message): Attachment[] {
  return resultSegments(piece).flatMap((segment) =>
    segment.getField(2)?.toString() === 'ED' ? (attachmentIn(segment, piece.context) ?? []) : [],
  )
}
