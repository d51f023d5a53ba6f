import { z } from 'zod'
import { allDatasets } from '../../../datasets/index.ts'
import { holds, page, type Route, type View } from '../../../platform/index.ts'
import {
  Button,
  dateInWords,
  InsetText,
  instantInWords,
  numberWithCommas,
  Select,
  Table,
  Tag,
} from '../../../platform/ui/index.ts'
import { type Extract, filesReceived, pageLength, quarantineCounts } from './pages.queries.ts'
import { datasetName, kindInWords, stateInWords, wayInWords } from './words.ts'

export const checking = holds('send-files', { purpose: 'file checks' })

const states = ['checked', 'accepted', 'applied', 'refused', 'rejected'] as const
const empty = z.literal('').transform(() => undefined)

/** Every file of the reader’s organisation, the newest first. */
export const receivedList: Route = page({
  method: 'GET',
  path: '/files',
  may: checking,
  audit: 'files.list',
  input: z.object({
    set: z
      .enum(allDatasets.map((each) => each.id))
      .or(empty)
      .optional(),
    state: z.enum(states).or(empty).optional(),
    before: z.coerce.number().int().positive().optional(),
  }),
  run: async ({ db, input }) => {
    const found = await filesReceived(db, input.set, input.state, input.before)
    const waiting = (await quarantineCounts(db)).reduce((sum, each) => sum + each.lines, 0)
    return listView(found, waiting, input)
  },
})

type Asked = { set?: string | undefined; state?: string | undefined }

function listView(found: Extract[], waiting: number, asked: Asked): View {
  const shown = found.slice(0, pageLength)
  const isFiltered = Boolean(asked.set || asked.state)
  const older = found.length > pageLength ? shown.at(-1)?.number : undefined
  const query = new URLSearchParams({ set: asked.set ?? '', state: asked.state ?? '', before: String(older) })
  return {
    title: 'Files',
    body: (
      <>
        <h1 class="nhsuk-heading-l">Files</h1>
        <p>
          Lists that arrive as files, such as care home residents. Each is checked whole, and nothing of it
          reaches the record before it is accepted.
        </p>
        <Button href="/files/send">Send a file</Button>
        <p>
          <a href="/files/quarantine">Lines in quarantine: {waiting}</a>
        </p>
        {(shown.length > 0 || isFiltered) && <Filter asked={asked} />}
        {shown.length > 0 && <Received shown={shown} />}
        {shown.length === 0 && (
          <InsetText>
            {isFiltered ? (
              <>
                No file received is like that. <a href="/files">Show all files</a>
              </>
            ) : (
              'No file has been received yet. Send one by hand, or have your system send it: it appears here, and waits until somebody accepts it.'
            )}
          </InsetText>
        )}
        {older && (
          <p>
            <a href={`/files?${query}`}>Older files</a>
          </p>
        )}
      </>
    ),
  }
}

const Filter = ({ asked }: { asked: Asked }) => (
  <form method="get" action="/files">
    <Select
      id="set"
      name="set"
      label={{ text: 'What the file holds' }}
      value={asked.set ?? ''}
      items={[{ value: '', text: 'All' }, ...allDatasets.map(({ id, name }) => ({ value: id, text: name }))]}
    />
    <Select
      id="state"
      name="state"
      label={{ text: 'State' }}
      value={asked.state ?? ''}
      items={[
        { value: '', text: 'All' },
        ...states.map((state) => ({ value: state, text: stateInWords[state].words })),
      ]}
    />
    <Button variant="secondary">Show</Button>
  </form>
)

function Received({ shown }: { shown: Extract[] }) {
  return (
    <Table
      responsive
      caption="Files received"
      head={[
        'File',
        'As of',
        'Received',
        'State',
        ...kinds.map((kind) => kindInWords[kind].words),
        'Refused',
      ]}
      rows={shown.map((each) => [
        { text: <a href={`/files/received/${each.id}`}>{datasetName(each.dataset)}</a> },
        each.extractDate ? dateInWords(each.extractDate) : 'Not known',
        `${instantInWords(each.receivedAt)}, ${wayInWords[each.way]}`,
        { text: <Tag colour={stateInWords[each.state].colour}>{stateInWords[each.state].words}</Tag> },
        ...kinds.map((kind) => (each.counts ? numberWithCommas(each.counts[kind]) : '–')),
        each.counts ? numberWithCommas(each.counts.refused) : '–',
      ])}
    />
  )
}

const kinds = ['added', 'changed', 'ended'] as const
