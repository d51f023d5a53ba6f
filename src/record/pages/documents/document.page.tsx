import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { NotFound, page, personRef, type Route, reads } from '../../../platform/index.ts'
import { InsetText, Tag, WarningCallout } from '../../../platform/ui/index.ts'
import { Sources } from '../frame/entry.tsx'
import { isConcern } from '../frame/flag.ts'
import { type Frame, openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import { dayInWords, momentInWords } from '../frame/when.ts'
import { contentRoute, documentId, readContent } from './content.page.ts'
import { type Content, documentState, documentTitle } from './document.ts'
import { type DocumentRow, documents } from './documents.queries.ts'
import { replacements, versionsOf } from './kinds.ts'

const { documents: section } = sections

export function documentRoutes(place: Place, views: readonly Section[]): Route[] {
  const one = page({
    method: 'GET',
    path: '/people/:person/documents/:id',
    may: reads(section.categories, { purpose: 'direct care' }),
    audit: 'record.document',
    input: z.object({ person: personRef, id: documentId }),
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const all = await documents(frame.asking)
      const row = all.find((each) => each.resource_id === context.input.id)
      if (!row) throw new NotFound(frame.person.files.slice(0, 1))
      context.shown([], { document: row.resource_id })
      const content = frame.shield.hides ? undefined : await readContent(frame.asking, row)
      return recordView(frame, {
        section,
        heading: documentTitle(row, frame.shield.hides),
        here: `/people/${frame.person.ref}${section.path}/${row.resource_id}`,
        screenOnly: isConcern(row),
        body: <Document frame={frame} row={row} all={all} content={content} />,
      })
    },
  })
  return [one, contentRoute]
}

type Parts = { frame: Frame; row: DocumentRow; all: DocumentRow[]; content: Content | undefined }

function Document({ frame, row, all, content }: Parts) {
  const root = `/people/${frame.person.ref}/documents`
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
      <State frame={frame} row={row} all={all} />
      {isConcern(row) && (
        <InsetText>
          <p>
            This document concerns safeguarding. It is for the screen only: it cannot be printed or saved from
            here.
          </p>
        </InsetText>
      )}
      {content ? (
        <Shown content={content} frame={frame} row={row} />
      ) : (
        <InsetText>
          This document is not shown, because what is written in it could give away where this person is.
        </InsetText>
      )}
      <Versions frame={frame} row={row} all={all} />
      <p class="gt-part__more">
        {!replacements(all).has(row.resource_id) && (
          <a class="gt-next" href={`${root}/new?replaces=${row.resource_id}`}>
            Add a new version
          </a>
        )}
        <a href={root}>All documents</a>
      </p>
    </>
  )
}

/** What must be known before reading, with the way to what stands in its place. */
function State({ frame, row, all }: Omit<Parts, 'content'>) {
  const later = replacements(all).get(row.resource_id)
  const state = documentState(row, later !== undefined)
  if (!state) return null
  return (
    <WarningCallout heading={{ text: state, level: 2 }}>
      <p>
        {later && (
          <>
            Read{' '}
            <a href={`/people/${frame.person.ref}/documents/${later.resource_id}`}>
              the version that replaces it
            </a>
            {'. '}
          </>
        )}
        Check with {frame.shield.source(row.source)} before you act on this one.
      </p>
    </WarningCallout>
  )
}

function Versions({ frame, row, all }: Omit<Parts, 'content'>) {
  const versions = versionsOf(row, all)
  if (versions.length < 2) return null
  const replaced = replacements(all)
  return (
    <section aria-labelledby="versions">
      <h2 class="nhsuk-heading-s" id="versions">
        Versions of this document
      </h2>
      <ol class="nhsuk-list">
        {versions.map((each) => {
          const words = `${documentTitle(each, frame.shield.hides)}, ${dayInWords({ text: each.created, at: each.created_at }) ?? 'no date'}`
          const state = documentState(each, replaced.has(each.resource_id)) ?? 'Current'
          return (
            <li>
              {each === row ? (
                <strong aria-current="true">{words}</strong>
              ) : (
                <a href={`/people/${frame.person.ref}/documents/${each.resource_id}`}>{words}</a>
              )}{' '}
              <Tag colour={state === 'Current' ? 'green' : 'orange'} classes="gt-tag">
                {state}
              </Tag>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Shown({ content, frame, row }: { content: Content; frame: Frame; row: DocumentRow }) {
  const title = documentTitle(row, frame.shield.hides)
  const source = frame.shield.source(row.source)
  const href = `/people/${frame.person.ref}/documents/${row.resource_id}/content`
  const concern = isConcern(row)
  const save = concern ? null : <a href={`${href}?save=yes`}>Download it</a>
  switch (content.shown) {
    case 'text':
      return (
        <>
          <div class="gt-document gt-document--text">{content.text}</div>
          <p class="gt-part__more">{save}</p>
        </>
      )
    case 'frame':
      return (
        <>
          {/* Asks the browser's own viewer of PDF to leave out its buttons, of which one prints. */}
          <iframe
            class="gt-document gt-document--frame"
            src={concern ? `${href}#toolbar=0` : href}
            title={title}
            {...(content.type === 'application/pdf' ? {} : { sandbox: '' })}
          />
          {!concern && (
            <p class="gt-part__more">
              <a class="gt-next" href={href}>
                Open it on a page of its own
              </a>
              {save}
            </p>
          )}
        </>
      )
    case 'image':
      return (
        <>
          <img class="gt-document gt-document--image" src={href} alt={`${title}, as ${source} sent it`} />
          <p class="gt-part__more">{save}</p>
        </>
      )
    case 'file':
      return (
        <p class="gt-part__more">
          This kind of document cannot be shown here. {concern ? 'Ask its source for it.' : save}
        </p>
      )
    case 'elsewhere':
      return (
        <InsetText>{`${source} keeps this document and has not sent it here. Ask them for it.`}</InsetText>
      )
  }
}
