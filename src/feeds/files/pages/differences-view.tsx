import type { Column } from '../../../datasets/index.ts'
import type { View } from '../../../platform/index.ts'
import { dateInWords, InsetText, Table } from '../../../platform/ui/index.ts'
import type { Difference, Kind } from '../extracts.queries.ts'

import type { Extract } from './pages.queries.ts'
import { datasetName, datasetOf, kindInWords } from './words.ts'

export const linesOnPage = 50

/** Lines of one kind: what they say, and for a change what is held now beside it. */
export function differencesView(extract: Extract, kind: Kind, from: number, found: Difference[]): View {
  const shown = found.slice(0, linesOnPage)
  const address = `/files/received/${extract.id}`
  const { words, means } = kindInWords[kind]
  return {
    title: `${words}: ${datasetName(extract.dataset)}`,
    backLink: { href: address, text: datasetName(extract.dataset) },
    wide: true,
    body: (
      <>
        <h1 class="nhsuk-heading-l">
          {words}: {datasetName(extract.dataset)}
        </h1>
        <p>{means}</p>
        {shown.length === 0 ? (
          <InsetText>There are none.</InsetText>
        ) : (
          <Table
            responsive
            caption={`Lines ${from + 1} to ${from + shown.length} of this kind`}
            head={[
              kind === 'ended' ? 'Held as' : 'Line',
              'Who',
              kind === 'changed' ? 'What changes' : 'What it says',
            ]}
            rows={shown.map((each) => [
              each.line === null ? each.key : String(each.line),
              who(each.said),
              {
                text:
                  kind === 'changed' ? (
                    <Changes extract={extract} of={each} />
                  ) : (
                    <Says extract={extract} of={each} />
                  ),
              },
            ])}
          />
        )}
        {from > 0 && (
          <p>
            <a href={`${address}/${kind}?from=${Math.max(0, from - linesOnPage)}`}>The lines before</a>
          </p>
        )}
        {found.length > linesOnPage && (
          <p>
            <a href={`${address}/${kind}?from=${from + linesOnPage}`}>More lines</a>
          </p>
        )}
      </>
    ),
  }
}

/** A value as people read it: a code in its words, a date in words. */
function valueInWords({ type }: Column, value: string | undefined): string {
  if (value === undefined) return 'nothing'
  if (type.kind === 'code') return type.list.codes[value] ?? value
  return type.kind === 'date' ? dateInWords(value) : value
}

const who = (said: Record<string, string>): string =>
  [said['given_name'], said['family_name']].filter(Boolean).join(' ') || 'Not named in this line'

const personal = new Set(['given_name', 'family_name', 'extract_date', 'period_start', 'period_end'])

/** The columns of a set that tell a line, by title. */
const told = (extract: Extract) =>
  (datasetOf(extract.dataset)?.columns ?? []).filter((column) => !personal.has(column.name))

const Says = ({ extract, of }: { extract: Extract; of: Difference }) => (
  <>
    {told(extract)
      .flatMap((column) =>
        of.said[column.name] ? [`${column.title}: ${valueInWords(column, of.said[column.name])}`] : [],
      )
      .join('; ')}
  </>
)

function Changes({ extract, of }: { extract: Extract; of: Difference }) {
  const columns = (datasetOf(extract.dataset)?.columns ?? []).filter(
    ({ name }) =>
      of.said[name] !== of.before?.[name] && !['extract_date', 'period_start', 'period_end'].includes(name),
  )
  return (
    <ul class="nhsuk-u-margin-bottom-0">
      {columns.map((column) => (
        <li>
          {column.title}: <del>{valueInWords(column, of.before?.[column.name])}</del> becomes{' '}
          <ins>{valueInWords(column, of.said[column.name])}</ins>
        </li>
      ))}
    </ul>
  )
}
