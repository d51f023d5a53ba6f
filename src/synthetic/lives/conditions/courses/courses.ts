import { BRAIN_AND_SENSES } from './brain-and-senses.ts'
import { CANCERS } from './cancers.ts'
import { CIRCULATION } from './circulation.ts'
import type { Course } from './course.ts'
import { FROM_BIRTH } from './from-birth.ts'
import { JOINTS_AND_GUT } from './joints-and-gut.ts'
import { LUNGS_AND_SKIN } from './lungs-and-skin.ts'
import { METABOLISM } from './metabolism.ts'
import { MIND } from './mind.ts'

/** Causes before what they cause. */
export const COURSES: readonly Course[] = [
  ...FROM_BIRTH,
  ...LUNGS_AND_SKIN,
  ...METABOLISM,
  ...CIRCULATION,
  ...MIND,
  ...BRAIN_AND_SENSES,
  ...JOINTS_AND_GUT,
  ...CANCERS,
]
