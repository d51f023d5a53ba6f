import type { Span } from './moment.ts'

export type Compare = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb'

/** What one entry of the column `search` is asked. `with` is the beginning that it must have, up to and with a dividing mark. */
export type Test =
  | { on: 'is'; entry: string }
  | { on: 'starts'; with: string }
  | { on: 'ends'; with: string; by: string }
  | { on: 'holds'; with: string; text: string }
  | { on: 'time'; with: string; compare: Compare; span: Span }
  | { on: 'amount'; with: string; compare: Compare; amount: Amount }

/** A number as it was written, half a unit of its last digit, and of which unit, if that is said. */
export type Amount = { value: string; half: string; system?: string; unit?: string }

/** An identifier as it is asked for; without a system, any but that of NHS numbers. */
export type Identified = { system: string | undefined; value: string }

/** What must hold of a resource. All clauses of a search must. */
export type Clause =
  /** Any of the tests on any entry. */
  | { kind: 'entries'; tests: Test[]; not?: true }
  /** The same of what refers to one of these Patients: in their own files the tests `filed` suffice. `open`: what refers to others passes too. */
  | { kind: 'about'; tests: Test[]; patients: string[]; filed: Test[]; open?: boolean }
  | { kind: 'id'; ids: string[] }
  | { kind: 'changed'; tests: { compare: Compare; span: Span }[] }
  /** In a file of who has one of these NHS numbers; or any of the tests, which are of one of these other identifiers. */
  | { kind: 'identified'; numbers: string[]; tests: Test[]; others?: Identified[]; not?: true }
  /** Refers, on one of these paths, to something for which a clause holds. */
  | { kind: 'chain'; keys: string[]; to: Linked[] }
  /** Is referred to, on one of these paths, by something for which a clause holds. */
  | { kind: 'has'; keys: string[]; by: Linked }

export type Linked = { type: string; clause: Clause }

export type SortKey = { name: string; descending: boolean }
export type Include = { type: string; parameter: string; target?: string }

/** A search as it was understood. */
export type Asked = {
  type: string
  clauses: Clause[]
  sort: SortKey[]
  count: number
  /** Only how many. */
  counted: boolean
  total: 'none' | 'accurate' | undefined
  elements: string[] | undefined
  summary: 'data' | 'text' | undefined
  include: Include[]
  iterate: Include[]
  revinclude: Include[]
  cursor: string | undefined
  /** The parameters that were understood, as they were sent. */
  understood: [string, string][]
}
