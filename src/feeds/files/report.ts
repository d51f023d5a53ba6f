import type { Counts } from './limits.ts'
import type { FileSender, Received } from './receive.ts'

/** What became of a file, in a sentence. */
export const outcomeInWords: Record<Received['state'], string> = {
  refused: 'Refused: nothing of it was used.',
  checked: 'Checked. It waits for somebody to accept it.',
  accepted: 'Checked and accepted. It is being applied.',
  repeat: 'The same file was received before. Nothing happens.',
}

/** The checks as lines of text, without anything that a line of the file says: a report lies in a folder. */
export function reportOf({ dataset }: FileSender, received: Received): string {
  const { state, faults, counts, limits, unknownColumns, id } = received
  return [
    `${dataset.name}: ${outcomeInWords[state]}`,
    '',
    ...faults.map((fault) => `- ${fault.words}.`),
    ...(counts ? countsInWords(counts).map(([words, count]) => `- ${words}: ${count}`) : []),
    ...limits.map((words) => `- Look twice: ${words}`),
    ...(unknownColumns.length > 0 ? [`- Columns that are not used: ${unknownColumns.join(', ')}`] : []),
    '',
    `See /files/received/${id}`,
    '',
  ].join('\n')
}

/** In the words of the page. */
const countsInWords = (counts: Counts): [string, number][] => [
  ['New', counts.added],
  ['Changed', counts.changed],
  ['Unchanged', counts.unchanged],
  ['Would end', counts.ended],
  ['Older than what is held', counts.older],
  ['Refused', counts.refused],
]
