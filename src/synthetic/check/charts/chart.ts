import type { PlotOptions } from '@observablehq/plot'
import type { Place, Row } from '../place.ts'

export interface Chart {
  /** Names the file. */
  id: string
  title: string
  /** What to look for, and what it is compared with. */
  words: string
  rows: string | ((place: Place) => Promise<Row[]>)
  draw: (rows: Row[]) => PlotOptions
  /** The table beneath: heading and column, of the rows drawn or of fewer. */
  columns: readonly (readonly [heading: string, column: string])[]
  table?: (rows: Row[]) => Row[]
}

export const rowsOf = ({ rows }: Chart, place: Place): Promise<Row[]> =>
  typeof rows === 'string' ? place.rows(rows) : rows(place)
