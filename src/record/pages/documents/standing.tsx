import { Entries, Entry, Part } from '../frame/entry.tsx'
import { isConcern } from '../frame/flag.ts'
import type { Frame } from '../frame/frame.tsx'
import { dayInWords } from '../frame/when.ts'
import { documentTitle } from './document.ts'
import type { DocumentRow } from './documents.queries.ts'
import { standingDocuments, standingKind } from './kinds.ts'

/** The emergency plan, advance decision, care plan and discharge letter in force, where nobody has to look for them. */
export function StandingDocuments({ frame, rows }: { frame: Frame; rows: readonly DocumentRow[] }) {
  const standing = standingDocuments(rows)
  if (standing.length === 0) return null
  return (
    <Part id="standing" title="Plans and letters in force" href={`/people/${frame.person.ref}/documents`}>
      <Entries>
        {standing.map(({ kind, row }) => {
          const others = rows.filter((each) => each !== row && standingKind(each) === kind).length
          return (
            <Entry
              frame={frame}
              screenOnly={isConcern(row)}
              title={
                <>
                  <strong>{kind}:</strong>{' '}
                  <a href={`/people/${frame.person.ref}/documents/${row.resource_id}`}>
                    {documentTitle(row, frame.shield.hides)}
                  </a>
                </>
              }
              sources={[
                {
                  source: row.source,
                  author: row.author_display,
                  receivedAt: row.received_at,
                  id: row.resource_id,
                  more: dayInWords({ text: row.created, at: row.created_at }),
                },
              ]}
            >
              {others > 0 && `The newest of ${others + 1} that you can see`}
            </Entry>
          )
        })}
      </Entries>
    </Part>
  )
}
