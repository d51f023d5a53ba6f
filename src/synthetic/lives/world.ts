import type { Ground } from '../ground/ground.ts'
import type { Span } from './moment.ts'

/** Everything from which a place is invented: the same world is always the same people, whatever else is written of them. */
export interface World {
  seed: string
  ground: Ground
  /** The days of which everything is told. */
  window: Span
}
