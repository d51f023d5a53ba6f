import { type Group, grouped } from '../frame/grouping.ts'
import { stretchInWords } from '../frame/when.ts'
import type { ProblemRow } from './problems.queries.ts'

type State = Pick<ProblemRow, 'clinical_status' | 'verification_status' | 'abated_at'>

/**
 * Whether a problem is one that the person has now. A source that gives no state is believed to mean it: leaving a problem off a list is
 * the graver mistake.
 *
 * | state | |
 * |---|---|
 * | active, recurrence, relapse, or none given | now |
 * | any of these, but ended before today | past |
 * | inactive, remission, resolved | past |
 * | refuted or entered in error | past, whatever else is said |
 */
export function isActive({ clinical_status, verification_status, abated_at }: State, now: Date): boolean {
  if (verification_status === 'refuted' || verification_status === 'entered-in-error') return false
  if (abated_at !== null && abated_at <= now) return false
  return (
    clinical_status === null ||
    clinical_status === 'active' ||
    clinical_status === 'recurrence' ||
    clinical_status === 'relapse'
  )
}

const states: Record<string, string> = {
  active: 'Active',
  recurrence: 'Come back',
  relapse: 'Relapsed',
  inactive: 'Inactive',
  remission: 'In remission',
  resolved: 'Resolved',
}

const doubts: Record<string, string> = {
  unconfirmed: 'not confirmed',
  provisional: 'provisional',
  differential: 'one of several possibilities',
  refuted: 'ruled out',
  'entered-in-error': 'entered in error',
}

/** "Active", "Resolved", "Active, not confirmed". */
export function stateInWords({ clinical_status, verification_status }: State): string {
  const doubt = doubts[verification_status ?? '']
  if (verification_status === 'refuted' || verification_status === 'entered-in-error')
    return doubt === undefined ? '' : doubt.charAt(0).toUpperCase() + doubt.slice(1)
  const state = states[clinical_status ?? ''] ?? 'State not given'
  return doubt ? `${state}, ${doubt}` : state
}

/** "since 11 February 2005", "May 2019 to June 2020", or what the source wrote instead. */
export function lasted(
  row: Pick<ProblemRow, 'onset' | 'onset_at' | 'onset_text' | 'abated' | 'abated_at' | 'abated_text'>,
): string | undefined {
  const dated = stretchInWords({ text: row.onset, at: row.onset_at }, { text: row.abated, at: row.abated_at })
  return dated ?? ([row.onset_text, row.abated_text].filter(Boolean).join(' to ') || undefined)
}

/** Problems of now before those of the past, each with everyone who says so. One source that says "active" is enough. */
export function sortOutProblems(
  rows: readonly ProblemRow[],
  now: Date,
): { active: Group<ProblemRow>[]; past: Group<ProblemRow>[] } {
  const groups = grouped(rows)
  const isNow = (group: Group<ProblemRow>) => group.items.some((row) => isActive(row, now))
  return { active: groups.filter(isNow), past: groups.filter((group) => !isNow(group)) }
}
