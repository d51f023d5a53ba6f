import { Details, instantInWords, Table } from '../../../platform/ui/index.ts'
import type { QuarantinedLine } from './pages.queries.ts'
import { datasetName, reasonInWords } from './words.ts'

/** Lines in quarantine, each with its reason and as it came. */
export const QuarantineTable = ({
  lines,
  caption,
  withFile,
}: {
  lines: QuarantinedLine[]
  caption: string
  withFile: boolean
}) => (
  <Table
    responsive
    caption={caption}
    head={[...(withFile ? ['File'] : []), 'Line', 'Reason', 'What is wrong', 'As it came']}
    rows={lines.map((each) => [
      ...(withFile ? [{ text: <File of={each} /> }] : []),
      String(each.line),
      reasonInWords(each.reason),
      each.words,
      { text: <Details summary="Show the line">{cameAs(each)}</Details> },
    ])}
  />
)

const File = ({ of }: { of: QuarantinedLine }) => (
  <>
    <a href={`/files/received/${of.id}`}>{datasetName(of.dataset)}</a>, {instantInWords(of.receivedAt)}
  </>
)

/** A line that could be read and not applied is told by its columns. */
export const cameAs = ({ raw, said }: Pick<QuarantinedLine, 'raw' | 'said'>): string =>
  raw ??
  Object.entries(said ?? {})
    .map(([column, value]) => `${column}: ${value}`)
    .join(', ')
