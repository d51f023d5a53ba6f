import { createHash } from 'node:crypto'
import type { DocumentReference } from '@medplum/fhirtypes'
import { dayOf, type Fault, type FileKind, type Uploaded } from '../../../platform/index.ts'
import { addedKinds } from './kinds.ts'

/** What may be added: what can be shown here, and Word and RTF, which can be saved. */
export const takenKinds = [
  'pdf',
  'png',
  'jpeg',
  'text',
  'html',
  'rtf',
  'doc',
  'docx',
] as const satisfies FileKind[]

/** What was typed into the form for a new document. */
export type Typed = { kind: string; title: string; author: string; day: string; month: string; year: string }

export type NewDocument = { kind: string; title: string; author: string; written: string; file: Uploaded }

/** A new document as its form gives it, or everything that is wrong with it. @param today a London day, which it cannot be written after */
export function newDocument(
  typed: Typed,
  file: Uploaded | { fault: string } | undefined,
  today: string,
): { document: NewDocument } | { faults: Fault[] } {
  const faults: Fault[] = []
  const fault = (path: string, words: string) => faults.push({ path, words })
  if (file === undefined) fault('file', 'Choose a file')
  else if ('fault' in file) fault('file', file.fault)
  if (!(addedKinds as readonly string[]).includes(typed.kind))
    fault('kind', 'Choose what kind of document it is')
  if (typed.title === '') fault('title', 'Give the document a title')
  if (typed.author === '') fault('author', 'Say who wrote it')
  const written = dayOf(typed)
  if (!written) fault('written', 'The date must be a real date, such as 14 7 2026')
  else if (written > today) fault('written', 'The date must be today or in the past')
  if (faults.length > 0 || !file || 'fault' in file || !written) return { faults }
  return { document: { kind: typed.kind, title: typed.title, author: typed.author, written, file } }
}

/** The document as FHIR: its bytes inside it, with their size and SHA-1, which is the digest that FHIR has for attachments. */
export function documentOf(
  { kind, title, author, written, file }: NewDocument,
  given: {
    id: string
    now: Date
    patient: string
    organisation: { code: string; name: string }
    replaces: string | undefined
  },
): DocumentReference & { id: string } {
  return {
    resourceType: 'DocumentReference',
    id: given.id,
    status: 'current',
    docStatus: 'final',
    type: { text: kind },
    subject: { reference: `Patient/${given.patient}` },
    date: given.now.toISOString(),
    author: [{ display: author }],
    custodian: {
      identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: given.organisation.code },
      display: given.organisation.name,
    },
    description: title,
    ...(given.replaces
      ? { relatesTo: [{ code: 'replaces', target: { reference: `DocumentReference/${given.replaces}` } }] }
      : {}),
    content: [
      {
        attachment: {
          contentType:
            file.kind === 'text' || file.kind === 'html'
              ? `${file.type}; charset=${charsetOf(file.bytes)}`
              : file.type,
          title,
          creation: written,
          size: file.bytes.length,
          hash: createHash('sha1').update(file.bytes).digest('base64'),
          data: file.bytes.toString('base64'),
        },
      },
    ],
  }
}

/** What text was written in: UTF-16 says so itself, UTF-8 cannot be mistaken, and all else that Windows writes is Windows-1252. */
function charsetOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
