import type { Resource } from '@medplum/fhirtypes'
import type { Place } from '../../access/index.ts'
import type { AppUse, Fault } from '../../platform/index.ts'
import type { Says } from './says.ts'

/**
 * Who sends, and what the store needs to know of the place. `unresolved`: what becomes of a reference that leads nowhere, an error or a
 * logical reference with a note; an error unless the place says otherwise of the sender. `profiles`: whether what does not meet a profile is
 * refused, and which profiles are expected besides those that resources claim; none is looked at where it is missing. `about`: files of a person about
 * whom the door has decided that this may be written, besides the files that are the source's own.
 */
export type Sending = {
  source: string
  sourceKind: string
  organisation: string
  place: Place
  now: Date
  unresolved?: 'strict' | 'lenient'
  about?: readonly string[]
  profiles?: { policy: 'strict' | 'lenient'; expects: Readonly<Record<string, string>> }
  /** What the app that sends was given, where it is an app. */
  app?: AppUse
}

/**
 * One resource to keep. `path` names its place in what was sent, for errors. `ifMatch`: the version it replaces. `fresh`: its id was made a
 * moment ago, so that no version of it can be there. `sent`: the id under which the sender knows it, where it is kept under another. `now`: when it
 * was received, where what is kept together was not received together.
 */
export type Write = {
  resource: Resource & { id: string }
  path: string
  ifMatch?: number
  fresh?: boolean
  sent?: string
  now?: Date
}

/** What was kept; `file` is the person's, or null for what concerns nobody. `notes`: where it does not meet its profiles. */
export type Written = {
  type: string
  id: string
  version: number
  created: boolean
  body: string
  file: string | null
  notes?: Fault[]
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
/** A resource on its way into the store, about one person's file. `now`: when it was received. */
export type Row = Current & {
  now: Date
  category: string
  resource: Resource & { id: string }
  says: Says
  others: string[]
  before: Current | undefined
}
