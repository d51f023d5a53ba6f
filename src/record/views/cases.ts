import { isDeepStrictEqual } from 'node:util'
import { runView } from './compile-view.ts'

/** A file of the SQL on FHIR test suite: resources, and views with the rows they should give, in any order. */
export type CaseFile = { title?: string; resources: unknown[]; tests: Case[] }

export type Case = {
  title: string
  tags?: string[]
  view: unknown
  expect?: Record<string, unknown>[]
  expectError?: boolean
  expectColumns?: string[]
}

/** Runs one case; undefined if it passes, otherwise what went wrong. */
export function runCase(test: Case, resources: unknown[]): string | undefined {
  let columns: string[]
  let rows: Record<string, unknown>[]
  try {
    const ran = runView(test.view, resources)
    columns = ran.columns.map(({ name }) => name)
    rows = [...ran.rows]
  } catch (error) {
    return test.expectError ? undefined : `threw ${(error as Error).message}`
  }
  if (test.expectError) return 'should have been refused'
  if (test.expectColumns && !isDeepStrictEqual(columns, test.expectColumns))
    return `has columns ${columns.join(', ')}`
  if (test.expect && !sameRows(rows, test.expect)) return `gave ${JSON.stringify(rows)}`
  return undefined
}

function sameRows(rows: unknown[], expected: unknown[]): boolean {
  const left = [...expected]
  for (const row of rows) {
    const at = left.findIndex((other) => isDeepStrictEqual(row, other))
    if (at < 0) return false
    left.splice(at, 1)
  }
  return left.length === 0
}
