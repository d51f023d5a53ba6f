import { allDatasets } from './all.ts'
import type { CodeList, Column, ColumnType, Dataset } from './schema.ts'

/** docs/datasets.md, for whoever writes an extract. */
export function datasetsInWords(): string {
  return [
    '# Data sets that are sent as files',
    '',
    'Written by `npm run datasets` from `src/datasets`; a test fails when the two differ. [files.md](files.md) says how to send one.',
    '',
    'A file is CSV with one line of column titles. The order of columns does not matter, nor do capitals, spaces and underscores in titles. Every',
    'column below must be there, even where a value is not needed; a column that is not below is named, and its content is not used.',
    '',
    ...allDatasets.flatMap(inWords),
    '## Code lists',
    '',
    'A file may carry the code or the words.',
    '',
    ...codeLists().flatMap(({ name, codes }) => [
      `**${name}**: ${Object.entries(codes)
        .map(([code, words]) => `\`${code}\` ${words}`)
        .join(' · ')}`,
      '',
    ]),
  ].join('\n')
}

const inWords = (dataset: Dataset): string[] => [
  `## ${dataset.name}`,
  '',
  `Named \`${dataset.id}\`. ${dataset.line}`,
  '',
  `- From: ${dataset.from}. ${dataset.cadence}.`,
  `- Modelled on: ${dataset.modelledOn}`,
  dataset.isFullList
    ? '- Each file is the whole list: what it leaves out has ended on the day of the file.'
    : '- A file brings news: what it leaves out has not changed.',
  `- The same line again: ${titles(dataset, dataset.key)}.`,
  `- The day of the file: ${titles(dataset, dataset.aboutFile)}, the same in every line.`,
  '',
  '| column | type | needed | what it means |',
  '|---|---|---|---|',
  ...dataset.columns.map(
    (column) =>
      `| ${column.title} | ${typeInWords(column.type)} | ${neededInWords(column)} | ${column.means} |`,
  ),
  '',
  'A line is refused with these words:',
  '',
  ...dataset.rules.map((rule) => `- ${rule.words}.`),
  '',
]

const titles = (dataset: Dataset, names: readonly string[]): string =>
  names.map((name) => dataset.columns.find((column) => column.name === name)?.title ?? name).join(' and ')

const neededInWords = ({ needed }: Column): string =>
  needed === 'always' ? 'yes' : needed === 'never' ? 'no' : `when ${needed.when}`

function typeInWords(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
      return `text, ${type.most} characters at most`
    case 'date':
      return 'date, such as 2026-09-30 or 30/09/2026'
    case 'integer':
      return `whole number, ${type.least} to ${type.most}`
    case 'code':
      return `code: ${type.list.name}`
    case 'ods code':
      return 'organisation code'
    case 'team':
      return 'code of one of the place’s teams'
    case 'nhs number':
      return 'NHS number'
    case 'postcode':
      return 'postcode'
  }
}

function codeLists(): CodeList[] {
  const lists = allDatasets.flatMap(({ columns }) =>
    columns.flatMap(({ type }) => (type.kind === 'code' ? [type.list] : [])),
  )
  return [...new Set(lists)].sort((one, other) => (one.name < other.name ? -1 : 1))
}
