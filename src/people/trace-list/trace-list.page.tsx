import { z } from 'zod'
import {
  type Answer,
  type Fault,
  holds,
  Invalid,
  page,
  type Route,
  uploaded,
  type View,
} from '../../platform/index.ts'
import {
  Button,
  type CsvColumn,
  counted,
  csvOf,
  Details,
  ErrorSummary,
  Input,
  londonDate,
  nhsNumber,
  SummaryList,
  Table,
  Textarea,
} from '../../platform/ui/index.ts'
import { mostLines, readList } from './list.ts'
import { type Outcome, type OutcomeName, outcomeOf, outcomes } from './outcome.ts'
import { nearEach } from './trace-list.queries.ts'

const path = '/matching/trace-list'
const tracing = holds('trace-list', { purpose: 'record matching' })
const mostShown = 500

const ask = page({
  method: 'GET',
  path,
  may: tracing,
  audit: 'people.trace-list.form',
  input: z.object({}),
  run: () => formView([], {}),
})

/** A list, such as a council's, is compared with the record: only how each line came out is given back, and each person found is audited. */
const trace = page({
  method: 'POST',
  path,
  may: tracing,
  audit: 'people.trace-list',
  takes: { file: { kinds: ['csv', 'text'], mostBytes: 2 * 1024 * 1024 } },
  input: z.object({
    list: z.string().max(4_000_000).default(''),
    file: uploaded.optional(),
    as: z.enum(['page', 'sheet']).catch('page').default('page'),
  }),
  run: async ({ db, input, now, shown }): Promise<Answer> => {
    const text = input.file ? textOf(input.file.bytes) : input.list
    if (text.trim() === '') throw new Invalid([{ path: 'list', words: 'Choose a file, or paste the list' }])
    const lines = readList(text)
    const near = await nearEach(db, lines)
    const found = lines.map((line) => outcomeOf(line, near.get(line) ?? []))
    shown(
      found.flatMap((each) => each.found),
      { lines: lines.length, ...counts(found) },
    )
    if (input.as === 'page') return resultView(found, text)
    return {
      type: 'text/csv; charset=utf-8',
      body: csvOf(columns, found),
      filename: `traced-${londonDate(now)}.csv`,
    }
  },
  again: ({ faults, given }) => formView(faults, given),
})

/** Excel on Windows still writes Windows-1252 where somebody chose “CSV”. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const counts = (found: readonly Outcome[]): Partial<Record<OutcomeName, number>> =>
  Object.fromEntries(
    [...Map.groupBy(found, (each) => each.outcome)].map(([name, lines]) => [name, lines.length]),
  )

const columns: CsvColumn<Outcome>[] = [
  { heading: 'Line', of: (each) => each.line.line },
  { heading: 'Local id', of: (each) => each.line.localId },
  { heading: 'Outcome', of: (each) => each.outcome },
  { heading: 'NHS number status code', of: (each) => each.status },
  { heading: 'NHS number to confirm', of: (each) => each.nhsNumber },
  { heading: 'What it means', of: (each) => each.words },
]

function resultView(found: readonly Outcome[], text: string): View {
  const counted_ = counts(found)
  const heading = `${counted(found.length, 'line')} traced`
  return {
    title: heading,
    wide: true,
    backLink: { href: path, text: 'Trace another list' },
    body: (
      <div class="gt-record">
        <h1 class="nhsuk-heading-l">{heading}</h1>
        <SummaryList
          rows={(Object.keys(outcomes) as OutcomeName[])
            .filter((name) => counted_[name])
            .map((name) => ({
              key: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
              value: `${counted(counted_[name] ?? 0, 'line')}. ${outcomes[name]}.`,
            }))}
        />
        <form method="post" action={path}>
          <textarea hidden name="list">
            {text}
          </textarea>
          <Button name="as" value="sheet">
            Download the outcome (CSV)
          </Button>
        </form>
        {found.length > mostShown && (
          <p>The first {mostShown} lines are shown. The download has all of them.</p>
        )}
        <Table
          responsive
          caption={{ text: 'Each line', classes: 'nhsuk-u-visually-hidden' }}
          head={['Line', 'Local id', 'Outcome', 'NHS number to confirm', 'What it means']}
          rows={found
            .slice(0, mostShown)
            .map((each) => [
              { text: String(each.line.line) },
              { text: each.line.localId },
              { text: <strong>{each.outcome}</strong> },
              { text: each.nhsNumber ? nhsNumber(each.nhsNumber) : '' },
              { text: each.words },
            ])}
        />
      </div>
    ),
  }
}

function formView(faults: Fault[], given: Record<string, string>): View {
  const errorAt = (where: string) => faults.find((fault) => fault.path === where)?.words
  return {
    title: 'Trace a list',
    status: faults.length > 0 ? 422 : 200,
    body: (
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          {faults.length > 0 && (
            <ErrorSummary
              errorList={faults.map((fault) => ({ text: fault.words, href: `#${fault.path}` }))}
            />
          )}
          <h1 class="nhsuk-heading-l">Trace a list</h1>
          <p>
            Check the NHS numbers of a list, such as the council’s, against the records of this place. You see
            how each line came out, and nothing else about anybody.
          </p>
          <Details summary="Which columns the list needs">
            <Table
              head={['Column', 'Needed', 'Example']}
              rows={[
                ['local id', 'yes', 'LAS-10442'],
                ['birth date', 'yes', '1941-07-14 or 14/07/1941'],
                ['family name', 'unless the NHS number is given', 'Ashworth'],
                ['given name', 'no', 'Margaret'],
                ['postcode', 'no', 'S63 9ZA'],
                ['NHS number', 'no', '999 000 1235'],
              ]}
            />
            <p>
              A line without an NHS number is given one only where name, birth date and postcode all agree
              with one person. Confirm it with them before you keep it.
            </p>
          </Details>
          <form method="post" action={path} enctype="multipart/form-data" novalidate>
            <Input
              id="file"
              name="file"
              type="file"
              label={{ text: 'A CSV file', size: 's' }}
              errorMessage={errorAt('file')}
              attributes={{ accept: '.csv,.txt' }}
            />
            <Textarea
              id="list"
              name="list"
              rows={6}
              label={{ text: 'Or paste it here', size: 's' }}
              hint={`The first line names the columns. At most ${mostLines} lines.`}
              value={given['list']}
              errorMessage={errorAt('list')}
            />
            <Button name="as" value="page">
              Trace
            </Button>
          </form>
        </div>
      </div>
    ),
  }
}

export const traceListRoutes: Route[] = [ask, trace]
