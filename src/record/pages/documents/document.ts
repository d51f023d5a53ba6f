import type { DocumentReference } from '@medplum/fhirtypes'
import type { DocumentRow } from './documents.queries.ts'
import { safeHtml } from './safe-html.ts'

/** What the source calls it; only its kind where a clinic's name in a title would say where the person lives. */
export const documentTitle = (
  row: Pick<DocumentRow, 'title' | 'description' | 'type_title'>,
  hides: boolean,
): string => (hides ? row.type_title : (row.title ?? row.description ?? row.type_title)) ?? 'Document'

/** A state that a reader must know before reading; a current, final document has none. `replaced`: another says that it replaces this. */
export function documentState(
  { status, doc_status }: Pick<DocumentRow, 'status' | 'doc_status'>,
  replaced = false,
): string | undefined {
  if (status === 'entered-in-error' || doc_status === 'entered-in-error') return 'Entered in error'
  if (status === 'superseded' || replaced) return 'Replaced by a later version'
  if (doc_status === 'preliminary') return 'Draft'
  return doc_status === 'amended' ? 'Amended' : undefined
}

/** A document's content, as it may be shown, and as it came, to be saved. */
export type Content =
  | { shown: 'text'; text: string; saved: Saved }
  | { shown: 'frame'; type: string; bytes: Buffer; saved: Saved }
  | { shown: 'image'; type: string; bytes: Buffer; saved: Saved }
  | { shown: 'file'; saved: Saved }
  | { shown: 'elsewhere' }

export type Saved = { bytes: Buffer; filename: string }

/** Where a document's bytes are: in it, in a Binary of this record, or with its source. */
export type Located = { data: string; contentType: string | undefined } | { binary: string } | 'elsewhere'

export function locate(document: DocumentReference): Located {
  const attachment = document.content?.[0]?.attachment
  if (attachment?.data !== undefined) return { data: attachment.data, contentType: attachment.contentType }
  const url = attachment?.url ?? ''
  const inline = /^data:([^;,]*)((?:;[^;,]*)*),(.*)$/s.exec(url)
  if (inline) {
    const [, type = '', parameters = '', data = ''] = inline
    const written = /;base64$/i.test(parameters) ? data : Buffer.from(percentDecoded(data)).toString('base64')
    return {
      data: written,
      contentType: attachment?.contentType ?? `${type}${parameters.replace(/;base64$/i, '')}`,
    }
  }
  const binary = binaryIn(url)
  return binary === undefined ? 'elsewhere' : { binary }
}

/** The id in `Binary/id`: of this record only, since whatever stands at another server is not here. */
const binaryIn = (url: string): string | undefined => /^Binary\/([A-Za-z0-9\-.]{1,64})$/.exec(url)?.[1]

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const images = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])
const endings: Record<string, string> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'text/rtf': 'rtf',
  'application/rtf': 'rtf',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
}

/**
 * What can be done with a document's bytes: plain text goes into the page; HTML, made safe, and PDF go into a frame of their own, which may
 * run nothing; images are shown; anything else can be saved.
 */
export function contentOf(
  data: string,
  contentType: string | undefined,
): Exclude<Content, { shown: 'elsewhere' }> {
  const type = (contentType ?? 'application/octet-stream').split(';')[0]?.trim().toLowerCase() ?? ''
  const bytes = Buffer.from(data, 'base64')
  const saved = { bytes, filename: `document.${endings[type] ?? 'bin'}` }
  if (type === 'text/plain') return { shown: 'text', text: decoded(bytes, contentType), saved }
  if (type === 'application/pdf') return { shown: 'frame', type, bytes, saved }
  if (type === 'text/html') {
    const html = Buffer.from(safeHtml(decoded(bytes, contentType)))
    return { shown: 'frame', type: 'text/html; charset=utf-8', bytes: html, saved }
  }
  return images.has(type) ? { shown: 'image', type, bytes, saved } : { shown: 'file', saved }
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
