import { z } from 'zod'
import type { Place } from '../../../access/index.ts'
import { NotFound, page, personRef, type Route, reads } from '../../../platform/index.ts'
import { Table } from '../../../platform/ui/index.ts'
import { csvDownload } from '../frame/csv.ts'
import { Sources } from '../frame/entry.tsx'
import { type Frame, openRecord, recordView } from '../frame/frame.tsx'
import { type Section, sections } from '../frame/sections.ts'
import { momentInWords } from '../frame/when.ts'
import { flagOf, valueInWords } from './result.ts'
import { Line } from './result-latest.tsx'
import { counts, FlagWords, sheetOf } from './results.page.tsx'
import { type ResultRow, resultsOf } from './results.queries.ts'

const { results: section } = sections
const may = reads(section.categories, { purpose: 'direct care' })
const test = z.string().min(1).max(120)
const most = 2000

/** All results of one test: the line, and beneath it the table that it is drawn from. */
export function oneTestRoutes(place: Place, views: readonly Section[]): Route[] {
  const one = page({
    method: 'GET',
    path: '/people/:person/results/:test',
    may,
    audit: 'record.result',
    input: z.object({ person: personRef, test }),
    run: async (context) => {
      const frame = await openRecord(place, views, context)
      const rows = await resultsOf(frame.asking, context.input.test, most)
      const [latest] = rows
      if (!latest) throw new NotFound(frame.person.files.slice(0, 1))
      context.shown([], { test: context.input.test })
      const here = `/people/${frame.person.ref}/results/${encodeURIComponent(context.input.test)}`
      return recordView(frame, {
        section,
        heading: latest.title ?? 'Results',
        here,
        body: <OneTest frame={frame} rows={rows} here={here} />,
      })
    },
  })

  const sheet = page({
    method: 'GET',
    path: '/people/:person/results/:test/sheet.csv',
    may,
    audit: 'record.result.export',
    input: z.object({ person: personRef, test }),
    run: async (context) => {
      const { asking, shield, now } = await openRecord(place, views, context)
      context.shown([], { test: context.input.test })
      return csvDownload('results', sheetOf(shield), await resultsOf(asking, context.input.test, most), now)
    },
  })
  return [one, sheet]
}

function OneTest({ frame, rows, here }: { frame: Frame; rows: ResultRow[]; here: string }) {
  const noted = rows.some((row) => row.note)
  return (
    <>
      <Lines rows={rows.filter(counts)} />
      <p class="gt-list__count">
        <a href={`${here}/sheet.csv`}>Export as a spreadsheet (CSV)</a>{' '}
        <a href={`/people/${frame.person.ref}/results`}>All tests</a>
      </p>
      <Table
        responsive
        compact
        caption={{ text: 'All results, newest first', size: 's' }}
        head={[
          { text: 'When' },
          { text: 'Result' },
          { text: 'Flag' },
          ...(noted ? [{ text: 'Notes' }] : []),
          { text: 'Source' },
        ]}
        rows={rows.map((row) => [
          { text: momentInWords({ text: row.effective, at: row.at }) ?? 'Not recorded' },
          { text: <Value row={row} /> },
          { text: <FlagWords flag={counts(row) ? flagOf(row) : undefined} row={row} /> },
          ...(noted ? [{ text: row.note ?? 'None' }] : []),
          {
            text: (
              <Sources
                frame={frame}
                sources={[
                  {
                    source: row.source,
                    author: row.performer_display,
                    receivedAt: row.received_at,
                    id: row.resource_id,
                  },
                ]}
              />
            ),
          },
        ])}
      />
    </>
  )
}

const Value = ({ row }: { row: ResultRow }) =>
  counts(row) ? (
    <>
      <strong>{valueInWords(row)}</strong>
      {row.status === 'preliminary' && ' (not final)'}
    </>
  ) : (
    <>
      <s>{valueInWords(row)}</s> withdrawn
    </>
  )

/** One line for each unit, since numbers of two units are not comparable; a single number makes no line. */
function Lines({ rows }: { rows: ResultRow[] }) {
  const numbers = rows.filter((row) => row.value_number !== null && row.comparator === null)
  const byUnit = [...Map.groupBy(numbers, (row) => row.unit).values()].filter((ofUnit) => ofUnit.length > 1)
  return (
    <>
      {byUnit.map((ofUnit) => (
        <Line rows={ofUnit} />
      ))}
    </>
  )
}
