import { allViews, viewRecord } from './index.ts'

type Row = Record<string, unknown>

/** For tests: the rows of one view, without the columns that are null and without the instants. */
export function rowsOf(name: string, resource: { resourceType: string }): Row[] {
  const view = allViews.find((each) => each.name === name)
  if (!view) throw new Error(`no view ${name}`)
  return viewRecord(view, resource).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([key, value]) => value !== null && !key.endsWith('_at'))),
  )
}
