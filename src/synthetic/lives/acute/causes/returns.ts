import type { Dice } from '../../../dice.ts'
import { problemNamed } from './every-cause.ts'
import type { Problem } from './problems.ts'

/** What befalls somebody once: whoever comes back soon after it comes with something else. */
const ONCE: ReadonlySet<string> = new Set([
  'hip fracture',
  'wrist fracture',
  'other fracture',
  'head injury',
  'road accident',
  'assault',
  'burn',
  'heart attack',
  'stroke',
  'appendicitis',
  'gallstones',
  'bowel obstruction',
  'gastric bleed',
])

/** With what, and how often beside the others: infections first, then falls and what lying in bed does (chosen). */
const AFTERWARDS: readonly (readonly [Problem, number])[] = [
  [problemNamed('other infection'), 4],
  [problemNamed('pneumonia'), 3],
  [problemNamed('urine infection'), 3],
  [problemNamed('abdominal pain'), 2],
  [problemNamed('fall, injured'), 2],
  [problemNamed('unwell'), 2],
  [problemNamed('sepsis'), 1],
  [problemNamed('blood clot'), 1],
]

/** With what somebody comes back within a month: mostly the same again, unless it is something that happens once. */
export const returningWith = (problem: Problem, dice: Dice): Problem =>
  ONCE.has(problem.id) ? dice.weighted(AFTERWARDS) : problem
