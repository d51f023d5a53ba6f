import type { Resource } from '@medplum/fhirtypes'
import type { Place } from '../../access/index.ts'
import type { AppUse } from '../../platform/index.ts'

/**
 * Who sends, and what the store needs to know of the place. `unresolved`: what becomes of a reference that leads nowhere, an error or a
 * logical reference with a note; an error unless the place says otherwise of the sender.
 */
export type Sending = {
  source: string
  sourceKind: string
  organisation: string
  place: Place
  now: Date
  unresolved?: 'strict' | 'lenient'
  /** What the app that sends was given, where it is an app. */
  app?: AppUse
}

/**
 * One resource to keep. `path` names its place in what was sent, for errors. `ifMatch`: the version it replaces. `fresh`: its id was made a
 * moment ago, so that no version of it can be there. `sent`: the id under which the sender knows it, where it is kept under another.
 */
export type Write = {
  resource: Resource & { id: string }
  path: string
  ifMatch?: number
  fresh?: boolean
  sent?: string
}

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
export type Current = {
  type: string
  id: string
  version: number
  body: string
  person_key: string
  sensitivity: string
}
/** A resource on its way into the store, about one person's file. */
export type Row = Current & {
  category: string
  resource: Resource & { id: string }
  others: string[]
  before: Current | undefined
}
