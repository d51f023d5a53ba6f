import type { Resident } from '../residents/resident.ts'
import type { Happening } from './happening.ts'
import type { Health } from './health.ts'

/** One person, what is true of them, and what services did: in order of time, each thing after its cause. */
export interface LifeStory {
  resident: Resident
  health: Health
  happenings: readonly Happening[]
}
