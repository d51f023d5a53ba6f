import type { Dataset } from '../../../datasets/index.ts'
import { type Fault, Invalid } from '../../../platform/index.ts'
import { excerpt } from './excerpt.ts'

/** Where each column of the set stands in the file, by its name, and what the file has besides. */
export type Header = { at: ReadonlyMap<string, number>; columns: number; unknown: string[] }

const folded = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]/g, '')

/** @throws Invalid with each column that is missing or there twice, and what the file has that could be meant */
export function readHeader(dataset: Dataset, line: number, titles: readonly string[]): Header {
  const at = new Map<string, number>()
  const unknown: string[] = []
  const faults: Fault[] = []
  for (const [index, title] of titles.entries()) {
    const column = dataset.columns.find(
      (each) => folded(each.title) === folded(title) || folded(each.name) === folded(title),
    )
    if (!column) {
      if (title.trim() !== '') unknown.push(excerpt(title.trim(), 60))
    } else if (at.has(column.name)) {
      faults.push({
        path: column.title,
        words: `Line ${line} names the column “${column.title}” twice`,
        code: 'structure',
      })
    } else at.set(column.name, index)
  }
  for (const column of dataset.columns) {
    if (!at.has(column.name))
      faults.push({
        path: column.title,
        words: `The file has no column “${column.title}”`,
        code: 'structure',
      })
  }
  if (faults.length > 0 && unknown.length > 0) {
    const words = `The file has ${unknown.map((title) => `“${title}”`).join(', ')}, which this set does not know`
    faults.push({ path: `line ${line}`, words, code: 'structure' })
  }
  if (faults.length > 0) throw new Invalid(faults)
  return { at, columns: titles.length, unknown }
}
