import type { Write } from '../../store/row.ts'
import type { Place } from '../../store/standing.ts'
import type { JsonPatch } from '../patching/json-patch.ts'
import type { Condition } from './condition.ts'

/**
 * A resource to keep. `unless`: a create that leaves what this finds as it is. `upon`: an update of what this finds, or a create where it
 * finds nothing.
 */
export type Keeping = {
  kind: 'keep'
  path: string
  write: Write
  fullUrl?: string | undefined
  unless?: Condition
  upon?: Condition
}
export type Removing = { kind: 'remove'; path: string; target: Place | Condition; ifMatch?: number }
export type Patching = {
  kind: 'patch'
  path: string
  target: Place | Condition
  patch: JsonPatch
  patchPath: string
  ifMatch?: number
}
/** A read or a search: an address below the API's, and the headers that an entry may carry. */
export type Getting = { kind: 'get'; path: string; url: string; headers: Record<string, string | undefined> }

/** One thing that is asked for, by a request of its own or by an entry of a bundle. `path` is its place in what was sent. */
export type Act = Keeping | Removing | Patching | Getting
export type Change = Keeping | Removing | Patching

export const isCondition = (target: Place | Condition): target is Condition => 'query' in target
