import { caseloadCosts } from './costs/caseloads.ts'
import { practiceCosts } from './costs/practice.ts'
import { socialCareCosts } from './costs/social-care.ts'
import { stayCosts } from './costs/stays.ts'
import type { UnitCosts } from './costs/unit-cost.ts'
import { visitCosts } from './costs/visits.ts'

/** Every unit cost from which a row's cost is reckoned, by its name in the extract unit_costs. */
export const unitCosts: UnitCosts = {
  ...visitCosts,
  ...stayCosts,
  ...caseloadCosts,
  ...practiceCosts,
  ...socialCareCosts,
}
