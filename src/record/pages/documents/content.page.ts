import type { Binary, DocumentReference } from '@medplum/fhirtypes'
import { z } from 'zod'
import { NotFound, page, personRef, type Route, reads } from '../../../platform/index.ts'
import { readResource } from '../../store/read.ts'
import { type Asking, askingOf } from '../frame/asking.ts'
import { isConcern } from '../frame/flag.ts'
import { sections } from '../frame/sections.ts'
import { hidesLocation } from '../frame/shield.ts'
import { type Content, contentOf, locate } from './document.ts'
import { type DocumentRow, documents } from './documents.queries.ts'

export const documentId = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)

/**
 * What the page of a document shows in a frame, or what is saved of it. The answer runs no script and counts as another site, whatever its
 * source put into it. What concerns safeguarding is shown and never handed out.
 */
export const contentRoute: Route = page({
  method: 'GET',
  path: '/people/:person/documents/:id/content',
  may: reads(sections.documents.categories, { purpose: 'direct care' }),
  audit: 'record.document.content',
  input: z.object({ person: personRef, id: documentId, save: z.string().max(10).default('') }),
  run: async (context) => {
    const { person, save } = context.input
    const asking = askingOf(context)
    const row = (await documents(asking, context.input.id))[0]
    if (!row || hidesLocation(person)) throw new NotFound(person.files.slice(0, 1))
    context.shown([], { document: row.resource_id, ...(save ? { saved: true } : {}) })
    const found = await readContent(asking, row)
    if (found.shown === 'elsewhere') throw new NotFound()
    if (save || found.shown === 'file') {
      if (isConcern(row)) throw new NotFound(person.files.slice(0, 1))
      return { type: 'application/octet-stream', body: found.saved.bytes, filename: found.saved.filename }
    }
    if (found.shown === 'text') return { type: 'text/plain; charset=utf-8', body: found.text, inline: true }
    return { type: found.type, body: found.bytes, filename: found.saved.filename, inline: true }
  },
})

/**
 * The content of a document that is within scope and about this person. A Binary is read as the document is, within the same walls; one that
 * is not there for this reader is as good as one that stayed with its source.
 */
export async function readContent(asking: Asking, row: Pick<DocumentRow, 'resource_id'>): Promise<Content> {
  const own = async <Type>(type: string, id: string): Promise<Type> => {
    const stored = await readResource(asking.db, type, id)
    if (stored.person_key === null || !asking.files.includes(stored.person_key)) throw new NotFound()
    return JSON.parse(stored.body) as Type
  }
  const located = locate(await own<DocumentReference>('DocumentReference', row.resource_id))
  if (located === 'elsewhere') return { shown: 'elsewhere' }
  if ('data' in located) return contentOf(located.data, located.contentType)
  try {
    const { data, contentType } = await own<Binary>('Binary', located.binary)
    return data === undefined ? { shown: 'elsewhere' } : contentOf(data, contentType)
  } catch (problem) {
    if (problem instanceof NotFound) return { shown: 'elsewhere' }
    throw problem
  }
}
