import { z } from 'zod'
import { allDatasets } from '../../../datasets/index.ts'
import { page, type Route, type View } from '../../../platform/index.ts'
import {
  type CsvColumn,
  csvOf,
  howLongAgo,
  InsetText,
  londonDate,
  numberWithCommas,
  Table,
} from '../../../platform/ui/index.ts'

import { mustFind } from './one-file.page.tsx'
import {
  type QuarantineCount,
  type QuarantinedLine,
  quarantineCounts,
  quarantinedLines,
} from './pages.queries.ts'
import { cameAs, QuarantineTable } from './quarantine-table.tsx'
import { checking } from './received.page.tsx'
import { datasetName, reasonInWords } from './words.ts'

const onPage = 50
const mostInSheet = 100_000

const columns: CsvColumn<QuarantinedLine>[] = [
  { heading: 'File', of: (each) => datasetName(each.dataset) },
  { heading: 'File name', of: (each) => each.name },
  { heading: 'Received', of: (each) => each.receivedAt },
  { heading: 'Line', of: (each) => each.line },
  { heading: 'Reason', of: (each) => reasonInWords(each.reason) },
  { heading: 'Column', of: (each) => each.column },
  { heading: 'What is wrong', of: (each) => each.words },
  { heading: 'As it came', of: cameAs },
]

/** Lines that could not be used: all of the organisation's, and those of one file as a sheet. */
export const quarantineRoutes: Route[] = [
  page({
    method: 'GET',
    path: '/files/quarantine',
    may: checking,
    audit: 'files.quarantine',
    input: z.object({
      set: z.enum(allDatasets.map((each) => each.id)).optional(),
      reason: z.string().max(40).optional(),
      from: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
    run: async ({ db, input, now, shown }) => {
      shown([], { set: input.set, reason: input.reason })
      const counts = await quarantineCounts(db)
      const which = { dataset: input.set, reason: input.reason }
      return view(counts, await quarantinedLines(db, which, input.from, onPage + 1), input, now)
    },
  }),
  page({
    method: 'GET',
    path: '/files/received/:extract/refused.csv',
    may: checking,
    audit: 'files.quarantine.export',
    input: z.object({ extract: z.uuid() }),
    run: async ({ db, input, now, shown }) => {
      const extract = await mustFind(db, input.extract)
      shown([], { file: extract.id })
      const lines = await quarantinedLines(db, { extract: extract.id }, 0, mostInSheet)
      const filename = `refused-lines-${extract.dataset}-${londonDate(now)}.csv`
      return { type: 'text/csv; charset=utf-8', body: csvOf(columns, lines), filename }
    },
  }),
]

type Asked = { set?: string | undefined; reason?: string | undefined; from: number }

function view(counts: QuarantineCount[], lines: QuarantinedLine[], asked: Asked, now: Date): View {
  const address = (more: Record<string, string | undefined>) =>
    `/files/quarantine?${new URLSearchParams(Object.entries(more).filter((pair): pair is [string, string] => pair[1] !== undefined))}`
  const shown = lines.slice(0, onPage)
  return {
    title: 'Lines in quarantine',
    backLink: { href: '/files', text: 'Files' },
    wide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">Lines in quarantine</h1>
        <p>
          Nothing of these lines is in the record. Have them put right where the file is made: the next file
          that says them rightly settles them by itself.
        </p>
        {counts.length === 0 ? (
          <InsetText>No line is in quarantine: every line of every file could be used.</InsetText>
        ) : (
          <Table
            responsive
            caption="By kind of file and reason"
            head={['File', 'Sender', 'Reason', { text: 'Lines', format: 'numeric' }, 'The oldest']}
            rows={counts.map((each) => [
              datasetName(each.dataset),
              each.sender,
              {
                text: (
                  <a href={address({ set: each.dataset, reason: each.reason })}>
                    {reasonInWords(each.reason)}
                  </a>
                ),
              },
              { text: numberWithCommas(each.lines), format: 'numeric' },
              howLongAgo(each.oldest, now),
            ])}
          />
        )}
        {(asked.set || asked.reason) && (
          <p>
            <a href="/files/quarantine">Show all</a>
          </p>
        )}
        {shown.length > 0 && (
          <QuarantineTable lines={shown} caption="Lines, those of the newest file first" withFile />
        )}
        {lines.length > onPage && (
          <p>
            <a href={address({ set: asked.set, reason: asked.reason, from: String(asked.from + onPage) })}>
              More lines
            </a>
          </p>
        )}
      </>
    ),
  }
}
