import type { Check, Issue, Item } from './issue.ts'
import { bundleRules } from './rules-bundle.ts'
import { clinicalRules } from './rules-clinical.ts'
import { dataTypeRules } from './rules-data-types.ts'
import { domainRules } from './rules-domain.ts'

/**
 * An invariant of FHIR R4, by its published key. `words` say what must hold; `at` is the element to look at, where
 * that is not the one the rule stands on.
 */
export type Rule = {
  key: string
  words: string
  at?: string
  severity?: Issue['severity']
  holds: (item: Item, check: Check) => boolean
}

/** Rules by the type, or the path of the nested element, that they stand on. */
export type Rules = Record<string, Rule[]>

const all: Rules[] = [dataTypeRules, clinicalRules, bundleRules]

/** Resources that cannot hold others; every other resource obeys the rules of DomainResource. */
const plainResources = new Set(['Bundle', 'Parameters', 'Binary'])

/** The rules of a type: its own and, for a resource, those about what it contains. */
export function rulesOf(type: string, isResource: boolean): Rule[] {
  const own = all.flatMap((rules) => (Object.hasOwn(rules, type) ? (rules[type] ?? []) : []))
  return isResource && !plainResources.has(type) ? [...own, ...domainRules] : own
}
