import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * The heads of the sealed chain, in a file outside the database: whoever alters the database cannot alter that as well. A line for each seal:
 * when it was made, its number, how many rows it covers, the head of the chain.
 */
export type AnchorLine = {
  at: string
  /** Lines of an older version have no number; their head tells which seal they are. */
  seal: number | undefined
  rows: number
  head: string
}

export const anchorPath = (dataDir: string): string => join(dataDir, 'audit-anchor.log')

const anchorText = ({ at, seal, rows, head }: AnchorLine): string => `${at} ${seal ?? ''} ${rows} ${head}\n`

const format = /^(\S+) (?:(\d+) )?(\d+) ([0-9a-f]{64})$/

/** @returns undefined for what is no line of an anchor */
export function anchorLine(text: string): AnchorLine | undefined {
  const [, at, seal, rows, head] = format.exec(text) ?? []
  return at && head ? { at, seal: seal ? Number(seal) : undefined, rows: Number(rows), head } : undefined
}

/** Each line as it stands, one at a time: the file grows by a line a minute for years. A missing file has none. */
export async function* anchorLines(path: string): AsyncGenerator<string> {
  const input = createReadStream(path)
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'ENOENT') throw problem
  } finally {
    input.destroy()
  }
}

const longestLine = 200

/** The file's last whole line. Half a line, of a process that died as it wrote, is taken away. */
export async function lastAnchored(path: string): Promise<AnchorLine | undefined> {
  const file = await open(path, 'a+')
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, 2 * longestLine))
    await file.read(tail, 0, tail.length, size - tail.length)
    const whole = tail.lastIndexOf(10) + 1
    if (whole < tail.length) await file.truncate(size - tail.length + whole)
    return anchorLine(tail.subarray(0, whole).toString().trimEnd().split('\n').at(-1) ?? '')
  } finally {
    await file.close()
  }
}

/** Adds lines, on the disk before it returns. */
export async function addToAnchor(path: string, lines: readonly AnchorLine[]): Promise<void> {
  if (lines.length === 0) return
  const file = await open(path, 'a')
  try {
    await file.appendFile(lines.map(anchorText).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}
