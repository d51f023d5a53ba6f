import type { Hl7Message } from '@medplum/core'
import type { Attachment, CodeableConcept, DocumentReference } from '@medplum/fhirtypes'
import { Invalid } from '../../platform/index.ts'
import { visitIdentifier } from '../adt/encounter.fhir.ts'
import { visitNumber } from '../adt/read-adt.ts'
import { fieldOf, repetitionsIn, repetitionsOf, textIn, wrongStructure } from '../hl7/hl7.ts'
import { timeAt } from '../reading/envelope.ts'
import type { Envelope, Reader, Telling } from '../reading/reading.ts'
import { codeIn } from '../results/code.fhir.ts'
import { attachmentIn, attachmentOf } from './attachment.ts'

/** What each MDM event does to its document, and to the one that it names as its parent. */
const events: Record<string, { does: 'tell' | 'cancel'; parent?: 'appends' | 'replaces' }> = {
  T01: { does: 'tell' },
  T02: { does: 'tell' },
  T03: { does: 'tell' },
  T04: { does: 'tell' },
  T05: { does: 'tell', parent: 'appends' },
  T06: { does: 'tell', parent: 'appends' },
  T07: { does: 'tell' },
  T08: { does: 'tell' },
  T09: { does: 'tell', parent: 'replaces' },
  T10: { does: 'tell', parent: 'replaces' },
  T11: { does: 'cancel' },
}

/** What one message says of a document. `parent`: the document that it adds to or takes the place of. */
export type DocumentSaid = {
  document: Partial<DocumentReference>
  cancelled: boolean
  parent?: { key: string; relation: 'appends' | 'replaces' }
}

const longestNumber = 200

/** @throws Invalid with the field */
export function documentsIn(message: Hl7Message, envelope: Envelope, reader: Reader): Telling[] {
  const event = events[envelope.event]
  if (!event) {
    const words = `MDM ${envelope.event} is not taken`
    throw new Invalid([{ path: 'MSH-9', words, code: 'unsupported' }])
  }
  if (!message.getSegment('TXA'))
    throw wrongStructure('TXA', 'Without a TXA segment nothing says which document it is')
  const key = numberAt(message, 12)
  if (key === undefined) {
    const words = 'Without its number a later version could not be told from another document'
    throw new Invalid([{ path: 'TXA-12', words, code: 'missing' }])
  }
  const parent = event.parent && numberAt(message, 13)
  const document = documentIn(message, key, envelope, reader)
  return [
    {
      kind: 'document',
      key,
      said: {
        document,
        cancelled: event.does === 'cancel',
        ...(event.parent && parent && parent !== key && { parent: { key: parent, relation: event.parent } }),
      },
    },
  ]
}

/** An entity identifier: `18412^RFRDOCS`. */
function numberAt(message: Hl7Message, field: number): string | undefined {
  const [number] = repetitionsOf(message, 'TXA', field)
  const value = [number?.(1) || number?.(3), number?.(2)].filter((part) => part).join('^')
  if (value.length > longestNumber)
    throw new Invalid([{ path: `TXA-${field}`, words: 'The number is too long', code: 'value' }])
  return value || undefined
}

function documentIn(
  message: Hl7Message,
  key: string,
  envelope: Envelope,
  reader: Reader,
): Partial<DocumentReference> {
  const [type] = repetitionsOf(message, 'TXA', 2)
  const named = repetitionsOf(message, 'TXA', 9).flatMap((each) => {
    const name = [each(6), each(3), each(2)].filter((part) => part !== '').join(' ') || each(1)
    return name === '' ? [] : [{ display: name }]
  })
  const written = timeAt(message, 'TXA', 6, envelope.notes) ?? timeAt(message, 'TXA', 4, envelope.notes)
  const title = fieldOf(message, 'TXA', 16) || fieldOf(message, 'TXA', 25)
  const files = filesIn(message, title)
  const docStatus = docStatuses[fieldOf(message, 'TXA', 17).toUpperCase()]
  const label = labels[fieldOf(message, 'TXA', 18).toUpperCase()]
  const visit = visitNumber(message)
  const kind = typeOf(type)
  const date = written?.fhir.includes('T') ? written.fhir : undefined
  return {
    masterIdentifier: { value: key },
    ...(kind && { type: kind }),
    ...(named.length > 0 && { author: named }),
    ...(date && { date }),
    ...(title && { description: title }),
    ...(docStatus && { docStatus }),
    ...(files.length > 0 && { content: files.map((attachment) => ({ attachment })) }),
    ...(label && { meta: { security: [label] } }),
    ...(visit && { context: { encounter: [{ identifier: visitIdentifier(visit, reader.organisation) }] } }),
  }
}

/** HL7 table 0270, for senders that send the letters alone. */
const types: Record<string, string> = {
  AR: 'Autopsy report',
  CD: 'Cardiodiagnostics',
  CN: 'Consultation',
  DI: 'Diagnostic imaging',
  DS: 'Discharge summary',
  ED: 'Emergency department report',
  HP: 'History and physical examination',
  OP: 'Operative report',
  PC: 'Psychiatric consultation',
  PH: 'Psychiatric history and physical examination',
  PN: 'Procedure note',
  PR: 'Progress note',
  SP: 'Surgical pathology',
  TS: 'Transfer summary',
}

function typeOf(type: Parameters<typeof codeIn>[0]): CodeableConcept | undefined {
  const kind = codeIn(type)
  const known = types[type?.(1).toUpperCase() ?? '']
  return kind && known && type?.(2) === '' ? { ...kind, text: known } : kind
}

/** HL7 table 0271. */
const docStatuses: Record<string, DocumentReference['docStatus']> = {
  AU: 'final',
  LA: 'final',
  DO: 'preliminary',
  DI: 'preliminary',
  IN: 'preliminary',
  IP: 'preliminary',
  PA: 'preliminary',
}

const confidentiality = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
const labels: Record<string, { system: string; code: string }> = {
  V: { system: confidentiality, code: 'V' },
  R: { system: confidentiality, code: 'R' },
}

/** The body: files as they came (OBX-2 ED), and lines of text put together. */
function filesIn(message: Hl7Message, title: string): Attachment[] {
  const { context } = message
  const files: Attachment[] = []
  const lines: string[] = []
  for (const segment of message.getAllSegments('OBX')) {
    const type = repetitionsIn(segment, 2, context)[0]?.(1).toUpperCase() ?? ''
    if (type === 'ED') {
      const file = attachmentIn(segment, context)
      if (file) files.push({ ...file, ...(title && { title }) })
    } else if (['TX', 'FT', 'ST'].includes(type)) lines.push(textIn(segment, 5, context))
  }
  const text = lines.join('\n').trim()
  if (text === '') return files
  const type = /^<(?:!doctype|html)\b/i.test(text) ? 'text/html' : 'text/plain'
  return [...files, attachmentOf(Buffer.from(text, 'utf8'), `${type}; charset=utf-8`, title)]
}
