import { allExtracts } from './all.ts'
import type { ExtractColumn, ExtractType, FlatExtract } from './schema.ts'

/** docs/extracts.md, for whoever asks questions of a place. */
export function extractsInWords(): string {
  return [
    '# Flat extracts of the made-up place',
    '',
    'Written by `npm run datasets` from `src/datasets/extracts`; a test fails when the two differ. `npm run place` writes them; the people in them are invented.',
    '',
    'Each is `NAME.csv` (comma, one line of names, text quoted only where it must be, lines ended by a line feed) and `NAME.parquet`, with the same rows in the same order.',
    'What is not known or does not apply is left empty, in Parquet null. Days are 2026-09-30; moments are 2026-09-30T14:05, as a clock on a wall in London',
    'shows them. Money is in whole pence. An `event_id` is in no other row of any extract, so that `because_id` can name what led to what across services.',
    '',
    ...allExtracts.flatMap(inWords),
  ].join('\n')
}

const inWords = (extract: FlatExtract): string[] => [
  `## ${extract.name}`,
  '',
  `\`${extract.id}\`: ${extract.line}`,
  '',
  `- Modelled on: ${extract.modelledOn}`,
  `- In no two rows: ${extract.key.map((name) => `\`${name}\``).join(' with ')}.`,
  '',
  '| column | type | in every row | what it means |',
  '|---|---|---|---|',
  ...extract.columns.map(columnInWords),
  '',
]

const columnInWords = ({ name, type, needed, means }: ExtractColumn): string =>
  `| \`${name}\` | ${typeInWords(type)} | ${needed === 'always' ? 'yes' : 'no'} | ${means} |`

function typeInWords(type: ExtractType): string {
  switch (type.kind) {
    case 'integer':
      return 'whole number'
    case 'decimal':
      return `number, ${type.decimals} decimals`
    case 'one of':
      return `one of: ${type.words.join(' · ')}`
    case 'boolean':
      return 'true or false'
    case 'moment':
      return 'day and time'
    case 'nhs number':
      return 'NHS number'
    default:
      return type.kind
  }
}
