import type { Living } from '../living.ts'
import { practiceCare } from './practice/practice.ts'

/** What services outside hospital do: practices, community, mental health, social care, and homes themselves. */
export function everydayCare(living: Living): void {
  practiceCare(living)
}
