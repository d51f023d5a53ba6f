import type { DocumentReference } from '@medplum/fhirtypes'
import type { DocumentRow } from './documents.queries.ts'

/** What the source calls it; only its kind where a clinic's name in a title would say where the person lives. */
export const documentTitle = (
  row: Pick<DocumentRow, 'title' | 'description' | 'type_title'>,
  hides: boolean,
): string => (hides ? row.type_title : (row.title ?? row.description ?? row.type_title)) ?? 'Document'

/** A state that a reader must know before reading; a current, final document has none. */
export function documentState({
  status,
  doc_status,
}: Pick<DocumentRow, 'status' | 'doc_status'>): string | undefined {
  if (status === 'entered-in-error' || doc_status === 'entered-in-error') return 'Entered in error'
  if (status === 'superseded') return 'Replaced by a later version'
  if (doc_status === 'preliminary') return 'Draft'
  return doc_status === 'amended' ? 'Amended' : undefined
}

/** A document's content, as it may be shown. */
export type Content =
  | { shown: 'text'; text: string }
  | { shown: 'frame' | 'image' | 'file'; type: string; bytes: Buffer; filename: string }
  | { shown: 'elsewhere' }

const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])
const endings: Record<string, string> = {
  'text/html': 'html',
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'text/rtf': 'rtf',
  'application/rtf': 'rtf',
}

/**
 * What can be done with a document as it was received: plain text goes into the page; HTML and PDF go into a frame of their own, which may run
 * nothing; images are shown; anything else can be saved. One whose content stays with its source is not here to show.
 */
export function contentOf(document: DocumentReference): Content {
  const attachment = document.content?.[0]?.attachment
  if (attachment?.data === undefined) return { shown: 'elsewhere' }
  const type =
    (attachment.contentType ?? 'application/octet-stream').split(';')[0]?.trim().toLowerCase() ?? ''
  const bytes = Buffer.from(attachment.data, 'base64')
  if (type === 'text/plain') return { shown: 'text', text: decoded(bytes, attachment.contentType) }
  const filename = `document.${endings[type] ?? 'bin'}`
  if (type === 'text/html' || type === 'application/pdf')
    return {
      shown: 'frame',
      type: type === 'text/html' ? htmlType(attachment.contentType) : type,
      bytes,
      filename,
    }
  if (images.has(type)) return { shown: 'image', type, bytes, filename }
  return { shown: 'file', type: 'application/octet-stream', bytes, filename }
}

/** Old systems still send Windows and Latin-1 text; a charset nobody knows is read as UTF-8. */
function decoded(bytes: Buffer, contentType: string | undefined): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

const htmlType = (contentType: string | undefined): string =>
  `text/html; charset=${/charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'}`
