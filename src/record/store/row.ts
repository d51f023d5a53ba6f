import type { Resource } from '@medplum/fhirtypes'
import type { Place } from '../../access/index.ts'

/** Who sends, and what the store needs to know of the place. */
export type Sending = { source: string; sourceKind: string; organisation: string; place: Place; now: Date }

/**
 * One resource to keep. `path` names its place in what was sent, for errors. `ifMatch`: the version it replaces. `fresh`: its id was made a
 * moment ago, so that no version of it can be there.
 */
export type Write = { resource: Resource & { id: string }; path: string; ifMatch?: number; fresh?: boolean }

/** What was kept; `file` is the person's, or null for what concerns nobody. */
export type Written = {
  type: string
  id: string
  version: number
  created: boolean
  body: string
  file: string | null
}

/** The newest version that the source sent before; body is empty where that was a deletion. */
export type Current = { type: string; id: string; version: number; body: string; person_key: string }
/** A resource on its way into the store, about one person's file. */
export type Row = Current & {
  category: string
  sensitivity: string
  resource: Resource & { id: string }
  others: string[]
  before: Current | undefined
}
