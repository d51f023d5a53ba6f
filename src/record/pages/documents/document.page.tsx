import type { DocumentReference } from '@medplum/fhirtypes'
import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { NotFound, page, personRef, type Route, reads } from '../../../platform/index.ts'
import { InsetText, WarningCallout } from '../../../platform/ui/index.ts'
import { readResource } from '../../store/read.ts'
import { Sources } from '../frame/entry.tsx'
import { type Frame, openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import { hidesLocation } from '../frame/shield.ts'
import { momentInWords } from '../frame/when.ts'
import { type Content, contentOf, documentState, documentTitle } from './document.ts'
import { type DocumentRow, documents } from './documents.queries.ts'

const { documents: section } = sections
const may = reads(section.categories, { purpose: 'direct care' })
const id = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/)

export function documentRoutes(place: Place, views: readonly Section[]): Route[] {
  const one = page({
    method: 'GET',
    path: '/people/:person/documents/:id',
    may,
    audit: 'record.document',
    input: z.object({ person: personRef, id }),
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const row = (await documents(frame.asking, context.input.id))[0]
      if (!row) throw new NotFound(frame.person.files.slice(0, 1))
      context.shown([], { document: row.resource_id })
      const content = frame.shield.hides ? undefined : await readContent(frame, row)
      const here = `${section.path}/${row.resource_id}`
      const shown = <Document frame={frame} row={row} content={content} />
      return recordView(frame, {
        section,
        heading: documentTitle(row, frame.shield.hides),
        here: `/people/${frame.person.ref}${here}`,
        body: shown,
      })
    },
  })

  /** What the page shows in a frame. The answer runs no script and counts as another site, whatever its source put into it. */
  const content = page({
    method: 'GET',
    path: '/people/:person/documents/:id/content',
    may,
    audit: 'record.document.content',
    input: z.object({ person: personRef, id }),
    run: async (context) => {
      const { person } = context.input
      const asking = { db: context.db, files: person.files, scope: context.scope as Frame['asking']['scope'] }
      const row = (await documents(asking, context.input.id))[0]
      if (!row || hidesLocation(person)) throw new NotFound(person.files.slice(0, 1))
      context.shown([], { document: row.resource_id })
      const found = await readContent({ asking }, row)
      if (found.shown === 'elsewhere') throw new NotFound()
      if (found.shown === 'text') return { type: 'text/plain; charset=utf-8', body: found.text, inline: true }
      return { type: found.type, body: found.bytes, filename: found.filename, inline: found.shown !== 'file' }
    },
  })
  return [one, content]
}

/** The content of a document that is within scope and about this person. */
async function readContent({ asking }: Pick<Frame, 'asking'>, row: DocumentRow): Promise<Content> {
  const stored = await readResource(asking.db, 'DocumentReference', row.resource_id)
  if (stored.person_key === null || !asking.files.includes(stored.person_key)) throw new NotFound()
  return contentOf(JSON.parse(stored.body) as DocumentReference)
}

function Document({ frame, row, content }: { frame: Frame; row: DocumentRow; content: Content | undefined }) {
  const root = `/people/${frame.person.ref}/documents`
  const state = documentState(row)
  return (
    <>
      <p class="gt-entry__detail">
        {[row.type_title, momentInWords({ text: row.created, at: row.created_at })]
          .filter(Boolean)
          .join(', ')}
      </p>
      <Sources
        frame={frame}
        sources={[
          {
            source: row.source,
            author: row.author_display,
            receivedAt: row.received_at,
            id: row.resource_id,
          },
        ]}
      />
      {state && (
        <WarningCallout heading={state}>
          <p>Check with {frame.shield.source(row.source)} before you act on it.</p>
        </WarningCallout>
      )}
      {content ? (
        <Shown
          content={content}
          href={`${root}/${row.resource_id}/content`}
          title={documentTitle(row, frame.shield.hides)}
          source={frame.shield.source(row.source)}
        />
      ) : (
        <InsetText>
          This document is not shown, because what is written in it could give away where this person is.
        </InsetText>
      )}
      <p class="gt-part__more">
        <a href={root}>All documents</a>
      </p>
    </>
  )
}

function Shown({
  content,
  href,
  title,
  source,
}: {
  content: Content
  href: string
  title: string
  source: string
}) {
  switch (content.shown) {
    case 'text':
      return <div class="gt-document gt-document--text">{content.text}</div>
    case 'frame':
      return (
        <>
          <iframe class="gt-document gt-document--frame" src={href} title={title} />
          <p class="gt-part__more">
            <a href={href}>Open it on a page of its own</a>
          </p>
        </>
      )
    case 'image':
      return <img class="gt-document gt-document--image" src={href} alt={`${title}, as ${source} sent it`} />
    case 'file':
      return (
        <p class="gt-part__more">
          This kind of document cannot be shown here. <a href={href}>Save it</a>
        </p>
      )
    case 'elsewhere':
      return (
        <InsetText>{`${source} keeps this document and has not sent it here. Ask them for it.`}</InsetText>
      )
  }
}
