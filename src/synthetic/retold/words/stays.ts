import type { Account } from './account.ts'
import { HEART_AND_LUNG_STAYS } from './stays-of-heart-and-lungs.ts'
import { INFECTION_STAYS } from './stays-of-infection-and-glands.ts'
import { INJURY_AND_SURGERY_STAYS } from './stays-of-injury-and-surgery.ts'
import { MIND_AND_CHILD_STAYS } from './stays-of-mind-and-children.ts'

/** How a ward tells of each problem of lives/acute/causes, by its words there. */
export const STAYS: Readonly<Record<string, Account>> = {
  ...HEART_AND_LUNG_STAYS,
  ...INFECTION_STAYS,
  ...INJURY_AND_SURGERY_STAYS,
  ...MIND_AND_CHILD_STAYS,
}
