import type { AllergyRow } from './frame.queries.ts'
import { type Group, grouped } from './grouping.ts'

/** SNOMED CT codes that assert an absence: no known allergy, drug allergy, food allergy, environmental allergy. */
const noneKnown = new Set(['716186003', '409137002', '429625007', '428607008'])

type Coded = Pick<AllergyRow, 'code' | 'title'>
type Status = Pick<AllergyRow, 'clinical_status' | 'verification_status'>

/** Somebody asked and was told that there are none: that is a statement, and a missing entry is not. */
export const assertsNone = ({ code, title }: Coded): boolean =>
  noneKnown.has(code ?? '') || /^no known (drug |food |environmental )?allerg(y|ies)/i.test(title ?? '')

/** Holds now. What was refuted, resolved or entered in error is kept apart, and never lost. */
export const stands = ({ clinical_status, verification_status }: Status): boolean =>
  clinical_status !== 'inactive' &&
  clinical_status !== 'resolved' &&
  verification_status !== 'refuted' &&
  verification_status !== 'entered-in-error'

export type Allergies = {
  /** The worst first. */
  standing: Group<AllergyRow>[]
  noneKnown: Group<AllergyRow>[]
  /** Refuted, resolved or entered in error. */
  past: AllergyRow[]
}

export function sortOut(rows: readonly AllergyRow[]): Allergies {
  const now = rows.filter(stands)
  const standing = grouped(now.filter((row) => !assertsNone(row)))
  return {
    standing: standing.sort((one, other) => gravity(other) - gravity(one)),
    noneKnown: grouped(now.filter(assertsNone)),
    past: rows.filter((row) => !stands(row)),
  }
}

/** The gravest that any source says: two sources that differ are no reason to believe the milder. */
export function gravity(group: Group<AllergyRow>): number {
  const graver = ({ criticality, reaction_severity }: AllergyRow) =>
    criticality === 'high' || reaction_severity === 'severe' ? 2 : reaction_severity === 'moderate' ? 1 : 0
  return Math.max(...group.items.map(graver))
}

/** The source is surer of some statements than of others, and says so. */
export function certainty(status: string | null): string | undefined {
  return status === 'unconfirmed' || status === 'presumed' ? 'not confirmed' : undefined
}

/** Why an entry no longer stands. */
export function whyPast({ clinical_status, verification_status }: Status): string {
  if (verification_status === 'entered-in-error') return 'entered in error'
  if (verification_status === 'refuted') return 'refuted: tested or reviewed, and not an allergy'
  return clinical_status === 'resolved' ? 'resolved' : 'no longer active'
}
